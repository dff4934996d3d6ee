"""Lists of people: whoever is on one is found, or the list is refused in words."""

from __future__ import annotations

import pytest

from hcpgraph.errors import ExportError, MissingColumns
from hcpgraph.importers.mapping_file import read_mapping
from hcpgraph.importers.people_columns import PEOPLE
from hcpgraph.importers.person_list import read_person_list
from tests.spreadsheets import workbook

LONG = "1294030472427835001"


@pytest.fixture
def read(tmp_path):
    """Read a list of these bytes; gives the identifiers of each person."""

    def read_list(content):
        path = tmp_path / "list.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [(*one.names, *one.npis) for one in read_person_list(path).entries]

    return read_list


@pytest.mark.parametrize(
    ("heading", "cell", "found"),
    [
        *((name, LONG, LONG) for name in ("id", "User ID", "user_id", "author_id")),
        *((name, "nina", "@nina") for name in ("handle", "username", "screen_name")),
        *((name, "@nina", "@nina") for name in ("X handle", "Handle (X)", "id")),
        *((name, "1234567893", "1234567893") for name in ("NPI", "npi_number")),
    ],
)
def test_headings_are_those_of_rosters(heading, cell, found, read):
    """Whatever a roster calls them, a list may call them too."""
    assert read(f"{heading},Notes\n{cell},met\n") == [(found,)]


@pytest.mark.parametrize("what", ["id", "handle", "npi"])
def test_every_heading_of_a_roster_is_understood(what, read):
    """One table of words serves both."""
    for heading in PEOPLE[what]:
        assert read(f"{heading}\n77\n") in ([("77",)], [("@77",)])


@pytest.mark.parametrize(
    "text",
    [
        f",handle\n0,@nina\n1,{LONG}\n",  # as pandas writes its row numbers
        f"Unnamed: 0,handle\n0,@nina\n1,{LONG}\n",
        f"handle,,\n@nina,,\n{LONG},,\n,,\n",  # trailing columns, an empty row
        f"\ufeffhandle;met\r\n@nina;yes\r\n{LONG};\r\n;\r\n",
        f"sep=;\nhandle;met\n@nina;yes\n{LONG};\n",
        f"handle\tmet\n@nina\tyes\n\n{LONG}\tno\n",
        f"'@nina\n@{LONG}\n",  # no heading
        f"handle\nhttps://x.com/nina?lang=en\n\u00a0{LONG} \n",
        f'handle\n"=""nina"""\n\'{LONG}\n',
    ],
)
def test_what_tools_write_is_read(text, read):
    """Row numbers, empty rows and columns, Excel's ways to keep a text."""
    assert read(text) == [("@nina",), (f"@{LONG}",)]


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-8-sig", "cp1252"])
def test_excels_own_text_is_read(code, read):
    """UTF-16 with tabs, UTF-8 with a mark, and names of old in Windows-1252."""
    assert read(f"User ID\tName\r\n{LONG}\tÅsa\r\n".encode(code)) == [(LONG,)]


def test_the_sheet_with_people_is_read(read):
    """Whatever other sheets there are, and whatever stands above the headings."""
    people = [["CRM 2025"], [], ["Handle", "Met"], ["nina", True], [], [LONG, False]]
    content = workbook(Notes=[["see the other"]], a=[["x", "y"], [1, 2]], b=people)

    assert read(content) == [("@nina",), (f"@{LONG}",)]


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ({"a": [["id"], ["1"]], "b": [["handle"], ["nina"]]}, "several sheets"),
        ({"a": [["id"], ["1"], ["#REF!"]]}, "an error such as #N/A"),
        ({"a": [["id"], ["1"], [int(LONG)]]}, "line 3: .*rounded by a spreadsheet"),
        ({"a": [["id"], ["1"], ["=2+1"]]}, "1 formula without"),
        ({"a": [["met"], ["yes"]]}, "missing columns"),
    ],
)
def test_a_workbook_that_may_name_others_is_refused(read, sheets, words):
    """Nobody is approached for what a spreadsheet lost."""
    with pytest.raises(ExportError, match=words):
        read(workbook(**sheets))


def test_a_handle_in_old_letters_is_refused(read):
    """Of Windows-1252 a name may be guessed, and a handle may not."""
    with pytest.raises(ExportError, match="line 2: is not UTF-8"):
        read("handle;name\nåsa;Åsa\n".encode("cp1252"))


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (f'"=""{LONG}"""', LONG),
        (f"'{LONG}", LONG),
        ("123.0", "123"),
        ("\uff11\uff12", "12"),
        ("\u0661\u0662", "12"),
        ("\u200b12\u00a0", "12"),
        ('"12"', "12"),
        ("0012", "0012"),
    ],
)
def test_ids_are_mended_where_that_is_certain(cell, found, read):
    """As in tables of ties."""
    assert read(f"id;met\n{cell};x\n") == [(found,)]


