"""Sheets of workbooks are read as the tables that they are, or refused in words."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from hcpgraph.errors import ExportError
from hcpgraph.importers.reading import workbooks
from hcpgraph.importers.reading.plain_text import as_plain_text
from hcpgraph.model.files import Layout

MADE = Path(__file__).parent / "workbooks"
ROWS = [["source", "target"], [11, "@ann"]]


@pytest.fixture
def book(tmp_path):
    """Write a workbook of sheets: name -> rows."""

    def write(sheets):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for name, rows in sheets.items():
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(row)
        made.save(tmp_path / "book.xlsx")
        return tmp_path / "book.xlsx"

    return write


def read(path, zone="Z", **layout):
    """The text of a workbook, line by line, and what there is to say of it."""
    with as_plain_text(path, Layout(**layout), zone=zone) as plain:
        return plain.path.read_text(encoding="utf-8").splitlines(), plain


def edited(path, **parts):
    """The same workbook with other parts in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            key = name.rsplit("/", 1)[-1].removesuffix(".xml")
            new.writestr(name, parts.get(key, old.read(name)))
    path.write_bytes(content.getvalue())
    return path


@pytest.mark.parametrize("name", ["ties.xls", "ties.ods"])
def test_other_programs_write_the_same(name):
    """Old Excel and LibreOffice, with an empty column and empty rows."""
    lines, plain = read(MADE / name)

    assert lines == [
        "",
        "source,target,weight,timestamp",
        "",
        "11,@ann,0.5,2025-03-01T12:00:00Z",
        "1294030472427835001,11,2,",
    ]
    assert plain.others == ("Notes",)
    assert plain.notes == (
        "sheet Ties is read, and not Notes; name another with --layout sheet=NAME",
        "times in a workbook name no zone: read as UTC",
    )


def test_cells_are_text_as_people_write_it(book):
    """Whole numbers without a point, dates as ISO, signs of tables in quotes."""
    path = book(
        {
            "a": [
                ["a", "b"],
                [3.0, 0.1],
                [True, date(2025, 3, 1)],
                [datetime(2025, 3, 1, 12, 0, 5), 'a "b", c;\td'],  # noqa: DTZ001 - as Excel
                ["two\nlines", None],
            ]
        }
    )

    assert read(path)[0] == [
        "a,b",
        "3,0.1",
        "TRUE,2025-03-01T00:00:00Z",
        '2025-03-01T12:00:05Z,"a ""b"", c;\td"',
        "two lines,",
    ]
    assert read(path, zone="", decimal=",")[0][1:3] == ['3,"0,1"', "TRUE,2025-03-01"]


@pytest.mark.parametrize("number", [1294030472427835001, 2**53, -(2**60)])
def test_a_number_that_was_rounded_shows_it(book, number):
    """Beyond 2^53 a cell with a number may hold another one."""
    line = read(book({"a": [*ROWS, [number, "@b"]]}))[0][2]

    assert "e+" in line.split(",")[0]


def test_the_first_sheet_with_a_table_is_read(book):
    """Notes and empty sheets before it are passed over, and said to be."""
    path = book({"empty": [], "Read me": [["text"], ["more"]], "Ed'ges (é)": ROWS})

    lines, plain = read(path)

    assert lines == ["source,target", "11,@ann"]
    assert plain.notes[0].startswith("sheet Ed'ges (é) is read, and not Read me")
    assert read(path, sheet="Read me")[0] == ["text", "more"]


def test_a_sheet_that_is_not_there_is_refused(book):
    """With the names of those that are."""
    with pytest.raises(ExportError, match="no sheet 'Edges'; its sheets are a, b"):
        read(book({"a": ROWS, "b": ROWS}), sheet="Edges")


def test_a_formula_without_a_value_is_refused(book):
    """What stands there, nobody has computed; one with its value is read."""
    path = book({"a": [*ROWS, ["=11+1", "@b"]]})
    with pytest.raises(ExportError, match="1 formula without a value"):
        read(path)
    with zipfile.ZipFile(path) as old:
        sheet = old.read("xl/worksheets/sheet1.xml")
    cached = sheet.replace(b"<f>11+1</f><v />", b"<f>11+1</f><v>12</v>").replace(
        b"<f>11+1</f><v></v>", b"<f>11+1</f><v>12</v>"
    )

    assert read(edited(path, sheet1=cached))[0][-1] == "12,@b"


