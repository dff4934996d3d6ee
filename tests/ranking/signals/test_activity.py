"""Own acts count, as far as others listen."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.ranking.signals import activity


@pytest.fixture
def own_acts(make_ties, make_accounts):
    """Activity of account 0, with an audience of *heard*."""

    def count(rows, posts=0, heard=100.0):
        return activity(
            make_ties(rows),
            make_accounts(10, posts={0: posts}),
            among=np.arange(10, dtype=np.int32),
            heard=np.full(10, heard),
        )[0]

    return count


def test_a_post_that_names_five_is_one_act(own_acts):
    """Tagging people does not multiply what one says."""
    assert own_acts([(0, i, "mention", 9, 77) for i in range(1, 6)]) == 1.0


def test_without_post_numbers_a_second_is_one_act(own_acts):
    """What one account does in one second is one post; undated ties stay apart."""
    dated = [(0, 1, "mention", 9), (0, 2, "mention", 9)]
    undated = [(0, 1, "mention"), (0, 2, "mention")]

    assert own_acts(dated) == 1.0
    assert own_acts(undated) == 2.0


def test_passing_on_is_not_speaking(own_acts):
    """Reposts count nothing, also among the posts of the account."""
    reposts = [(0, i, "repost", 9, i) for i in range(1, 6)]

    assert own_acts(reposts, posts=5) == 0.0


def test_posts_that_made_no_tie_count_as_undated(own_acts):
    """A post that names nobody is an act of unknown age."""
    assert own_acts([(0, 1, "mention", 9, 1)], posts=5) == 1.0 + 4 * 0.25
    assert own_acts([(0, 1, "follow")], posts=5) == 5.0


def test_acts_count_up_to_twice_the_attention(own_acts):
    """The loud whom nobody heeds have no activity that counts."""
    rows = [(0, 1, "mention", 9, post) for post in range(50)]

    assert own_acts(rows, heard=3.0) == 6.0
    assert own_acts(rows, heard=0.0) == 0.0
