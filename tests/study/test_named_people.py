"""Who is named in a result, whatever columns of it a viewer may see."""

from __future__ import annotations

import pytest

from hcpgraph.model.table import Table
from hcpgraph.study import named_people


@pytest.fixture
def found(tiny):
    """A way to have the ids of everybody in the study who is called so."""

    def ids(names):
        with tiny.study.opened() as opened:
            return {one.native_id for one in opened.store.read_named(names)}

    return ids


@pytest.mark.parametrize(
    "columns", [("id", "name"), ("handle", "name"), ("name", "role"), ("id",)]
)
def test_people_are_found_by_what_a_table_has_of_them(tiny, found, columns):
    """By ids, else by handles, else by names, of which one may be of several."""
    ranking = tiny.study.rank("breast-cancer", top=5)

    shown = ranking.table.select(columns)

    expected = set(ranking.table["id"])
    names = found(named_people.in_tables(shown))
    assert names == expected if "name" not in columns else names >= expected


def test_areas_and_backtests_name_nobody(tiny, found):
    """Words of lists of areas and methods are nobody's names."""
    assert found(named_people.in_tables(tiny.study.areas())) == set()


def test_running_numbers_are_nobody(found):
    """Accounts that may not be listed stand in networks under these."""
    table = Table.of("ties", {"source": ["node-1"], "target": ["node-12"]})
    assert named_people.in_tables(table) == ("node-1", "node-12")
    assert found(named_people.in_tables(table)) == set()


def test_everybody_of_a_prospect_list_is_found(tiny, found):
    """Prospects, who introduces them, and who is between."""
    plan = tiny.study.prospects(
        "breast-cancer", known=tiny.folder / "known.csv", budget=5
    )

    names = found(named_people.in_tables(plan.table))

    assert names >= set(plan.table["id"])
    every = tiny.study.find("").to_pandas().set_index("handle")["id"]
    words = " ".join(str(cell) for row in plan.table.rows() for cell in row)
    mentioned = {one for handle, one in every.items() if f"@{handle}" in words.split()}
    assert names >= mentioned


def test_a_long_name_that_is_cut_is_found_on_a_figure():
    """And a name that is part of a longer one is not taken for it."""
    labels = {"1": "Anastasia Papadopoulou", "2": "Ana", "3": "@ana", "4": "Bo Lee"}
    texts = ("Anastasia Papad\N{HORIZONTAL ELLIPSIS}", "1. Bo Lee (Oslo)", "Banana")
    assert named_people.on_figure(texts, labels) == ("1", "4")
