"""From ties to an ordered list of everyone, with what each score is made of.

* ``attention``  ties folded into distinct pairs of accounts
* ``recency``    how much an act still counts
* ``signals``    five numbers per account, one a file
* ``score``      their weighted sum, and rankings by a single measure
"""

from hcpgraph.ranking.attention import Attention, everyone, fold
from hcpgraph.ranking.recency import freshness
from hcpgraph.ranking.score import WEIGHTS, lacking, rank, rank_by
from hcpgraph.ranking.signals import SIGNALS, Measure, Signal

__all__ = [
    "SIGNALS",
    "WEIGHTS",
    "Attention",
    "Measure",
    "Signal",
    "everyone",
    "fold",
    "freshness",
    "lacking",
    "rank",
    "rank_by",
]
