"""What a file is that hcpgraph does not read, where it has a name."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.importers.reading.columns import fold
from hcpgraph.importers.reading.delimited import DELIMITERS
from hcpgraph.importers.recognition.known_formats import KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcpgraph.importers.reading.head import Head
    from hcpgraph.importers.recognition.known_formats import KnownFormat

# Where in the beginning of a file -> which bytes -> what it is.
_BYTES: Final = (
    (257, b"ustar", "a tar archive; unpack it and import the files inside"),
    (0, b"PK\x03\x04", "a zip archive; unpack it and import the files inside"),
    (0, b"PK\x05\x06", "an empty zip archive"),
    (0, b"Rar!", "a RAR archive; unpack it and import the files inside"),
    (0, b"7z\xbc\xaf", "a 7z archive; unpack it and import the files inside"),
    (0, b"BZh", "compressed with bzip2; unpack it, or pack it with gzip"),
    (0, b"\xfd7zXZ", "compressed with xz; unpack it, or pack it with gzip"),
    (0, b"\x28\xb5\x2f\xfd", "compressed with zstd; unpack it, or pack it with gzip"),
    (0, b"\xd0\xcf\x11\xe0", "a workbook of old Excel; save it as CSV UTF-8"),
    (0, b"SQLite format 3", "a database of SQLite; export its tables as CSV"),
    (0, b"%PDF", "a PDF document"),
    (0, b"ORC", "an ORC table; write it as Parquet"),
    (0, b"ARROW1", "an Arrow table; write it as Parquet"),
    (0, b"!BDN", "a letter box of Outlook, which hcpgraph never reads"),
)
_WORKBOOK: Final = "a workbook of Excel; save its sheet as CSV UTF-8"
_INSIDE: Final = 2**16  # bytes of an archive in which its first names stand

_HEADERS_TRIED: Final = 6
_DEEP: Final = 3
_FIRST: Final = 3


def name_of_bytes(data: bytes) -> str | None:
    """What a binary file is, after "is", and what to do with it."""
    if data.startswith(b"PK\x03\x04") and b"xl/" in data[:_INSIDE]:
        return _WORKBOOK
    return next((what for at, mark, what in _BYTES if data[at:].startswith(mark)), None)


def name_of(
    head: Head, names: Iterable[str] | None, objects: Iterable[dict[str, Any]]
) -> tuple[KnownFormat, str] | None:
    """Which known export the file is, and by what it is told.

    Args:
        head: the file.
        names: its columns, if it is a table.
        objects: its first objects of JSON.
    """
    headers = [{fold(name) for name in names or ()}, *_headers(head)]
    keys = [_paths(one) for one in objects]
    text = head.text.lstrip()[:2000]
    for known in KNOWN:
        for columns in known.columns:
            wanted = columns.split(",")
            if any({fold(name) for name in wanted} <= header for header in headers):
                return known, f"columns {', '.join(wanted)}"
        for one in known.keys:
            wanted = one.split(",")
            if any(set(wanted) <= found for found in keys):
                return known, f"keys {', '.join(wanted)}"
        if known.text and re.match(known.text, text, re.IGNORECASE | re.DOTALL):
            return known, ""
    return None


def _headers(head: Head) -> list[set[str]]:
    """Lines that may be the header, as notes may stand before it."""
    if head.text.lstrip()[:1] in ("{", "[", "<"):
        return []
    found = []
    for line in head.lines()[:_HEADERS_TRIED]:
        delimiter = max(DELIMITERS, key=line.count)
        try:
            cells = next(csv.reader([line], delimiter=delimiter))
        except (csv.Error, StopIteration):
            continue
        found.append({fold(cell) for cell in cells})
    return found


def _paths(value: Any, before: str = "", deep: int = _DEEP) -> set[str]:
    """The keys of a value and of what is inside, with dots; lists add none."""
    if isinstance(value, list):
        return {path for one in value[:_FIRST] for path in _paths(one, before, deep)}
    if not isinstance(value, dict) or not deep:
        return set()
    found = {f"{before}{key}" for key in value}
    for key, inside in value.items():
        found |= _paths(inside, f"{before}{key}.", deep - 1)
    return found
