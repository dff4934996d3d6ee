"""Which of the formats a file is in."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from hcpgraph.errors import UnknownFormat, UnknownName
from hcpgraph.importers import roster, ties, twarc_csv, x_posts, x_users
from hcpgraph.importers.head import Head, peek

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hcpgraph.model.files import FileDescription, ImportOptions


class Format(Protocol):
    """What a module of ``FORMATS`` offers."""

    def recognises(self, head: Head) -> bool:
        """Whether the beginning of a file looks like this format."""

    def describe(self, head: Head, options: ImportOptions) -> FileDescription:
        """How such a file maps onto the tables."""


# In the order in which they are tried.
FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {module.NAME: module for module in (x_posts, x_users, twarc_csv, ties, roster)}
)

READS: Final = (
    "X API v2 posts and follower pages (JSON, as twarc2 and academictwitteR write "
    "them), twarc-csv, tables of ties with the columns source,target (CSV, TSV, "
    "Parquet), rosters with the columns id or handle, name, role"
)


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
    if options.format is not None and options.format not in FORMATS:
        raise UnknownName(options.format, FORMATS)
    head = peek(path)
    if options.format is not None:
        if head.parquet and options.format != ties.NAME:
            raise UnknownFormat(path, f"is Parquet, which {options.format} never is")
        return FORMATS[options.format].describe(head, options)
    for module in FORMATS.values():
        if module.recognises(head):
            return module.describe(head, options)
    raise UnknownFormat(path, f"is not in a format that hcpgraph reads: {READS}")
