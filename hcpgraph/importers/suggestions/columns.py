"""The columns of a table, or the places in JSON records, with some cells of each."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.importers.reading import json_values, tables
from hcpgraph.importers.reading.head import LINE_END

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcpgraph.importers.reading.head import Head

_ROWS: Final = 1000
_DEEP: Final = 5
_SHOWN: Final = 20  # letters of a sample
_SAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class SampledColumn:
    """A column, and what stands in its first cells.

    Attributes:
        name: its heading, or its place in a record of JSON, such as ``user.id``.
        cells: the first cells in which something stands.
        rows: how many rows these are of.
    """

    name: str
    cells: tuple[str, ...]
    rows: int

    @property
    def samples(self) -> tuple[str, ...]:
        """Three cells that differ, shortened and on one line."""
        return tuple(shortened(cell) for cell in dict.fromkeys(self.cells))[:_SAMPLES]


@dataclass(frozen=True, slots=True)
class Sampled:
    """The columns of a file.

    Attributes:
        columns: in the order of the file.
        records: where the list of records stands in a JSON document; empty if it is
            the document, or the file is a table.
    """

    columns: tuple[SampledColumn, ...]
    records: str = ""


def shortened(cell: str) -> str:
    r"""A cell for a comment: its first letters, without signs that steer or end lines.

    >>> shortened("Great\n news from #SABCS today")
    'Great news from #SAB...'
    """
    plain = "".join(" " if _steers(sign) else sign for sign in cell[: 20 * _SHOWN])
    plain = " ".join(plain.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN].rstrip()}..."


def _steers(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "CZ"


def sampled(head: Head) -> Sampled:
    """The columns of a table, or the places in the records of a JSON file.

    Raises:
        ExportError: if it is neither, or damaged.
    """
    if json_values.begins(head):
        return _of_json(json_values.first_objects(head))
    header = tables.table_of(head)
    rows = list(_rows(head, header))
    return Sampled(
        tuple(
            SampledColumn(
                name,
                tuple(r[k].strip() for r in rows if k < len(r) and r[k].strip()),
                len(rows),
            )
            for k, name in enumerate(header.names)
            if name
        )
    )


def _rows(head: Head, header: tables.Header) -> Iterator[list[str]]:
    """The first rows below the headings, as far as the quotes are in order."""
    if head.parquet:
        yield from tables.first_rows(head, _ROWS)
        return
    below = LINE_END.split(head.text)[header.line :]
    found = csv.reader(io.StringIO("\n".join(below)), delimiter=header.delimiter)
    for _ in range(_ROWS):
        try:
            row = next(found)
        except (csv.Error, StopIteration):
            return
        if any(cell.strip() for cell in row):
            yield row


def _of_json(objects: list[dict[str, Any]]) -> Sampled:
    """The places in records; of one document, in those of its longest list."""
    records, found = "", objects
    if len(objects) == 1:
        lists = list(_lists(objects[0]))
        records, found = max(
            lists, key=lambda each: len(each[1]), default=("", objects)
        )
        if len(found) == 1 and not isinstance(objects[0].get("data"), list):
            records, found = "", objects
    cells: dict[str, list[str]] = defaultdict(list)
    for one in found[:_ROWS]:
        for place, cell in _places(one):
            cells[place].append(cell)
    rows = len(found)
    columns = (SampledColumn(n, tuple(c), rows) for n, c in cells.items())
    return Sampled(tuple(columns), records)


def _lists(value: dict[str, Any], before: str = "") -> Iterator[tuple[str, list[Any]]]:
    """The lists of records in an object, each with its place."""
    for key, inside in value.items():
        if isinstance(inside, dict):
            yield from _lists(inside, f"{before}{key}.")
        elif isinstance(inside, list) and inside and isinstance(inside[0], dict):
            yield f"{before}{key}", [each for each in inside if isinstance(each, dict)]


def _places(
    value: Any, place: str = "", deep: int = _DEEP
) -> Iterator[tuple[str, str]]:
    """Every place in a record with its value, as text."""
    if isinstance(value, dict):
        for key, inside in value.items() if deep else ():
            yield from _places(inside, f"{place}.{key}".lstrip("."), deep - 1)
    elif isinstance(value, list):
        for inside in value:
            yield from _places(inside, f"{place}[*]", deep - 1)
    elif value is not None and (text := _text(value)):
        yield place, text


def _text(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value).strip()
