"""Tables as CSV, JSON and Parquet: safe, complete, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import math

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpgraph.exports.tables import WRITERS, to_csv, to_json, to_parquet
from hcpgraph.model.table import Table

TABLE = Table(
    {
        "rank": [1, 2],
        "id": ["9000000000000281323", "x:9"],
        "name": ['Åsa "Ø" Ødegård', None],
        "score": [0.123456789, 12.0],
        "listed": [True, False],
        "rank_low": [None, None],
    }
)


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def test_csv_is_plain():
    """UTF-8 without mark, commas, one header, LF, all digits, empty for nothing."""
    assert to_csv(TABLE).decode() == (
        "rank,id,name,score,listed,rank_low\n"
        '1,9000000000000281323,"Åsa ""Ø"" Ødegård",0.123456789,True,\n'
        "2,x:9,,12,False,\n"
    )


SIGNS = "=+-@|%\uff1d\uff0b\uff0d\uff20"
BEFORE = ["", " ", "\n", "\r", "\t", "\xa0", "\u3000", "\u200b", "\ufeff", " \n ", '"']


@pytest.mark.parametrize(
    "start", [b + s for b in BEFORE for s in SIGNS] + list("\t\r\n")
)
@pytest.mark.parametrize(
    "column", ["handle", "name", "reason", "label", "id", "source", "whatever"]
)
def test_csv_disarms_formulas_in_what_others_wrote(column, start):
    """A spreadsheet shows the cell as text and runs nothing."""
    content = to_csv(Table({column: [f"{start}HYPERLINK(1)"]}))

    (cell,) = read(content)[1]
    assert cell.startswith("'")
    assert cell.replace("'", "") == f"{start}HYPERLINK(1)"


SLY = st.text(
    st.sampled_from(" ;,=+-@\t\n\r\"'a1\uff1d\uff20\u200b\xa0\x1b\x85"), max_size=9
)
PASSED = ' \t\n\r"\u200b\xa0\x1b\x85'


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@given(st.lists(st.tuples(SLY, SLY), min_size=1, max_size=3))
def test_no_cell_is_a_formula_however_the_file_is_cut(delimiter, rows):
    """Half of Europe opens it with semicolons, where quotes do not hold."""
    columns = {"name": [a for a, _ in rows], "reason": [b for _, b in rows]}

    text = to_csv(Table({"rank": [1] * len(rows), **columns})).decode()

    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for line in lines:
        for cell in line:
            assert not cell.lstrip(PASSED).startswith(tuple(SIGNS)), line


def test_cells_that_a_reader_may_cut_are_in_quotes():
    """Semicolons, tabs, and every end of a line."""
    for sign in ';\t\n\r\x0b\x0c\x85\u2028\u2029"':
        assert to_csv(Table({"name": [f"a{sign}b"]})).decode().count('"') >= 2


def test_a_header_is_no_formula_either():
    """A column is named by others, too."""
    assert to_csv(Table({"=1+1": [1]})) == b"'=1+1\n1\n"


def test_csv_leaves_ids_and_numbers_as_they_are():
    """They must be found again, and a minus is a minus."""
    content = to_csv(
        Table(
            {
                "id": ["@ann", "-7"],
                "target": ["@ann@host.org", "x:9"],
                "introducer": ["@bob", "@SUM(1)"],
                "score": [-0.5, None],
                "mixed": [-1, "=1"],
            }
        )
    )

    assert read(content)[1:] == [
        ["@ann", "@ann@host.org", "@bob", "-0.5", "-1"],
        ["-7", "x:9", "'@SUM(1)", "", "'=1"],
    ]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"))))
def test_csv_comes_back_as_it_went(names):
    """Quotes, commas, line ends: the same names, but for disarmed formulas."""
    rows = read(to_csv(Table({"rank": list(range(len(names))), "name": names})))

    back = [name for _, name in rows[1:]]
    assert [name.replace("'", "") for name in back] == [
        name.replace("'", "") for name in names
    ]
    assert not any(name.startswith(("=", "+", "-", "@", "\t", "\r")) for name in back)


CELLS = (
    None,
    "",
    "a",
    "=1",
    '"',
    "7",
    7,
    1,
    True,
    False,
    0,
    0.0,
    -0.0,
    1.0,
    1 / 3,
    math.inf,
)


@given(st.lists(st.sampled_from(CELLS), min_size=1))
def test_a_cell_is_written_as_if_it_stood_alone(cells):
    """However often it occurs, and whatever stands in the same column."""
    together = to_csv(Table({"name": cells})).splitlines()[1:]

    assert together == [to_csv(Table({"name": [c]})).splitlines()[1] for c in cells]


def test_zero_has_no_sign():
    """Nobody wonders what -0 would mean."""
    assert to_csv(Table({"score": [-0.0, 0.0, -0.0]})) == b"score\n0\n0\n0\n"


def test_json_is_a_list_of_rows_at_full_precision():
    """Keys in the order of the columns; names unescaped."""
    content = to_json(TABLE)

    rows = json.loads(content)
    assert rows == [dict(zip(TABLE.names, row, strict=True)) for row in TABLE.rows()]
    assert tuple(rows[0]) == TABLE.names
    assert "Åsa" in content.decode()
    assert content.endswith(b"\n]\n")


def test_parquet_keeps_types():
    """Whole numbers, fractions, truths and texts; empty columns are text."""
    table = pq.read_table(io.BytesIO(to_parquet(TABLE)))

    assert table.schema.types == [
        pa.int64(),
        pa.string(),
        pa.string(),
        pa.float64(),
        pa.bool_(),
        pa.string(),
    ]
    assert table.to_pydict() == {name: list(TABLE[name]) for name in TABLE.names}


@pytest.mark.parametrize("form", WRITERS)
def test_the_same_table_gives_the_same_bytes(form):
    """Neither clock nor chance shows in a file."""
    assert WRITERS[form](TABLE) == WRITERS[form](TABLE)


@pytest.mark.parametrize("cell", ["100 %s", "a,b", "=1", "", None, True, 7, 0.5])
def test_a_column_that_never_changes_is_written_like_any_other(cell):
    """Whether all cells are the same is nothing that a cell should show."""
    same = read(to_csv(Table({"id": ["a", "b"], "name": [cell, cell]})))
    other = read(to_csv(Table({"id": ["a", "b"], "name": [cell, "else"]})))

    shown = other[1][1]
    assert same[1:] == [["a", shown], ["b", shown]]


EMPTY = {
    "csv": b"rank,name\n",
    "json": b"[]\n",
}


@pytest.mark.parametrize(("form", "content"), EMPTY.items())
def test_a_table_of_nobody_has_its_columns(form, content):
    """An empty list is a file all the same."""
    assert WRITERS[form](Table({"rank": [], "name": []})) == content


def test_a_parquet_file_of_nobody_has_its_columns():
    """Likewise, though no type can be known."""
    table = pq.read_table(io.BytesIO(to_parquet(Table({"rank": [], "name": []}))))

    assert table.column_names == ["rank", "name"]
    assert table.num_rows == 0


def test_numbers_have_all_their_digits_and_no_more():
    """What is read back is the number itself; plain counts stay plain."""
    content = to_csv(Table({"score": [math.pi, 1e-9, 123456.0, 0.1 + 0.2]}))

    assert [row[0] for row in read(content)[1:]] == [
        "3.141592653589793",
        "1e-09",
        "123456",
        "0.30000000000000004",
    ]
