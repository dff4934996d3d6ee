"""The in-memory graph and the ways to make one."""

from hcpgraph.graph.build import from_ties, layer_weights
from hcpgraph.graph.csr import Graph
from hcpgraph.graph.partition import components, make_partition, modularity

__all__ = [
    "Graph",
    "components",
    "from_ties",
    "layer_weights",
    "make_partition",
    "modularity",
]
