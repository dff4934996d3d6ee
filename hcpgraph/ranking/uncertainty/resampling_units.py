"""The posts and ties behind the responses to some people, each drawn on its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.compiled import compiled
from hcpgraph.graph import layer_weights
from hcpgraph.model.names import LAYERS
from hcpgraph.model.ties import NO_POST, NO_TIME
from hcpgraph.ranking.record.incoming_edges import STANDING
from hcpgraph.ranking.record.recency import fresh
from hcpgraph.ranking.uncertainty.counter_rng import exponential, mixed, mixed_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties

_STANDING: Final = [LAYERS.index(name) for name in STANDING]
_POST, _MOMENT, _TIE = (np.uint64(i) for i in range(1, 4))  # kinds of units


@dataclass(frozen=True, slots=True, eq=False)
class ResamplingUnits:
    """What each post adds to the voices that people hear, person by person.

    A unit is a post; what one account does in one second where the post is not known;
    or a tie of which neither is. All that one unit does shares one weight.

    Attributes:
        bounds: where the units of each person start, and the end, shape (p + 1,).
        unit: which unit it is, a hash, shape (u,), uint64.
        change: the part of the voices that goes with the unit, per half-life, from
            0, shape (u, k). One account's voice is its freshest response; all its
            responses to a person share it, fresher ones more of it.
        value: the voices of each person, per half-life, shape (p, k).
        responders: distinct accounts that respond to each person, shape (p,).
    """

    bounds: NDArray[np.int64]
    unit: NDArray[np.uint64]
    change: NDArray[np.float64]
    value: NDArray[np.float64]
    responders: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.unit)

    def resampled(self, keys: NDArray[np.uint64]) -> NDArray[np.float64]:
        """The voices in some draws: shape (d, p, k), from 0, on average ``value``."""
        drawn = np.repeat(self.value[np.newaxis], len(keys), axis=0)
        _redraw(self.bounds, self.unit, self.change, keys, drawn)
        # each person's changes add up to the voices, but for rounding
        return np.maximum(drawn, 0.0, out=drawn)


def read_units(
    ties: Ties,
    layers: Mapping[str, float],
    *,
    age: NDArray[np.float64],
    people: NDArray[np.int32],
    half_lives: Sequence[float],
) -> ResamplingUnits:
    """Take apart the responses to some people.

    Args:
        ties: the ties of an area and a period.
        layers: weight of each layer that counts.
        age: of each tie, shape (m,).
        people: account numbers, ascending, shape (p,).
        half_lives: of the voices, shares of the record; infinite for all alike.
    """
    worth = layer_weights(layers)
    worth[_STANDING] = 0.0
    rows = np.flatnonzero(worth[ties.layer] > 0)
    rows = rows[ties.source[rows] != ties.target[rows]]
    target = np.searchsorted(people, ties.target[rows])
    here = target < len(people)
    here[here] = people[target[here]] == ties.target[rows[here]]
    rows, target = rows[here], target[here]
    unit = _units(ties, rows)
    order = np.lexsort((unit, ties.source[rows], target))
    rows, target, unit = rows[order], target[order], unit[order]
    amount = np.column_stack(
        [worth[ties.layer[rows]] * left(age[rows], half) for half in half_lives]
    )
    shape = (len(people), len(half_lives))
    value, responders = np.zeros(shape), np.zeros(len(people))
    change = np.zeros_like(amount)
    _shares(target, ties.source[rows], amount, change, value, responders)
    counts = change.any(axis=1)
    bounds = np.zeros(len(people) + 1, np.int64)
    np.cumsum(np.bincount(target[counts], minlength=len(people)), out=bounds[1:])
    return ResamplingUnits(bounds, unit[counts], change[counts], value, responders)


def left(age: NDArray[np.float64], half_life: float) -> NDArray[np.float64]:
    """What is left of an act, as ``fresh`` says; all of it if it never fades."""
    return np.ones(len(age)) if np.isinf(half_life) else fresh(age, half_life)


def _units(ties: Ties, rows: NDArray[np.intp]) -> NDArray[np.uint64]:
    """The unit of each of some ties, as a hash that no order of the ties changes."""
    source, at = ties.source[rows].astype(np.uint64), ties.at[rows]
    made = ties.post[rows] != NO_POST
    timed = ~made & (at != NO_TIME)
    kind = np.where(made, _POST, np.where(timed, _MOMENT, _TIE))
    first = np.where(made, ties.post[rows].astype(np.uint64), source)
    other = mixed_rows(ties.target[rows].astype(np.uint64), ties.layer[rows])
    second = np.where(made, np.uint64(0), np.where(timed, at.astype(np.uint64), other))
    return mixed_rows(mixed_rows(first, kind), second)


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
    """Adds to each person's voices what the weights of the units change."""
    for draw in range(len(keys)):
        for person in range(len(bounds) - 1):
            for row in range(bounds[person], bounds[person + 1]):
                more = exponential(mixed(unit[row] ^ keys[draw])) - 1.0
                for k in range(change.shape[1]):
                    drawn[draw, person, k] += more * change[row, k]
