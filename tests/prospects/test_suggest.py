"""Prospects: never the wrong people, always new audience, in a stated order."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.model.prospects import Link
from hcpgraph.model.ranking import Standings
from hcpgraph.prospects import suggest

PEOPLE = st.integers(0, 9)
ROWS = st.lists(
    st.tuples(PEOPLE, PEOPLE, st.sampled_from(["follow", "mention", "reply"])),
    max_size=40,
)
SOME = st.lists(PEOPLE, max_size=4)
shared_fixtures = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@shared_fixtures
@given(rows=ROWS, known=SOME, exclude=SOME, barred=SOME, budget=st.integers(0, 12))
def test_only_candidates_are_suggested(rows, known, exclude, barred, budget, ask):
    """Never the known, the excluded or the barred; all others if there is room."""
    found = ask(rows, 10, known=known, exclude=exclude, barred=barred, budget=budget)

    people = [pick.account for pick in found]
    free = {i for row in rows for i in row[:2]} - {*known, *exclude, *barred}
    assert len(set(people)) == len(people)
    assert set(people) <= free
    assert len(people) == min(budget, len(free))


@shared_fixtures
@given(rows=ROWS, known=SOME)
def test_coverage_is_what_the_known_reach_plus_the_gains(rows, known, ask):
    """Counted anew with sets, coverage after each pick is the share reached."""
    everyone = {i for row in rows for i in row[:2]}
    audience = {p: {s for s, t, _ in rows if t == p and s != t} for p in everyone}
    reached = set(known) & everyone
    reached |= {s for p in reached for s in audience[p]}

    found = ask(rows, 10, known=known)

    for pick in found:
        assert pick.gain == len(audience[pick.account] - reached)
        reached |= audience[pick.account]
        assert pick.coverage == pytest.approx(len(reached) / len(everyone))
        assert 0 <= pick.coverage <= 1
    for one, next_one in itertools.pairwise(found):
        assert one.coverage <= next_one.coverage


@shared_fixtures
@given(rows=ROWS, order=st.randoms(use_true_random=False))
def test_same_study_same_list(rows, order, ask):
    """The order in which ties were read leaves no trace."""
    shuffled = list(rows)
    order.shuffle(shuffled)

    assert ask(rows, 10, known=[0]) == ask(shuffled, 10, known=[0])


def crowds():
    """Two leaders of one crowd of six (10, 11), one leader of another of four (12)."""
    first = [(i, person, "mention") for i in range(6) for person in (10, 11)]
    return [*first, *[(i, 12, "mention") for i in range(6, 10)]]


def test_the_one_who_opens_another_circle_comes_first(ask):
    """After the leader of a crowd comes the other crowd's, not the leader's twin."""
    found = ask(crowds(), 13)

    assert [pick.account for pick in found][:2] == [10, 12]
    assert [pick.gain for pick in found][:2] == [6, 4]
    assert next(pick for pick in found if pick.account == 11).gain == 0


def test_what_the_known_reach_is_taken(ask):
    """With one leader known, their whole crowd is reached already."""
    found = ask(crowds(), 13, known=[10])

    assert found[0].account == 12
    assert found[0].coverage == pytest.approx((1 + 6 + 4) / 13)


def test_ranks_count_those_who_may_be_listed(ask):
    """An organisation above a person takes no rank from them."""
    found = ask(crowds(), 13, barred=[10])

    assert found[0].account == 11
    assert found[0].rank == 1


def test_a_link_names_the_strongest_layer_and_both_ways(ask):
    """Through whom: the layer with most ties, and who turns to whom in it."""
    rows = [
        (0, 1, "follow"),
        (0, 1, "mention", 5, 50),
        (0, 1, "mention", 6, 51),
        (0, 1, "mention", 6, 51),
        (1, 0, "mention", 7, 52),
        (2, 0, "mention", 8, 53),
    ]

    found = ask(rows, 3, known=[1])

    link = next(pick for pick in found if pick.account == 0).links
    assert link == (Link(1, "mention", 3, toward_known=True, from_known=True),)
    assert next(pick for pick in found if pick.account == 2).links == ()


def test_at_most_three_links_the_strongest_first(ask):
    """Of five known people, the three with most ties are told, in order."""
    rows = [(9, k, "mention", n, n) for k in range(1, 6) for n in range(k)]

    (found,) = (p for p in ask(rows, 10, known=range(1, 6)) if p.account == 9)

    assert [link.known for link in found.links] == [5, 4, 3]
    assert [link.ties for link in found.links] == [5, 4, 3]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"budget": -1}, "budget must be 0 or more"),
        ({"allowed": np.ones(2, bool)}, "2 entries for 3 accounts"),
        ({"score": [1.0, 0.0, -1.0]}, "scores must be 0 or more"),
    ],
)
def test_bad_wishes_are_refused(change, words, make_ties, make_accounts):
    """What cannot be meant is said, not guessed."""
    options = {"budget": 3, "allowed": np.ones(3, bool), "score": [1.0, 0.0, 0.0]}
    options |= change
    score = np.array(options.pop("score"))

    with pytest.raises(ValueError, match=words):
        suggest(
            make_ties([(0, 1, "mention")]),
            make_accounts(3),
            Standings(np.arange(3, dtype=np.int32), score),
            known=np.empty(0, np.int32),
            exclude=np.empty(0, np.int32),
            layers=DEFAULT_LAYERS,
            **options,
        )


def test_thousands_of_accounts_are_planned_quickly(ask):
    """Three thousand accounts and thirty thousand ties are a matter of seconds."""
    rng = np.random.default_rng(5)
    target = (rng.zipf(1.4, 30_000) % 3000).tolist()
    source = rng.integers(0, 3000, 30_000).tolist()
    rows = list(zip(source, target, ["mention"] * 30_000, strict=True))
    ask(rows[:100], 3000, budget=5)  # compile first

    start = time.perf_counter()
    found = ask(rows, 3000, known=[1, 2], budget=50)

    assert time.perf_counter() - start < 6
    assert len(found) == 50
