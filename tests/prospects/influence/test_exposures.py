"""What could be seen is counted from when it could be seen."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.model.ties import Accounts
from hcpgraph.prospects.influence.exposures import exposures
from hcpgraph.ranking.record.incoming_edges import everyone, fold


@pytest.fixture
def count(make_ties):
    """Responses and posts by (source, target), as many as there were."""

    def counted(rows, posts=None):
        ties = make_ties(rows)
        among = everyone(ties)
        n = len(among)
        accounts = Accounts(
            account=among,
            role=np.zeros(n, np.int8),
            listable=np.ones(n, np.bool_),
            followers=np.full(n, -1, np.int64),
            posts=np.array([(posts or {}).get(one, 0) for one in among.tolist()]),
        )
        pairs = fold(ties, DEFAULT_LAYERS)
        seen = exposures(ties, accounts, pairs, layers=DEFAULT_LAYERS, half_life=0.5)
        keys = zip(
            among[pairs.source].tolist(), among[pairs.target].tolist(), strict=True
        )
        rows = zip(seen.responses.tolist(), seen.posts.tolist(), strict=True)
        return {
            key: tuple(zip(*row, strict=True))
            for key, row in zip(keys, rows, strict=True)
        }

    return counted


def spoken(times, author=0, first=0):
    return [(author, 9, "mention", at, first + i) for i, at in enumerate(times)]


def test_posts_and_responses_are_counted_once(count):
    """A post that names two is one post; an act in two layers is one response."""
    rows = [(0, 8, "mention", 1, 1), (0, 9, "mention", 1, 1), (0, 9, "quote", 5, 2)]
    rows += [(1, 0, "reply", 6, 3), (1, 0, "mention", 6, 3), (1, 0, "repost", 7, 4)]

    found = count(rows)

    (responses, posts), left = found[1, 0]
    assert (responses, posts) == (2, 2)
    assert 0 < left[0] < 2


def test_what_is_passed_on_is_no_post(count):
    """Who reposts others all day is not responded to for that."""
    rows = [*spoken([1, 2]), *((0, 9, "repost", 3 + i, 50 + i) for i in range(9))]

    assert count([*rows, (1, 0, "follow")])[1, 0][0] == (0, 2)


@pytest.mark.parametrize(("since", "posts"), [(0, 4), (25, 2), (90, 0)])
def test_a_follow_exposes_from_its_time_on(count, since, posts):
    """Posts before a follow were not seen."""
    rows = [*spoken([10, 20, 30, 40]), (1, 0, "follow", since)]

    assert count(rows)[1, 0][0] == (0, pytest.approx(posts))


def test_a_response_shows_that_something_was_seen(count):
    """Who answers before following saw what came from then on; an undated tie, all."""
    rows = [*spoken([10, 20, 30, 40]), (1, 0, "reply", 20, 99), (1, 0, "follow", 35)]

    early = count(rows)[1, 0][0]
    undated = count([*rows, (1, 0, "follow")])[1, 0][0]

    assert early[0] == 1
    assert 2 <= early[1] < 4
    assert undated == (1, 4)


def test_posts_without_ties_count_too(count):
    """Of ten posts two made a tie; the rest are spread over the record evenly."""
    rows = [*spoken([10, 40]), (1, 0, "follow"), (2, 0, "follow", 39)]

    found = count(rows, posts={0: 10})

    assert found[1, 0][0] == (0, 10)
    assert 1 <= found[2, 0][0][1] < 10
    assert 0 < found[1, 0][1][1] < 10


def test_an_account_wrote_what_was_responded_to(count):
    """Five answers to one of whom no post is known were to five posts."""
    rows = [(1, 0, "reply", i, i) for i in range(5)]

    assert count(rows)[1, 0][0] == (5, 5)
