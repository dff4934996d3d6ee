"""The default score: additive, ordered by rule, and fair to those who are heeded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcpgraph.model.names import CONTRIBUTIONS, DEFAULT_LAYERS
from hcpgraph.ranking import lacking, prior, rank

DAY = 86_400
LAYERS = ("follow", "mention", "reply", "repost", "nomination", "mention_in_repost")
ROWS = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.integers(0, 7),
        st.sampled_from(LAYERS),
        st.integers(0, 400 * DAY),
    ),
    max_size=40,
)
shared_fixtures = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def score_of(scored):
    return dict(zip(scored.account.tolist(), scored.score.tolist(), strict=True))


def parts_of(scored, name):
    found = scored.contribution[name].tolist()
    return dict(zip(scored.account.tolist(), found, strict=True))


def signal_of(scored, name):
    found = scored.signal[name].tolist()
    return dict(zip(scored.account.tolist(), found, strict=True))


@shared_fixtures
@given(rows=ROWS)
def test_score_is_the_sum_of_contributions(rows, make_ties, make_accounts, measure):
    """Contributions are finite, not negative and add up to the score exactly."""
    found = rank(
        make_ties(rows), make_accounts(8), layers=DEFAULT_LAYERS, measure=measure
    )

    assert tuple(found.contribution) == CONTRIBUTIONS
    parts = np.array([found.contribution[name] for name in CONTRIBUTIONS])
    assert np.isfinite(parts).all()
    assert (parts >= 0).all()
    total = sum(parts, np.zeros(len(found)))
    assert np.array_equal(total, found.score)


@shared_fixtures
@given(rows=ROWS)
def test_everyone_in_a_tie_is_ranked_once_and_in_order(
    rows, make_ties, make_accounts, measure
):
    """Scores descend, and nobody who occurs is lost or doubled."""
    found = rank(
        make_ties(rows), make_accounts(8), layers=DEFAULT_LAYERS, measure=measure
    )

    assert sorted(found.account.tolist()) == sorted({i for r in rows for i in r[:2]})
    assert (np.diff(found.score) <= 0).all()


@shared_fixtures
@given(rows=ROWS, order=st.randoms(use_true_random=False))
def test_order_of_ties_does_not_matter(rows, order, make_ties, make_accounts, measure):
    """Shuffled ties give the same standings to the last bit."""
    shuffled = list(rows)
    order.shuffle(shuffled)

    one, other = (
        rank(make_ties(r), make_accounts(8), layers=DEFAULT_LAYERS, measure=measure)
        for r in (rows, shuffled)
    )

    assert one.account.tobytes() == other.account.tobytes()
    assert one.score.tobytes() == other.score.tobytes()


@shared_fixtures
@given(rows=ROWS, person=st.integers(0, 7), other=st.integers(0, 7))
def test_who_gets_the_next_response_gains(
    rows, person, other, make_ties, make_accounts, measure
):
    """The same act of a newcomer never serves a person less than if it named another.

    Their resonance is meant: a response also makes all earlier ones older.
    """
    last = max((row[3] for row in rows), default=0) + 1

    mine, theirs = (
        parts_of(
            rank(
                make_ties([*rows, (8, named, "mention", last)]),
                make_accounts(9),
                layers=DEFAULT_LAYERS,
                measure=measure,
            ),
            "resonance",
        )
        for named in (person, other)
    )

    assert mine[person] >= theirs.get(person, 0.0)


@shared_fixtures
@given(rows=ROWS, person=st.integers(0, 7), layer=st.sampled_from(LAYERS[:5]))
def test_a_further_listener_never_lowers_an_undated_score(
    rows, person, layer, make_ties, make_accounts, measure
):
    """Where nothing has a time, attention can only add to reach and resonance."""
    undated = [row[:3] for row in rows]

    one, more = (
        rank(make_ties(r), make_accounts(9), layers=DEFAULT_LAYERS, measure=measure)
        for r in (undated, [*undated, (8, person, layer)])
    )

    for part in ("reach", "resonance"):
        assert parts_of(more, part)[person] >= parts_of(one, part).get(person, 0.0)


AWKWARD = {
    "no ties": [],
    "self loops only": [(0, 0, "mention", 5), (1, 1, "follow")],
    "one tie": [(0, 1, "follow")],
    "follows only": [(0, 1, "follow"), (2, 1, "follow"), (1, 2, "follow")],
    "nominations only": [(0, 1, "nomination"), (2, 1, "nomination")],
    "no times": [(0, 1, "mention"), (2, 1, "reply"), (1, 0, "quote")],
    "one moment": [(0, 1, "mention", 7), (2, 1, "reply", 7)],
    "a date gone wrong": [(0, 1, "mention", -(10**12)), (2, 1, "mention", 10**12)],
    "only layers that do not count": [(0, 1, "mention_in_repost", 3)],
}


@pytest.mark.parametrize("rows", AWKWARD.values(), ids=AWKWARD)
def test_awkward_studies_give_finite_scores(rows, make_ties, make_accounts, measure):
    """However little a study holds, scores are numbers and everyone is there."""
    found = rank(
        make_ties(rows), make_accounts(3), layers=DEFAULT_LAYERS, measure=measure
    )

    assert np.isfinite(found.score).all()
    assert set(found.account.tolist()) == {i for r in rows for i in r[:2]}


def test_missing_signals_are_named(make_ties, make_accounts, measure):
    """A study of follows alone says that nobody responds or speaks in it."""
    rows = [(0, 1, "follow"), (2, 1, "follow")]

    found = rank(
        make_ties(rows), make_accounts(3), layers=DEFAULT_LAYERS, measure=measure
    )

    assert lacking(found) == ("resonance", "authority", "brokerage", "activity")


def test_loud_but_unheeded_stays_low(make_ties, make_accounts, measure):
    """A hundred posts that nobody answers weigh less than three answers."""
    loud = [(0, i % 9 + 1, "mention", i * DAY, i) for i in range(100)]
    capped = [(i, 20, "reply", (90 + i) * DAY, 200 + i) for i in (11, 12, 13)]
    accounts = make_accounts(21, posts={0: 100, 20: 1})

    found = rank(
        make_ties([*loud, *capped]), accounts, layers=DEFAULT_LAYERS, measure=measure
    )

    assert score_of(found)[0] == 0.0
    assert found.account[0] == 20


def test_speaking_up_helps_among_the_equally_heeded(make_ties, make_accounts, measure):
    """Of two people with the same audience, the one who posts stands higher."""
    heard = [(i, person, "mention", 10) for i in (2, 3, 4) for person in (0, 1)]

    found = rank(
        make_ties(heard),
        make_accounts(5, posts={1: 4}),
        layers=DEFAULT_LAYERS,
        measure=measure,
    )

    assert found.account[:2].tolist() == [1, 0]


def test_equal_scores_go_to_the_lower_account(make_ties, make_accounts, measure):
    """Ties in a ranking are broken by rule: attention, then account number."""
    rows = [(4, 3, "nomination"), (5, 2, "nomination"), (6, 1, "nomination")]

    found = rank(
        make_ties(rows), make_accounts(7), layers=DEFAULT_LAYERS, measure=measure
    )

    assert found.account[:3].tolist() == [1, 2, 3]


def test_layer_weights_multiply(make_ties, make_accounts, measure):
    """A layer of weight 2 counts each account twice, one that is absent never."""
    rows = [(0, 1, "mention"), (2, 1, "reply"), (3, 1, "follow")]

    found = rank(
        make_ties(rows), make_accounts(4), layers={"mention": 2.0}, measure=measure
    )

    assert signal_of(found, "listeners")[1] == 2.0
    assert signal_of(found, "followers")[1] == 0.0


def test_mentions_in_reposts_count_only_when_asked_for(
    make_ties, make_accounts, measure
):
    """What a reposter passes on is not their own mention."""
    ties = make_ties([(0, 1, "mention_in_repost", 5)])
    accounts = make_accounts(2)

    quiet = rank(ties, accounts, layers=DEFAULT_LAYERS, measure=measure)
    asked = rank(ties, accounts, layers={"mention_in_repost": 1.0}, measure=measure)

    assert quiet.score.tolist() == [0.0, 0.0]
    assert asked.account[0] == 1
    assert asked.score[0] > 0


def test_weights_change_and_switch_off(make_ties, make_accounts, measure):
    """A weight replaces its default; nought takes the signals out of the score."""
    ties = make_ties([(0, 1, "mention"), (2, 1, "follow")])
    mine = prior().changed({"resonance": 3.0, "authority": 0.0, "reach": 0.0})

    found = rank(
        ties, make_accounts(3), layers=DEFAULT_LAYERS, measure=measure, weights=mine
    )

    assert found.score[0] == pytest.approx(3.0 * np.log2(2.0))
    assert "area_pagerank" not in found.signal


def test_unknown_accounts_are_refused(make_ties, make_accounts, measure):
    """Ties of an account that the table lacks are an error, not a guess."""
    with pytest.raises(ValueError, match="not in this table"):
        rank(
            make_ties([(0, 9, "mention")]),
            make_accounts(3),
            layers=DEFAULT_LAYERS,
            measure=measure,
        )


def test_thousands_of_accounts_are_ranked(make_ties, make_accounts, measure):
    """Five thousand accounts, and the most attended leads."""
    rng = np.random.default_rng(3)
    source = rng.integers(0, 5000, 40_000)
    target = rng.zipf(1.5, 40_000) % 5000
    at = rng.integers(0, 365 * DAY, 40_000)
    columns = (source.tolist(), target.tolist(), ["mention"] * 40_000, at.tolist())
    ties, accounts = make_ties(list(zip(*columns, strict=True))), make_accounts(5000)

    found = rank(ties, accounts, layers=DEFAULT_LAYERS, measure=measure)

    assert len(found) == len(np.union1d(source, target))
    assert 1 in found.account[:3]


DATA = Path(__file__).parents[2] / "../shared/data/ckm_physicians"


@pytest.mark.skipif(not DATA.exists(), reason="the physicians are not on this machine")
def test_nominations_agree_with_advice(make_ties, make_accounts, measure):
    """Discussion and friendship ties find those whom physicians ask for advice."""
    ties = np.loadtxt(
        DATA / "discussion_friendship.csv", str, delimiter=",", skiprows=1
    )
    truth = np.loadtxt(DATA / "advice_truth.csv", int, delimiter=",", skiprows=1)
    number = {str(person): i for i, person in enumerate(truth[:, 0].tolist())}
    rows = [
        (number[s], number[t], "nomination")
        for s, t, _ in ties.tolist()
        if s in number and t in number
    ]

    found = rank(
        make_ties(rows),
        make_accounts(len(truth)),
        layers=DEFAULT_LAYERS,
        measure=measure,
    )

    best = set(np.argsort(-truth[:, 1], kind="stable")[:10].tolist())
    assert len(best & set(found.account[:10].tolist())) >= 7
