"""A table of columns: equal lengths, cells as people read them."""

from __future__ import annotations

import math

import pytest

from hcpgraph.model.table import Table, show

TABLE = Table({"rank": [1, 2, 3], "name": ["Ann", None, "<b>Bob</b>"]})


def test_a_table_is_columns_of_one_length():
    """Ragged columns are a bug, and named."""
    with pytest.raises(ValueError, match=r"differ in length: \{'a': 1, 'b': 2\}"):
        Table({"a": [1], "b": [1, 2]})


def test_a_table_is_read_by_row_and_by_column():
    """Names keep their order."""
    assert TABLE.names == ("rank", "name")
    assert list(TABLE.rows()) == [(1, "Ann"), (2, None), (3, "<b>Bob</b>")]
    assert TABLE["rank"] == [1, 2, 3]
    assert len(TABLE) == 3


@pytest.mark.parametrize("columns", [{}, {"rank": [], "name": []}])
def test_an_empty_table_has_no_rows(columns):
    """Without columns, or without cells."""
    table = Table(columns)

    assert len(table) == 0
    assert list(table.rows()) == []
    assert table.names == tuple(columns)
    assert table.head(3) == table
    assert len(table.to_pandas()) == 0


def test_a_table_can_be_cut():
    """The first rows, or some columns in another order."""
    assert TABLE.head(1) == Table({"rank": [1], "name": ["Ann"]})
    assert TABLE.head(9) == TABLE
    assert TABLE.select(["name"]).names == ("name",)
    assert TABLE.select(["name", "rank"]).names == ("name", "rank")
    with pytest.raises(KeyError):
        TABLE.select(["nmae"])


def test_a_data_frame_has_the_same_columns():
    """Empty cells are missing values there."""
    frame = TABLE.to_pandas()

    assert list(frame.columns) == ["rank", "name"]
    assert frame["rank"].tolist() == [1, 2, 3]
    assert frame["name"].isna().tolist() == [False, True, False]


SHOWN = {
    "empty": (None, ""),
    "truth": (True, "yes"),
    "falsehood": (False, "no"),
    "zero": (0, "0"),
    "zero that is a fraction": (0.0, "0"),
    "six digits": (math.pi, "3.14159"),
    "a small fraction": (0.000012345678, "1.23457e-05"),
    "a long id": ("9000000000000281323", "9000000000000281323"),
    "a large count": (12345678, "12345678"),
}


@pytest.mark.parametrize(("cell", "text"), SHOWN.values(), ids=SHOWN)
def test_cells_are_shown_for_people(cell, text):
    """Nothing for empty, six digits for fractions, counts in full."""
    assert show(cell) == text


def test_a_list_has_its_columns_in_the_declared_order():
    """Whoever computes them need not think of it, and parts of a list stay the list."""
    table = Table.of("communities", {"size": [2], "id": ["7"], "community": [1]})

    assert table.names == ("id", "community", "size")
    assert table.head(0).listing == table.select(["id"]).listing == "communities"
    assert table == Table({"id": ["7"], "community": [1], "size": [2]})


def test_a_list_has_no_column_that_is_not_declared():
    """A misspelt name would be a new column in every file."""
    with pytest.raises(ValueError, match=r"columns\.py declares no 'sise' of 'rank'"):
        Table.of("rank", {"sise": [1]})
