"""From ties to an ordered list of everyone, with what each score is made of.

* ``attention``   ties folded into distinct pairs of accounts
* ``responses``   acts and nominations towards people, row by row
* ``own_acts``    what people do themselves
* ``recency``     how old an act is, and how much it still counts
* ``signals``     numbers per account, with their meaning, one idea a file
* ``weights``     what a doubling of each signal adds, and where that comes from
* ``history``     how people stood at past moments, and who was responded to later
* ``fitting``     weights moved towards what the study's own past teaches
* ``score``       the weighted sum
* ``by_measure``  rankings by a single measure
* ``judging``     how well an order foretells later attention
* ``baselines``   rankings anyone could make
* ``backtest``    past rankings beside those, with intervals; ``quick_check`` in short
* ``chance``      random numbers by name, the same in any order
* ``units``       the posts and ties behind the responses, each drawn on its own
* ``resampling``  scores of records that might have been
* ``shrinking``   what noisy values say about the true ones
* ``tiers``       people in a row who cannot be told apart
* ``uncertainty`` intervals of ranks
* ``case``        one person among those listed; ``ego`` their score anew, as if others
  had or had not responded
* ``reasons``     what a score is made of; ``endorsers`` who carries it, ``gaps`` what
  would change the rank, ``windows`` how it was before
* ``rising``      who may enter the first tenth; ``foretold`` how that went before,
  ``logistic`` regression drawn to a start
* ``missing``     ranks without a layer, and areas too thin to rank
* ``fakes``       what fake accounts would buy; ``boosting`` the signs of it
"""

from hcpgraph.ranking.record.history import Past, splits
from hcpgraph.ranking.record.incoming_edges import IncomingEdges, everyone, fold
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
from hcpgraph.ranking.uncertainty.intervals import RESAMPLES, with_intervals
from hcpgraph.ranking.validation.sparse_data import (
    is_sparse,
    layers_left_out,
    sparse_notes,
)

__all__ = [
    "COSTLY",
    "FAMILY",
    "LEARNED_UP_TO",
    "RESAMPLES",
    "SIGNALS",
    "GraphMeasure",
    "IncomingEdges",
    "Past",
    "Signal",
    "SignalTable",
    "Weights",
    "areas_heard",
    "contributions",
    "everyone",
    "fit",
    "fold",
    "is_sparse",
    "lacking",
    "layers_left_out",
    "learn",
    "prior",
    "rank",
    "rank_by",
    "read",
    "sparse_notes",
    "splits",
    "standings",
    "with_intervals",
]