@pytest.mark.parametrize("cell", ["1.29403E+18", "1,29403e+18", f"{LONG}.0"])
@pytest.mark.parametrize("heading", ["id", "user_id", "npi"])
def test_ids_that_were_rounded_are_refused_with_their_line(heading, cell, read):
    """Nobody is left unprotected because a spreadsheet has lost a digit."""
    with pytest.raises(ExportError, match=r"line 3: .*export ids as text"):
        read(f"{heading};met\n7;x\n{cell};x\n")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('"1,294,030"', "quantity"), ("1.294.030", "quantity"), ("9.000", "quantity"),
        ("1 294 030", "quantity"), ("1\u00a0294\u00a0030", "quantity"),
        ("-9", "quantity"), ("+9", "quantity"), ("####", "a spreadsheet shows"),
        ("#REF!", "a spreadsheet shows"), ("#N/A", "a spreadsheet shows"),
        ("9\u20282", r"9\\u20282 holds signs"), ("9\x0b2", "holds signs"),
        ("9\u202e8", "holds signs"), ("9\x1b[31m", "holds signs"),
        ("9\u200b8", "holds signs"), ("9\x852", "holds signs"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["id", "npi"])
def test_what_is_no_id_any_more_is_refused(heading, cell, words, read):
    """Whom it meant would be approached all the same."""
    with pytest.raises(ExportError, match=f"line 3: .*{words}"):
        read(f"{heading};met\n7;x\n{cell};x\n")


@pytest.mark.parametrize("cell", ["ni\u200bna", "@ni\x1bna", "########", "#REF!"])
def test_what_is_no_handle_any_more_is_refused(cell, read):
    """Likewise."""
    with pytest.raises(ExportError, match="line 2: "):
        read(f"handle,met\n{cell},x\n")


def test_a_long_list_is_read(read):
    """A hundred thousand people, whatever the line ends."""
    text = "\n".join(map(str, range(100_000)))
    for end in ("\n", "\r\n", "\r"):
        assert len(read(f"id\n{text}\n".replace("\n", end))) == 100_000


def test_whatever_identifies_a_person_is_kept(read):
    """An id of the CRM does no harm beside a handle."""
    assert read("id,handle,npi\n4,nina,\n,theo,1234567893\n") == [
        ("4", "@nina"),
        ("@theo", "1234567893"),
    ]


def test_everyone_counts_once(read):
    """In the order of the file."""
    assert read("id\n7\n3\n7\n") == [("7",), ("3",)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "damaged workbook"),
        (b"\x1f\x8brest", "unpack"),
        (b"PAR1rest", "Parquet"),
        (b"id\n\xff\n", "not UTF-8"),
        (b"id\n\0\0\0\n", "not UTF-8"),
        ("", "missing columns"),
        (",\n0,@nina\n", "no headings"),
        ("name,met\nNina,yes\n", "missing columns: id, handle or npi; found: name"),
        ("@nina,met\n@theo,no\n", "no headings"),
        ("id,handle\n7,nina\n,\n,@\n", "line 4 names nobody"),
        ("id,name\nnan,Nina\n", "line 2 names nobody"),
        ("id,ID\n7,8\n", "two columns 'ID'"),
        ("id\n7,8\n", "line 2 has more cells"),
        ('id\n"7\n', "is no CSV file"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(content, words, read):
    """In one line that says what to do."""
    with pytest.raises(ExportError, match=words):
        read(content)


def test_columns_that_are_missing_are_named_as_such(read):
    """Of the three, none is there."""
    with pytest.raises(MissingColumns):
        read("0\n1\n".replace("0", "met"))


def test_a_mapping_names_the_columns(tmp_path):
    """Headings of any language and sheet; what it does not name is passed over."""
    path, said = tmp_path / "crm.csv", tmp_path / "crm.toml"
    path.write_bytes("Größe;Konto\n3;@nina\n4;x:7\n".encode("cp1252"))
    said.write_text('[file]\nencoding = "cp1252"\n[columns]\nid = "Konto"\n')
    mapping = read_mapping(said)

    found = read_person_list(path, mapping)

    assert [one.names for one in found.entries] == [("@nina",), ("x:7",)]
    path.write_text("handle\nnina\n")
    with pytest.raises(MissingColumns, match="Konto; found: handle"):
        read_person_list(path, mapping)
