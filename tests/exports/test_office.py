"""What an office suite makes of tables and workbooks: LibreOffice, without a screen."""

from __future__ import annotations

import csv
import shutil
import subprocess

import pytest

from hcpgraph.exports.tables import to_csv
from hcpgraph.exports.workbook import Sheet, to_xlsx
from hcpgraph.model.table import Table

OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here: apt install"
                       " libreoffice-calc-nogui"),
]  # fmt: skip

COMMA, SEMICOLON, QUOTE, UTF_8 = 44, 59, 34, 76
TEXT = 2  # as which a column is taken
IDS = ("1294030472427835009", "0012940304724278351", "9007199254740993", "7", "1e5")
NAMES = (
    "=1+1", "=HYPERLINK(\"http://x.example\",\"Nina\")", " =1+1", "\t=1+1", "+1+1",
    "-1+1", "@SUM(1,1)", "@nina", "a;=1+1", "a\t=1+1", "a\n=1+1", "\uff1d1+1", "%1",
    "=cmd|'/C calc'!A0", "'=1+1", "\"=1+1\"", "=\"1\"&\"1\"", "{=1+1}",
    "Müller; Ärzte, \"GmbH\"", "Straße des 17. Juni", "Łódź", "Αθήνα", "王小明", "🎗️",
    "1/2", "2025-01-01", "1,5", "1.5", "TRUE", "007", "1E5", "#REF!", "", "x" * 30_000,
)  # fmt: skip
COUNT = len(NAMES)
SCORES = [round(i / 7, 9) for i in range(COUNT)]
TABLE = Table(
    {
        "id": [IDS[i % len(IDS)] for i in range(COUNT)],
        "name": list(NAMES),
        "score": SCORES,
        "known": [i % 2 == 0 for i in range(COUNT)],
        "rank": list(range(1, COUNT + 1)),
    }
)


def converted(folder, source, kind, *, reading=""):
    """The one file that LibreOffice makes of another."""
    words = [
        OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless",
        *([f"--infilter={reading}"] if reading else []),
        "--convert-to", kind, "--outdir", str(folder / "made"), str(source),
    ]  # fmt: skip
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, timeout=120
    )
    made = list((folder / "made").glob("*"))
    assert made, done.stderr
    return made


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_a_workbook_holds_what_it_was_given(tmp_path):
    """Ids of 19 digits, leading zeros, umlauts; no text is evaluated."""
    source = tmp_path / "book.xlsx"
    source.write_bytes(to_xlsx([Sheet("People", TABLE), Sheet("Again", TABLE)]))
    form = f"csv:Text - txt - csv (StarCalc):{COMMA},{QUOTE},{UTF_8},1,,0,false,true,"

    made = converted(tmp_path, source, f"{form}false,false,false,-1")

    assert {path.name for path in made} == {"book-People.csv", "book-Again.csv"}
    for path in made:
        head, *rows = rows_of(path)
        assert head == list(TABLE.names)
        assert [row[0] for row in rows] == list(TABLE["id"])
        assert [row[1] for row in rows] == list(NAMES)
        assert [float(row[2]) for row in rows] == pytest.approx(SCORES)
        assert [row[4] for row in rows] == [str(rank) for rank in TABLE["rank"]]


@pytest.mark.parametrize("delimiter", [COMMA, SEMICOLON])
@pytest.mark.parametrize("evaluated", ["false", "true"])
def test_no_cell_of_a_table_is_evaluated(delimiter, evaluated, tmp_path):
    """Nor where the suite takes semicolons for delimiters, or is told to evaluate."""
    source = tmp_path / "table.csv"
    source.write_bytes(to_csv(TABLE))
    reading = f"CSV:{delimiter},{QUOTE},{UTF_8},1,,0,false,true,false,false,false"

    (made,) = converted(tmp_path, source, "fods", reading=f"{reading},0,{evaluated}")

    assert "Straße" in made.read_text("utf-8")
    assert "table:formula=" not in made.read_text("utf-8")


def test_a_table_whose_columns_are_taken_as_text_holds_its_ids(tmp_path):
    """As a dialogue offers it; a column of numbers would round them."""
    source = tmp_path / "table.csv"
    source.write_bytes(to_csv(TABLE))
    columns = "/".join(f"{place}/{TEXT}" for place in range(1, 6))
    form = f"csv:Text - txt - csv (StarCalc):{COMMA},{QUOTE},{UTF_8}"

    (made,) = converted(
        tmp_path, source, form, reading=f"CSV:{COMMA},{QUOTE},{UTF_8},1,{columns}"
    )

    read, written = rows_of(made), rows_of(source)
    assert [row[0] for row in read] == [row[0] for row in written]
    assert [row[1].split("\n") for row in read] == [
        row[1].split("\n") for row in written
    ]
