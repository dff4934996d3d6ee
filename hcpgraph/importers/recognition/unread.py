"""What a text file is that hcpgraph does not read, where it has a name."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.importers.reading.columns import fold
from hcpgraph.importers.reading.delimited import DELIMITERS
from hcpgraph.importers.recognition.known_formats import KNOWN, MATRIX
from hcpgraph.importers.recognition.matrices import is_matrix

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcpgraph.importers.reading.head import Head
    from hcpgraph.importers.recognition.known_formats import KnownFormat

_HEADERS_TRIED: Final = 6
_DEEP: Final = 3
_FIRST: Final = 3


def name_of(
    head: Head, names: Iterable[str] | None, objects: Iterable[dict[str, Any]]
) -> tuple[KnownFormat, str] | None:
    """Which known export the file is, and the sign that it is recognised by.

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
    return (MATRIX, "") if is_matrix(head) else None


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
        inside = [one for one in value[:_FIRST] if isinstance(one, dict)]
        return {path for one in inside for path in _paths(one, before, deep)}
    if not isinstance(value, dict) or not deep:
        return set()
    found = {f"{before}{key}" for key in value}
    for key, inside in value.items():
        found |= _paths(inside, f"{before}{key}.", deep - 1)
    return found
