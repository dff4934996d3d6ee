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
    """21 equals 20 with two more, and 22 equals 21 with two: equals share a rank."""
    above, below = gaps(make_case(ROWS, 21, weights=COUNT, hidden=SOURCES))

    assert (above.neighbour, above.upward, above.count, above.rank) == (20, True, 2, 1)
    assert (below.neighbour, below.upward, below.count, below.rank) == (22, False, 2, 2)
    assert (above.at, below.at) == (1, 3)
    assert above.score == pytest.approx(0.584963, abs=1e-6)
    assert above.layer == "mention"


def test_equal_scores_are_no_gap(make_case):
    """Neighbours are those with another score; equals hold the same rank already."""
    rows = [*ROWS, *((source, 23, "mention", NO_TIME) for source in (1, 2, 3))]

    for person in (21, 23):
        case = make_case(rows, person, weights=COUNT, hidden=SOURCES)
        above, below = gaps(case)

        assert (case.rank, case.sharing) == (2, 1)
        assert (above.neighbour, above.at, above.count) == (20, 1, 2)
        assert (below.neighbour, below.at, below.count) == (22, 4, 2)


def test_a_study_of_follows_asks_for_followers(make_case):
    """Nobody mentions anyone here, so a mention would be no fair comparison."""
    rows = [(source, target, "follow") for source, target, *_ in ROWS]

    above, _ = gaps(make_case(rows, 21, weights=COUNT, hidden=SOURCES))

    assert (above.layer, above.count) == ("follow", 2)


def test_no_number_is_said_to_do_where_none_does(make_case):
    """More responders move nobody where only followers count."""
    rows = [*ROWS, (6, 20, "follow"), (7, 20, "follow")]

    above, *_ = gaps(
        make_case(rows, 21, weights=Weights({"followers": 1.0}), hidden=SOURCES)
    )

    assert above.count is None


def test_someone_listed_alone_has_no_neighbours(make_case):
    """There is nobody to pass."""
    assert gaps(make_case([(1, 9, "mention", 5)], 9, hidden=(1,))) == ()
