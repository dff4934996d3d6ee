"""The in-memory graph and the ways to make one."""

from hcpgraph.graph.build import (
    from_stream,
    from_ties,
    incoming_from_stream,
    layer_weights,
    stream_of,
)
from hcpgraph.graph.csr import Graph
from hcpgraph.graph.incoming import Incoming
from hcpgraph.graph.partition import components, make_partition, modularity

__all__ = [
    "Graph",
    "Incoming",
    "components",
    "from_stream",
    "from_ties",
    "incoming_from_stream",
    "layer_weights",
    "make_partition",
    "modularity",
    "stream_of",
]
