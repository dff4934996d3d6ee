"""Own acts count, as far as others respond."""

from __future__ import annotations

import pytest

ANSWERED = [(i, 0, "reply", 9) for i in range(1, 9)]  # eight listeners vouch for 16


@pytest.fixture
def own_posts(signals):
    """The posts that count for account 0, whom eight accounts answer."""

    def count(rows, posts=0, heard=ANSWERED):
        return signals("posts", [*heard, *rows], posts={0: posts})[0]

    return count


def test_a_post_that_names_five_is_one_act(own_posts):
    """Tagging people does not multiply what one says."""
    assert own_posts([(0, i, "mention", 9, 77) for i in range(1, 6)]) == 1.0


def test_without_post_numbers_a_second_is_one_act(own_posts):
    """What one account does in one second is one post; undated ties stay apart."""
    dated = [(0, 1, "mention", 9), (0, 2, "mention", 9)]
    undated = [(0, 1, "mention"), (0, 2, "mention")]

    assert own_posts(dated) == 1.0
    assert own_posts(undated) == 2.0


def test_passing_on_is_not_speaking(own_posts):
    """Reposts count nothing, also among the posts of the account."""
    reposts = [(0, i, "repost", 9, i) for i in range(1, 6)]

    assert own_posts(reposts, posts=5) == 0.0


def test_posts_that_made_no_tie_count(own_posts, signals):
    """A post that names nobody is an act, of unknown age."""
    assert own_posts([(0, 1, "mention", 9, 1)], posts=5) == 5.0
    fresh = signals("posts_lately", ANSWERED, posts={0: 4})[0]
    assert 0 < fresh < 2


def test_acts_count_up_to_twice_the_listeners(own_posts):
    """The loud whom nobody heeds have no activity that counts, whoever follows."""
    rows = [(0, 1, "mention", 9, post) for post in range(50)]
    bought = [(i, 0, "follow") for i in range(1, 9)]

    assert own_posts(rows) == 16.0
    assert own_posts(rows, heard=bought) == 0.0


def test_the_last_to_speak_spoke_last(signals):
    """Of two who are answered alike, the one who spoke just now counts whole."""
    heard = [(i, who, "reply", 50) for i in (2, 3, 4) for who in (0, 1)]
    rows = [(0, 2, "mention", 1), *heard, (1, 2, "mention", 60)]

    found = signals("last_spoken", rows)

    assert found[1] == 1.0
    assert 0 < found[0] < 0.1
    assert signals("last_spoken", [(0, 1, "mention")]) == {0: 0.0, 1: 0.0}


def test_a_speaker_without_times_is_neither_old_nor_new(signals):
    """Where others have times, the last of k undated posts has the age 1 / (k + 1)."""
    heard = [(i, 0, "reply", 50) for i in (2, 3, 4)]
    undated = [(0, 2, "mention"), (0, 3, "mention"), (0, 4, "mention")]

    found = signals("last_spoken", [*heard, *undated])[0]
    assert found == pytest.approx(2.0**-1.5, abs=1e-6)
    assert signals("last_spoken", heard)[0] == 0.0


def test_without_any_time_nobody_spoke_last(signals):
    """Recency is no signal of a study without times."""
    rows = [(i, 0, "reply") for i in (2, 3, 4)]

    assert signals("last_spoken", [*rows, (0, 2, "mention")])[0] == 0.0
