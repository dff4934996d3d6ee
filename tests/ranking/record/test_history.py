"""The past as it was known then, and what came after."""

from __future__ import annotations

import numpy as np

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking import splits


def history(ties, accounts, measure, **given):
    return splits(ties, accounts, layers=DEFAULT_LAYERS, measure=measure, **given)


def test_nothing_from_after_the_cut_is_known(make_ties, make_accounts, measure):
    """Changing the future changes the truth and no signal."""
    rows = [(i % 5, 5 + i % 3, "mention", i) for i in range(40)]
    other = [(s, 8 - (t - 5), kind, at) if at > 19 else (s, t, kind, at)
             for s, t, kind, at in rows]  # fmt: skip

    (one,), (changed,) = (
        history(make_ties(r), make_accounts(9), measure, points=[0.5])
        for r in (rows, other)
    )

    assert one.at == changed.at == 19
    assert np.array_equal(one.table.value, changed.table.value)
    assert not np.array_equal(one.later, changed.later)


def test_later_counts_accounts_that_respond(make_ties, make_accounts, measure):
    """Distinct accounts, by acts: not follows, not oneself, not passed-on mentions."""
    past = [(0, 1, "mention", 1), (1, 0, "mention", 2), (2, 3, "reply", 3)]
    rows = [
        *past,
        (2, 1, "reply", 10),
        (2, 1, "quote", 11),
        (3, 1, "mention", 12),
        (1, 1, "mention", 13),
        (0, 3, "follow", 14),
        (0, 2, "mention_in_repost", 15),
        (0, 4, "mention", 16),
    ]

    (found,) = history(make_ties(rows), make_accounts(5), measure, points=[0.4])

    assert found.at == 3
    assert found.table.account.tolist() == [0, 1, 2, 3]
    assert found.later.tolist() == [0, 2, 0, 0]
    assert found.truth.tolist() == [0, np.log2(3), 0, 0]


def test_todays_number_of_posts_is_not_used(make_ties, make_accounts, measure):
    """When posts without ties were written is not known, so the past has none."""
    rows = [(i % 4, 4, "mention", i) for i in range(10)]
    options = {"points": [0.5], "only": ["posts"]}

    (found,) = history(
        make_ties(rows), make_accounts(5, posts={4: 9}), measure, **options
    )

    assert found.table["posts"].tolist() == [0.0] * 5


def test_a_study_without_times_has_no_past(make_ties, make_accounts, measure):
    """Follows, nominations and undated acts cannot be cut; nor can one moment."""
    undated = make_ties([(0, 1, "follow"), (1, 2, "nomination"), (2, 0, "reply")])
    moment = make_ties([(0, 1, "mention", 5), (1, 0, "reply", 5)])

    assert history(undated, make_accounts(3), measure) == ()
    assert history(moment, make_accounts(3), measure) == ()
    assert history(make_ties([]), make_accounts(0), measure) == ()
