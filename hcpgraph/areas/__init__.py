"""Disease areas: their vocabulary, and the queries that label posts and accounts."""

from hcpgraph.areas.folding import folded
from hcpgraph.areas.labelling import label_accounts, label_posts
from hcpgraph.areas.vocabulary import Area, Vocabulary, load, rows

__all__ = [
    "Area",
    "Vocabulary",
    "folded",
    "label_accounts",
    "label_posts",
    "load",
    "rows",
]
