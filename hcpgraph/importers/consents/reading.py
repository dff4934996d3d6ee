"""A file of consent, read whole: tables, workbooks, JSON and results of X.

A row that is not understood is given back with its line and the reason, which repeats
no cell: what stands there may be anybody's.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.errors import ExportError, MissingColumns
from hcpgraph.importers.consents.platform import is_result, read_result
from hcpgraph.importers.consents.systems import Columns, asks_to_forget, read_row
from hcpgraph.importers.reading.copying import write_copy
from hcpgraph.importers.whole_table import read_bytes, read_text, rows_of
from hcpgraph.model.consent import ConsentFile, ConsentRow
from hcpgraph.model.files import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Row = tuple[int, Sequence[str]]

_WANTED: Final = ("id, handle, npi or email", "status")
_FORGOTTEN: Final = (
    "{} rows ask to be erased; until that is done (hcpgraph forget) they count as no"
)
_DEEP: Final = 3  # objects within objects of a record


def read_consent(path: Path) -> ConsentFile:
    """Read a file of consent.

    Args:
        path: the file, or a pipe.

    Raises:
        ExportError: if it cannot be read.
        MissingColumns: if it has no column that names people, or none that says
            anything of them.
    """
    content = read_bytes(path)
    found = _of_json(path, content)
    if found is None:
        found = _of_table(path, content)
    digest = hashlib.sha256(content).hexdigest()
    return replace(found, sha256=digest, bytes=len(content))


def _of_table(path: Path, content: bytes) -> ConsentFile:
    """The rows of a table; of the sheets of a workbook, of each that holds consent."""
    with TemporaryDirectory(prefix="hcpgraph-") as folder:
        copy = Path(folder) / "consent"
        write_copy(path, copy, [content])
        text, others = read_text(path, copy, Layout())
        texts = [
            text,
            *(read_text(path, copy, Layout(sheet=name))[0] for name in others),
        ]
    tables = [rows for each in texts if (rows := rows_of(path, each))]
    heads = [Columns(rows[0][1]) for rows in tables]
    usable = [place for place, head in enumerate(heads) if head.usable]
    if not usable:
        known = [name for name in (tables[0][0][1] if tables else ()) if name]
        raise MissingColumns(path, _WANTED, known)
    if len(usable) > 1:
        raise ExportError(
            path, "has consent on several sheets; save each as a file of its own"
        )
    return _collected(path, heads[usable[0]], tables[usable[0]][1:])


def _collected(path: Path, columns: Columns, rows: Iterable[Row]) -> ConsentFile:
    """What rows under the same columns say."""
    kept, rejected = _sorted_out(rows, lambda line, row: read_row(columns, line, row))
    asked = sum(asks_to_forget(columns, row) for _, row in rows)
    notes = (_FORGOTTEN.format(asked),) if asked else ()
    return ConsentFile(path, columns.system, "", 0, kept, rejected, notes)


def _sorted_out(
    rows: Iterable[tuple[int, Any]], read: Callable[[int, Any], ConsentRow | None]
) -> tuple[tuple[ConsentRow, ...], tuple[tuple[int, str], ...]]:
    """What could be read of some rows, and why the others could not."""
    kept, rejected = [], []
    for line, row in rows:
        try:
            found = read(line, row)
        except ValueError as error:
            rejected.append((line, str(error)))
            continue
        if found is not None:
            kept.append(found)
    return tuple(kept), tuple(rejected)


def _of_json(path: Path, content: bytes) -> ConsentFile | None:
    """What a file of JSON says; None if it is none.

    Raises:
        ExportError: if it begins as JSON and is none.
    """
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] not in (b"{", b"["):
        return None
    try:
        items = list(_objects(content.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        raise ExportError(path, "is not valid JSON") from error
    if items and is_result(items[0][1]):
        kept, rejected = _sorted_out(items, read_result)
        return ConsentFile(path, "x", "", 0, kept, rejected)
    flat = [(line, _flattened(item)) for line, item in items]
    names = tuple(dict.fromkeys(name for _, row in flat for name in row))
    columns = Columns(names)
    if not columns.usable:
        raise MissingColumns(path, _WANTED, names)
    rows = [(line, [row.get(name, "") for name in names]) for line, row in flat]
    return _collected(path, columns, rows)


def _objects(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file with the line, or the place, of each.

    Raises:
        ValueError: if it is neither one JSON value nor one a line.
    """
    try:
        whole = json.loads(text)
    except ValueError:
        for line, each in enumerate(text.splitlines(), start=1):
            if each.strip():
                yield from ((line, item) for item in _records(json.loads(each)))
        return
    yield from enumerate(_records(whole), start=1)


def _records(value: Any) -> list[dict[str, Any]]:
    """The records of a value: itself, a list, or the pages of an answer."""
    if isinstance(value, dict):
        for name in ("records", "data", "results"):
            if isinstance(value.get(name), list):
                return _records(value[name])
        return [value]
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return value
    raise ValueError("no records")


def _flattened(item: dict[str, Any], head: str = "", deep: int = 0) -> dict[str, str]:
    """An object with objects in it as columns with dots in their names."""
    found: dict[str, str] = {}
    for name, value in item.items():
        if name == "attributes":  # the type and the address of a record
            continue
        if isinstance(value, dict) and deep < _DEEP:
            found |= _flattened(value, f"{head}{name}.", deep + 1)
        elif isinstance(value, bool):
            found[f"{head}{name}"] = "true" if value else "false"
        elif value is not None and not isinstance(value, dict | list):
            found[f"{head}{name}"] = str(value)
    return found
