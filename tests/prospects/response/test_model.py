"""What pairs say of persons is bent to come true, and never turned round."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.prospects.response.model import TrainingSet, check, learn
from hcpgraph.prospects.response.pair_features import near_pairs, one_each, snapshot
from hcpgraph.ranking.record.incoming_edges import everyone


@pytest.fixture
def case(make_ties):
    """A moment of 80 people, and which pairs with six of them came true after."""
    rng = np.random.default_rng(0)
    rows = [(*rng.integers(0, 80, 2).tolist(), "reply", i) for i in range(500)]
    ties = make_ties(rows)
    n = len(everyone(ties))
    now = snapshot(ties, DEFAULT_LAYERS, everyone(ties), 10**9)
    chosen, home = one_each(np.arange(6), n), np.full(n, -1, np.int32)
    pairs = near_pairs(now, np.arange(n), chosen, home)
    odds = pairs.column("toward") + 0.3 * pairs.column("common") - 2.5
    came = (rng.random(odds.shape) < 1 / (1 + np.exp(-odds))) & ~pairs.is_one
    return TrainingSet(pairs, np.repeat([0, 1], 3), came)


def test_persons_are_summed_by_group(case):
    """Who responds to one of a group did, and members of a group do not count."""
    assert case.did.shape == case.counts.shape == (2, case.came.shape[1])
    assert (case.did[0] == case.came[:3].any(axis=0)).all()
    assert case.counts.sum(axis=1).tolist() == [case.came.shape[1] - 3] * 2
    assert not case.counts[0, :3].any()
    assert not case.counts[1, 3:6].any()


def test_independent_pairs_make_persons(case):
    """Unbent, a person responds to at least one of three with 1 - product(1 - p)."""
    model = learn(case, case)

    p = model.of_pairs(case.pairs)

    assert model.alone(case)[1] == pytest.approx(1 - (1 - p[3:]).prod(axis=0))
    assert (p[case.pairs.is_one] == 0).all()


def test_the_bend_makes_persons_come_true(case):
    """On the moment it was bent to, what is said on average is what was seen."""
    model = learn(case, case)

    said = model.of_persons(case)[case.counts].mean()

    assert said == pytest.approx(case.did[case.counts].mean(), rel=0.03)


def test_more_never_means_less(case):
    """Where the next moment says the opposite, probabilities grow level, not less."""
    upside = replace(case, came=~case.came & ~case.pairs.is_one)
    rare = np.random.default_rng(1).random(case.came.shape) < 0.1

    model = learn(case, replace(upside, came=upside.came & rare))

    order = np.argsort(model.alone(case).ravel())
    given = model.of_persons(case).ravel()[order]
    assert (np.diff(given) >= -1e-12).all()


def test_nothing_to_check_against(case):
    """When nobody responds, or everybody does, no figure is given."""
    model = learn(case, case)

    assert check(model, replace(case, came=np.zeros_like(case.came))) is None
    assert check(model, replace(case, came=~case.pairs.is_one)) is None
    assert check(model, case).auc() > 0.6