def test_cells_with_an_error_are_counted(book):
    """They are read as empty, and that is said."""
    _, plain = read(book({"a": [*ROWS, ["#REF!", "@b"], ["#N/A", "@c"]]}))

    assert plain.errors == 2
    assert plain.notes == ("2 cells hold an error such as #N/A: read as empty",)


def test_merged_cells_hold_their_value_once(book):
    """In the first of them."""
    path = book({"a": [["source", "target", "kind"], [1, 2, "reply"], [3, 4, None]]})
    made = openpyxl.load_workbook(path)
    made.active.merge_cells("C2:C3")
    made.save(path)

    assert read(path)[0][1:] == ["1,2,reply", "3,4,"]


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0" + bytes(600),
        (MADE / "ties.xls").read_bytes()[:3000],
        (MADE / "ties.xls").read_bytes()[:600] * 4,
    ],
)
def test_a_damaged_workbook_is_refused(tmp_path, content):
    """In words."""
    path = tmp_path / "book.xls"
    path.write_bytes(content)

    with pytest.raises(ExportError, match="damaged workbook"):
        read(path)


def test_a_damaged_part_is_refused(book):
    """A changed byte inside, and a part that is no XML."""
    path = book({"a": [*ROWS, *([k, "@x"] for k in range(500))]})
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as packed:
        at = packed.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[at + 200] ^= 255
    path.write_bytes(content)
    with pytest.raises(ExportError, match="damaged workbook"):
        read(path)

    with pytest.raises(ExportError, match="damaged workbook"):
        read(edited(book({"a": ROWS}), workbook=b"no xml"))


def test_a_password_is_said_to_be_one(tmp_path):
    """For old workbooks, new ones and those of LibreOffice."""
    old = bytearray((MADE / "ties.xls").read_bytes())
    first = old.find(b"\x09\x08\x10\x00") + 20  # the record behind the first
    old[first : first + 2] = b"\x2f\x00"
    new = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    for content in (bytes(old), new):
        path = tmp_path / "book"
        path.write_bytes(content)
        with pytest.raises(ExportError, match="has a password"):
            read(path)


def test_a_workbook_without_a_filled_sheet_is_refused(book):
    """As is one whose only sheet is hidden."""
    with pytest.raises(ExportError, match="without a filled sheet"):
        read(book({"a": []}))
    path = book({"a": ROWS, "b": []})
    made = openpyxl.load_workbook(path)
    made["a"].sheet_state = "hidden"
    made.save(path)
    with pytest.raises(ExportError, match="without a filled sheet"):
        read(path)


def test_what_inflates_to_too_much_is_refused(book, monkeypatch):
    """Bytes are counted while they come, whatever the workbook says of itself."""
    path = edited(book({"a": ROWS}), styles=b"<a>" + bytes(10**6) + b"</a>")
    monkeypatch.setattr(workbooks, "MOST_INFLATED", 10**6)

    with pytest.raises(ExportError, match="inflates to more than"):
        read(path)


def test_cells_far_apart_cost_no_memory(tmp_path):
    """Two cells in two corners claim 17 billion."""
    made = openpyxl.Workbook()
    made.active["A1"], made.active["XFD1048576"] = "source", "target"
    made.save(tmp_path / "book.xlsx")

    with pytest.raises(ExportError, match="more than 4 GB of memory"):
        read(tmp_path / "book.xlsx")


@pytest.mark.slow
def test_a_million_empty_rows_are_blank_lines(tmp_path):
    """The row below them keeps its number."""
    made = openpyxl.Workbook()
    made.active["A1048575"], made.active["A1048576"] = "handle", "@ann"
    made.save(tmp_path / "book.xlsx")

    lines, _ = read(tmp_path / "book.xlsx")

    assert (len(lines), lines[-1], set(lines[:-2])) == (2**20, "@ann", {""})
