"""A network as other tools draw it: accounts and ties in columns, names released."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hcpgraph.model.table import Cell, Table

# Columns that every format has a place of its own for.
DRAWN: Final = ("id", "label", "x", "y", "size", "color")
ENDS: Final = ("source", "target", "weight")


@dataclass(frozen=True, slots=True)
class Network:
    """A network with all that other tools need to draw it.

    Attributes:
        nodes: a row per account, at least ``id, label, x, y, size, color``: an id
            that no other row has, coordinates from the lower left to the upper right,
            a radius in the same unit, ``#rrggbb``.
        ties: a row per tie, at least ``source, target, weight``: ids of nodes, each
            pair once, and a positive number. The edge runs from source to target.
        title: what the network is of.
        origin: what it was made of, in plain values.
        keys: the id of each node, in their order, where the nodes lack that column.
    """

    nodes: Table
    ties: Table
    title: str
    origin: Mapping[str, object]
    keys: tuple[str, ...] = ()

    def node_columns(self) -> dict[str, Sequence[Cell]]:
        """The columns of the nodes that no format has a place of its own for."""
        return {n: c for n, c in self.nodes.columns.items() if n not in DRAWN}

    def tie_columns(self) -> dict[str, Sequence[Cell]]:
        """The columns of the ties that no format has a place of its own for."""
        return {n: c for n, c in self.ties.columns.items() if n not in ENDS}


def red_green_blue(color: object) -> tuple[int, int, int]:
    """The three parts of ``#rrggbb``, each from 0 to 255.

    >>> red_green_blue("#0072b2")
    (0, 114, 178)
    """
    text = str(color)
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
