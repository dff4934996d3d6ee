"""Rising stars: probabilities of entering the top decile next period."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from math import ceil
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.errors import ThinRecord
from hcpgraph.model.ranks import best_first
from hcpgraph.model.ties import NO_TIME, freeze
from hcpgraph.ranking.change.logistic import fit_logistic, logistic_probability
from hcpgraph.ranking.record.history import dated_interactions
from hcpgraph.ranking.record.incoming_edges import responders
from hcpgraph.ranking.score.weighted_sum import contributions
from hcpgraph.ranking.score.weights import prior as score_weights
from hcpgraph.ranking.signals import COSTLY, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.signals import GraphMeasure, SignalTable

SLICES: Final = 6  # of the interactions; the next period is as long as the last of them
TENTH: Final = 0.1
ENOUGH: Final = 120  # interactions with a time, below which nothing is predicted
STRENGTH: Final = 100.0  # how hard the prior holds on
FEATURES: Final = ("standing", "lately", "new", "speaking", "spoken", "age")
_READ: Final = (
    *("listeners", "listeners_lately", "new_listeners", "posts_lately"),
    *("last_spoken", "first_response"),
)


@dataclass(frozen=True, slots=True, eq=False)
class RiseCandidates:
    """Candidates at one cut-off: people with responders outside the top decile.

    Attributes:
        account: account numbers, ascending, shape (n,), int32.
        x: one row per person, one column per ``FEATURES``, shape (n, 6).
        recent: accounts that responded to each in the last period, shape (n,).
        new: new listeners, fresh ones counting most, shape (n,).
        posts: recency-weighted own posts, at most two per responder, shape (n,).
        entry: the responding accounts that made the top decile of the last period.
        seats: how many the top decile of the ranking holds.
        entered: who is in the top decile of the period after, shape (n,); all false
            where that is not known yet.
    """

    account: NDArray[np.int32]
    x: NDArray[np.float64]
    recent: NDArray[np.float64]
    new: NDArray[np.float64]
    posts: NDArray[np.float64]
    entry: float
    seats: int
    entered: NDArray[np.bool_]

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return len(self.account)


@dataclass(frozen=True, slots=True, eq=False)
class RiseHistory:
    """A record cut into periods of equally many interactions.

    Attributes:
        past: the candidates at the end of each period but the first and the last, with
            who entered in the next.
        now: the candidates at the end of the period.
        since: the last second before the last period, Unix time.
        until: the last second of the period.
    """

    past: tuple[RiseCandidates, ...]
    now: RiseCandidates
    since: int
    until: int


def follow(
    ties: Ties,
    accounts: Accounts,
    *,
    among: NDArray[np.int32],
    layers: Mapping[str, float],
    measure: GraphMeasure,
    seed: int = 0,
) -> RiseHistory:
    """Cut a record into periods, and see who entered the top decile of each.

    The top decile of a period are at most a tenth of the people of *among* with a
    responder in it, by distinct responders; of people equal at its end, none is in. The
    top decile of a ranking goes by the score, without the parts that walk the whole
    network. At each cut-off nothing later is known.

    Args:
        ties: the ties of an area.
        accounts: attributes of the accounts; holds everyone in *ties*.
        among: who is ranked, account numbers, ascending.
        layers: weight of each layer that counts.
        measure: computes measures of a graph, on whatever engine.
        seed: of random steps.

    Raises:
        ThinRecord: if fewer than ``ENOUGH`` interactions have a time, or too few
            cut-offs.
    """
    interactions = dated_interactions(ties, layers)
    when = np.sort(ties.at[interactions])
    if len(when) < ENOUGH:
        raise ThinRecord(
            f"{len(when)} interactions have a time, {ENOUGH} are needed for a"
            " prediction"
        )
    ends = [int(when[ceil(len(when) * k / SLICES) - 1]) for k in range(1, SLICES + 1)]
    if len(set(ends)) < SLICES:
        raise ThinRecord("no prediction: nearly all interactions have the same time")
    # when posts without ties were written is not known, so no cut-off counts them
    silent = replace(accounts, posts=np.zeros_like(accounts.posts))
    wanted = {*_READ, *score_weights().used()} - COSTLY
    counts = [
        responders(ties, interactions & (ties.at > start) & (ties.at <= end), among)
        for start, end in zip([int(when[0]) - 1, *ends], ends, strict=False)
    ]
    found = []
    for k in range(1, SLICES):
        known = ties.where((ties.at == NO_TIME) | (ties.at <= ends[k]))
        table = read(
            known, silent, layers=layers, measure=measure, seed=seed, only=wanted
        )
        later = counts[k + 1] if k + 1 < SLICES else None
        found.append(_candidates(table, among, counts[k], later))
    return RiseHistory(tuple(found[:-1]), found[-1], ends[-2], ends[-1])


def entry(count: NDArray[np.float64]) -> float:
    """The count from which one is among the top decile of those with any.

    >>> entry(np.array([9.0, 5.0, 5.0, *[1.0] * 17, 0.0]))
    6.0
    """
    counts = np.sort(count[count > 0])[::-1]
    if not len(counts):
        return 1.0
    seats = ceil(TENTH * len(counts))
    edge = float(counts[seats - 1])
    full = seats < len(counts) and counts[seats] == edge
    return edge + 1.0 if full else edge


def _candidates(
    table: SignalTable,
    among: NDArray[np.int32],
    recent: NDArray[np.float64],
    later: NDArray[np.float64] | None,
) -> RiseCandidates:
    """Features of everyone with responders outside the top decile."""
    here = np.isin(table.account, among) & (table["listeners"] > 0)
    score = sum(contributions(table, score_weights()).values(), np.zeros(len(table)))
    order = best_first(score, -table.audience, table.account)
    order = order[here[order]]
    seats = ceil(TENTH * len(order))
    rows = np.sort(order[seats:])
    edge = float(score[order[seats - 1]]) if seats else 0.0
    place = np.searchsorted(among, table.account[rows])
    step, now = entry(recent), recent[place]
    x = [
        score[rows] - edge,
        np.log2(1.0 + now) - np.log2(1.0 + step),
        np.log2(1.0 + table["new_listeners"][rows]),
        np.log2(1.0 + table["posts_lately"][rows]),
        table["last_spoken"][rows],
        table["first_response"][rows],
    ]
    return RiseCandidates(
        account=table.account[rows],
        x=np.column_stack(x),
        recent=now,
        new=table["new_listeners"][rows],
        posts=table["posts_lately"][rows],
        entry=step,
        seats=seats,
        entered=np.zeros(len(rows), np.bool_)
        if later is None
        else later[place] >= entry(later),
    )


def predict(weight: NDArray[np.float64], x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability to enter, shape (n,), in [0, 1].

    Args:
        weight: of a constant and of each feature, shape (7,).
        x: shape (n, 6).
    """
    return logistic_probability(weight, x)


