"""Lists of people for one run: CSV with a column of ids, handles or NPI numbers.

Such a list (the CRM's known people, those never to approach) is read and used; the
study never stores it. Who would not be found because a spreadsheet has damaged an id
might be approached against their will, so what cannot be read for certain is refused.
"""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError, MissingColumns
from hcpgraph.importers import person_cells
from hcpgraph.importers.people_columns import meaning
from hcpgraph.importers.reading.columns import fold
from hcpgraph.model.files import RowType
from hcpgraph.model.people import Entry, PersonList

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from hcpgraph.model.mapping import ColumnMapping

    # line of the file, cells
    Row = tuple[int, list[str]]

_WANTED: Final = ("id", "handle", "npi")
_DELIMITERS: Final = (",", ";", "\t", "|")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
# How files begin that are no text, and what they are.
_BINARY: Final[Mapping[bytes, str]] = {
    b"PK\x03\x04": "is a workbook or an archive; save the sheet as CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "is an old Excel workbook; save the sheet as CSV UTF-8",
    b"\x1f\x8b": "is compressed; unpack it first",
    b"PAR1": "is a Parquet file; save the list as CSV",
}


def read_person_list(path: Path, mapping: ColumnMapping | None = None) -> PersonList:
    """Read the people on a list, in file order, each once.

    Whatever identifies the person of a row is kept: id, handle and registry number.

    Args:
        path: the file.
        mapping: its headings for these; None for the usual ones.

    Raises:
        ExportError: if the file cannot be read, or a row names nobody for certain.
        MissingColumns: if it has no column of the three.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ExportError(path, f"cannot be read: {error.strerror}") from error
    rows = _rows(path, _text(path, content))
    if not rows:
        raise MissingColumns(path, ("id, handle or npi",), ())
    if mapping is None:
        columns, people = _columns(path, rows)
    else:
        columns, people = _mapped(path, rows, mapping), rows[1:]
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Entry] = {}
    for line, cells in people:
        one = _entry(path, line, columns, cells)
        found.setdefault((one.names, one.npis), one)
    digest = hashlib.sha256(content).hexdigest()
    return PersonList(tuple(found.values()), source=path.name, sha256=digest)


def _text(path: Path, content: bytes) -> str:
    """The file as text; Excel's "Unicode text" is UTF-16."""
    for start, why in _BINARY.items():
        if content.startswith(start):
            raise ExportError(path, why)
    code = "utf-16" if content[:2] in _UTF_16 else "utf-8-sig"
    try:
        text = content.decode(code)
    except UnicodeDecodeError as error:
        raise ExportError(path, "is not UTF-8 text; save it as CSV UTF-8") from error
    if "\0" in text:
        raise ExportError(path, "is not UTF-8 text; save it as CSV UTF-8")
    return text


def _rows(path: Path, text: str) -> list[Row]:
    """The rows in which anything stands, each with the line where it begins."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    stated = first.strip().lower()
    delimiter = max(_DELIMITERS, key=first.count)  # a comma, unless another
    if stated.startswith("sep=") and len(stated) == len("sep=") + 1:
        delimiter = first.strip()[-1]  # Excel's own way to say it
    else:
        stated = ""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[Row] = []
    begins = 1
    try:
        for cells in reader:
            plain = [person_cells.strip(cell) for cell in cells]
            if any(plain) and not (stated and not found and begins == 1):
                found.append((begins, plain))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise ExportError(path, f"is no CSV file: {error}") from error
    return found


def _columns(path: Path, rows: Sequence[Row]) -> tuple[dict[int, str], Sequence[Row]]:
    """Which column says what, and the rows beneath the headings."""
    headings = rows[0][1]
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
