"""Columns that are never kept of a person, in every format and several languages."""

from __future__ import annotations

import pytest

from hcpgraph.errors import ForbiddenColumn, MappingError
from hcpgraph.importers.forbidden_columns import forbidden_columns
from hcpgraph.importers.mapping_file import read_mapping
from hcpgraph.importers.person_list import read_person_list
from hcpgraph.importers.recognition.describing import describe
from hcpgraph.model.files import ImportOptions

HEADINGS = [
    *("Diagnosis", "disability", "Diagnose", "Behinderung", "État de santé", "maladie"),
    *(
        "Enfermedad",
        "Malattia",
        "Doença",
        "Ziekte",
        "Choroba",
        "Hastal\u0131k",
        "التشخيص",
    ),
    *("诊断", "診断", "politics", "Partei", "opinion politique", "partido", "政党"),
    *("Religion", "Konfession", "religión", "Religião", "godsdienst", "wyznanie"),
    *("الديانة", "宗教", "Race", "Ethnicity", "Ethnie", "etnia", "raça", "民族"),
    *("sexual_orientation", "Sexuelle Orientierung", "cinsel yönelim", "性取向"),
    *("Trade Union", "Gewerkschaft", "Syndicat", "Sindacato", "vakbond", "sendika"),
    *(
        "工会",
        "労働組合",
        "prescriptions",
        "TRx",
        "Verordnungen",
        "ordonnances",
        "処方",
    ),
]
FREE = [
    *("id", "handle", "name", "role", "specialty", "Disease Area", "Krankheitsgebiet"),
    *("Krankenhaus", "Rezeption", "Hospital", "Affiliation", "Organisation", "country"),
    *("ziekenhuis", "Hastane", "診療科", "医院", "sex", "gender", "nationality"),
]
TABLES = {
    "roster": "handle,name,role,{}\nann,Ann,nurse,x\n",
    "ties": "source,target,kind,{}\n1,2,follow,x\n",
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_such_headings_are_known(heading):
    """Of each kind, whatever their case, accents, blanks and signs."""
    spellings = (heading, heading.upper(), f" {heading}_", heading.replace(" ", "-"))
    assert forbidden_columns(spellings) == spellings


@pytest.mark.parametrize("heading", FREE)
def test_other_headings_are_not(heading):
    """What somebody works on, where, and as what."""
    assert forbidden_columns([heading]) == ()


@pytest.mark.parametrize("heading", ["Religion", "Enfermedad", "政党"])
@pytest.mark.parametrize("table", ["roster", "ties"])
def test_tables_with_one_are_refused_by_its_name(table, heading, tmp_path):
    """Also where no more would be done with the column than to pass over it."""
    path = tmp_path / "t.csv"
    path.write_text(TABLES[table].format(heading), encoding="utf-8")
    with pytest.raises(ForbiddenColumn, match=heading) as caught:
        describe(path, ImportOptions())
    assert caught.value.column == heading


def test_a_mapping_does_not_help(tmp_path):
    """Neither to read such a column nor to read others beside it."""
    path = tmp_path / "t.csv"
    path.write_text("who,Konfession\nann,x\n", encoding="utf-8")
    mapping = tmp_path / "m.toml"
    mapping.write_text('[columns]\nhandle = "who"\n', encoding="utf-8")
    with pytest.raises(ForbiddenColumn, match="Konfession"):
        describe(path, ImportOptions(mapping=str(mapping)))
    mapping.write_text('[columns]\nhandle = "who"\nrole = "Konfession"\n')
    with pytest.raises(MappingError, match="Konfession"):
        read_mapping(str(mapping))


def test_a_list_for_one_run_is_refused_as_well(tmp_path):
    """Though nothing of it is stored."""
    path = tmp_path / "known.csv"
    path.write_text("id,TRx volume,Prescriptions\n1,9,9\n", encoding="utf-8")
    with pytest.raises(ForbiddenColumn, match="TRx volume"):
        read_person_list(path)


def test_people_of_a_matrix_may_be_called_so(tmp_path):
    """Faith and Din are names where headings are people."""
    path = tmp_path / "m.csv"
    path.write_text(",Faith,Din\nFaith,0,1\nDin,1,0\n", encoding="utf-8")
    options = ImportOptions(format="matrix", layer="advice")
    assert describe(path, options).format == "matrix"


def test_a_policy_may_allow_prescriptions_to_stand_there(tmp_path):
    """They are passed over then; other kinds stay refused."""
    path = tmp_path / "t.csv"
    path.write_text(TABLES["roster"].format("Rx volume"), encoding="utf-8")
    options = ImportOptions(allowed=frozenset({"prescriptions"}))
    assert "columns not read: Rx volume" in describe(path, options).notes
    path.write_text(TABLES["roster"].format("Religion"), encoding="utf-8")
    with pytest.raises(ForbiddenColumn):
        describe(path, options)
