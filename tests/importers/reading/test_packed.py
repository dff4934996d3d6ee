"""Of a compressed file all is read, or nothing."""

from __future__ import annotations

import gzip
import struct
import zlib

import pytest

from hcpgraph.errors import ExportError
from hcpgraph.importers.reading import integrity, lines, packed

TEXT = b"source,target\n" + b"".join(b"%d,%d\n" % (n, n * n) for n in range(30_000))
PACKED = gzip.compress(TEXT, mtime=0)


def member(data, flags):
    """A member with every part of a header that *flags* announce."""
    header = b"\x1f\x8b\x08" + bytes([flags]) + b"\0" * 4 + b"\x00\x03"
    header += struct.pack("<H", 6) + b"BC\x02\0\x01\x02" if flags & 4 else b""
    header += b"name.csv\0" if flags & 8 else b""
    header += b"a comment\0" if flags & 16 else b""
    header += struct.pack("<H", zlib.crc32(header) & 0xFFFF) if flags & 2 else b""
    body = zlib.compress(data)[2:-4]
    return header + body + struct.pack("<II", zlib.crc32(data), len(data))


def inflated(write, content):
    return b"".join(packed.pieces(write(content), gzipped=True))


WHOLE = {
    "one member": PACKED,
    "many members": b"".join(
        gzip.compress(TEXT[start : start + 999]) for start in range(0, len(TEXT), 999)
    ),
    "an empty member between": gzip.compress(TEXT[:9])
    + gzip.compress(b"")
    + gzip.compress(TEXT[9:]),
    "zeros behind": PACKED + b"\0" * 70_000,
    "zeros between": gzip.compress(TEXT[:9]) + b"\0" * 512 + gzip.compress(TEXT[9:]),
    "every header": b"".join(
        member(TEXT[start : start + 9999], flags % 32)
        for flags, start in enumerate(range(0, len(TEXT), 9999))
    ),
}


@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE)
def test_all_members_are_read(write, content):
    """However many there are, whatever their headers say, padded or not."""
    assert inflated(write, content) == TEXT


def broken_digit():
    """The text stored as it is, with one digit of it changed."""
    stored = bytearray(gzip.compress(TEXT, compresslevel=0))
    place = stored.index(b"17,289")
    stored[place] ^= 1
    return bytes(stored)


DAMAGED = {
    "header only": (PACKED[:10], "cut short"),
    "half a header": (PACKED[:5], "cut short"),
    "half": (PACKED[: len(PACKED) // 2], "cut short"),
    "no trailer": (PACKED[:-8], "cut short"),
    "part of the trailer": (PACKED[:-1], "cut short"),
    "another checksum": (PACKED[:-8] + b"\0\1\2\3" + PACKED[-4:], "data check"),
    "another length": (PACKED[:-4] + b"\0\1\2\3", "length check"),
    "a changed digit": (broken_digit(), "data check"),
    "a second member cut": (PACKED + PACKED[:-3], "cut short"),
    "text behind": (PACKED + b"and more\n", "no part of it"),
    "text behind zeros": (PACKED + b"\0" * 9 + b"x", "no part of it"),
}


@pytest.mark.parametrize(("content", "reason"), DAMAGED.values(), ids=DAMAGED)
def test_damage_is_no_end(write, content, reason):
    """What is missing or wrong is said, wherever it stands."""
    with pytest.raises(ExportError, match=reason):
        inflated(write, content)


def test_pieces_are_small_however_well_they_were_packed(write):
    """A few kilobytes of blanks do not become gigabytes in memory."""
    content = gzip.compress(b" " * 40_000_000)

    largest = max(map(len, packed.pieces(write(content), gzipped=True)))

    assert largest <= 2**20


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (b"a\n" + b"b" * 1000 + b"\n", False),
        (b"a\n" + b"b" * 1001 + b"\n", True),
        (b"a\n" * 3000 + b" " * 1001, True),
        (b"a,b\n" * 700_000, False),
        (b"[\n" + b" " * 2000 + b'{"id": "1"}]', False),
    ],
)
def test_a_line_too_long_inside_is_found(write, monkeypatch, text, refused):
    """The database would pass over it without a word; a document has no lines."""
    monkeypatch.setattr(lines, "LONGEST", 1000)
    monkeypatch.setattr(packed, "_MOST", 100)
    path = write(text, compress=True)
    looking = integrity.Integrity(path)

    def look():
        data = path.read_bytes()
        for start in range(0, len(data), 100):
            looking.feed(data[start : start + 100])
        looking.close()

    if refused:
        with pytest.raises(ExportError, match="longer than 32 MB"):
            look()
    else:
        look()
