"""What fake accounts would buy."""

from __future__ import annotations

import numpy as np

from hcpgraph.ranking import Weights
from hcpgraph.ranking.explain.fake_accounts import bought, with_fakes

DAY = 86_400
SOURCES = range(1, 11)
# distinct accounts: 20 has ten, 21 four, 22 one
ROWS = [
    *((source, 20, "mention", source * DAY) for source in SOURCES),
    *((source, 21, "mention", source * DAY) for source in range(1, 5)),
    (1, 22, "mention", 11 * DAY),
]


def test_no_fakes_are_the_ranks_as_they_are(make_case):
    """The first row is what all others are held against."""
    for place, person in enumerate((20, 21, 22), start=1):
        first = bought(make_case(ROWS, person, hidden=SOURCES,
                                 weights=Weights({"listeners": 1.0})))[0]  # fmt: skip

        assert (first.count, first.score, first.in_degree) == (0, place, place)


def test_fakes_count_once_each_in_degree(make_case):
    """22 has one account: five more pass 21 with its four, twenty pass all."""
    case = make_case(ROWS, 22, hidden=SOURCES, weights=Weights({"listeners": 1.0}))

    found = bought(case)

    assert [one.count for one in found] == [0, 1, 5, 20, 100]
    assert [one.in_degree for one in found] == [3, 3, 2, 1, 1]
    assert [one.score for one in found] == [3, 3, 2, 1, 1]


def test_fakes_are_really_in_the_record(make_case):
    """New accounts, unlisted, with one tie each at the last moment."""
    case = make_case(ROWS, 22, hidden=SOURCES)

    ties, accounts = with_fakes(case, 3)

    added = ties.where(ties.source > 22)
    assert added.source.tolist() == [23, 24, 25]
    assert set(added.target.tolist()) == {22}
    assert set(added.at.tolist()) == {11 * DAY}
    assert not accounts.listable[np.isin(accounts.account, added.source)].any()


def test_more_fakes_never_harm(make_case):
    """No rule punishes attention, so ranks only rise."""
    found = bought(make_case(ROWS, 22, hidden=SOURCES))

    for rule in ("score", "in_degree", "pagerank"):
        ranks = [getattr(one, rule) for one in found]
        assert ranks == sorted(ranks, reverse=True)
