"""The default score: additive, ordered by rule, and fair to those who are heeded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcpgraph.measures import constraint, in_degree
from hcpgraph.model.names import CONTRIBUTIONS, DEFAULT_LAYERS
from hcpgraph.ranking import WEIGHTS, lacking, rank, rank_by

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


def score_of(standings):
    return dict(zip(standings.account.tolist(), standings.score.tolist(), strict=True))


def signal_of(standings, name):
    found = standings.signal[name].tolist()
    return dict(zip(standings.account.tolist(), found, strict=True))


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
@given(rows=ROWS, person=st.integers(0, 7), dated=st.booleans())
def test_a_fresh_mentioner_never_lowers_resonance(
    rows, person, dated, make_ties, make_accounts, measure
):
    """A further account that mentions someone now adds one to their resonance."""
    last = max((row[3] for row in rows), default=0)
    before = [row if dated else row[:3] for row in [*rows, (8, 9, "mention", last)]]
    mention = (10, person, "mention", last) if dated else (10, person, "mention")

    one, more = (
        signal_of(
            rank(
                make_ties(r), make_accounts(11), layers=DEFAULT_LAYERS, measure=measure
            ),
            "resonance",
        )
        for r in (before, [*before, mention])
    )

    assert more[person] == pytest.approx(one.get(person, 0.0) + 1.0)


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

    assert lacking(found) == ("resonance", "brokerage", "activity")


def test_loud_but_unheeded_stays_low(make_ties, make_accounts, measure):
    """A hundred posts that nobody answers weigh less than three answers."""
    loud = [(0, i % 9 + 1, "mention", i * DAY, i) for i in range(100)]
    heeded = [(i, 20, "reply", (90 + i) * DAY, 200 + i) for i in (11, 12, 13)]
    accounts = make_accounts(21, posts={0: 100, 20: 1})

    found = rank(
        make_ties([*loud, *heeded]), accounts, layers=DEFAULT_LAYERS, measure=measure
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

    assert signal_of(found, "resonance")[1] == 2.0
    assert signal_of(found, "reach")[1] == 0.0


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
    """A weight replaces its default; nought takes the signal out of the score."""
    ties = make_ties([(0, 1, "mention"), (2, 1, "follow")])

    found = rank(
        ties,
        make_accounts(3),
        layers=DEFAULT_LAYERS,
        measure=measure,
        weights={"resonance": 3.0, "authority": 0.0, "reach": 0.0},
    )

    assert found.score[0] == 3.0 * np.log2(2.0)
    assert set(WEIGHTS) == set(CONTRIBUTIONS)


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"rech": 1.0}, "did you mean 'reach'"),
        ({"reach": -1.0}, "give 0 or more"),
        ({"reach": float("nan")}, "give 0 or more"),
    ],
)
def test_bad_weights_are_refused(weights, words, make_ties, make_accounts, measure):
    """A weight that is unknown, negative or no number says so."""
    with pytest.raises(ValueError, match=words):
        rank(
            make_ties([]),
            make_accounts(0),
            layers=DEFAULT_LAYERS,
            measure=measure,
            weights=weights,
        )


def test_unknown_accounts_are_refused(make_ties, make_accounts, measure):
    """Ties of an account that the table lacks are an error, not a guess."""
    with pytest.raises(ValueError, match="not in this table"):
        rank(
            make_ties([(0, 9, "mention")]),
            make_accounts(3),
            layers=DEFAULT_LAYERS,
            measure=measure,
        )


def test_rank_by_orders_by_the_measure(make_ties, make_accounts):
    """A list by one measure has its values, no parts, and loses nobody."""
    rows = [(0, 1, "mention"), (2, 1, "mention"), (3, 2, "follow"), (4, 4, "reply")]

    found = rank_by(
        make_ties(rows),
        make_accounts(5),
        "in_degree",
        layers={"mention": 1.0},
        measure=lambda _, graph: in_degree(graph),
    )

    assert found.account.tolist() == [1, 0, 2, 3, 4]
    assert found.score.tolist() == [2.0, 0.0, 0.0, 0.0, 0.0]
    assert not found.contribution


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


def test_the_least_constrained_lead(make_ties, make_accounts):
    """Burt's constraint is low for those who are free; they come first."""
    rows = [(0, n, "mention", 0) for n in (1, 2, 3)] + [(1, 2, "mention", 0)]
    ties, accounts = make_ties(rows), make_accounts(4)
    options = {"layers": DEFAULT_LAYERS, "measure": lambda _, graph: constraint(graph)}

    found = rank_by(ties, accounts, "constraint", **options)

    assert found.account[0] == 0
    assert (np.diff(found.score) <= 0).all()
