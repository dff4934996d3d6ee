"""The Leiden algorithm: communities of maximal modularity."""

from __future__ import annotations

from hashlib import blake2b
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hcpgraph import memo
from hcpgraph.communities.level_graph import LARGE, LevelGraph, group, runs
from hcpgraph.communities.local_moving import move_nodes
from hcpgraph.communities.refinement import refine
from hcpgraph.compiled import compiled, parallel_map
from hcpgraph.graph.partition import connected_labels, make_partition, modularity
from hcpgraph.graph.rows import alike, joined, row_of_each, row_totals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.communities.level_graph import Amounts, NodeGroups
    from hcpgraph.graph import Graph
    from hcpgraph.model.scores import Partition


_SMALL = 500_000  # ties; up to there, several starts and more patience cost little
_STARTS = 4
_PATIENT, _BRISK = 1e-5, 1e-4  # gains in modularity that are not worth another round
_SWEEPS = 10  # at most: without communities to find, each finds a little more
_RUN = 32  # nodes visited side by side


def leiden(graph: Graph, *, resolution: float = 1.0, seed: int = 0) -> Partition:
    """The Leiden algorithm: communities of maximal modularity.

    Maximises modularity on the undirected form, weights included, by the Leiden
    algorithm [1]. A sweep moves nodes between communities, takes the communities
    apart into well-connected parts, and goes on with the parts as nodes until
    none merge. There are up to 10 sweeps, and none after one whose moves of parts gain
    less than 0.0001. Up to half a million ties there are four starts side by side,
    each swept until a whole sweep gains less than 0.00001, and the best is kept.
    Accounts without ties are communities of their own.

    From half a million ties on, each step runs on all cores. As in other parallel
    forms of Louvain and Leiden [2, 3], nodes then choose their communities at the
    same time, but a batch of them at a time, and the moves are made in turn, none
    that would lower modularity. Communities are taken apart each by itself.

    Args:
        graph: read in its undirected form.
        resolution: above 0; more gives smaller communities.
        seed: of the random order in which nodes move. Other seeds give other,
            about equally good partitions.

    Returns:
        A partition whose communities are each connected. The same graph and seed
        give the same labels, whatever the number of threads.

    Raises:
        ValueError: if *resolution* is not positive and finite.

    >>> from hcpgraph.graph import Graph
    >>> two = Graph.from_edges([1, 2, 3, 4, 5, 6, 1], [2, 3, 1, 5, 6, 4, 4])
    >>> leiden(two).label.tolist()
    [0, 0, 0, 1, 1, 1]

    References:
        [1] Traag, Waltman and van Eck (2019), "From Louvain to Leiden:
            guaranteeing well-connected communities", Scientific Reports 9, 5233,
            doi:10.1038/s41598-019-41695-z.
        [2] Staudt and Meyerhenke (2016), "Engineering parallel algorithms for
            community detection in massive networks", IEEE Transactions on Parallel
            and Distributed Systems 27, 171-184, doi:10.1109/TPDS.2015.2390633.
        [3] Sahu (2023), "GVE-Leiden: fast Leiden algorithm for community detection
            in shared memory setting", arXiv:2312.13936.
    """
    if not (isfinite(resolution) and resolution > 0):
        raise ValueError(f"resolution must be above 0 and finite, got {resolution}")
    label = _found_once(graph, resolution, seed)
    params = {"resolution": resolution, "seed": seed}
    return make_partition("leiden", graph, label, params)


def _found_once(graph: Graph, resolution: float, seed: int) -> NDArray[np.int32]:
    """The labels, searched once for each graph where somebody keeps them."""

    def search() -> NDArray[np.int32]:
        label = _best_of_starts(graph, resolution, seed)
        label.setflags(write=False)
        return label

    if graph.n_edges > 2 * _SMALL:
        return search()  # too large to be held, and to be told apart in passing
    digest = blake2b(graph.indptr.tobytes())
    digest.update(graph.indices.tobytes())
    if graph.weight is not None:
        digest.update(graph.weight.tobytes())
    key = ("leiden", digest.digest(), resolution, seed)
    return memo.once(key, search, rows=len)


