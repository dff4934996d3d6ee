"""Which of the formats a file is in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.errors import ExportError, UnknownFormat, UnknownName, UnreadFormat
from hcpgraph.importers.reading import json_values, tables
from hcpgraph.importers.reading.head import Head, peek
from hcpgraph.importers.reading.integrity import breaks_off
from hcpgraph.importers.recognition import nothing, private_messages, unread
from hcpgraph.importers.registry import IMPORTERS, IN_PARQUET
from hcpgraph.model.formats import READS

if TYPE_CHECKING:
    from pathlib import Path

    from hcpgraph.importers.recognition.likeness import Likeness
    from hcpgraph.model.files import FileDescription, ImportOptions


# How much a file must look like a format, and how much more than like any other.
_CLEAR: Final = 0.9
_AHEAD: Final = 0.3
_SHOWN: Final = 12


def describe(path: Path, options: ImportOptions) -> FileDescription:
    """Say how the export at *path* maps onto the tables of a study.

    Only the beginning of the file is read. Private messages are refused before
    anything else. Then every format says how much the file looks like it, and the
    best is taken where it is clear; names and endings of files mean nothing, and any
    text may be compressed with gzip.

    Args:
        path: the file.
        options: what the file does not say itself; ``options.format`` skips
            recognition.

    Returns:
        The description that a store runs.

    Raises:
        PrivateMessages: if it holds what people wrote to each other.
        UnknownFormat: if nothing hcpgraph reads looks like it.
        MissingColumns: if a table lacks columns its format needs.
        MissingLayer: if nothing says what kind of ties a table holds.
        ForbiddenColumn: if it holds what must never be kept of a person.
        ExportError: if it is empty, damaged, not UTF-8, or Parquet in a format that
            is text.
    """
    if options.format is not None and options.format not in IMPORTERS:
        raise UnknownName(options.format, IMPORTERS)
    head = peek(path)
    header = tables.header_of(head)
    names = header.names if header else None
    objects = json_values.first_objects(head)
    private_messages.check(head, names, objects)
    name = options.format or _recognised(head, names, objects)
    if head.parquet and name not in IN_PARQUET:
        raise ExportError(path, f"is a Parquet table, and {name} is no such format")
    return replace(
        IMPORTERS[name].describe(head, options),
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
    if found[best].score >= max(_CLEAR, second + _AHEAD):
        return best
    named = unread.name_of(head, names, objects)
    if named is not None:
        known, told_by = named
        by = f" ({told_by})" if told_by else ""
        hint = f". {known.hint}" if known.hint else ""
        raise UnreadFormat(
            head.path, f"holds {known.name}{by}, which this version does not read{hint}"
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
