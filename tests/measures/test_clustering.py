"""Local clustering coefficients."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.graph import Graph
from hcpgraph.measures import clustering

EXAMPLES = Path(__file__).parents[2] / "../shared/data/graphalytics/example"
NODE = st.integers(0, 9)
TIES = st.lists(st.tuples(NODE, NODE, st.just(1.0)), max_size=40)


@pytest.mark.skipif(not EXAMPLES.exists(), reason="reference graphs are not here")
@pytest.mark.parametrize("kind", ["directed", "undirected"])
def test_the_ldbc_reference_is_reproduced(kind):
    """The definition is theirs, on directed and on mutual ties."""
    edges = np.loadtxt(EXAMPLES / f"example-{kind}.e", usecols=(0, 1), dtype=np.int64)
    expected = np.loadtxt(EXAMPLES / f"example-{kind}-LCC")
    if kind == "undirected":
        edges = np.concatenate([edges, edges[:, ::-1]])

    scores = clustering(Graph.from_edges(*edges.T))

    assert scores.ids.tolist() == expected[:, 0].tolist()
    np.testing.assert_allclose(scores.value, expected[:, 1], atol=1e-15)


@settings(max_examples=40, deadline=None)
@given(ties=TIES)
def test_mutual_ties_agree_with_networkx(ties, graph_of, networkx_of):
    """Where all ties are mutual it is the usual coefficient."""
    mutual = ties + [(v, u, w) for u, v, w in ties]

    scores = clustering(graph_of(mutual))

    expected = nx.clustering(networkx_of(mutual).to_undirected()) if ties else {}
    assert dict(scores.top(len(scores))) == pytest.approx(expected)
