"""Degree centralities: in-degree, out-degree, in-strength."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.graph import Incoming
from hcpgraph.graph.rows import row_totals
from hcpgraph.measures.base import register
from hcpgraph.model.scores import Scores

if TYPE_CHECKING:
    from hcpgraph.graph import Graph


@register("in_degree", incoming=True)
def in_degree(graph: Graph | Incoming) -> Scores:
    """In-degree: how many different accounts pay attention to each one.

    The plainest measure, and hard to beat. Weights are not read.

    >>> from hcpgraph.graph import Graph
    >>> in_degree(Graph.from_edges([1, 2, 2], [3, 3, 1])).top(2)
    [(3, 2.0), (1, 1.0)]
    """
    if isinstance(graph, Incoming):
        value = np.diff(graph.indptr)
    else:
        value = np.bincount(graph.indices, minlength=graph.n_nodes)
    return Scores("in_degree", graph.ids, value.astype(np.float64))


@register("out_degree")
def out_degree(graph: Graph) -> Scores:
    """Out-degree: how many different accounts each one pays attention to.

    A sign of activity, not of influence. Weights are not read.

    >>> from hcpgraph.graph import Graph
    >>> out_degree(Graph.from_edges([1, 2, 2], [3, 3, 1])).top(1)
    [(2, 2.0)]
    """
    return Scores("out_degree", graph.ids, np.diff(graph.indptr).astype(np.float64))


@register("strength", incoming=True)
def strength(graph: Graph | Incoming) -> Scores:
    """In-strength: how much attention each account receives, its incoming weight.

    Without weights it equals ``in_degree``.

    >>> from hcpgraph.graph import Graph
    >>> strength(Graph.from_edges([1, 2, 2], [3, 3, 1], [0.5, 2, 1])).top(1)
    [(3, 2.5)]
    """
    rows = graph if isinstance(graph, Incoming) else graph.incoming()
    return Scores("strength", graph.ids, row_totals(rows.indptr, rows.weight))
