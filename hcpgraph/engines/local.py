"""The default engine: this process, in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from hcpgraph.errors import UnknownMeasure, UnsupportedMeasure
from hcpgraph.graph import Incoming
from hcpgraph.measures import MEASURES, READ_INCOMING, participation
from hcpgraph.model import names

if TYPE_CHECKING:
    from hcpgraph.graph import Graph
    from hcpgraph.measures import Measure
    from hcpgraph.model.scores import Scores


def _participation(graph: Graph, /) -> Scores:
    """Participation in the communities that Leiden finds by default."""
    from hcpgraph.communities import leiden  # noqa: PLC0415 - others need none

    return participation(graph, leiden(graph))


# measures know no communities; the one that needs them is completed here
_COMPUTED: Final[dict[str, Measure]] = {**MEASURES, "participation": _participation}


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Every measure there is, with its default parameters.

    >>> from hcpgraph.graph import Graph
    >>> star = Graph.from_edges(["ann", "bob"], ["cem", "cem"])
    >>> LocalEngine().score(star, "in_degree").top(1)
    [('cem', 2.0)]
    """

    name: str = "local"
    supported: frozenset[str] = frozenset(_COMPUTED)
    read_incoming: frozenset[str] = frozenset(READ_INCOMING)

    def score(self, graph: Graph | Incoming, measure: str) -> Scores:
        if measure not in names.MEASURES:
            raise UnknownMeasure(measure, names.MEASURES)
        if measure not in self.supported:
            raise UnsupportedMeasure(self.name, measure, self.supported)
        if isinstance(graph, Incoming) and measure not in self.read_incoming:
            raise TypeError(f"{measure!r} reads the whole graph, not incoming ties")
        return _COMPUTED[measure](cast("Graph", graph))
