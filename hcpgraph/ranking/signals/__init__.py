"""The signals of the default score, one idea a file.

Each maps ties to one number per account, from 0 up, in a plain unit; ``read`` puts
them side by side.
"""

from hcpgraph.ranking.signals.about import Signal
from hcpgraph.ranking.signals.breadth import responder_areas
from hcpgraph.ranking.signals.reading import COSTLY, FAMILY, SIGNALS, read
from hcpgraph.ranking.signals.record import GraphMeasure
from hcpgraph.ranking.signals.table import SignalTable

__all__ = [
    "COSTLY",
    "FAMILY",
    "SIGNALS",
    "GraphMeasure",
    "Signal",
    "SignalTable",
    "read",
    "responder_areas",
]
