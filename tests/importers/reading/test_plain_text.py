"""Text in other encodings and below titles is read as plain UTF-8, or not touched."""

from __future__ import annotations

import gzip

import pytest

from hcpgraph.errors import ExportError
from hcpgraph.importers.reading.plain_text import as_plain_text
from hcpgraph.model.files import Layout

TABLE = "source;target;note\n1;2;Zürich\n"
GUESSED = "read as Western European text (Windows-1252)"


@pytest.fixture
def read(tmp_path):
    """The text behind some bytes, and what there is to say of it."""

    def read_bytes(content, **layout):
        path = tmp_path / "export"
        path.write_bytes(content)
        with as_plain_text(path, Layout(**layout)) as plain:
            copied = plain.path != path
            return (plain.path.read_bytes() if copied else None), plain.notes

    return read_bytes


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_text_of_wide_letters_is_read(read, code, pack):
    """With a mark and without, compressed and not."""
    assert read(pack(TABLE.encode(code))) == (TABLE.encode(), ())


@pytest.mark.parametrize("content", [TABLE.encode(), b"\xef\xbb\xbf" + TABLE.encode()])
def test_plain_text_is_read_where_it_is(read, content):
    """No copy, and nothing to say."""
    assert read(content) == (None, ())


@pytest.mark.parametrize(
    "content",
    [b'{"id": 1}\n{"id": 2}\n', b'[{"id": 1},\n{"id": 2}]', b" [\n]", b"{}\n{}"],
)
def test_records_have_no_row_of_headings(read, content):
    """Naming one for a folder of mixed files costs none of their records."""
    found, notes = read(content, header=2)
    assert (found, notes) == (None, ("no table: it has no row of headings to choose",))


def test_a_title_in_brackets_is_no_record(read):
    """The row of headings that is named is taken."""
    found, notes = read(b"[Report]\nsource,target\n1,2\n", header=2)
    assert (found, notes) == (b"\nsource,target\n1,2\n", ())


def test_a_table_of_old_letters_is_read_as_such(read):
    """Where it can be nothing else, wherever they stand, and it is said."""
    far = "source;target;note\n" + "1;2;x\n" * 300_000 + "1;3;Zürich\n"
    for text in (TABLE, far):
        found, (note,) = read(text.encode("cp1252"))
        assert found == text.encode()
        assert GUESSED in note


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode() + "1;3;Zürich\n".encode("cp1252"),  # both
        b"source;target;note\n1;2;\x81\x8d\n",  # no letter of Windows-1252
        b"source;target;note\n1\xff;2;a\n",  # no letter of a word
        b'[{"name": "Z\xfcrich"}]',
        b'{"name": "Z\xfcrich"}\n',
    ],
)
def test_other_stray_bytes_stay_as_they_are(read, content):
    """Lines that are no UTF-8 are rejected one by one; JSON is mended elsewhere."""
    assert read(content) == (None, ())


def test_an_encoding_that_is_named_is_taken(read):
    """And what is no text in it is refused."""
    assert read(TABLE.encode("cp1250"), encoding="cp1250") == (TABLE.encode(), ())
    with pytest.raises(ExportError, match="no text in utf-16"):
        read(TABLE.encode("utf-16")[:-1])
    with pytest.raises(ExportError, match="no text in cp1253"):
        read(b"a;\xd2\xaa\n", encoding="cp1253")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_what_stands_above_the_headings_is_blanked(read, end, pack):
    """Numbers of lines and their ends stay."""
    text = end.join(["My list", "of 2025", "source,target", "1,2", ""])

    found, notes = read(pack(text.encode()))

    assert found.decode() == end.join(["", "", "source,target", "1,2", ""])
    assert notes == ("the headings stand in line 3; the lines above are passed over",)
    assert read(pack(text.encode()), header=3) == (found, ())


def test_a_row_that_is_not_there_is_refused(read):
    """It cannot hold headings."""
    with pytest.raises(ExportError, match="has no row 9"):
        read(b"source,target\n1,2\n", header=9)


def test_the_first_row_can_be_said_to_be_the_headings(read):
    """Nothing is passed over then."""
    assert read(b"title\nsource,target\n1,2\n", header=1) == (None, ())
