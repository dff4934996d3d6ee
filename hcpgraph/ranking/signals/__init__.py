"""The five signals of the default score, one a file.

Each maps the distinct pairs of a study onto one number per account, from 0 up,
in a unit that can be said aloud.
"""

from typing import Final

from hcpgraph.ranking.signals.about import Signal
from hcpgraph.ranking.signals.activity import ACTIVITY, activity
from hcpgraph.ranking.signals.authority import AUTHORITY, Measure, authority
from hcpgraph.ranking.signals.brokerage import BROKERAGE, brokerage
from hcpgraph.ranking.signals.reach import REACH, reach
from hcpgraph.ranking.signals.resonance import RESONANCE, resonance

SIGNALS: Final = (REACH, RESONANCE, AUTHORITY, BROKERAGE, ACTIVITY)

__all__ = [
    "SIGNALS",
    "Measure",
    "Signal",
    "activity",
    "authority",
    "brokerage",
    "reach",
    "resonance",
]
