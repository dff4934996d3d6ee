"""What a file is, and how to read it if it cannot be read as it stands.

A text file that hcpgraph does not read is refused by name, where it has one.
"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.errors import ExportError, UnknownFormat, UnknownName, UnreadFormat
from hcpgraph.importers import edges, follower_list, mapped, matrix
from hcpgraph.importers.forbidden_columns import refuse_forbidden
from hcpgraph.importers.mapping_file import as_mapped, read_mapping
from hcpgraph.importers.reading import json_values, mending, tables
from hcpgraph.importers.reading.columns import fold
from hcpgraph.importers.reading.head import Head, peek
from hcpgraph.importers.reading.headings import DELIMITERS
from hcpgraph.importers.reading.integrity import breaks_off
from hcpgraph.importers.reading.json_values import begins
from hcpgraph.importers.recognition import nothing, private_messages
from hcpgraph.importers.recognition.known_formats import KNOWN, MATRIX
from hcpgraph.importers.recognition.likeness import CLEAR
from hcpgraph.importers.registry import IMPORTERS, IN_PARQUET
from hcpgraph.model.formats import READS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hcpgraph.importers.recognition.known_formats import KnownFormat
    from hcpgraph.importers.recognition.likeness import Likeness
    from hcpgraph.model.files import FileDescription, ImportOptions


# How much more a file must look like a format than like any other.
_AHEAD: Final = 0.3
_SHOWN: Final = 12

# Their first line may hold people, one of whom may be called Faith.
_WITHOUT_HEADINGS: Final = (matrix.NAME, edges.NAME, follower_list.NAME)
_HEADERS_TRIED: Final = 6
_DEEP: Final = 3
_FIRST: Final = 3


def describe(
    path: Path, options: ImportOptions, notes: tuple[str, ...] = ()
) -> FileDescription:
    """Say how the export at *path* maps onto the tables of a study.

    Only the beginning of the file is read. The format is recognised by content;
    its name and ending mean nothing, and any text may be compressed with gzip.

    Args:
        path: the file.
        options: what the file does not say itself; ``options.format`` skips
            recognition.
        notes: what else there is to say of the file.

    Returns:
        The description that a store runs.

    Raises:
        MappingError: if ``options.mapping`` names none, or cannot be used.
        PrivateMessages: if it holds what people wrote to each other.
        UnknownFormat: if nothing hcpgraph reads looks like it.
        MissingColumns: if a table lacks columns its format needs.
        MissingLayer: if nothing says what kind of ties a table holds.
        ForbiddenColumn: if it holds what must never be kept of a person.
        ExportError: if it is empty, damaged, not UTF-8 or holds no ties, or is Parquet
            in a format that is text.
    """
    options = as_mapped(options)
    described = _described(path, options)
    described = replace(described, notes=(*notes, *described.notes))
    return replace(described, mended=partial(_mended, described, options, notes))


def _mended(
    description: FileDescription,
    options: ImportOptions,
    notes: tuple[str, ...],
    folder: Path,
) -> FileDescription | None:
    """Describe a copy, made in *folder*, that can be read where the file cannot.

    Raises:
        ExportError: if the file is damaged.
    """
    head = peek(description.path)
    copy = folder / "mended"
    mender = mending.Mender()
    if begins(head):
        mender = mending.mend(head.path, copy, gzipped=head.gzipped)
    elif head.gzipped:
        mending.inflate(head.path, copy)
    if not (mender.changed or head.gzipped):
        return None
    if options.mapping is None:
        options = replace(options, format=description.format)
    found = _described(copy, options)
    found = replace(found, notes=(*notes, *found.notes))
    if not mender.count:
        return replace(found, broken="")
    signs = "1 sign was" if mender.count == 1 else f"{mender.count} signs were"
    note = (
        f"{signs} no text (half a sign, or bytes that are no UTF-8): replaced by U+FFFD"
    )
    return replace(found, broken="", notes=(*found.notes, note))


def _described(path: Path, options: ImportOptions) -> FileDescription:
    """Describe a file in the format that it is in.

    Private messages are refused before anything else. Then a mapping counts; without
    one, every format says how much the file looks like it, and the best is taken where
    it is clear.
    """
    if options.format is not None and options.format not in IMPORTERS:
        raise UnknownName(options.format, IMPORTERS)
    head = peek(path, options.layout.separator)
    header = tables.header_of(head)
    names = header.names if header else None
    objects = json_values.first_objects(head)
    private_messages.check(head, names, objects)
    if options.mapping is not None:
        refuse_forbidden(path, names or (), options.allowed)
        mapping = read_mapping(options.mapping)
        return _finished(head, mapped.describe(head, mapping, options))
    name = options.format or _recognised(head, names, objects)
    if name not in _WITHOUT_HEADINGS:
        refuse_forbidden(path, names or (), options.allowed)
    if head.parquet and name not in IN_PARQUET:
        raise ExportError(path, f"is a Parquet table, and {name} is no such format")
    return _finished(head, IMPORTERS[name].describe(head, options))


def _finished(head: Head, description: FileDescription) -> FileDescription:
    """With what can be asked of a file in any format."""
    return replace(
        description,
        nothing=partial(nothing.said_in, head),
        cut_off=None if head.parquet else partial(breaks_off, head),
    )


def _recognised(
    head: Head, names: tuple[str, ...] | None, objects: list[dict[str, Any]]
) -> str:
    """The format that the file clearly is in.

    Raises:
        UnknownFormat: if there is none, with what the file is or the nearest format.
    """
    found = {name: module.likeness(head) for name, module in IMPORTERS.items()}
    best, *others = sorted(found, key=lambda name: -found[name].score)
    second = max(found[name].score for name in others)
    if found[best].score >= max(CLEAR, second + _AHEAD):
        return best
    named = _name_of_unread(head, names, objects)
    if named is not None:
        known, told_by = named
        by = f" ({told_by})" if told_by else ""
        hint = f". {known.hint}" if known.hint else ""
        raise UnreadFormat(
            head.path,
            f"holds {known.name}{by}, which this version does not read{hint}",
            what=known.name,
            certain="," in told_by or bool(known.text and not told_by),
        )
    raise UnknownFormat(head.path, _nearest(best, found[best], names))


def _nearest(name: str, likeness: Likeness, names: tuple[str, ...] | None) -> str:
    """Why a file is in no format, with the one that it comes closest to."""
    text = "is not in a format that hcpgraph reads"
    if likeness.score > 0:
        text += (
            f"; the nearest is {name}, but {likeness.lack} (if it is that all the "
            f"same, say so with --format {name})"
        )
    if names is not None and len(names) > 1:
        text += f"; found the columns {', '.join(names[:_SHOWN])}"
        text += ", ..." if len(names) > _SHOWN else ""
    return f"{text}. It reads {READS}"


def _name_of_unread(
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
    return (MATRIX, "") if matrix.shape_of(head) else None


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
