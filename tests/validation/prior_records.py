"""Records of many communities, read once, and weights fitted on some of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking import FAMILY, Past, Weights, prior, splits
from hcpgraph.ranking.record.own_interactions import REPOST
from hcpgraph.ranking.score.fitting import fit, ridge, weighted_rows
from tests.validation.judging import baselines, ndcg
from tests.validation.records import cut, measure, records

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from hcpgraph.ranking import SignalTable
    from tests.validation.records import Cut

    Reals = NDArray[np.float64]

MOMENTS = (0.25, 0.35, 0.5, 0.65)  # shares of the rows before a cut
JUDGED = (0.35, 0.5, 0.65)
HALF = 0.5
FITTED = (
    "listeners", "listeners_of_late", "listeners_lately", "listeners_just_now",
    "posts", "last_spoken",
)  # fmt: skip
# Nothing at hand tells what follows predict: set so that they count beside responders,
# and judged in synthetic worlds with planted rates.
# Two signals weigh nothing; named are those that a weight for their contribution means.
SET = {"followers": 0.25, "area_pagerank": 0.0, "brokered": 0.0}
ROLES = {"professional_followers", "professional_listeners", "peer_share"}
# Read from these records by nothing: follows, roles, other areas.
UNSEEN = {"followers", "breadth", "depth", *ROLES}
READ = tuple(name for name in FAMILY if name not in UNSEEN)
SHRINK = 0.5
LARGER = 40  # people responded to later, from which a record counts on its own
MEDICAL = ("ashg", "ser", "cancerdomain")
_LONG = 4  # letters of a series' name that may be a part of another's


@dataclass(frozen=True)
class Moment:
    """A record at one cut.

    Attributes:
        past: the signals before, beside the responders after.
        rules: what anybody could rank by, by name.
        history: the own past, to update weights on.
        shape: what may tell kinds of records apart, by name.
    """

    past: Past
    rules: Mapping[str, Reals]
    history: tuple[Past, ...]
    shape: Mapping[str, float]

    @property
    def responded(self) -> int:
        """People responded to later."""
        return int((self.past.later > 0).sum())

    def score(self, weights: Weights) -> Reals:
        return doublings(self.past.table, weights)

    def accuracy(self, weights: Weights) -> float:
        return ndcg(self.score(weights), self.past)

    def updated(self, weights: Weights) -> Weights:
        return fit(self.history, weights)


@dataclass(frozen=True)
class Known:
    """One record at all its cuts, and the rows that a fit needs of it."""

    name: str
    series: str
    folder: str
    at: Mapping[float, Moment]
    rows: Reals

    @property
    def larger(self) -> bool:
        return self.at[HALF].responded >= LARGER

    @property
    def medical(self) -> bool:
        return self.series in MEDICAL


def doublings(table: SignalTable, weights: Weights) -> Reals:
    """The score; rounded, as sums of equal terms differ in their last digits."""
    worth = table.doublings() * weights.along(table.names)
    return np.round(worth.sum(axis=1), 12)


def known(folders: Sequence[Path]) -> list[Known]:
    """Every record of some folders."""
    cuts = {
        (name, folder.name): {share: cut(ties, share) for share in MOMENTS}
        for folder in folders
        for name, ties in records([folder])
    }
    series = in_series([name for name, _ in cuts])
    return [
        Known(
            name,
            series[name],
            folder,
            {s: _moment(now, own=s in JUDGED) for s, now in of.items()},
            _rows(of),
        )
        for (name, folder), of in cuts.items()
    ]


def _moment(now: Cut, *, own: bool) -> Moment:
    past = now.known(READ)
    history: tuple[Past, ...] = ()
    if own:
        history = splits(
            now.past, now.accounts(), layers=DEFAULT_LAYERS, measure=measure,
            only=FITTED,
        )  # fmt: skip
    return Moment(past, baselines(now), history, shape(now, past))


def shape(now: Cut, past: Past) -> dict[str, float]:
    """What can be seen of a record before the cut, without knowing what comes."""
    ties, n = now.past, len(past.table)
    pairs = len({*zip(ties.source.tolist(), ties.target.tolist(), strict=True)})
    days = (int(ties.at.max()) - int(ties.at.min())) / 86_400
    return {
        "share of reposts": float((ties.layer == REPOST).mean()),
        "days": float(np.log(max(days, 0.1))),
        "ties per account": float(np.log(pairs / n)),
        "interactions": float(np.log(len(ties))),
        "accounts": float(np.log(n)),
        "share responded to": float((past.table["listeners"] > 0).mean()),
    }


def _rows(of: Mapping[float, Cut]) -> Reals:
    """Signals and later attention at all cuts, in as few rows as say the same.

    The least squares of many rows are those of the triangle of their QR decomposition.
    """
    pasts = [now.known(READ) for now in of.values()]
    stacked = [np.column_stack(weighted_rows(past, READ)) for past in pasts]
    return np.asarray(
        np.linalg.qr(np.concatenate(stacked) / np.sqrt(len(pasts)), mode="r")
    )


def in_series(names: Collection[str]) -> dict[str, str]:
    """The series of each record: the meeting without its year.

    A series whose name is part of another's is taken for the same, so that joint
    meetings are left out together.

    >>> in_series(["user2018", "user2020", "ser2018", "abacbs17", "abacbsgiw19"])
    {'user2018': 'user', 'user2020': 'user', 'ser2018': 'ser', 'abacbs17': 'abacbs', \
'abacbsgiw19': 'abacbs'}
    """
    plain = {name: re.sub(r"[\d_]+.*$", "", name) for name in names}
    every = sorted({*plain.values()}, key=lambda name: (len(name), name))
    short = {
        name: next(
            (s for s in every if s == name or (len(s) >= _LONG and s in name)), name
        )
        for name in every
    }
    return {name: short[letters] for name, letters in plain.items()}


def fitted(
    some: Sequence[Known], names: tuple[str, ...] = FITTED, say: Reals | None = None
) -> Weights:
    """Weights from 0 up that predict later attention in some records alike.

    Args:
        some: the records.
        names: the signals that may weigh something.
        say: of each record; 1 each if None.
    """
    each = np.ones(len(some)) if say is None else say
    at = [READ.index(name) for name in names]
    parts = [np.sqrt(w) * one.rows for one, w in zip(some, each, strict=True) if w > 0]
    rows = np.concatenate(parts) / np.sqrt(each.sum())
    found = ridge(rows[:, at], rows[:, -1], start=np.zeros(len(at)), shrink=SHRINK)
    return shipped(dict(zip(names, found.round(3).tolist(), strict=True)))


def shipped(found: Mapping[str, float]) -> Weights:
    """The fitted weights beside those that are set."""
    value = {**SET, **found}
    return Weights(value, dict.fromkeys(value, "prior"), note=prior().note)


def of_others(
    every: Sequence[Known], names: tuple[str, ...] = FITTED
) -> dict[str, Weights]:
    """For each record the weights fitted on all records of other series."""
    of_series = {
        left: fitted([one for one in every if one.series != left], names)
        for left in {one.series for one in every}
    }
    return {one.name: of_series[one.series] for one in every}


def resampled(
    value: Mapping[str, float], every: Sequence[Known], draws: int = 4000
) -> tuple[float, float, float]:
    """Mean over records, and its 90 % interval: series are resampled, as a whole."""
    of = [one for one in every if one.name in value]
    series = sorted({one.series for one in of})
    total = np.array([sum(value[o.name] for o in of if o.series == s) for s in series])
    count = np.array([sum(o.series == s for o in of) for s in series])
    pick = np.random.default_rng(0).integers(0, len(series), (draws, len(series)))
    mean = total[pick].sum(axis=1) / count[pick].sum(axis=1)
    low, high = np.quantile(mean, [0.05, 0.95])
    return float(np.mean([value[o.name] for o in of])), float(low), float(high)
