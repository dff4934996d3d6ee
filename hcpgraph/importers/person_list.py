"""Lists of people for one run: CSV with a column ``id``, ``handle`` or ``npi``.

Such a list (the CRM's known people, those never to approach) is read and used; the
study never stores it.
"""

from __future__ import annotations

import csv
import hashlib
from typing import TYPE_CHECKING

from hcpgraph.errors import ExportError, MissingColumns
from hcpgraph.model.people import PersonList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_COLUMNS = ("id", "handle", "npi")
_DELIMITERS = (",", ";", "\t")


def read_person_list(path: Path) -> PersonList:
    """Read the people on a list, in file order, each once.

    A row is taken by its id, else its handle, else its registry number.

    Raises:
        ExportError: if the file cannot be read, or a row names nobody.
        MissingColumns: if it has none of the three columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            first = stream.readline()
            stream.seek(0)
            delimiter = max(_DELIMITERS, key=first.count)  # a comma, unless another
            rows = csv.DictReader(stream, restval="", delimiter=delimiter)
            fields = {(name or "").strip().lower(): name for name in _header(rows)}
            if not set(_COLUMNS) & set(fields):
                raise MissingColumns(path, ("id, handle or npi",), list(fields))
            found = [_entry(path, rows.line_num, fields, row) for row in rows]
    except OSError as error:
        raise ExportError(path, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ExportError(path, "is not UTF-8 text; save it as CSV UTF-8") from error
    except csv.Error as error:
        raise ExportError(path, f"is no CSV file: {error}") from error
    names = [text for column, text in found if column != "npi"]
    npis = [text for column, text in found if column == "npi"]
    return PersonList(
        tuple(dict.fromkeys(names)),
        tuple(dict.fromkeys(npis)),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def _header(rows: csv.DictReader[str]) -> Sequence[str]:
    return rows.fieldnames or ()


def _entry(
    path: Path, line: int, fields: Mapping[str, str], row: Mapping[str, str]
) -> tuple[str, str]:
    for column in _COLUMNS:
        text = (row.get(fields.get(column, ""), "") or "").strip()
        if text:
            handle = column == "handle" and not text.startswith("@")
            return column, f"@{text}" if handle else text
    raise ExportError(path, f"line {line} names nobody: id, handle and npi are empty")
