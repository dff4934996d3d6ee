"""Ranks by social, scientific and nominated ties, side by side."""

from __future__ import annotations

import pytest

import hcpgraph as hg
from hcpgraph.errors import FigureError
from hcpgraph.model.files import ImportOptions
from hcpgraph.model.names import LAYER_FAMILIES

COLUMNS = tuple(f"rank_{family}" for family in LAYER_FAMILIES)
# x leads in mentions, y in nominations; z is known to coauthors alone
FILES = {
    None: "source,target,kind\na,x,mention\nb,x,mention\nc,x,reply\na,y,mention\n",
    "nomination": "source,target\nd,y\ne,y\nf,y\nd,x\n",
    "coauthor": "source,target\nz,x\nz,g\n",
}


@pytest.fixture(scope="module")
def make_study(tmp_path_factory):
    """A study of the files of some layers."""

    def make(*layers):
        folder = tmp_path_factory.mktemp("families")
        study = hg.Study(folder / "s.duckdb")
        for layer in layers:
            path = folder / f"{layer}.csv"
            path.write_text(FILES[layer], encoding="utf-8")
            (report,) = study.add(path, options=ImportOptions(layer=layer))
            assert not report.error
        return study

    return make


@pytest.fixture(scope="module")
def mixed(make_study):
    """A study with ties of all families."""
    return make_study(*FILES)


def ranks_of(table, column):
    """Person -> rank by a column, without empty cells."""
    pairs = zip(table["id"], table[column], strict=True)
    return {person: rank for person, rank in pairs if rank is not None}


@pytest.mark.parametrize("by", ["score", "in_degree", "pagerank"])
@pytest.mark.parametrize("family", LAYER_FAMILIES)
def test_a_column_has_the_ranks_of_a_list_by_these_layers(mixed, by, family):
    """What ``layers`` gives alone stands beside the whole; others have no rank."""
    whole = mixed.rank(by=by, top=50).table
    layers = dict.fromkeys(LAYER_FAMILIES[family], 1.0)
    alone = mixed.rank(by=by, layers=layers, top=50).table

    assert ranks_of(whole, f"rank_{family}") == ranks_of(alone, "rank")
    assert set(whole["id"]) > set(alone["id"])


def test_a_person_can_lead_in_one_family_and_not_in_another(mixed):
    """Which is what the columns are for."""
    table = mixed.rank(top=50, resamples=0).table
    rows = {row["id"]: row for row in table.to_pandas().to_dict("records")}

    assert (rows["x"]["rank_social"], rows["y"]["rank_nominated"]) == (1, 1)
    assert rows["y"]["rank_social"] == rows["x"]["rank_nominated"] == 2
    assert rows["d"]["rank_social"] != rows["d"]["rank_social"]  # none


@pytest.mark.parametrize("layer", FILES)
def test_columns_are_there_and_empty_where_all_ties_are_of_one_family(
    make_study, layer
):
    """A file has the same columns whatever the study holds."""
    table = make_study(layer).rank(top=50).table

    assert set(COLUMNS) <= set(table.names)
    assert all(set(table[name]) == {None} for name in COLUMNS)


def test_layers_of_one_family_leave_the_columns_empty(mixed):
    """What is not asked for has no rank."""
    for by in ("score", "in_degree"):
        table = mixed.rank(by=by, layers={"nomination": 2.0}, top=50).table
        assert all(set(table[name]) == {None} for name in COLUMNS)


def test_the_workbook_and_the_report_have_the_columns(mixed):
    """The same ranks wherever a list is shown."""
    openpyxl = pytest.importorskip("openpyxl")
    import io  # noqa: PLC0415 - for this test alone

    book = openpyxl.load_workbook(io.BytesIO(mixed.export("xlsx", None).content))
    head = [cell.value for cell in book["Leaders"][1]]
    area = mixed.report(top=5).areas[0]

    assert [name for name in head if name in COLUMNS] == list(COLUMNS)
    assert list(area.ranking["rank_nominated"])[:2] == list(
        mixed.rank(top=2).table["rank_nominated"]
    )


def test_the_figure_sets_two_families_against_each_other(mixed):
    """Those with most people in both, or the two that are asked for."""
    words = [text.get_text() for text in mixed.figure("families").axes[0].texts]
    asked = mixed.figure("families", families=("scientific", "nominated"))
    other = [text.get_text() for text in asked.axes[0].texts]

    assert any(word.startswith("rank by social ties (of") for word in words)
    assert any(word.startswith("rank by nominated ties (of") for word in words)
    assert any(word.startswith("rank by scientific ties (of") for word in other)


@pytest.mark.parametrize(
    ("families", "said"),
    [
        (("social", "nominatd"), "no family 'nominatd'; did you mean 'nominated'"),
        (("social",), "name two"),
        (("social", "social"), "name two"),
    ],
)
def test_what_are_no_two_families_is_refused(mixed, families, said):
    """One line, with the closest name."""
    with pytest.raises(ValueError, match=said):
        mixed.figure("families", families=families)


def test_a_study_of_one_family_has_no_such_figure(make_study):
    """It says what is lacking."""
    study = make_study(None)

    with pytest.raises(FigureError, match="all ties are of one family"):
        study.figure("families")
    with pytest.raises(FigureError, match="nobody has both social and nominated ties"):
        study.figure("families", families=("social", "nominated"))
