"""Prospects: never the wrong people, always new reach, in a stated order."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcpgraph.errors import InfeasibleLimits
from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.model.quotas import Quotas
from hcpgraph.model.ranking import Scored
from hcpgraph.prospects import PeopleData, ProspectRequest, suggest

PEOPLE = st.integers(0, 9)
ROWS = st.lists(
    st.tuples(PEOPLE, PEOPLE, st.sampled_from(["follow", "mention", "reply"])),
    max_size=40,
)
SOME = st.lists(PEOPLE, max_size=4)
shared_fixtures = settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@shared_fixtures
@given(rows=ROWS, known=SOME, exclude=SOME, barred=SOME, budget=st.integers(0, 12))
def test_only_candidates_are_suggested(rows, known, exclude, barred, budget, ask):
    """Never the known, the excluded or the barred; all others if there is room."""
    plan = ask(rows, 10, known=known, exclude=exclude, barred=barred, budget=budget)

    people = [pick.account for pick in plan.picks]
    free = {i for row in rows for i in row[:2]} - {*known, *exclude, *barred}
    assert len(set(people)) == len(people)
    assert set(people) <= free
    assert len(people) == min(budget, len(free))


@shared_fixtures
@given(rows=ROWS, known=SOME)
def test_coverage_never_falls_and_adds_up(rows, known, ask):
    """Each pick's gain is what coverage rises by, and audiences are counted right."""
    everyone = {i for row in rows for i in row[:2]}
    audience = {p: {s for s, t, _ in rows if t == p and s != t} for p in everyone}
    heard = set(known) | {s for p in known for s in audience.get(p, ())}

    plan = ask(rows, 10, known=known)

    before = plan.reach["chosen"][0]
    for pick in plan.picks:
        assert pick.gain >= 0
        assert pick.coverage == pytest.approx(before + pick.gain / len(everyone))
        assert 0 <= pick.coverage <= 1 + 1e-9
        assert pick.audience == len(audience[pick.account] - heard)
        heard |= audience[pick.account]
        before = pick.coverage


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
    plan = ask(crowds(), 13, probability=1.0)

    assert [pick.account for pick in plan.picks][:2] == [10, 12]
    assert [pick.audience for pick in plan.picks][:2] == [6, 4]
    twin = next(pick for pick in plan.picks if pick.account == 11)
    assert twin.audience == 0
    assert twin.gain == pytest.approx(1.0, abs=0.02)  # nobody but himself


def test_what_the_known_reach_is_taken(ask):
    """With one leader known, their whole crowd is reached already."""
    plan = ask(crowds(), 13, known=[10], probability=1.0, budget=1)

    assert plan.picks[0].account == 12
    assert plan.picks[0].coverage == pytest.approx((1 + 6 + 5) / 13, abs=0.002)
    assert (
        "audience: 6 of 13 accounts follow or respond to someone you know; the list"
        " adds 4"
    ) in plan.notes


def test_a_choice_is_held_against_what_one_would_do_without_it(ask):
    """The first of the ranking and of the loudest, as many as were chosen."""
    plan = ask(crowds(), 13, probability=1.0, budget=2)

    assert set(plan.reach) == {"chosen", "ranking", "in-degree"}
    assert {len(curve) for curve in plan.reach.values()} == {3}
    assert plan.reach["in-degree"][2] == pytest.approx(8 / 13, abs=0.002)
    assert plan.reach["chosen"][2] == pytest.approx(12 / 13, abs=0.002)
    assert plan.certificate.upper >= 12 >= plan.certificate.lower


def test_ranks_count_those_who_may_be_listed(ask):
    """An organisation above a person takes no rank from them."""
    plan = ask(crowds(), 13, barred=[10], probability=1.0)

    assert plan.picks[0].account == 11
    assert plan.picks[0].rank == 1


def test_limits_hold_and_what_ends_the_list_is_said(ask):
    """One of each institution: three people, though more were asked for."""
    plan = ask(crowds(), 13, limits=Quotas.parse(["institution=1"]), budget=5)

    assert sorted(pick.account % 3 for pick in plan.picks) == [0, 1, 2]
    assert any("institution" in note and "3 of 5" in note for note in plan.notes)


def test_limits_on_teams_communities_and_kinds_find_their_columns(ask):
    """Columns that no roster has are made here."""
    limits = Quotas.parse(["team=1", "community=2"], ["kind:voice=1"])

    plan = ask(crowds(), 13, limits=limits, budget=3)

    assert len({pick.account % 3 for pick in plan.picks}) == 3
    assert "voice" in {pick.kind for pick in plan.picks}


def test_limits_that_nobody_can_keep_are_named(ask):
    """Four of a country of three."""
    with pytest.raises(InfeasibleLimits, match="country nowhere"):
        ask(crowds(), 13, limits=Quotas.parse(at_least=["country:nowhere=1"]))


def test_whoever_must_be_on_the_list_is(ask):
    """However little they add; the others are chosen around them."""
    plan = ask(crowds(), 13, include=[11], budget=2, probability=1.0)

    assert {pick.account for pick in plan.picks} == {11, 12}


def test_nobody_barred_can_be_made_to_be_on_the_list(ask):
    """An opt-out stands above a wish; how many it meets is said, not who."""
    with pytest.raises(
        ValueError, match="2 of the people to include cannot be suggested"
    ):
        ask(crowds(), 13, include=[10, 11, 12], exclude=[11], barred=[12])


