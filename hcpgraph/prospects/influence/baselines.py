"""Baseline choices of seeds.

All return positions in the order of choosing; equal values go to the lower position.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.measures import in_degree, voterank
from hcpgraph.prospects.influence.simulation import simulate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.prospects.influence.probabilities import InfluenceProbabilities


def by_in_degree(graph: Graph, budget: int) -> NDArray[np.intp]:
    """In-degree: the accounts of highest in-degree.

    >>> from hcpgraph.graph import Graph
    >>> by_in_degree(Graph.from_edges([1, 2, 3], [3, 3, 1]), 2).tolist()
    [2, 0]
    """
    return in_degree(graph).order()[:budget]


def by_votes(graph: Graph, budget: int) -> NDArray[np.intp]:
    """VoteRank: the accounts elected first; see ``measures.voterank``."""
    return voterank(graph).order()[:budget]


def by_degree_discount(
    graph: Graph, budget: int, *, probability: float = 0.01
) -> NDArray[np.intp]:
    """Degree discount: in-degree less the overlap with earlier choices [1].

    An account of in-degree d with t out-neighbours among the chosen counts
    d - 2 t - (d - t) t p: with some probability it is moved anyway.

    Args:
        graph: edges run from follower to followed.
        budget: how many to choose at most.
        probability: p, of influence along a tie, in (0, 1].

    Returns:
        Positions in the order of choosing.

    References:
        [1] Chen, Wang and Yang (2009), "Efficient influence maximization in social
            networks", KDD. doi:10.1145/1557019.1557047
    """
    readers = graph.transpose()
    degree = np.diff(readers.indptr).astype(np.float64)
    influence_of = np.zeros(graph.n_nodes)
    value = degree.copy()
    chosen = np.empty(min(budget, graph.n_nodes), np.intp)
    for at in range(len(chosen)):
        node = chosen[at] = int(np.argmax(value))
        reached = readers.indices[readers.indptr[node] : readers.indptr[node + 1]]
        influence_of[reached] += 1
        d, t = degree[reached], influence_of[reached]
        value[reached] = d - 2 * t - (d - t) * t * probability
        value[chosen[: at + 1]] = -np.inf
    return chosen


def by_simulation(
    probabilities: InfluenceProbabilities,
    budget: int,
    *,
    cascades: int = 1_000,
    model: str = "ic",
    seed: int = 0,
) -> NDArray[np.intp]:
    """Greedy choice by simulated cascades (CELF); for small graphs.

    Gains only shrink as others are chosen, so that only the candidate on top is
    simulated again [1]; up to the noise of simulation.

    Args:
        probabilities: the influence probabilities.
        budget: how many to choose at most.
        cascades: simulations for each group; all groups see the same random numbers.
        model: ``"ic"`` or ``"lt"``.
        seed: of the cascades.

    Returns:
        Positions in the order of choosing.

    References:
        [1] Leskovec et al. (2007), "Cost-effective outbreak detection in networks",
            KDD. doi:10.1145/1281192.1281239
    """
    chosen: list[int] = []
    reached = 0.0

    def spread_with(node: int) -> float:
        group = [*chosen, node]
        found = simulate(
            probabilities, group, cascades=cascades, model=model, seed=seed
        )
        return found.mean

    # the gain last seen, whom of, and among how many chosen it was seen
    heap = [(-spread_with(node), node, 0) for node in range(probabilities.n_nodes)]
    heapq.heapify(heap)
    while heap and len(chosen) < budget:
        gain, node, seen = heapq.heappop(heap)
        if seen < len(chosen):
            heapq.heappush(heap, (reached - spread_with(node), node, len(chosen)))
            continue
        chosen.append(node)
        reached -= gain
    return np.array(chosen, np.intp)
