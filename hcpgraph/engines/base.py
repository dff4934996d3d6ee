"""The contract of an engine, and the one place that picks one."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from hcpgraph.model.names import suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.graph import Graph, Incoming
    from hcpgraph.model.scores import Scores

ENGINES: Mapping[str, tuple[str, str]] = {
    "local": ("hcpgraph.engines.local", "LocalEngine")
}


class Engine(Protocol):
    """Scores the nodes of a graph by any measure it supports, with defaults.

    Engines agree on results up to 1e-6. An engine that lacks a measure raises
    ``UnsupportedMeasure``; it never falls back on another one in silence.

    Attributes:
        name: what users type.
        supported: names of the measures it computes.
        read_incoming: those among them that it computes from incoming ties alone.
    """

    @property
    def name(self) -> str: ...

    @property
    def supported(self) -> frozenset[str]: ...

    @property
    def read_incoming(self) -> frozenset[str]: ...

    def score(self, graph: Graph | Incoming, measure: str) -> Scores:
        """The scores of *measure* in the order of ``graph.ids``.

        Args:
            graph: a graph, or its incoming ties if the measure is in
                ``read_incoming``.
            measure: a name.

        Raises:
            UnknownMeasure: if there is no such measure.
            UnsupportedMeasure: if there is, but not in this engine.
        """
        ...


def open_engine(name: str = "local") -> Engine:
    """Start the engine called *name*, importing what it needs only now.

    Raises:
        ValueError: if there is no such engine.

    >>> open_engine("local").name
    'local'
    """
    if name not in ENGINES:
        raise ValueError(f"no engine {name!r}; {suggest(name, ENGINES)}")
    module, attribute = ENGINES[name]
    engine: Engine = getattr(import_module(module), attribute)()
    return engine
