"""Rosters of health professionals."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hcpgraph.errors import ForbiddenColumn, MissingColumns
from hcpgraph.importers import describe
from hcpgraph.model.files import ImportOptions

GOOD_NPI = "1234567893"  # the example of the registry's own documentation


def test_a_person_is_what_the_row_says(staged, write):
    """Columns are found by name; what is not read is said."""
    text = (
        "id,handle,Name,Role,Speciality,Affiliation,Country,State,Disease Area,Fax\n"
        '7,@ada,"Ada, MD",Physician,Oncology,Inselspital,CH,BE,lung-cancer,1\n'
    )

    found = staged(write(text))

    (person,) = found.people
    assert person == {
        "line": 2,
        "record": True,
        "native_id": "7",
        "handle": "ada",
        "name": "Ada, MD",
        "role": "clinician",
        "specialty": "Oncology",
        "institution": "Inselspital",
        "country": "CH",
        "region": "BE",
        "area": "lung-cancer",
        "npi": None,
        "match_basis": None,
        "listable": None,
    }
    assert found.description.notes == ("columns not read: Fax",)


def test_semicolons_and_tabs_are_read(staged, write):
    """As spreadsheets of many countries write them."""
    for text in ("handle;name\n@ada;Ada\n", "handle\tname\nada\tAda\n"):
        (person,) = staged(write(text)).people
        assert (person["handle"], person["name"]) == ("ada", "Ada")


def test_ids_may_be_handles(staged, write):
    """By their @, or because the user says so."""
    text = "id,name\n@ada,Ada\n"
    assert staged(write(text)).people[0]["handle"] == "ada"

    (person,) = staged(write("id,name\nada,Ada\n"), ids="handle").people

    assert (person["native_id"], person["handle"]) == (None, "ada")


@pytest.mark.parametrize(
    "role",
    [
        *("patient", "Caregiver", "Patient Advocate", "breast cancer survivor"),
        *("expert patient and speaker", "Carer of a child with asthma", "in remission"),
        *("living with diabetes", "Patientin", "paciente experta", "aidante familiale"),
        *("patient_advocate", "T1D since 1998", "mother of a child with asthma"),
    ],
)
def test_patients_are_never_listed_and_why_is_not_kept(staged, write, role):
    """The row says neither that they are patients nor anything else of it."""
    (person,) = staged(write(f"id,name,role\n7,Ada,{role}\n")).people

    assert (person["role"], person["listable"]) == (None, False)
    assert role not in person.values()


@pytest.mark.parametrize(
    "role", ["Patient safety officer", "patient experience nurse", "Patient navigator"]
)
def test_who_works_for_patients_is_none(staged, write, role):
    """Their profession names whom they care for."""
    (person,) = staged(write(f"id,name,role\n7,Ada,{role}\n")).people

    assert person["listable"] is None


def test_an_unknown_role_is_left_out_and_said(staged, write):
    """A made-up role is worse than none."""
    found = staged(write("id,name,role\n7,Ada,wizard\n"))

    assert found.people[0]["role"] is None
    assert "line 2" in found.remarks[0]
    assert "wizard" not in found.remarks[0]  # it may be an illness


@pytest.mark.parametrize(
    ("npi", "basis", "kept"),
    [
        (GOOD_NPI, "optin", True),
        (GOOD_NPI, "Public_Self_Declared", True),
        (GOOD_NPI, "", False),
        (GOOD_NPI, "guess", False),
        ("1234567890", "optin", False),
        ("123456789", "optin", False),
        ("1234567893.5", "optin", False),
    ],
)
def test_a_registry_number_needs_a_basis_and_its_check_digit(
    staged, write, npi, basis, kept
):
    """Otherwise the person is imported without it, and the user is told."""
    found = staged(write(f"id,name,npi,match_basis\n7,Ada,{npi},{basis}\n"))

    (person,) = found.people
    assert (person["npi"], person["match_basis"]) == (
        (npi, basis.lower()) if kept else (None, None)
    )
    assert len(found.remarks) == (0 if kept else 1)


@pytest.mark.parametrize(
    "cell", ["{}.0", '"=""{}"""', "'{}", '"{},0"', "{}."], ids=lambda c: c[:6]
)
def test_ids_handles_and_numbers_that_a_spreadsheet_changed_are_mended(
    staged, write, cell
):
    """In whichever column they stand; and it is told."""
    text = "id,handle,name,npi,match_basis\n"
    text += f"{cell.format(1234)},'ada,Ada,{cell.format(GOOD_NPI)},optin\n"

    found = staged(write(text))

    (person,) = found.people
    assert (person["native_id"], person["handle"]) == ("1234", "ada")
    assert person["npi"] == GOOD_NPI
    assert "3 ids are mended" in found.remarks[0]


