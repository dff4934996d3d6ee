"""What a score is made of."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.ranking.explain.decomposition import parts, signals

DAY = 86_400
ROWS = [
    *((source, 90, "mention", source * DAY) for source in (1, 2, 3)),
    *((source, 91, "follow") for source in (1, 2)),
    (1, 92, "mention", DAY),
    (90, 92, "reply", 4 * DAY),
]


def test_contributions_add_up_to_the_score(make_case):
    """And so do the signals beneath them."""
    case = make_case(ROWS, 90)

    assert tuple(part.name for part in parts(case)) == CONTRIBUTIONS
    assert sum(part.adds for part in parts(case)) == pytest.approx(case.score)
    assert sum(part.adds for part in signals(case)) == pytest.approx(case.score)


def test_medians_are_of_those_listed(make_case):
    """The three people, not the three who respond to them."""
    case = make_case(ROWS, 90, hidden=(1, 2, 3))

    responders_of = next(part for part in signals(case) if part.name == "listeners")

    assert (responders_of.value, responders_of.median) == (3.0, 2.0)
    reach = next(part for part in parts(case) if part.name == "reach")
    assert reach.median == np.median(case.listed.contribution["reach"])


def test_signals_stand_contribution_by_contribution(make_case):
    """In the order in which contributions are printed."""
    order = [CONTRIBUTIONS.index(part.family) for part in signals(make_case(ROWS, 90))]

    assert order == sorted(order)


def test_someone_who_is_not_listed_has_no_case(make_case):
    """There is no rank to explain."""
    with pytest.raises(ValueError, match="account 1 is not listed"):
        make_case(ROWS, 1, hidden=(1,))
