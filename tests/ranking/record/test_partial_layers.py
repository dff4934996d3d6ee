"""A layer known for some people only is told from a complete one."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.layer_counts import LayerCounts
from hcpgraph.ranking.record.partial_layers import natural_zeros, partial_layer

RNG = np.random.default_rng
PEOPLE = np.arange(400, dtype=np.int32)


def counted(seed, *, responses=True, deleted=0.0, middle=2.5):
    """Followers and responders of 400 people, the lists of some deleted."""
    rng = np.random.default_rng(seed)
    listed = rng.poisson(np.exp(rng.normal(middle, 1.0, 400)))
    listed[rng.random(400) < deleted] = 0
    responders = rng.poisson(np.exp(rng.normal(1.5, 1.0, 400))) * responses
    return LayerCounts(PEOPLE, listed, responders)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("responses", [True, False])
@pytest.mark.parametrize("middle", [0.0, 1.0, 2.5])
def test_a_complete_layer_is_complete(seed, responses, middle):
    """Natural zeros, also many of them, are no missing lists."""
    assert partial_layer("follow", counted(seed, responses=responses, middle=middle),
                         PEOPLE) is None  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("responses", [True, False])
@pytest.mark.parametrize("deleted", [0.3, 0.5, 0.8, 0.95])
def test_deleted_lists_are_noticed(seed, responses, deleted):
    """Whoever has followers is known, and nobody else; it counts only alone."""
    counts = counted(seed, responses=responses, deleted=deleted)

    found = partial_layer("follow", counts, PEOPLE, active=PEOPLE)

    assert found is not None
    assert found.known.tolist() == np.flatnonzero(counts.listed).tolist()
    assert found.left_out is responses


def test_two_pages_among_hundreds_of_people():
    """The usual case: two follower pages, everyone else unknown."""
    listed = np.zeros(400, np.int64)
    listed[[3, 9]] = 120, 80

    found = partial_layer(
        "follow", LayerCounts(PEOPLE, listed, counted(1).responders), PEOPLE
    )

    assert found is not None
    assert found.known.tolist() == [3, 9]
    assert found.is_known(np.array([2, 9], np.int32)).tolist() == [False, True]


def test_a_study_without_lists_lacks_nothing():
    """No follower at all: the layer is absent, not partial."""
    empty = LayerCounts(PEOPLE, np.zeros(400, np.int64), counted(1).responders)

    assert partial_layer("follow", empty, PEOPLE) is None


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("Poisson", RNG(1).poisson(2.0, 2_000)),
        ("negative binomial", RNG(2).poisson(RNG(3).gamma(1.0, 5.0, 2_000))),
        ("lognormal, many", RNG(4).poisson(np.exp(RNG(5).normal(2.5, 1.0, 2_000)))),
        ("lognormal, few", RNG(6).poisson(np.exp(RNG(7).normal(0.6, 1.0, 2_000)))),
        ("lognormal, wide", RNG(8).poisson(np.exp(RNG(9).normal(1.5, 1.5, 2_000)))),
    ],
)
def test_zeros_of_known_distributions_are_found(name, counts):
    """Whatever the distribution, from positive counts alone, within .06."""
    found = natural_zeros(counts[counts > 0])

    assert found == pytest.approx((counts == 0).mean(), abs=0.06), name


def test_two_long_lists_leave_no_room_for_zeros():
    """Two lists of hundreds do not come from a distribution with many zeros."""
    assert natural_zeros(np.array([150, 300])) < 0.01
