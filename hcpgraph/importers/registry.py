"""Which module reads which format: the one that ``model.formats`` names."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol, cast

from hcpgraph.model.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.importers.reading.head import Head
    from hcpgraph.importers.recognition.likeness import Likeness
    from hcpgraph.model.files import FileDescription, ImportOptions


class Importer(Protocol):
    """What a module that reads a format offers."""

    def likeness(self, head: Head) -> Likeness:
        """How much the beginning of a file looks like this format."""

    def describe(self, head: Head, options: ImportOptions) -> FileDescription:
        """How such a file maps onto the tables."""


# Formats that may also come as Parquet: tables whose headings anybody may choose.
IN_PARQUET: Final = frozenset({"ties", "roster"})

# Tables and lists that anybody may write.
_OF_ANYBODY: Final = frozenset({"ties", "roster", "matrix", "edges", "follower-list"})

# Of two that a file looks like as much, the first is named as the nearest: an export of
# a tool before a table of anybody.
IMPORTERS: Final[Mapping[str, Importer]] = MappingProxyType(
    {
        known.name: cast(
            "Importer", import_module(f"hcpgraph.importers.{known.module}")
        )
        for known in sorted(FORMATS, key=lambda known: known.name in _OF_ANYBODY)
    }
)
