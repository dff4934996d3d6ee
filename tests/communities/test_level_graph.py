"""Groups of nodes, and how refining and folding them is shared."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from scipy.sparse import csgraph

from hcpgraph.communities import level_graph as shared
from hcpgraph.communities.leiden import aggregate, number_parts
from hcpgraph.communities.level_graph import LevelGraph, group
from hcpgraph.communities.refinement import refine


@pytest.fixture(params=[1, 10**9], ids=["in runs", "in one go"])
def large(request, monkeypatch):
    """Levels that are cut into runs, and levels that are not."""
    monkeypatch.setattr(shared, "LARGE", request.param)


def a_level(*, weighted, n=2200, ties=8000):
    """A random network with 40 communities; the ties as a matrix, too."""
    rng = np.random.default_rng(0)
    source, target = rng.integers(0, n, (2, ties))
    near = target // 40 * 40 + source % 40
    target = np.where(rng.random(ties) < 0.5, near, target)
    one = sparse.coo_array((rng.random(ties), (source, target)), shape=(n, n))
    matrix = (one + one.T).tocsr()
    matrix.setdiag(0)
    matrix.eliminate_zeros()
    matrix.sort_indices()
    if not weighted:
        matrix.data[:] = 1
    level = LevelGraph(
        matrix.indptr.astype(np.int64),
        matrix.indices.astype(np.int32),
        matrix.data if weighted else None,
        matrix.sum(axis=1),
    )
    return level, matrix, (np.arange(n) % 40).astype(np.int32)


def test_groups_keep_the_order():
    """As a stable sort of the order by group does."""
    rng = np.random.default_rng(0)
    of = rng.integers(0, 50, 3000).astype(np.int32)
    order = rng.permutation(3000).astype(np.int32)

    starts, members = group(of, order, 60)

    assert members.tolist() == order[np.argsort(of[order], kind="stable")].tolist()
    assert np.diff(starts).tolist() == np.bincount(of, minlength=60).tolist()


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("weighted", [True, False])
def test_parts_are_connected_and_stay_within_communities(weighted):
    """Each is named by a member, and reached from there along its own ties."""
    level, matrix, label = a_level(weighted=weighted)
    order = np.random.default_rng(1).permutation(len(label)).astype(np.int32)

    part = refine(level, label, order, 1 / level.strength.sum())

    assert (label[part] == label).all()
    assert (part[part] == part).all()
    inner = matrix.tocoo()
    own = part[inner.row] == part[inner.col]
    ties = (inner.data[own], (inner.row[own], inner.col[own]))
    whole = sparse.coo_array(ties, shape=matrix.shape)
    pieces, _ = csgraph.connected_components(whole, directed=False)
    assert pieces == len(np.unique(part)) < len(label)


@pytest.mark.parametrize("weighted", [True, False])
def test_runs_leave_no_trace(weighted, monkeypatch):
    """Cut up or not, with any number of threads: the same parts, the same network."""
    level, _, label = a_level(weighted=weighted)
    order = np.random.default_rng(1).permutation(len(label)).astype(np.int32)
    found = set()
    for large, threads in ((10**9, "1"), (1, "1"), (1, "2"), (1, "5")):
        monkeypatch.setattr(shared, "LARGE", large)
        monkeypatch.setenv("HCPGRAPH_THREADS", threads)
        part = refine(level, label, order, 1 / level.strength.sum())
        place, community = number_parts(part, label)
        folded = aggregate(level, place, len(community))
        found.add((part.tobytes(), *(array.tobytes() for array in folded)))

    assert len(found) == 1


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("weighted", [True, False])
def test_folding_adds_up_ties(weighted):
    """As the matrix product with the indicator of parts does."""
    level, matrix, label = a_level(weighted=weighted)

    folded = aggregate(level, label, 40)

    indicator = np.eye(40)[label]
    expected = indicator.T @ matrix @ indicator
    np.fill_diagonal(expected, 0)
    parts = (folded.weight, folded.columns, folded.bounds)
    assert sparse.csr_array(parts).toarray() == pytest.approx(expected)
    assert folded.strength == pytest.approx(indicator.T @ level.strength)
