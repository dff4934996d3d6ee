"""What would change a rank."""

from __future__ import annotations

import pytest

from hcpgraph.model.ties import NO_TIME
from hcpgraph.ranking import Weights
from hcpgraph.ranking.explain.gaps import gaps

COUNT = Weights({"listeners": 1.0, "followers": 1.0})
# distinct responders: 20 has five, 21 three, 22 one
ROWS = [
    *((source, 20, "mention", NO_TIME) for source in (1, 2, 3, 4, 5)),
    *((source, 21, "mention", NO_TIME) for source in (1, 2, 3)),
    (1, 22, "mention", NO_TIME),
]
SOURCES = range(1, 6)


def test_the_fewest_accounts_are_found_on_the_score_itself(make_case):
    """21 equals 20 with two more, and passes with three; 22 needs the same."""
    above, below = gaps(make_case(ROWS, 21, weights=COUNT, hidden=SOURCES))

    assert (above.neighbour, above.upward, above.count, above.rank) == (20, True, 3, 1)
    assert (below.neighbour, below.upward, below.count, below.rank) == (22, False, 3, 2)
    assert above.score == pytest.approx(0.584963, abs=1e-6)
    assert above.layer == "mention"


def test_equal_scores_go_by_account_as_in_the_list(make_case):
    """20 is passed when outnumbered; the lower account needs but to draw level."""
    (below,) = gaps(make_case(ROWS, 20, weights=COUNT, hidden=SOURCES))
    rows = [
        (source, {20: 23}.get(target, target), *rest) for source, target, *rest in ROWS
    ]
    above, _ = gaps(make_case(rows, 21, weights=COUNT, hidden=SOURCES))

    assert below.count == 3
    assert above.count == 2


def test_a_study_of_follows_asks_for_followers(make_case):
    """Nobody mentions anyone here, so a mention would be no fair comparison."""
    rows = [(source, target, "follow") for source, target, *_ in ROWS]

    above, _ = gaps(make_case(rows, 21, weights=COUNT, hidden=SOURCES))

    assert (above.layer, above.count) == ("follow", 3)


def test_no_number_is_said_to_do_where_none_does(make_case):
    """More responders move nobody where only followers count."""
    rows = [*ROWS, (6, 20, "follow"), (7, 20, "follow")]

    above, _ = gaps(
        make_case(rows, 21, weights=Weights({"followers": 1.0}), hidden=SOURCES)
    )

    assert above.count is None


def test_someone_listed_alone_has_no_neighbours(make_case):
    """There is nobody to pass."""
    assert gaps(make_case([(1, 9, "mention", 5)], 9, hidden=(1,))) == ()
