"""What anyone could count."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking.record.incoming_edges import responders
from hcpgraph.ranking.validation.baselines import baselines, simple_counts

ROWS = [
    (0, 3, "mention", 0),
    (0, 3, "mention", 10),
    (1, 3, "reply", 20),
    (2, 4, "repost", 60),
    (3, 4, "quote", 90),
    (4, 4, "mention", 90),
    (0, 4, "mention_in_repost", 90),
]


def test_counts_are_what_their_names_say(make_ties):
    """Distinct accounts and responses; not oneself, not layers that do not count."""
    found = simple_counts(make_ties(ROWS), DEFAULT_LAYERS)

    assert found["in-degree, distinct"].tolist() == [0, 0, 0, 2, 2]
    assert found["in-degree, weighted"].tolist() == [0, 0, 0, 3, 2]
    assert found["persistence"].tolist() == [0, 0, 0, 0, 2]
    # halved each 30 s; the two fading mentions of one account add up
    old = 0.5**3 + 0.5 ** (80 / 30) + 0.5 ** (70 / 30)
    new = 0.5 ** (30 / 30) + 1.0
    assert found["in-degree, recent"] == pytest.approx([0, 0, 0, old, new])
    own = np.log1p([2, 1, 1, 1, 0])
    assert found["recent x activity"] == pytest.approx(found["in-degree, recent"] * own)
    assert "followers" not in found


def test_one_admirer_is_one_voice_at_most(make_ties):
    """Whoever responds all day long counts once among the recent."""
    rows = [(0, 1, "mention", at) for at in range(100)]

    found = simple_counts(make_ties(rows), DEFAULT_LAYERS)

    assert found["in-degree, recent"].tolist() == [0, 1]
    assert found["in-degree, weighted"].tolist() == [0, 100]


def test_followers_are_counted_where_there_are_any(make_ties):
    """Standing ties are no responses, and responses no standing ties."""
    rows = [*ROWS, (0, 1, "follow"), (2, 1, "connection"), (2, 1, "follow")]

    found = simple_counts(make_ties(rows), DEFAULT_LAYERS)

    assert found["followers"].tolist() == [0, 2, 0, 0, 0]
    assert found["in-degree, distinct"].tolist() == [0, 0, 0, 2, 2]


def test_the_order_of_the_ties_leaves_no_trace(make_ties):
    """The same ties in another order give the same bytes."""
    rng = np.random.default_rng(3)
    rows = [
        (int(s), int(t), "mention", int(at))
        for s, t, at in zip(*rng.integers(0, (30, 30, 999), (400, 3)).T, strict=True)
    ]
    shuffled = [rows[i] for i in rng.permutation(len(rows))]

    one, other = (simple_counts(make_ties(r), DEFAULT_LAYERS) for r in (rows, shuffled))

    assert all(np.array_equal(one[name], other[name]) for name in one)


def test_acts_without_a_time_are_neither_new_nor_old(make_ties):
    """They count as the average of a record would, and are never the last period."""
    rows = [(0, 1, "mention", 0), (0, 2, "mention", 30), (0, 3, "mention")]

    found = simple_counts(make_ties(rows), DEFAULT_LAYERS)

    old, new, undated = found["in-degree, recent"][1:]
    assert old < undated < new
    assert found["persistence"][3] == 0


def test_pagerank_stands_beside_the_counts(make_ties, measure):
    """The field's habit, of all ties that count; none where none does."""
    found = baselines(make_ties(ROWS), DEFAULT_LAYERS, measure=measure)
    nothing = baselines(make_ties([]), DEFAULT_LAYERS, measure=measure)

    assert found["PageRank"].sum() == pytest.approx(1.0)
    assert "PageRank" not in nothing
    assert nothing["in-degree, recent"].tolist() == []


def test_responders_are_looked_up_among_those_asked_for(make_ties):
    """Accounts that are not asked for are left out."""
    ties = make_ties(ROWS)

    found = responders(ties, ties.source != ties.target, np.array([0, 4], np.int32))

    assert found.tolist() == [0, 3]