def _best_of_starts(graph: Graph, resolution: float, seed: int) -> NDArray[np.int32]:
    """Labels of the start that ends best, the first of equally good ones."""
    if not graph.n_edges:
        return np.arange(graph.n_nodes, dtype=np.int32)
    flat = _flat(graph)
    if len(flat.columns) > 2 * _SMALL:  # each tie is there twice
        return _optimise(flat, resolution, np.random.default_rng(seed), thorough=False)

    def start(rng: np.random.Generator) -> tuple[NDArray[np.int32], float]:
        label = _optimise(flat, resolution, rng, thorough=True)
        return label, modularity(graph, label, resolution=resolution) or 0.0

    found = parallel_map(start, np.random.default_rng(seed).spawn(_STARTS))
    return max(found, key=lambda start: start[1])[0]


def _flat(graph: Graph) -> LevelGraph:
    """The undirected form of a graph as the lowest level.

    Where a tie counts for two if it is returned and no other weights differ, a large
    graph has it twice: ties without weights are counted, not added up.
    """
    large = graph.n_edges > LARGE
    if large and graph.weight is not None and alike(graph.weight):
        bounds, columns = joined(graph.indptr, graph.indices)
        return LevelGraph(bounds, columns, None, row_totals(bounds, None))
    both = graph.undirected()
    weight: Amounts | None = both.weight
    if both.n_edges < LARGE:
        # counting, and half the memory, are faster; but they are compiled apart
        weight = np.ones(both.n_edges) if weight is None else weight.astype(np.float64)
    strength = row_totals(both.indptr, both.weight)
    return LevelGraph(both.indptr, both.indices, weight, strength)


def _optimise(
    flat: LevelGraph, resolution: float, rng: np.random.Generator, *, thorough: bool
) -> NDArray[np.int32]:
    """Sweep until that gains too little; labels of connected communities."""
    weight = flat.strength.sum() / 2
    enough = weight * (_PATIENT if thorough else _BRISK)
    terms = resolution / (2 * weight), enough
    label = np.arange(len(flat.strength), dtype=np.int32)
    for _ in range(_SWEEPS):
        swept, by_nodes, by_parts = _sweep(flat, label, terms, rng)
        if by_nodes + by_parts <= enough:
            break  # and leave what the moves of this sweep may have disconnected
        label = swept
        if by_parts <= enough and not thorough:
            break  # as no node moves any more, where another sweep would begin
    return label


def _sweep(
    flat: LevelGraph,
    label: NDArray[np.int32],
    terms: tuple[float, float],
    rng: np.random.Generator,
) -> tuple[NDArray[np.int32], float, float]:
    """Improve labels level by level, nodes first, then ever larger parts.

    Every node of a higher level is connected below, so communities are connected
    if they are so on the highest. A sweep whose first level gains too little ends
    there.

    Returns:
        New labels, and the sums of what moves of nodes and of parts gained.
    """
    null_cost, enough = terms
    level, label = flat, label.copy()
    where = np.arange(len(label), dtype=np.int32)  # each account is on this level
    by_nodes, by_parts = 0.0, 0.0
    while True:
        order = _order(len(label), rng)
        gained = move_nodes(level, label, order, terms)
        if level is flat:
            by_nodes = gained
            if gained <= enough:
                return label, gained, 0.0
        else:
            by_parts += gained
        place, community = number_parts(refine(level, label, order, null_cost), label)
        if len(community) == len(label):
            return _connected(level, label)[where], by_nodes, by_parts
        level, label = aggregate(level, place, len(community)), community
        where = place[where]


