"""Which module reads which format."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from hcpgraph.importers import edges, follower_list, matrix, roster, ties, twarc_csv
from hcpgraph.importers.x_api import posts, users

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.importers.reading.head import Head
    from hcpgraph.importers.recognition.likeness import Likeness
    from hcpgraph.model.files import FileDescription, ImportOptions


class Importer(Protocol):
    """What a module that reads a format offers, beside its ``NAME``."""

    def likeness(self, head: Head) -> Likeness:
        """How much the beginning of a file looks like this format."""

    def describe(self, head: Head, options: ImportOptions) -> FileDescription:
        """How such a file maps onto the tables."""


# Of two that a file looks like as much, the first is named as the nearest.
IMPORTERS: Final[Mapping[str, Importer]] = MappingProxyType(
    {
        module.NAME: module
        for module in (
            posts,
            users,
            twarc_csv,
            ties,
            roster,
            matrix,
            edges,
            follower_list,
        )
    }
)

# Formats that may also come as Parquet.
IN_PARQUET: Final = frozenset({ties.NAME, roster.NAME})
