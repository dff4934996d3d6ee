"""Centrality measures: plain functions from a graph to scores."""

from hcpgraph.graph import components
from hcpgraph.measures.base import MEASURES, READ_INCOMING, Measure
from hcpgraph.measures.betweenness import betweenness
from hcpgraph.measures.closeness import harmonic_closeness
from hcpgraph.measures.clustering import clustering
from hcpgraph.measures.constraint import constraint
from hcpgraph.measures.core import core_number
from hcpgraph.measures.degree import in_degree, out_degree, strength
from hcpgraph.measures.hits import hits
from hcpgraph.measures.katz import katz
from hcpgraph.measures.pagerank import (
    pagerank,
    personalized_pagerank,
    personalized_pageranks,
)
from hcpgraph.measures.participation import participation
from hcpgraph.measures.voterank import voterank

__all__ = [
    "MEASURES",
    "READ_INCOMING",
    "Measure",
    "betweenness",
    "clustering",
    "components",
    "constraint",
    "core_number",
    "harmonic_closeness",
    "hits",
    "in_degree",
    "katz",
    "out_degree",
    "pagerank",
    "participation",
    "personalized_pagerank",
    "personalized_pageranks",
    "strength",
    "voterank",
]
