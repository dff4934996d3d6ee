"""Workbooks that open as lists should: header in sight, filters on, texts as texts."""

from __future__ import annotations

import io
import sys
import zipfile

import pytest

from hcpgraph.errors import MissingExtra
from hcpgraph.exports.workbook import Sheet, to_xlsx
from hcpgraph.model.table import Table

openpyxl = pytest.importorskip("openpyxl", reason="needs hcpgraph[excel]")

TABLE = Table(
    {
        "rank": [1, 2],
        "id": ["9000000000000281323", "@ann"],
        "name": ["=HYPERLINK(1)", "Åsa\x0b"],
        "score": [5.6543, 0.5],
        "share": [0.01234, None],
        "attention": [12.0, 3.0],
        "reason": ["why " * 40, None],
    }
)


def opened(*sheets):
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(sheets)))


def test_cells_come_back_as_they_went():
    """Numbers stay numbers, ids keep their digits, empty cells are empty."""
    page = opened(Sheet("Leaders", TABLE))["Leaders"]

    rows = list(page.iter_rows(values_only=True))
    assert rows[0] == TABLE.names
    assert rows[1][:6] == (
        1,
        "9000000000000281323",
        "=HYPERLINK(1)",
        5.6543,
        0.01234,
        12,
    )
    assert rows[2] == (2, "@ann", "Åsa", 0.5, None, 3, None)


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", " =", "\n+", "\xa0@", "\uff1d"]
)
def test_no_text_becomes_a_formula(start):
    """Neither when the file opens nor when the cell is edited."""
    text = f"{start}1+1"

    page = opened(Sheet("x", Table({"name": [text, "Ann"]})))["x"]

    assert (page["A2"].value, page["A2"].data_type) == (text, "s")
    assert page["A2"].quotePrefix
    assert not page["A3"].quotePrefix


def test_a_header_is_no_formula_either():
    """A column is named by others, too."""
    page = opened(Sheet("x", Table({"=1+1": [1]})))["x"]

    assert page["A1"].data_type == "s"


def test_the_header_stays_in_sight_and_filters():
    """Over all rows and columns."""
    page = opened(Sheet("Leaders", TABLE))["Leaders"]

    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:G3"
    assert page["A1"].font.bold


def test_numbers_show_the_digits_that_count():
    """Two decimals for scores, three for shares, none for counts."""
    page = opened(Sheet("Leaders", TABLE))["Leaders"]

    shown = {page.cell(1, n).value: page.cell(2, n).number_format for n in range(1, 8)}
    assert shown["score"] == "0.00"
    assert shown["share"] == "0.000"
    assert shown["attention"] == "0"
    assert shown["rank"] == "General"


def test_a_declared_column_has_the_format_of_its_kind():
    """Scores of a list have two digits and shares three, however large they are."""
    cells = {"score": [0.25], "p_top10": [1.0], "rank": [1], "name": ["Ada"]}
    page = opened(Sheet("Leaders", Table.of("rank", cells)))["Leaders"]

    shown = {cell.value: page.cell(2, cell.column).number_format for cell in page[1]}

    assert shown == {
        "rank": "General",
        "name": "General",
        "score": "0.00",
        "p_top10": "0.000",
    }


def test_columns_are_as_wide_as_their_texts_and_no_wider():
    """Long reasons go on in the next line."""
    page = opened(Sheet("Leaders", TABLE))["Leaders"]

    assert page.column_dimensions["B"].width == 20
    assert page.column_dimensions["G"].width == 60
    assert page["G2"].alignment.wrap_text
    assert not page["B2"].alignment.wrap_text


def test_the_same_tables_give_the_same_bytes():
    """No clock, neither in the workbook nor in the archive around it."""
    content = to_xlsx([Sheet("Leaders", TABLE), Sheet("Empty", Table({"a": []}))])

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        said = archive.read("docProps/core.xml").decode()
    assert said.count("1980-01-01T00:00:00Z") == 2
    assert "202" not in said


def test_an_empty_table_is_a_header():
    """A list of nobody opens, too."""
    page = opened(Sheet("Leaders", Table({"rank": [], "id": []})))["Leaders"]

    assert list(page.iter_rows(values_only=True)) == [("rank", "id")]


def test_a_missing_library_is_one_clear_line(monkeypatch):
    """With the words that install it."""
    monkeypatch.setitem(sys.modules, "openpyxl", None)

    with pytest.raises(MissingExtra) as caught:
        to_xlsx([Sheet("Leaders", TABLE)])

    assert str(caught.value) == (
        "an XLSX workbook needs openpyxl: pip install 'hcpgraph[excel]'"
    )
    assert caught.value.extra == "excel"