def _order(n_nodes: int, rng: np.random.Generator) -> NDArray[np.int32]:
    """Every node once, in shuffled runs of consecutive nodes, shape (n_nodes,).

    Rows that lie side by side in memory are read several times faster than rows
    here and there; in small networks, where that does not show, runs are short.
    """
    length = min(_RUN, n_nodes // 1000)
    if length < 2:
        return rng.permutation(n_nodes).astype(np.int32)
    first = rng.permutation(-(-n_nodes // length)) * length
    order = (first[:, None] + np.arange(length)).ravel()
    return order[order < n_nodes].astype(np.int32)


def _connected(level: LevelGraph, label: NDArray[np.int32]) -> NDArray[np.int32]:
    """Split what ties within a community do not hold together."""
    source = row_of_each(level.bounds)
    inner = label[source] == label[level.columns]
    return connected_labels(len(label), source[inner], level.columns[inner])


class _AggregatedRows(NamedTuple):
    """Consecutive rows: how long each is, and all columns and weights."""

    length: NDArray[np.int64]
    columns: NDArray[np.int32]
    weight: NDArray[np.float64]


def aggregate(level: LevelGraph, place: NDArray[np.int32], n_parts: int) -> LevelGraph:
    """Aggregation: nodes are the parts, and ties between two become one, of their sum.

    Ties within a part are left out, but stay in its strength.

    Args:
        level: the network.
        place: part of each node, shape (n,), in [0, n_parts).
        n_parts: how many.
    """
    groups = group(place, np.arange(len(place), dtype=np.int32), n_parts)

    def merge(run: tuple[int, int]) -> _AggregatedRows:
        members = groups.members[groups.starts[run[0]] : groups.starts[run[1]]]
        most = int((level.bounds[members + 1] - level.bounds[members]).sum())
        # numpy's pages are large, which is quicker for space of which little is used
        space = np.empty(most + 1, np.int32), np.empty(most + 1)
        return _AggregatedRows(
            *_merge_rows(level, level.weight, (place, groups), run, space)
        )

    # no name for the list: it would hold the pieces that are to be let go
    merged = _stack(dict(enumerate(parallel_map(merge, runs(level, groups)))))
    bounds = np.zeros(n_parts + 1, np.int64)
    np.cumsum(merged.length, out=bounds[1:])
    strength = np.bincount(place, level.strength, n_parts).astype(np.float64)
    return LevelGraph(bounds, merged.columns, merged.weight, strength)


def _stack(pieces: dict[int, _AggregatedRows]) -> _AggregatedRows:
    """All rows in one; each piece is let go once copied, so that few are held twice."""
    if len(pieces) == 1:
        (alone,) = pieces.values()
        return _AggregatedRows(alone.length, alone.columns.copy(), alone.weight.copy())
    length = np.concatenate([piece.length for piece in pieces.values()])
    ends = np.cumsum([len(piece.columns) for piece in pieces.values()])
    columns, weight = np.empty(ends[-1], np.int32), np.empty(ends[-1])

    def copy(i: int) -> None:
        piece = pieces.pop(i)
        here = slice(ends[i] - len(piece.columns), ends[i])
        columns[here], weight[here] = piece.columns, piece.weight

    parallel_map(copy, range(len(pieces)))
    return _AggregatedRows(length, columns, weight)


@compiled
def number_parts(
    part: NDArray[np.int32], label: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Number parts from 0, those of one community in a row.

    Args:
        part: of each node, shape (n,): one of its members, who is its own part.
        label: community of each node, shape (n,).

    Returns:
        The number of each node's part, shape (n,), and the community of each part,
        from 0, shape (n_parts,).
    """
    count = np.zeros(len(part), np.int32)  # of the parts of each community
    for node in range(len(part)):
        count[label[node]] += part[node] == node
    community = np.empty(count.sum(), np.int32)
    n_parts, n_communities = 0, 0
    for here in range(len(count)):
        size = count[here]
        count[here] = n_parts  # from now on the number of its next part
        community[n_parts : n_parts + size] = n_communities
        n_parts += size
        n_communities += size > 0
    head = np.empty(len(part), np.int32)  # the number of the part that each heads
    for node in range(len(part)):
        if part[node] == node:
            head[node] = count[label[node]]
            count[label[node]] += 1
    return head[part], community


@compiled
def _merge_rows(
    level: LevelGraph,
    weight: Amounts | None,
    parts: tuple[NDArray[np.int32], NodeGroups],
    run: tuple[int, int],
    space: tuple[NDArray[np.int32], NDArray[np.float64]],
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
    """The rows of a run of parts: lengths, columns, weights."""
    bounds, columns, _, _ = level
    place, (starts, members) = parts
    others, sums = space
    first, end = run
    length = np.empty(end - first, np.int64)
    weight_to = np.zeros(len(starts) - 1)
    size = 0
    for here in range(first, end):
        before, last = size, size
        for node in members[starts[here] : starts[here + 1]]:
            for k in range(bounds[node], bounds[node + 1]):
                there = place[columns[k]]
                so_far = weight_to[there]
                others[last] = there  # kept only if it is new, without a branch
                last += so_far == 0.0
                weight_to[there] = so_far + (1.0 if weight is None else weight[k])
        for there in others[before:last]:
            others[size] = there
            sums[size] = weight_to[there]
            size += there != here
            weight_to[there] = 0.0
        length[here - first] = size - before
    return length, others[:size], sums[:size]
