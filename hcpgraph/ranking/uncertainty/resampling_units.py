"""Resampling units: the posts and ties behind responses, and the basis in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.compiled import compiled
from hcpgraph.graph import layer_weights
from hcpgraph.model.names import ACT_CODES, LAYERS
from hcpgraph.model.ties import NO_POST, NO_TIME, in_layers
from hcpgraph.ranking.record.incoming_edges import STANDING_CODES
from hcpgraph.ranking.record.recency import fresh
from hcpgraph.ranking.record.responses import by_pair, new_pairs
from hcpgraph.ranking.record.vouching import share_left
from hcpgraph.ranking.uncertainty.counter_rng import exponential, mixed, mixed_rows
from hcpgraph.ranking.uncertainty.overdispersion import (
    Sizes,
    block_dispersion,
    bursts,
    read_sizes,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties


_MENTION: Final = LAYERS.index("mention")
# kinds of units
_POST, _MOMENT, _TIE, _ORIGINAL, _EVENT = (np.uint64(i) for i in range(1, 6))

_HOUR: Final = 3_600.0


@dataclass(frozen=True, slots=True, eq=False)
class ResamplingUnits:
    """The resampling units and their part in each person's responder counts.

    A unit is what can be lost together: an original post with all that responds to it;
    where originals are not known, responses to one person that come close together
    (``bursts``), else a post, what one account does in one second, or a tie. All that
    one unit does shares one weight.

    Attributes:
        bounds: where the units of each person start, and the end, shape (p + 1,).
        unit: which unit it is, a hash, shape (u,), uint64.
        change: the part of the responder sums that goes with the unit, per half-life,
            from 0, shape (u, k). One account counts by its most recent response; all
            its responses to a person share it, fresher ones more of it.
        value: the responder sums of each person, per half-life, shape (p, k).
        responders: distinct accounts that respond to each person, shape (p,).
        sizes: the random-effects estimate of each person.
        basis: what the units are, in words.
    """

    bounds: NDArray[np.int64]
    unit: NDArray[np.uint64]
    change: NDArray[np.float64]
    value: NDArray[np.float64]
    responders: NDArray[np.float64]
    sizes: Sizes
    basis: str

    def __len__(self) -> int:
        return len(self.unit)

    def resampled(self, keys: NDArray[np.uint64]) -> NDArray[np.float64]:
        """Recency-weighted responders per resample, shape (d, p, k), mean ``value``."""
        drawn = np.repeat(self.value[np.newaxis], len(keys), axis=0)
        _redraw(self.bounds, self.unit, self.change, keys, drawn)
        # each person's changes add up to the responder sums, but for rounding
        return np.maximum(drawn, 0.0, out=drawn)


def read_units(
    ties: Ties,
    layers: Mapping[str, float],
    *,
    age: NDArray[np.float64],
    vouched: NDArray[np.bool_],
    people: NDArray[np.int32],
    half_lives: Sequence[float],
) -> ResamplingUnits:
    """Take apart the responses to some people.

    Args:
        ties: the ties of an area and a period.
        layers: weight of each layer that counts.
        age: of each tie, shape (m,).
        vouched: whether the source of each tie is vouched for, shape (m,).
        people: account numbers, ascending, shape (p,).
        half_lives: of the responder sums, shares of the period; infinite for all alike.
    """
    worth = layer_weights(layers)
    worth[list(STANDING_CODES)] = 0.0
    rows = np.flatnonzero(worth[ties.layer] > 0)
    rows = rows[ties.source[rows] != ties.target[rows]]
    target = np.searchsorted(people, ties.target[rows])
    here = target < len(people)
    here[here] = people[target[here]] == ties.target[rows[here]]
    rows, target = rows[here], target[here]
    unit, guessed = _units(ties, rows)
    order = np.lexsort((unit, ties.source[rows], target))
    rows, target, unit = rows[order], target[order], unit[order]
    source = ties.source[rows]
    discount = Discount(target, source, by_pair(source, target, vouched[rows]))
    amount = discount.applied(worth[ties.layer[rows]], age[rows], half_lives)
    shape = (len(people), len(half_lives))
    value, responders = np.zeros(shape), np.zeros(len(people))
    change = np.zeros_like(amount)
    _shares(target, source, amount, change, value, responders)
    order, first = _groups(target, unit)
    size = np.diff(np.append(first, len(order))).astype(np.float64)
    if len(first):
        change = np.add.reduceat(change[order], first)
    person, unit = target[order][first], unit[order][first]
    named = (ties.layer[rows[order]] == _MENTION)[first] & (size == 1)
    bounds = np.zeros(len(people) + 1, np.int64)
    np.cumsum(np.bincount(person, minlength=len(people)), out=bounds[1:])
    sizes = read_sizes(person, size, named, len(people))
    return ResamplingUnits(
        bounds=bounds,
        unit=unit,
        change=change,
        value=value,
        responders=responders,
        sizes=sizes.guessed(guessed.share, guessed.wider),
        basis=basis(ties, rows, guessed, size=size),
    )


def _groups(
    target: NDArray[np.intp], unit: NDArray[np.uint64]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows in the order of person and unit, and where each of these starts."""
    order = np.lexsort((unit, target))
    who, what = target[order], unit[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (who[1:] != who[:-1]) | (what[1:] != what[:-1])
    return order, np.flatnonzero(new)


@dataclass(frozen=True, slots=True, eq=False)
class Discount:
    """The discount of responders nobody vouches for, as ``Responses`` has it.

    Attributes:
        target: of each response, positions among people, ascending, shape (r,).
        source: of each, ascending for one target, shape (r,).
        vouched: whether the source is vouched for, shape (r,).
    """

    target: NDArray[np.intp]
    source: NDArray[np.int32]
    vouched: NDArray[np.bool_]

    def applied(
        self,
        worth: NDArray[np.float64],
        age: NDArray[np.float64],
        half_lives: Sequence[float],
    ) -> NDArray[np.float64]:
        """What each response counts at each half-life, shape (r, k)."""
        amount = np.column_stack([worth * left(age, half) for half in half_lives])
        if self.vouched.all():
            return amount
        others = self._responders(worth)
        for k, half in enumerate(half_lives):
            if np.isinf(half):
                continue
            late = self._responders(amount[:, k])
            share = share_left(late, others, half)[self.target]
            amount[:, k] *= np.where(self.vouched, 1.0, share)
        return amount

    def _responders(self, amount: NDArray[np.float64]) -> NDArray[np.float64]:
        """Per person, the largest *amount* of each account nobody vouches for."""
        first = np.flatnonzero(new_pairs(self.source, self.target))
        most = np.maximum.reduceat(np.where(self.vouched, 0.0, amount), first)
        return np.bincount(self.target[first], most).astype(np.float64)


def left(age: NDArray[np.float64], half_life: float) -> NDArray[np.float64]:
    """Exponential decay as in ``fresh``; 1 for an infinite half-life."""
    return np.ones(len(age)) if np.isinf(half_life) else fresh(age, half_life)


def _units(ties: Ties, rows: NDArray[np.intp]) -> tuple[NDArray[np.uint64], Guessed]:
    """The unit of each of some ties, as a hash that no order of the ties changes."""
    source, at = ties.source[rows].astype(np.uint64), ties.at[rows]
    original, post = ties.originals()[rows], ties.post[rows]
    known, made = original != NO_POST, post != NO_POST
    timed = at != NO_TIME
    other = mixed_rows(ties.target[rows].astype(np.uint64), ties.layer[rows])
    kind = np.where(made, _POST, np.where(timed, _MOMENT, _TIE))
    first = np.where(made, post.astype(np.uint64), source)
    second = np.where(made, np.uint64(0), np.where(timed, at.astype(np.uint64), other))
    guessed = np.flatnonzero(~known & timed & in_layers(ties.layer[rows], ACT_CODES))
    target = ties.target[rows[guessed]]
    head, gap = bursts(target, at[guessed])
    # a response that comes alone stays with the others of its post or second
    several = np.bincount(head, minlength=len(head))[head] > 1
    joined, start = guessed[several], head[several]
    kind[joined] = _EVENT
    first[joined] = target[several].astype(np.uint64)
    second[joined] = at[guessed][start].astype(np.uint64)
    kind[known], second[known] = _ORIGINAL, np.uint64(0)
    first[known] = original[known].astype(np.uint64)
    _, size = np.unique(head, return_counts=True)
    dispersion = block_dispersion(target, at[guessed])
    events = float((size**2).sum()) / max(len(guessed), 1)
    return mixed_rows(mixed_rows(first, kind), second), Guessed(
        share=len(guessed) / max(len(rows), 1),
        longest=gap,
        dispersion=dispersion,
        wider=max(dispersion / max(events, 1.0), 1.0),
    )


@compiled
def _shares(
    target: NDArray[np.intp],
    source: NDArray[np.int32],
    amount: NDArray[np.float64],
    change: NDArray[np.float64],
    value: NDArray[np.float64],
    responders: NDArray[np.float64],
) -> None:
    """What each pair of accounts says, and how its ties share that.

    Rows are sorted by target and source.
    """
    m, width = amount.shape
    start = 0
    while start < m:
        stop = start + 1
        while (
            stop < m and target[stop] == target[start] and source[stop] == source[start]
        ):
            stop += 1
        responders[target[start]] += 1.0
        for k in range(width):
            best, total = 0.0, 0.0
            for row in range(start, stop):
                best = max(best, amount[row, k])
                total += amount[row, k]
            value[target[start], k] += best
            for row in range(start, stop):
                change[row, k] = best * amount[row, k] / total
        start = stop


@compiled
def _redraw(
    bounds: NDArray[np.int64],
    unit: NDArray[np.uint64],
    change: NDArray[np.float64],
    keys: NDArray[np.uint64],
    drawn: NDArray[np.float64],
) -> None:
    """Add the changes by the weights of the units to each person's sums."""
    for draw in range(len(keys)):
        for person in range(len(bounds) - 1):
            for row in range(bounds[person], bounds[person + 1]):
                more = exponential(mixed(unit[row] ^ keys[draw])) - 1.0
                for k in range(change.shape[1]):
                    drawn[draw, person, k] += more * change[row, k]


@dataclass(frozen=True, slots=True)
class Guessed:
    """What was done for responses whose original is not known.

    Attributes:
        share: of all responses.
        longest: gap within an event guessed from times, in seconds; 0 if none was.
        dispersion: over-dispersion of these responses over blocks of time, from 1.
        wider: how many times the variance that events leave out, from 1.
    """

    share: float
    longest: float
    dispersion: float
    wider: float


def basis(
    ties: Ties, rows: NDArray[np.intp], guessed: Guessed, *, size: NDArray[np.float64]
) -> str:
    """The basis of the resampling of the responses *rows*, in words.

    Args:
        ties: the ties of an area and a period.
        rows: the responses among them.
        guessed: what was done where the original is not known.
        size: responses in each unit.
    """
    if not len(rows):
        return "intervals: each tie resampled on its own"
    dispersion = f"{float((size**2).sum() / size.sum()):.1f}"
    known = float((ties.originals()[rows] != NO_POST).mean())
    if known == 1.0:
        return (
            "intervals: resampled by original post"
            f" (over-dispersion of responses {dispersion})"
        )
    some = f"originals known for {known:.0%} of the responses" if known else ""
    return f"intervals: {some or 'originals unknown'}; {_rest(ties, rows, guessed)}"


def _rest(ties: Ties, rows: NDArray[np.intp], guessed: Guessed) -> str:
    """What was done where the original is not known."""
    if not (ties.at[rows] != NO_TIME).any():
        return (
            "times unknown, too; intervals are too narrow if few originals caused many"
            " responses"
        )
    found = f"over-dispersion {guessed.dispersion:.1f} estimated from blocks of time"
    if guessed.longest:
        return (
            f"{found}, responses to one person with gaps up to"
            f" {_duration(guessed.longest)} resampled as one"
        )
    return f"{found}, no significant bursts"


def _duration(seconds: float) -> str:
    if seconds < _HOUR:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / _HOUR:.1f} hours"
