"""What a file is, and how to read it if it cannot be read as it stands."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hcpgraph.importers.reading import mending
from hcpgraph.importers.reading.head import peek
from hcpgraph.importers.reading.json_values import begins
from hcpgraph.importers.recognition import recognise

if TYPE_CHECKING:
    from pathlib import Path

    from hcpgraph.model.files import FileDescription, ImportOptions


def describe(path: Path, options: ImportOptions) -> FileDescription:
    """Say how the export at *path* maps onto the tables of a study.

    Only the beginning of the file is read. The format is recognised by content;
    its name and ending mean nothing, and any text may be compressed with gzip.

    Args:
        path: the file.
        options: what the file does not say itself; ``options.format`` skips
            recognition.

    Returns:
        The description that a store runs.

    Raises:
        UnknownFormat: if nothing hcpgraph reads looks like it.
        MissingColumns: if a table lacks columns its format needs.
        ForbiddenColumn: if it holds what must never be kept of a person.
        ExportError: if it is empty, damaged, not UTF-8 or holds no ties.
    """
    description = recognise.describe(path, options)
    return replace(description, mended=partial(_mended, description, options))


def _mended(
    description: FileDescription, options: ImportOptions, folder: Path
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
    found = recognise.describe(copy, replace(options, format=description.format))
    if not mender.count:
        return replace(found, broken="")
    signs = "1 sign was" if mender.count == 1 else f"{mender.count} signs were"
    note = (
        f"{signs} no text (half a sign, or bytes that are no UTF-8): replaced by U+FFFD"
    )
    return replace(found, broken="", notes=(*found.notes, note))