def test_exclusions_are_counted_never_silently_replaced(ask):
    """The best person is excluded: the list says that it does without one."""
    plan = ask(crowds(), 13, exclude=[12], budget=2, probability=1.0)

    assert any("1 of the 2 people of highest reach" in note for note in plan.notes)


def test_the_silent_are_left_out_where_posts_are_known(make_ties, make_accounts):
    """Who never said a word is no prospect, unless anyone will do."""
    ties, accounts = make_ties(crowds()), make_accounts(13)
    posts = np.zeros(13, np.int64)
    posts[[10, 11]] = 3
    accounts = type(accounts)(
        accounts.account, accounts.role, accounts.listable, accounts.followers, posts
    )
    scored = Scored(np.array([12, 10, 11], np.int32), np.array([3.0, 2.0, 1.0]))
    people = PeopleData(np.ones(13, bool), lambda *_: {}, np.ones(13, bool))

    plan, anyone = (
        suggest(
            ties, accounts, scored, ProspectRequest(budget=3, anyone=flag), people,
            layers=DEFAULT_LAYERS,
        )
        for flag in (False, True)
    )  # fmt: skip

    assert {pick.account for pick in plan.picks} == {10, 11}
    assert any("1 inactive" in note for note in plan.notes)
    assert {pick.account for pick in anyone.picks} == {10, 11, 12}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"budget": -1}, "budget must be 0 or more"),
        ({"model": "sir"}, "model must be one of"),
        ({"error": 0.9}, "error must lie between 0 and 0.632"),
        ({"probability": "hearsay"}, "'learned', 'weighted' or a number"),
        ({"probability": 1.5}, "probability must lie in"),
    ],
)
def test_bad_wishes_are_refused(change, words):
    """What cannot be meant is said, not guessed."""
    with pytest.raises(ValueError, match=words):
        ProspectRequest(**change)


def test_who_may_not_be_named_is_not_asked(ask):
    """The next best of the known introduces instead."""
    rows = [(5, 1, "reply"), (1, 5, "reply"), (5, 2, "mention"), (3, 5, "mention")]

    def introducers(**asked):
        picks = ask(rows, 6, known=[1, 2], **asked).picks
        return {way.known for pick in picks for way in pick.introductions}

    assert introducers() == {1, 2}
    assert introducers(silent=[1]) == {2}


def test_people_of_another_study_are_refused(make_ties, make_accounts):
    """As many truth values as accounts."""
    with pytest.raises(ValueError, match="2 entries for 3 accounts"):
        suggest(
            make_ties([(0, 1, "mention")]),
            make_accounts(3),
            Scored(np.arange(3, dtype=np.int32), np.ones(3)),
            ProspectRequest(),
            PeopleData(np.ones(2, bool), lambda *_: {}, np.ones(2, bool)),
            layers=DEFAULT_LAYERS,
        )


def test_a_large_field_keeps_all_promises(ask):
    """Three thousand accounts: fifty people, no twin, gains that fall on the whole."""
    rng = np.random.default_rng(5)
    target = (rng.zipf(1.4, 30_000) % 3000).tolist()
    source = rng.integers(0, 3000, 30_000).tolist()
    rows = list(zip(source, target, ["mention"] * 30_000, strict=True))

    plan = ask(rows, 3000, known=[1, 2], budget=50, probability="weighted")

    assert len({pick.account for pick in plan.picks}) == 50
    assert plan.certificate.ratio >= 1 - 1 / np.e - 0.1
    coverage = [pick.coverage for pick in plan.picks]
    assert all(one <= other for one, other in itertools.pairwise(coverage))
    assert plan.reach["chosen"][-1] >= 0.99 * plan.reach["in-degree"][-1]


def test_learned_chances_fit_thresholds_too(ask):
    """Linear thresholds share what sums to more than 1, and reach no more than all."""
    rows = [(i % 9, 9 - i % 3, "reply", i, i) for i in range(400)]

    plan = ask(rows, 10, model="lt", budget=3)

    assert len(plan.picks) == 3
    assert plan.reach["chosen"][-1] <= 1
    assert any("within one sixth of the period" in note for note in plan.notes)


def test_other_choices_keep_the_limits_too(ask):
    """No alternative may reach more than the certificate lets any list reach."""
    plan = ask(
        crowds(), 13, limits=Quotas.parse(["institution=1"]), budget=2, probability=1.0
    )

    assert {len(curve) for curve in plan.reach.values()} == {3}
    for curve in plan.reach.values():
        assert curve[-1] * 13 <= plan.certificate.upper + 1e-9


def test_a_list_says_where_it_ends_and_from_where_it_adds_little(ask):
    """More places than people, and after the leaders people who reach themselves."""
    plan = ask(crowds(), 13, probability=1.0, budget=20)
    nobody = ask(crowds(), 13, known=range(13))
    nowhere = ask([], 0)

    assert "the list ends at 13 of 20: no further candidates" in plan.notes
    assert "from rank 3 on, each person adds fewer than 1.2 accounts" in plan.notes
    assert any(note.startswith("nobody to suggest: everyone") for note in nobody.notes)
    assert nowhere.notes == ("nobody to suggest: no ties of this area and period",)


def test_no_response_is_foretold_where_nobody_is_known(ask):
    """To respond to nobody in particular is another thing, and goes unsaid."""
    rows = [(i % 9, 9 - i % 3, "reply", i, i) for i in range(900)]

    plan = ask(rows, 10, budget=3)

    assert {pick.response for pick in plan.picks} == {None}
    assert (
        plan.notes[-1]
        == "likely response: not predicted, as none of your contacts is in this area"
    )
