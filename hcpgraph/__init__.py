"""Influence networks of healthcare professionals: import, rank, suggest, draw.

The names below are the public interface; anything else may change between two
releases. They are imported on first use, which keeps ``hcpgraph --help`` quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hcpgraph import communities, figures, measures, prospects
    from hcpgraph.errors import HcpgraphError
    from hcpgraph.graph import Graph
    from hcpgraph.model.files import ImportOptions, Layout
    from hcpgraph.model.prospects import Prospects
    from hcpgraph.model.ranking import Ranking
    from hcpgraph.model.scores import Partition, Scores
    from hcpgraph.study import Study

__all__ = [
    "Graph",
    "HcpgraphError",
    "ImportOptions",
    "Layout",
    "Partition",
    "Prospects",
    "Ranking",
    "Scores",
    "Study",
    "communities",
    "figures",
    "measures",
    "prospects",
]

# where each name lives; a room of its own is the module itself
_HOME = {
    "Graph": "hcpgraph.graph",
    "HcpgraphError": "hcpgraph.errors",
    "ImportOptions": "hcpgraph.model.files",
    "Layout": "hcpgraph.model.files",
    "Partition": "hcpgraph.model.scores",
    "Prospects": "hcpgraph.model.prospects",
    "Ranking": "hcpgraph.model.ranking",
    "Scores": "hcpgraph.model.scores",
    "Study": "hcpgraph.study",
}
_ROOMS = ("communities", "figures", "measures", "prospects")


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"hcpgraph.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'hcpgraph' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
