"""Parallel local moving: gains in parallel, moves in order.

A batch of nodes decide as if nobody else moved, each by reading what stands. Then
the moves are made in order, each only if that still is a gain, given who
moved before. So no move lowers modularity; and as batches, and the parts in which
they are decided, do not depend on the number of threads, neither does what comes
of them. A wish for a community of one's own is left to the visits
one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from hcpgraph.communities.level_graph import LARGE, row_sums
from hcpgraph.compiled import compiled, even_chunks, n_threads, parallel_map

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.communities.level_graph import Amounts, LevelGraph

# A move must gain this share of the mover's strength, or rounding could send a node
# to and fro for ever between communities that suit it equally.
LEAST: Final = 1e-9
_BATCHES = 32  # in a round that visits everyone; in fewer, news would come later
_PARTS = 8  # of a batch
_MANY = 0.25  # of a batch on the move: then next to nobody will be left in peace


class _Stock(NamedTuple):
    """Labels, strengths and queue of local moving; changed in place.

    Attributes:
        label: community of each node, shape (n,), int32, in [0, n).
        total: strength of each community, shape (n,), float64.
        queued: nodes to be visited, shape (n,), bool.
        null_cost: of company, resolution / 2m.
    """

    label: NDArray[np.int32]
    total: NDArray[np.float64]
    queued: NDArray[np.bool_]
    null_cost: float


class _Batch(NamedTuple):
    """Nodes, and the communities they wish for, to be filled in, int32."""

    nodes: NDArray[np.int32]
    target: NDArray[np.int32]

    def cut(self, first: int, end: int) -> _Batch:
        """A run of them."""
        return _Batch(self.nodes[first:end], self.target[first:end])


def move_in_batches(
    level: LevelGraph,
    label: NDArray[np.int32],
    order: NDArray[np.int32],
    terms: tuple[float, float],
    queued: NDArray[np.bool_],
) -> float:
    """Move nodes between communities, in rounds, while many ties are to be read.

    Args:
        level: the network.
        label: community of each node, shape (n,), in [0, n); changed in place.
        order: of visits, each node once, shape (n,).
        terms: price of company, and a gain per round that is not worth another.
        queued: nodes to be visited, shape (n,); changed in place, to those left.

    Returns:
        The sum of what the moves gained.
    """
    null_cost, enough = terms
    if len(level.columns) < LARGE:
        return 0.0
    total = np.bincount(label, level.strength, len(label)).astype(np.float64)
    stock = _Stock(label, total, queued, null_cost)
    pulls = [np.zeros(len(label)) for _ in range(n_threads())]
    sum_of_gains, gained = 0.0, np.inf
    while gained > enough:
        nodes = order[queued[order]]
        sums = row_sums(level, nodes)
        if sums[-1] < LARGE:
            break
        queued[nodes] = False
        n_batches = max(1, _BATCHES * int(sums[-1]) // len(level.columns))
        gained = 0.0
        for first, end in even_chunks(sums, n_batches):
            batch = _Batch(nodes[first:end], np.empty(end - first, np.int32))
            parts = even_chunks(sums[first : end + 1] - sums[first], _PARTS)
            gained += _move_batch(level, stock, batch, parts, pulls)
        sum_of_gains += gained
    return sum_of_gains


def _move_batch(
    level: LevelGraph,
    stock: _Stock,
    batch: _Batch,
    parts: list[tuple[int, int]],
    pulls: list[NDArray[np.float64]],
) -> float:
    """Let a batch decide and move; what that gains.

    Each thread takes an array of zeros to sum up pulls in, and puts it back as it
    was, so it does not show who had which.
    """

    def decide(part: tuple[int, int]) -> None:
        weight_to = pulls.pop()
        _decide(level, level.weight, stock, batch.cut(*part), weight_to)
        pulls.append(weight_to)

    parallel_map(decide, parts)
    moving = np.count_nonzero(batch.target != stock.label[batch.nodes])
    many = moving > _MANY * len(batch.nodes)
    if many:
        stock.queued[:] = True
    return _move(level, level.weight, stock, batch, not many)


@compiled
def _decide(
    level: LevelGraph,
    weight: Amounts | None,
    stock: _Stock,
    batch: _Batch,
    weight_to: NDArray[np.float64],
) -> None:
    """Write down which community suits each node best, as things stand."""
    bounds, _, _, strengths = level
    label, total, queued, null_cost = stock
    nodes, target = batch
    near = np.empty(len(label) + 1, np.int32)
    for i in range(len(nodes)):
        node = nodes[i]
        home, cost = label[node], null_cost * strengths[node]
        inner, every = _look(level, weight, label, node, near)
        stays = inner - cost * (total[home] - strengths[node])
        target[i] = home
        if stays >= every - inner:  # all others together do not pull more
            continue
        n_near = 0
        for k in range(bounds[node], bounds[node + 1]):
            there = near[
                k - bounds[node]
            ]  # without a branch, as where nodes move singly
            so_far = weight_to[there]
            near[n_near] = there
            n_near += so_far == 0.0
            weight_to[there] = so_far + (1.0 if weight is None else weight[k])
        gain_of = stays + LEAST * strengths[node]
        for there in near[:n_near]:
            gain = weight_to[there] - cost * total[there]
            weight_to[there] = 0.0
            if gain > gain_of:  # never at home: that total counts the node itself
                target[i], gain_of = there, gain
        if gain_of < 0.0:  # better alone: left to the visits one by one
            queued[node] = True


@compiled
def _move(
    level: LevelGraph,
    weight: Amounts | None,
    stock: _Stock,
    batch: _Batch,
    stir: bool,
) -> float:
    """Move nodes where they gain most, if that still is a gain; the sum of gains.

    Where *stir*, neighbours elsewhere of moved nodes are queued.
    """
    bounds, columns, _, strengths = level
    label, total, queued, null_cost = stock
    nodes, target = batch
    gained = 0.0
    for i in range(len(nodes)):
        node, best = nodes[i], target[i]
        home, strength = label[node], strengths[node]
        if best == home:
            continue
        stays, gain_of = _weigh(level, weight, label, node, best)
        stays -= null_cost * strength * (total[home] - strength)
        gain_of -= null_cost * strength * total[best]
        if gain_of <= stays + LEAST * strength:
            queued[node] = True  # others were first; it may decide again
            continue
        gained += gain_of - stays
        label[node] = best
        total[home] -= strength
        total[best] += strength
        if stir:
            rouse(columns[bounds[node] : bounds[node + 1]], label, best, queued)
    return gained


@compiled
def rouse(
    row: NDArray[np.int32],
    label: NDArray[np.int32],
    here: np.int32,
    queued: NDArray[np.bool_],
) -> None:
    """Have those of a row visited that are in other communities than *here*."""
    for other in row:
        queued[other] |= label[other] != here


@compiled
def _look(
    level: LevelGraph,
    weight: Amounts | None,
    label: NDArray[np.int32],
    node: int,
    near: NDArray[np.int32],
) -> tuple[float, float]:
    """List the communities of neighbours; weight of the ties at home, and of all."""
    home, begin, end = label[node], level.bounds[node], level.bounds[node + 1]
    if weight is None:
        count = 0  # in integers, so that several are compared at once
        for k in range(begin, end):
            near[k - begin] = label[level.columns[k]]
            count += near[k - begin] == home
        return float(count), float(end - begin)
    inner, every = 0.0, 0.0
    for k in range(begin, end):
        near[k - begin] = label[level.columns[k]]
        inner += weight[k] if near[k - begin] == home else 0.0
        every += weight[k]
    return inner, every


@compiled
def _weigh(
    level: LevelGraph,
    weight: Amounts | None,
    label: NDArray[np.int32],
    node: int,
    best: int,
) -> tuple[float, float]:
    """Weight of a node's ties at home, and of those to another community."""
    home, begin, end = label[node], level.bounds[node], level.bounds[node + 1]
    if weight is None:
        at_home, at_best = 0, 0
        for k in range(begin, end):
            at_home += label[level.columns[k]] == home
            at_best += label[level.columns[k]] == best
        return float(at_home), float(at_best)
    stays, gain_of = 0.0, 0.0
    for k in range(begin, end):
        stays += weight[k] if label[level.columns[k]] == home else 0.0
        gain_of += weight[k] if label[level.columns[k]] == best else 0.0
    return stays, gain_of