def test_addresses_of_profiles_are_handles(staged, write):
    """As lists of contacts hold them; a handle that is none costs no person."""
    text = (
        "id,handle,role\n7,https://x.com/ada,nurse\n8,https://example.org/bob,nurse\n"
        ",https://twitter.com/eve?s=20,nurse\nhttps://x.com/sue,,nurse\n,e v e,nurse\n"
    )

    found = staged(write(text))

    assert [(p["native_id"], p["handle"]) for p in found.people] == [
        ("7", "ada"), ("8", None), (None, "eve"), (None, "sue"),
    ]  # fmt: skip
    assert found.rejects == [(6, "handle e v e is no handle")]
    assert "1 handles beside ids are left out, the first in line 3" in str(
        found.remarks
    )


@pytest.mark.parametrize("heading", ["User ID", "account_id", "author.id", "X id"])
def test_headings_of_people_have_many_names(staged, write, heading):
    """Rosters and lists of people share them."""
    found = staged(write(f"{heading},Role\n7,nurse\n"))

    assert [p["native_id"] for p in found.people] == ["7"]


def test_the_label_of_a_node_is_a_name(staged, write):
    """As Gephi calls it."""
    text = "Id,Label,timeset,modularity_class,role\n101,Dr Ana,,0,physician\n"

    (person,) = staged(write(text)).people

    assert (person["native_id"], person["name"]) == ("101", "Dr Ana")
    assert person["role"] == "clinician"


def test_a_roster_may_be_parquet(staged, tmp_path):
    """Columns are what tells a table, not how it is stored."""
    path = tmp_path / "people.parquet"
    columns = {"id": [7.0, 1.43e18], "handle": ["ada", "bob"], "role": ["nurse", "md"]}
    pq.write_table(pa.table(columns), path)

    found = staged(path)

    assert [(p["native_id"], p["role"]) for p in found.people] == [("7", "nurse")]
    assert [line for line, _ in found.rejects] == [2]


def test_rows_of_nobody_are_rejected(staged, write):
    """Neither an id nor a handle, or an id that a spreadsheet destroyed."""
    text = "id,handle,name\n,,Ada\n1.5E+18,,Bob\n,eve,Eve\n"

    found = staged(write(text))

    assert found.rejected_lines == [2, 3]
    assert [p["handle"] for p in found.records] == ["eve"]


@pytest.mark.parametrize(
    "column",
    [
        "Diagnosis",
        "health_condition",
        "Political Party",
        "religion",
        "Race/Ethnicity",
        "race",
        "SexualOrientation",
        "sex_life",
        "Trade Union",
        "union membership",
        "prescriptions",
        "Prescribing Volume",
    ],
)
def test_what_must_not_be_kept_is_refused(write, column):
    """The column is named, so that it can be removed."""
    with pytest.raises(ForbiddenColumn) as caught:
        describe(write(f"id,name,{column}\n7,Ada,x\n"), ImportOptions())

    assert caught.value.column == column


@pytest.mark.parametrize("column", ["Disease Area", "specialty", "state"])
def test_harmless_columns_are_not(write, column):
    """What a person works on is no secret."""
    path = write(f"id,name,{column}\n7,Ada,x\n")

    assert describe(path, ImportOptions()).format == "roster"


def test_somebody_must_be_named(write):
    """A roster of names alone cannot be joined to anything."""
    with pytest.raises(MissingColumns, match="id or handle"):
        describe(write("name,role\nAda,nurse\n"), ImportOptions(format="roster"))


@pytest.mark.parametrize(
    ("table", "person"),
    [
        (
            "Benutzername;Name;Beruf;Fachrichtung;Klinik;Land\n"
            "anna;Anna A;Ärztin;Onkologie;Charité;DE\n",
            ("anna", "Anna A", "clinician", "Onkologie", "Charité", "DE"),
        ),
        (
            "usuario,nombre,profesión,especialidad,institución,país\n"
            "ana,Ana A,enfermera,oncología,Hospital,ES\n",
            ("ana", "Ana A", "nurse", "oncología", "Hospital", "ES"),
        ),
        (
            "ユーザー名,氏名,職種,診療科,病院,国\ntanaka,田中,薬剤師,呼吸器,東京,JP\n",
            ("tanaka", "田中", "pharmacist", "呼吸器", "東京", "JP"),
        ),
    ],
)
def test_headings_and_roles_in_other_languages(staged, write, table, person):
    """A roster is recognised as it is kept, in German, Spanish or Japanese."""
    (found,) = staged(write(table)).people

    wanted = ("handle", "name", "role", "specialty", "institution", "country")
    assert tuple(found[column] for column in wanted) == person
