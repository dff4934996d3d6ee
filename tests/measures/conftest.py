"""From drawn ties to a graph, and to the same one in networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from hcpgraph.graph import Graph


@pytest.fixture(scope="session")
def graph_of():
    """(source, target, weight) rows as a Graph, without weights if told so."""

    def build(ties, *, weighted=True):
        columns = np.array(ties, np.float64).reshape(-1, 3)
        source, target = columns[:, :2].T.astype(np.int64)
        return Graph.from_edges(source, target, columns[:, 2] if weighted else None)

    return build


@pytest.fixture(scope="session")
def networkx_of():
    """The same rows as a DiGraph, built edge by edge."""

    def build(ties, *, weighted=True):
        graph = nx.DiGraph()
        graph.add_nodes_from(sorted({end for row in ties for end in row[:2]}))
        for source, target, weight in ties:
            if source == target:
                continue
            if weighted:
                before = graph.get_edge_data(source, target, {"weight": 0})["weight"]
                graph.add_edge(source, target, weight=before + weight)
            else:
                graph.add_edge(source, target)
        return graph

    return build


@pytest.fixture(scope="session")
def many_ties():
    """Ties among more than 2,000 accounts, some of them popular."""
    rng = np.random.default_rng(5)
    source = rng.integers(0, 2600, 3200)
    target = (2600 * rng.random(3200) ** 3).astype(int)
    weight = rng.integers(1, 6, 3200) / 2
    return list(zip(source.tolist(), target.tolist(), weight.tolist(), strict=True))
