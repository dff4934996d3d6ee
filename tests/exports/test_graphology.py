"""The JSON that graphology imports."""

from __future__ import annotations

import json

from hcpgraph.exports.graphology import to_graphology
from hcpgraph.exports.network import Network
from hcpgraph.model.table import Table

NODES = Table(
    {
        "id": ["1", "node-1"],
        "label": ["@ann", "node-1"],
        "named": [True, False],
        "score": [0.12345678, None],
        "x": [0.0, 1.5],
        "y": [1.0, 2.0],
        "size": [2.2, 16.0],
        "color": ["#0072b2", "#b3b7bd"],
    }
)
TIES = Table(
    {"source": ["1"], "target": ["node-1"], "weight": [2.0], "layers": ["follow"]}
)


def test_it_is_a_serialised_graph():
    """Options, attributes, nodes by key, edges by their ends; nothing for nothing."""
    found = json.loads(to_graphology(Network(NODES, TIES, "Asthma", {"seed": 0})))

    assert found == {
        "options": {"type": "directed", "multi": False, "allowSelfLoops": False},
        "attributes": {"title": "Asthma", "origin": {"seed": 0}},
        "nodes": [
            {
                "key": "1",
                "attributes": {
                    "label": "@ann",
                    "x": 0.0,
                    "y": 1.0,
                    "size": 2.2,
                    "color": "#0072b2",
                    "named": True,
                    "score": 0.12345678,
                },
            },
            {
                "key": "node-1",
                "attributes": {
                    "label": "node-1",
                    "x": 1.5,
                    "y": 2.0,
                    "size": 16.0,
                    "color": "#b3b7bd",
                    "named": False,
                },
            },
        ],
        "edges": [
            {
                "key": "0",
                "source": "1",
                "target": "node-1",
                "attributes": {"weight": 2.0, "layers": "follow"},
            }
        ],
    }


def test_a_network_of_nobody_is_a_graph():
    """Empty lists, not missing ones."""
    found = json.loads(
        to_graphology(Network(NODES.head(0), TIES.head(0), "nobody", {}))
    )

    assert (found["nodes"], found["edges"]) == ([], [])
