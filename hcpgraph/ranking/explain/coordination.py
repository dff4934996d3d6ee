"""Signs of coordinated amplification: bursts, reciprocity, single targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph import layer_weights
from hcpgraph.model.ties import NO_TIME, in_layers
from hcpgraph.ranking.record.recency import AGEING
from hcpgraph.ranking.record.responses import new_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties
    from hcpgraph.ranking.explain.context import ExplanationContext
    from hcpgraph.ranking.record.responses import Responses

WINDOW: Final = 86_400  # seconds of a burst
NEW: Final = 1 / 6  # share of the period since which an account is new
COMPARED: Final = 5.0  # responders from which a person is compared with


@dataclass(frozen=True, slots=True)
class Sign:
    """One figure of a person, beside what is usual.

    Attributes:
        name: what is counted.
        count: how many are of that kind.
        out_of: among how many.
        median: the same share, median of those listed who have at least ``COMPARED``
            responders; None where there is nobody to compare with.
    """

    name: str
    count: int
    out_of: int
    median: float | None

    @property
    def share(self) -> float:
        """``count`` of ``out_of``, in [0, 1]; 0 of nothing."""
        return self.count / self.out_of if self.out_of else 0.0


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs, and when the densest day of responses was.

    Attributes:
        signs: ``burst``, ``returned``, ``one target`` and ``new, one target``.
        burst_at: Unix seconds at which the densest 24 hours begin; None without times.
        usual: responses a day outside of them, between the first and the last.
    """

    signs: tuple[Sign, ...]
    burst_at: int | None
    usual: float


def signs(context: ExplanationContext) -> Signs:
    """Burst, reciprocity and accounts that respond to this person alone.

    * *burst*: responses within the densest 24 hours, of those with a time;
    * *returned*: responders with mutual responses;
    * *one target*: responders who respond to nobody else in the period;
    * *new, one target*: those of them whose first response falls into the last sixth
      of the period.
    """
    responses, n = context.record.responses, context.record.n_accounts
    responses = _pairs_only(responses)
    responders = np.bincount(responses.target, minlength=n)
    one = _one_target(responses)
    fresh = one & (responses.age <= NEW)
    known = responses.target.astype(np.int64) * n + responses.source
    back = np.isin(known, responses.source.astype(np.int64) * n + responses.target)
    burst, dated, at, usual = _bursts(context)
    rows = np.searchsorted(context.table.account, context.listed.account)
    rows = rows[(responders[rows] >= COMPARED) & (rows != context.row)]
    counted = {
        "burst": (burst, dated),
        "returned": (np.bincount(responses.target[back], minlength=n), responders),
        "one target": (np.bincount(responses.target[one], minlength=n), responders),
        "new, one target": (
            np.bincount(responses.target[fresh], minlength=n),
            responders,
        ),
    }
    return Signs(
        tuple(
            Sign(
                name,
                int(some[context.row]),
                int(every[context.row]),
                _median(some[rows], every[rows]),
            )
            for name, (some, every) in counted.items()
        ),
        at,
        usual,
    )


def _median(some: NDArray[np.int64], every: NDArray[np.int64]) -> float | None:
    shares = some[every > 0] / every[every > 0]
    return float(np.median(shares)) if len(shares) else None


def _pairs_only(responses: Responses) -> Responses:
    """The first response of each pair of accounts."""
    order = np.lexsort((-responses.age, responses.target, responses.source))
    new = new_pairs(responses.source[order], responses.target[order])
    first = np.zeros(len(order), np.bool_)
    first[order[new]] = True
    return responses.part(first)


def _one_target(pairs: Responses) -> NDArray[np.bool_]:
    """Which pairs are the only one of their source."""
    targets = np.bincount(pairs.source, minlength=pairs.n_accounts)
    only: NDArray[np.bool_] = targets[pairs.source] == 1
    return only


def _bursts(
    context: ExplanationContext,
) -> tuple[NDArray[np.int64], NDArray[np.int64], int | None, float]:
    """The most responses in one window, all with a time, and the person's own case."""
    ties, account = _dated(context), context.record.account
    target = np.searchsorted(account, ties.target)
    dated = np.bincount(target, minlength=len(account))
    burst = np.zeros(len(account), np.int64)
    if not len(ties):
        return burst, dated, None, 0.0
    # one long line of time per person, so that one search serves all
    start = int(ties.at.min())
    stretch = int(ties.at.max()) - start + WINDOW + 1
    line = np.sort(target * stretch + (ties.at - start))
    within = np.searchsorted(line, line + WINDOW) - np.arange(len(line))
    np.maximum.at(burst, line // stretch, within)
    own = np.flatnonzero(line // stretch == context.row)
    if not len(own):
        return burst, dated, None, 0.0
    best = own[np.argmax(within[own])]
    days = (int(line[own[-1]]) - int(line[own[0]])) / WINDOW - 1.0
    rest = int(dated[context.row]) - int(burst[context.row])
    return burst, dated, start + int(line[best] % stretch), rest / max(days, 1.0)


def _dated(context: ExplanationContext) -> Ties:
    """Responses of others that have a time."""
    ties = context.record.ties
    counts = in_layers(ties.layer, AGEING) & (ties.at != NO_TIME)
    counts &= layer_weights(context.record.layers)[ties.layer] > 0
    return ties.where(counts & (ties.source != ties.target))
