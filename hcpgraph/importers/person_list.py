"""Lists of people for one run: a table with a column of ids, handles or NPI numbers.

Such a list (the CRM's known people, those never to approach) is read and used; the
study never stores it. Who would not be found because a spreadsheet has damaged an id
might be approached against their will, so what cannot be read for certain is refused.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError, MissingColumns
from hcpgraph.importers import person_cells
from hcpgraph.importers.forbidden_columns import refuse_forbidden
from hcpgraph.importers.people_columns import meaning
from hcpgraph.importers.reading.columns import fold
from hcpgraph.importers.reading.copying import write_copy
from hcpgraph.importers.whole_table import NO_UTF8, read_bytes, read_text, rows_of
from hcpgraph.model.files import Layout, RowType
from hcpgraph.model.people import Entry, PersonList

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hcpgraph.importers.whole_table import Row
    from hcpgraph.model.mapping import ColumnMapping

    People = dict[tuple[tuple[str, ...], tuple[str, ...]], Entry]

_WANTED: Final = ("id", "handle", "npi")
_SHEETS: Final = (
    "has people on several sheets; save the list that is meant as CSV UTF-8"
)


def read_person_list(path: Path, mapping: ColumnMapping | None = None) -> PersonList:
    """Read the people on a list, in file order, each once.

    Whatever identifies the person of a row is kept: id, handle and registry number.

    Args:
        path: the file.
        mapping: its headings for these; None for the usual ones.

    Raises:
        ExportError: if the file cannot be read, or a row names nobody for certain.
        MissingColumns: if it has no column of the three.
        ForbiddenColumn: if it holds what must never be kept of a person.
    """
    content = read_bytes(path)
    with TemporaryDirectory(prefix="hcpgraph-") as folder:
        copy = Path(folder) / "list"
        write_copy(path, copy, [content])
        found = _people(path, copy, mapping)
    digest = hashlib.sha256(content).hexdigest()
    return PersonList(tuple(found.values()), source=path.name, sha256=digest)


def _people(path: Path, copy: Path, mapping: ColumnMapping | None) -> People:
    """Who is on a list; of the sheets of a workbook, on the only one with people.

    Raises:
        ExportError: if there are several.
    """
    layout = Layout() if mapping is None else mapping.layout
    text, others = read_text(path, copy, layout)
    if layout.sheet is not None:
        others = ()
    texts = [
        text,
        *(read_text(path, copy, replace(layout, sheet=name))[0] for name in others),
    ]
    found: list[People] = []
    lacking: MissingColumns | None = None
    for each in texts:
        try:
            found.append(_read(path, each, mapping))
        except MissingColumns as error:
            lacking = lacking or error
    if len(found) > 1:
        raise ExportError(path, _SHEETS)
    if lacking and not found:
        raise lacking
    return found[0]


def _read(path: Path, text: str, mapping: ColumnMapping | None) -> People:
    rows = rows_of(path, text)
    if not rows:
        raise MissingColumns(path, ("id, handle or npi",), ())
    if mapping is None:
        columns, people = _columns(path, rows)
    else:
        columns, people = _mapped(path, rows, mapping), rows[1:]
    found: People = {}
    for line, cells in people:
        one = _entry(path, line, columns, cells)
        found.setdefault((one.names, one.npis), one)
    return found


def _columns(path: Path, rows: Sequence[Row]) -> tuple[dict[int, str], Sequence[Row]]:
    """Which column says what, and the rows beneath the headings."""
    headings = rows[0][1]
    refuse_forbidden(path, headings)
    columns = {place: meaning(name) for place, name in enumerate(headings) if name}
    found = {place: what for place, what in columns.items() if what in _WANTED}
    if not found:
        if [place for place, cell in enumerate(headings) if cell] == [0] and (
            person_cells.is_person(headings[0])
        ):
            return {0: "id"}, rows  # a list without a heading
        if any(person_cells.is_person(cell) for cell in headings):
            reason = "has no headings; write id, handle or npi above the column"
            raise ExportError(path, reason)
        raise MissingColumns(path, ("id, handle or npi",), [h for h in headings if h])
    seen: set[str] = set()
    for place in found:
        name = headings[place].casefold()
        if name in seen:
            raise ExportError(
                path, f"has two columns {headings[place]!r}; remove or rename one"
            )
        seen.add(name)
    for line, cells in rows[1:]:
        if any(cells[len(headings) :]):
            raise ExportError(
                path, f"line {line} has more cells than there are headings"
            )
    return {place: str(what) for place, what in found.items()}, rows[1:]


def _mapped(path: Path, rows: Sequence[Row], mapping: ColumnMapping) -> dict[int, str]:
    """Which column says what by a mapping of people."""
    refuse_forbidden(path, rows[0][1])
    headings = [fold(name) for name in rows[0][1]]
    found = {
        headings.index(fold(heading)): what
        for what in _WANTED
        for heading in mapping.columns.get(what, ())
        if mapping.unit is RowType.PEOPLE and fold(heading) in headings
    }
    if not found:
        wanted = [h for what in _WANTED for h in mapping.columns.get(what, ())]
        named = wanted or [f"id, handle or npi in the mapping {mapping.name}"]
        raise MissingColumns(path, named, [name for name in rows[0][1] if name])
    return found


def _entry(
    path: Path, line: int, columns: Mapping[int, str], cells: Sequence[str]
) -> Entry:
    """Everything by which a row names its person."""
    names: list[str] = []
    npis: list[str] = []
    for what, text in _named(columns, cells):
        if "\ufffd" in text:
            raise ExportError(path, f"line {line}: {NO_UTF8}")
        try:
            read = person_cells.READ[what](text)
        except ValueError as error:
            raise ExportError(path, f"line {line}: {error}") from error
        if read:
            (npis if what == "npi" else names).append(read)
    if not names and not npis:
        raise ExportError(
            path, f"line {line} names nobody: id, handle and npi are empty"
        )
    return Entry(tuple(dict.fromkeys(names)), tuple(dict.fromkeys(npis)), line)


def _named(
    columns: Mapping[int, str], cells: Sequence[str]
) -> Iterator[tuple[str, str]]:
    for place, what in columns.items():
        if place < len(cells) and cells[place]:
            yield what, cells[place]
