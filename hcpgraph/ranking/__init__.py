"""From ties to an ordered list of everyone, with what each score is made of.

* ``record``      responses and incoming edges, their recency, the past of a study
* ``signals``     numbers per account, with their meaning, one idea a file
* ``score``       the weighted sum, its weights and their fitting; rankings by a measure
* ``uncertainty`` resampling, shrinkage, intervals of ranks, tiers
* ``validation``  backtest, baselines, ranking metrics, sparse data
* ``explain``     one person among those listed: contributions, endorsers, gaps
* ``change``      comparison of two periods, who is rising, calibration
"""

from hcpgraph.ranking.record.history import Past, splits
from hcpgraph.ranking.record.incoming_edges import (
    IncomingEdges,
    everyone,
    families_among,
    families_of,
    fold,
)
from hcpgraph.ranking.record.partial_layers import LISTED, PartialLayer, partial_layer
from hcpgraph.ranking.score.by_measure import rank_by
from hcpgraph.ranking.score.fitting import LEARNED_UP_TO, fit, learn
from hcpgraph.ranking.score.weighted_sum import contributions, lacking, rank, standings
from hcpgraph.ranking.score.weights import Weights, prior
from hcpgraph.ranking.signals import (
    COSTLY,
    FAMILY,
    SIGNALS,
    GraphMeasure,
    Signal,
    SignalTable,
    areas_heard,
    read,
)
from hcpgraph.ranking.uncertainty.collection import (
    ExpectedNarrowing,
    expected_narrowing,
)
from hcpgraph.ranking.uncertainty.intervals import RESAMPLES, with_intervals
from hcpgraph.ranking.uncertainty.unknown import UnknownGain, unknown_gain
from hcpgraph.ranking.validation.sparse_data import (
    is_sparse,
    layers_left_out,
    sparse_notes,
)

__all__ = [
    "COSTLY",
    "FAMILY",
    "LEARNED_UP_TO",
    "LISTED",
    "RESAMPLES",
    "SIGNALS",
    "ExpectedNarrowing",
    "GraphMeasure",
    "IncomingEdges",
    "PartialLayer",
    "Past",
    "Signal",
    "SignalTable",
    "UnknownGain",
    "Weights",
    "areas_heard",
    "contributions",
    "everyone",
    "expected_narrowing",
    "families_among",
    "families_of",
    "fit",
    "fold",
    "is_sparse",
    "lacking",
    "layers_left_out",
    "learn",
    "partial_layer",
    "prior",
    "rank",
    "rank_by",
    "read",
    "sparse_notes",
    "splits",
    "standings",
    "unknown_gain",
    "with_intervals",
]
