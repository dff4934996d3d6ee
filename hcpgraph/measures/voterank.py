"""VoteRank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.compiled import compiled
from hcpgraph.measures.base import register
from hcpgraph.model.scores import Scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph

    Rows = tuple[NDArray[np.int64], NDArray[np.int32]]


@register("voterank")
def voterank(graph: Graph) -> Scores:
    """VoteRank: the order in which accounts are elected by their in-neighbours.

    Everyone votes for all out-neighbours. The account with most votes is elected
    and votes no more, and the votes of its own voters lose 1 / (mean degree) of
    their worth, so that the next one elected has another audience [1]. Equal
    votes go to the lower id. Weights are not read.

    Returns:
        n for the first elected, n - 1 for the next, and so on; 0 for all who are
        left when no votes are.

    >>> from hcpgraph.graph import Graph
    >>> g = Graph.from_edges([1, 2, 3, 1, 2, 4], [7, 7, 7, 8, 8, 9])
    >>> voterank(g).top(2)  # 8 has two votes, but of those who elected 7
    [(7, 7.0), (9, 6.0)]

    References:
        [1] Zhang, Chen, Dong and Zhao (2016), "Identifying a set of influential
            spreaders in complex networks", Scientific Reports 6, 27823,
            doi:10.1038/srep27823.
    """
    voters = graph.transpose()
    elected = _elect((voters.indptr, voters.indices), (graph.indptr, graph.indices))
    value = np.zeros(graph.n_nodes)
    value[elected] = graph.n_nodes - np.arange(len(elected))
    return Scores("voterank", graph.ids, value)


@compiled
def _elect(incoming: Rows, outgoing: Rows) -> NDArray[np.int64]:
    """Positions in the order of their election.

    A vote is worth m at first and loses n at a time, instead of 1 and n / m:
    whole numbers, so that equal votes are exactly equal.
    """
    voter_ptr, voters = incoming
    n_nodes, full = len(voter_ptr) - 1, len(voters)
    worth = np.full(n_nodes, full, np.int64)
    votes = (voter_ptr[1:] - voter_ptr[:-1]) * full
    # a heap by the votes last seen; votes only fall, so its top is a candidate
    seen, heap, size = votes.copy(), np.arange(n_nodes), n_nodes
    for at in range(n_nodes // 2 - 1, -1, -1):
        _sink(heap, size, seen, at)
    elected = np.empty(n_nodes, np.int64)
    count = 0
    while size > 0 and seen[heap[0]] > 0:
        node = heap[0]
        if seen[node] == votes[node]:
            elected[count] = node
            count += 1
            _weaken(node, worth[node], worth, votes, outgoing)
            for k in range(voter_ptr[node], voter_ptr[node + 1]):
                _weaken(voters[k], n_nodes, worth, votes, outgoing)
            size -= 1
            heap[0] = heap[size]
        else:
            seen[node] = votes[node]
        _sink(heap, size, seen, 0)
    return elected[:count].copy()


@compiled
def _sink(heap: NDArray[np.int64], size: int, seen: NDArray[np.int64], at: int) -> None:
    """Let one entry sink below all with more votes, or as many and a lower id."""
    node = heap[at]
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and _precedes(heap[child + 1], heap[child], seen):
            child += 1
        if not _precedes(heap[child], node, seen):
            break
        heap[at] = heap[child]
        at = child
    heap[at] = node


@compiled
def _precedes(node: int, other: int, seen: NDArray[np.int64]) -> bool:
    return seen[node] > seen[other] or (seen[node] == seen[other] and node < other)


@compiled
def _weaken(
    node: int,
    loss: int,
    worth: NDArray[np.int64],
    votes: NDArray[np.int64],
    outgoing: Rows,
) -> None:
    """Take *loss*, or what is left, from all votes of *node*."""
    loss = min(loss, worth[node])
    if loss == 0:
        return
    worth[node] -= loss
    indptr, choices = outgoing
    for k in range(indptr[node], indptr[node + 1]):
        votes[choices[k]] -= loss
