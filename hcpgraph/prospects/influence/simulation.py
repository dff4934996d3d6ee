"""Simulation of influence diffusion (Monte Carlo)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf, sqrt
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from hcpgraph.compiled import compiled, parallel_map
from hcpgraph.graph.rows import transposed
from hcpgraph.prospects.influence.rr_sets import MODELS, check_sums
from hcpgraph.ranking.uncertainty.counter_rng import key_of, mixed, uniform

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from hcpgraph.prospects.influence.probabilities import InfluenceProbabilities

    # row bounds, in-neighbours of the row's account, and influence probabilities
    Rows: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]

_STREAM: Final = 2**33  # apart from those of reverse sets
_CASCADES_A_LOOK: Final = 256  # between two looks at the standard error
_CASCADES_A_PART: Final = 16


@dataclass(frozen=True, slots=True)
class Spread:
    """How many accounts a cascade reaches.

    Attributes:
        mean: over the cascades, seeds included.
        error: standard error of the mean.
        cascades: how many were simulated.
    """

    mean: float
    error: float
    cascades: int


def simulate(
    probabilities: InfluenceProbabilities,
    seeds: ArrayLike,
    *,
    cascades: int = 10_000,
    until: float | None = None,
    model: str = "ic",
    seed: int = 0,
) -> Spread:
    """Simulate influence diffusion: how many are active in the end [1].

    Args:
        probabilities: the influence probabilities.
        seeds: positions of accounts that are active at first.
        cascades: how many to simulate at most, at least 2.
        until: stop once the standard error is at most this share of the mean; None to
            simulate all.
        model: ``"ic"``: each account that becomes active may activate in-neighbours
            once, by its probability. ``"lt"``: an account becomes active once the
            probabilities of its active influencers sum to more than its threshold,
            random in [0, 1].
        seed: of the cascades; each has random numbers of its own.

    Returns:
        Mean and standard error, the same to the last bit on however many cores.

    Raises:
        ValueError: if an argument is out of its range.

    >>> from hcpgraph.graph import Graph
    >>> from hcpgraph.prospects.influence.probabilities import from_graph
    >>> probabilities = from_graph(Graph.from_edges([1, 2, 3], [9, 9, 9]))
    >>> simulate(probabilities, [3])  # 9, to whom all attend for certain
    Spread(mean=4.0, error=0.0, cascades=10000)

    References:
        [1] Kempe, Kleinberg and Tardos (2003), "Maximizing the spread of influence
            through a social network", KDD. doi:10.1145/956750.956769
    """
    start = np.unique(np.asarray(seeds).astype(np.int32))
    _check(probabilities, start, model, cascades)
    rows = _forward(probabilities)
    draw = key_of(seed % 2**64, _STREAM), model == "lt"
    sizes = np.empty(0, np.int64)
    step = cascades if until is None else _CASCADES_A_LOOK
    while len(sizes) < cascades:
        last = min(cascades, len(sizes) + step)
        sizes = np.concatenate(
            [sizes, *_simulate(rows, start, draw, (len(sizes), last))]
        )
        mean, error = float(sizes.mean()), _standard_error(sizes)
        if until is not None and error <= until * mean:
            break
    return Spread(mean, error, len(sizes))


def _standard_error(sizes: NDArray[np.int64]) -> float:
    return float(sizes.std(ddof=1)) / sqrt(len(sizes)) if len(sizes) > 1 else inf


def _check(
    probabilities: InfluenceProbabilities,
    start: NDArray[np.int32],
    model: str,
    cascades: int,
) -> None:
    if model not in MODELS:
        raise ValueError(f"model must be one of {', '.join(MODELS)}, got {model!r}")
    if cascades < 2:
        raise ValueError(f"cascades must be at least 2, got {cascades}")
    if len(start) and not (start[0] >= 0 and start[-1] < probabilities.n_nodes):
        raise ValueError(
            f"seeds must be positions from 0 to {probabilities.n_nodes - 1}"
        )
    if model == "lt":
        check_sums(probabilities)


def _forward(probabilities: InfluenceProbabilities) -> Rows:
    """The transpose: the in-neighbours of each account, with probabilities."""
    probability = probabilities.probability
    if probability is None:
        length = np.diff(probabilities.indptr)
        share = 1 / np.maximum(length, 1)
        probability = np.repeat(share, length).astype(np.float32)
    bounds, moved, probability = transposed(
        probabilities.indptr, probabilities.influencer, probability
    )
    # an array, as it was one
    return bounds, moved, np.asarray(probability, np.float32)


def _simulate(
    rows: Rows,
    start: NDArray[np.int32],
    draw: tuple[np.uint64, bool],
    numbers: tuple[int, int],
) -> list[NDArray[np.int64]]:
    """The sizes of some cascades, by number."""
    first, last = numbers
    n_parts = max(1, (last - first) // _CASCADES_A_PART)
    cuts = np.linspace(first, last, min(n_parts, 64) + 1).astype(np.int64).tolist()
    return parallel_map(lambda part: _sizes(rows, start, draw, part), pairwise(cuts))


@compiled
def _sizes(
    rows: Rows,
    start: NDArray[np.int32],
    draw: tuple[np.uint64, bool],
    part: tuple[int, int],
) -> NDArray[np.int64]:
    n_nodes = len(rows[0]) - 1
    active = np.zeros(n_nodes, np.bool_)
    queue = np.empty(n_nodes, np.int32)
    # what is left of the threshold of each, under linear thresholds; 2 if undrawn
    left = np.full(n_nodes if draw[1] else 0, 2.0)
    state = np.empty(1, np.uint64)
    sizes = np.empty(part[1] - part[0], np.int64)
    for number in range(part[0], part[1]):
        state[0] = mixed(draw[0] ^ np.uint64(number))
        queue[: len(start)] = start
        for node in start:
            active[node] = True
        if draw[1]:
            size = _press(rows, (active, queue), len(start), left, state)
            _redraw(rows, queue, size, left)
        else:
            size = _ask(rows, (active, queue), len(start), state)
        for at in range(size):
            active[queue[at]] = False
        sizes[number - part[0]] = size
    return sizes


@compiled
def _ask(
    rows: Rows,
    reached: tuple[NDArray[np.bool_], NDArray[np.int32]],
    size: int,
    state: NDArray[np.uint64],
) -> int:
    """Independent cascade: active accounts try to activate in-neighbours once."""
    bounds, moved, probability = rows
    active, queue = reached
    at = 0
    while at < size:
        node = queue[at]
        at += 1
        for k in range(bounds[node], bounds[node + 1]):
            other = moved[k]
            if not active[other] and uniform(state) < np.float64(probability[k]):
                active[other] = True
                queue[size] = other
                size += 1
    return size


@compiled
def _press(
    rows: Rows,
    reached: tuple[NDArray[np.bool_], NDArray[np.int32]],
    size: int,
    left: NDArray[np.float64],
    state: NDArray[np.uint64],
) -> int:
    """Linear threshold: weights of active accounts add up until a threshold."""
    bounds, moved, probability = rows
    active, queue = reached
    at = 0
    while at < size:
        node = queue[at]
        at += 1
        for k in range(bounds[node], bounds[node + 1]):
            other = moved[k]
            if active[other]:
                continue
            if left[other] == 2.0:
                left[other] = uniform(state)
            left[other] -= np.float64(probability[k])
            if left[other] < 0.0:
                active[other] = True
                queue[size] = other
                size += 1
    return size


@compiled
def _redraw(
    rows: Rows, queue: NDArray[np.int32], size: int, left: NDArray[np.float64]
) -> None:
    """Leave thresholds as if none had been drawn."""
    bounds, moved, _ = rows
    for at in range(size):
        for k in range(bounds[queue[at]], bounds[queue[at] + 1]):
            left[moved[k]] = 2.0