def fit(
    past: Sequence[RiseCandidates],
    start: NDArray[np.float64],
    *,
    strength: float = STRENGTH,
) -> NDArray[np.float64]:
    """Logistic regression shrunk to a start: what the study's own past teaches.

    Each weight is held with *strength*, the constant with a tenth of it; see
    ``fit_logistic``.

    Args:
        past: candidates of cut-offs whose outcome is known.
        start: shape (7,), such as ``prior()``.
        strength: of the pull, above 0.

    Returns:
        Shape (7,); *start* where nothing is known.
    """
    if not sum(map(len, past)):
        return start
    # how many enter differs from field to field, and the constant is free to say so
    hold = np.array([strength / 10.0, *[strength] * len(FEATURES)])
    x = np.concatenate([one.x for one in past])
    entered = np.concatenate([one.entered for one in past])
    return fit_logistic(x, entered, start=start, hold=hold)


@cache
def prior() -> NDArray[np.float64]:
    """The weights that come with hcpgraph, of a constant and of each feature."""
    text = (
        resources.files("hcpgraph.ranking").joinpath("rising.toml").read_text("utf-8")
    )
    weights = tomllib.loads(text)["weights"]
    found = np.array([weights[name] for name in ("constant", *FEATURES)], np.float64)
    found.setflags(write=False)
    return found
