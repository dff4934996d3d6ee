"""What a measure is, and the table of all that need nothing but a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from hcpgraph.graph import Graph
    from hcpgraph.model.scores import Scores


class Measure(Protocol):
    """A function of a graph. Parameters are keyword-only, with defaults."""

    def __call__(self, graph: Graph, /) -> Scores: ...


F = TypeVar("F", bound=Measure)

MEASURES: dict[str, Measure] = {}

# Those that also take ``Incoming`` for a graph: half of the memory, same scores.
READ_INCOMING: set[str] = set()


def register(name: str, *, incoming: bool = False) -> Callable[[F], F]:
    """Add a measure to ``MEASURES`` under the name users type.

    Args:
        name: what users type.
        incoming: whether the function also takes ``Incoming`` for a graph.
    """

    def add(function: F) -> F:
        if name in MEASURES:
            raise ValueError(f"measure {name!r} is registered twice")
        MEASURES[name] = function
        if incoming:
            READ_INCOMING.add(name)
        return function

    return add
