"""How well a ranking foretells attention, beside rankings anyone could make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from hcpgraph.graph import Graph
from hcpgraph.measures import pagerank
from hcpgraph.ranking import everyone

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.ranking import Past
    from tests.validation.records import Cut

LARGE = 10_000  # accounts from which the first hundred are judged, not twenty


def ndcg(score: NDArray[np.float64], past: Past) -> float:
    """NDCG of the first 20 or 100 with gain log2(1 + later); equals in five orders."""
    k = 100 if len(score) > LARGE else 20
    discount = np.log2(np.arange(2, min(k, len(score)) + 2))
    ideal = (np.sort(past.truth)[::-1][:k] / discount).sum()
    rng, found = np.random.default_rng(0), []
    for _ in range(5):
        top = np.lexsort((rng.random(len(score)), -score))[:k]
        found.append((past.truth[top] / discount).sum() / ideal)
    return float(np.mean(found))


def places(standings: Scored, past: Past) -> NDArray[np.float64]:
    """The order of a list as a score, for everyone in the order of *past*."""
    score = np.zeros(len(past.table))
    rows = np.searchsorted(past.table.account, standings.account)
    score[rows] = 1.0 / np.arange(1, len(standings) + 1)
    return score


def baselines(cut: Cut) -> dict[str, NDArray[np.float64]]:
    """Plain counts of every tie in the past, passed-on mentions included."""
    among, past = everyone(cut.past), cut.past
    n = len(among)
    source = np.searchsorted(among, past.source)
    target = np.searchsorted(among, past.target)
    weight = sparse.csr_array((np.ones(len(past)), (source, target)), shape=(n, n))
    span = max(cut.at - int(past.at.min()), 1)
    fresh = 0.5 ** ((cut.at - past.at) / (span / 3))
    late = sparse.csr_array((fresh, (source, target)), shape=(n, n))
    late.sum_duplicates()
    recent = np.minimum(late.data, 1.0)
    late = sparse.csr_array((recent, late.indices, late.indptr), shape=(n, n))
    heard = np.asarray(late.sum(axis=0)).ravel()
    own = np.asarray(weight.sum(axis=1)).ravel()
    return {
        "in-degree, distinct": np.asarray((weight > 0).sum(axis=0))
        .ravel()
        .astype(float),
        "in-degree, weighted": np.asarray(weight.sum(axis=0)).ravel(),
        "in-degree, recent": heard,
        "PageRank": pagerank(Graph.from_scipy(weight > 0)).value,
        "recent x own activity": heard * np.log1p(own),
    }
