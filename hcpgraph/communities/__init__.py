"""Community detection: partitions of a graph, and their quality."""

from hcpgraph.communities.label_propagation import label_propagation
from hcpgraph.communities.leiden import leiden
from hcpgraph.communities.quality import agreement, conductance, modularity
from hcpgraph.graph import components

__all__ = [
    "agreement",
    "components",
    "conductance",
    "label_propagation",
    "leiden",
    "modularity",
]
