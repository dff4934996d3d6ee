"""Small tables that are read whole: rows of cells, each with its line.

Lists of people and files of consent are of use only if every row is certain, so what
cannot be read for certain is refused.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError
from hcpgraph.importers import person_cells
from hcpgraph.importers.reading import workbooks
from hcpgraph.importers.reading.plain_text import as_plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hcpgraph.model.files import Layout

    # line of the file, cells
    Row = tuple[int, list[str]]

NO_UTF8: Final = "is not UTF-8 text; save it as CSV UTF-8"

_DELIMITERS: Final = (",", ";", "\t", "|")
# How files begin that are no table of text, and what they are.
_BINARY: Final[Mapping[bytes, str]] = {
    b"\x1f\x8b": "is compressed; unpack it first",
    b"PAR1": "is a Parquet file; save the list as CSV",
}
_UNSURE: Final = re.compile(r"[^\x00-\x7f\xa0]")
_ARCHIVE: Final = "is an archive or a damaged workbook; save the list as CSV UTF-8"


def read_bytes(path: Path) -> bytes:
    """The content of a file, read once, as it may be a pipe.

    Raises:
        ExportError: if it cannot be read, or can be no table of text.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ExportError(path, f"cannot be read: {error.strerror}") from error
    for start, why in _BINARY.items():
        if content.startswith(start):
            raise ExportError(path, why)
    return content


def read_text(path: Path, copy: Path, layout: Layout) -> tuple[str, tuple[str, ...]]:
    """A list as text, and further sheets of its workbook.

    Args:
        path: the file, for messages.
        copy: a copy of it.
        layout: what is known of its encoding, its headings and its sheet.

    Raises:
        ExportError: if it is no text, or a cell of a workbook holds an error: whom it
            named would be passed over.
    """
    try:
        with as_plain_text(copy, layout) as plain:
            content = plain.path.read_bytes()
    except ExportError as error:
        raise ExportError(path, error.reason) from error
    if content.startswith(workbooks.ZIP):
        raise ExportError(path, _ARCHIVE)
    if plain.errors:
        raise ExportError(path, "has cells with an error such as #N/A; mend them first")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExportError(path, NO_UTF8) from error
    if "\0" in text:
        raise ExportError(path, NO_UTF8)
    # what was guessed of a name does no harm; an id or a handle must be certain
    return (_UNSURE.sub("\ufffd", text) if plain.guessed else text), plain.others


def rows_of(path: Path, text: str) -> list[Row]:
    """The rows in which anything stands, each with the line where it begins.

    Raises:
        ExportError: if it is no CSV.
    """
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
