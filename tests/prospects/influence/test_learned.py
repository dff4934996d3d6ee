"""Probabilities say what the record says, and no more than it can."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import betabinom

from hcpgraph.model.names import DEFAULT_LAYERS, LAYERS
from hcpgraph.prospects.influence.learned import (
    CASCADE,
    RESPONSES,
    fit_prior,
    learned_probabilities,
    over_a_period,
)
from tests.validation.records import cut, read_record

RECORDS = Path(__file__).parents[3] / "../shared/data/conference_edges"


@pytest.fixture
def learn(make_ties, make_accounts):
    """Probabilities by (who is moved, by whom), with basis and note."""

    def ask(rows, *, count=None, **options):
        ties = make_ties(rows)
        accounts = make_accounts(
            count or 1 + max((max(r[:2]) for r in rows), default=-1)
        )
        found = learned_probabilities(ties, accounts, DEFAULT_LAYERS, **options)
        probabilities = found.probabilities
        moved = np.repeat(probabilities.ids, np.diff(probabilities.indptr)).tolist()
        by = probabilities.ids[probabilities.influencer].tolist()
        share = 1.0 / np.repeat(
            np.diff(probabilities.indptr), np.diff(probabilities.indptr)
        )
        chance = (
            share if probabilities.probability is None else probabilities.probability
        )
        return dict(
            zip(zip(moved, by, strict=True), chance.tolist(), strict=True)
        ), found

    return ask


def talk(*, answers, posts=40):
    """0 writes to 9; 1, 2, 3 follow 0 and answer so many of its posts each."""
    rows = [(0, 9, "mention", 100 * i, i) for i in range(posts)]
    rows += [(s, 0, "follow") for s in (1, 2, 3)]
    number = posts
    for s, count in zip((1, 2, 3), answers, strict=True):
        for i in range(count):
            rows.append((s, 0, "reply", 100 * i + 50, number))
            number += 1
    return rows


def test_who_answers_more_is_moved_more(learn):
    """The order of responses per exposure is the order of the probabilities."""
    chance, found = learn(talk(answers=(36, 8, 0)))

    assert found.basis == RESPONSES
    assert chance[1, 0] > chance[2, 0] > chance[3, 0] > 0
    assert 0.6 < chance[1, 0] < 0.9


def test_a_follow_without_any_response_gets_the_shrunk_prior(learn):
    """Who has long been silent is less likely than one who had nothing to see."""
    rows = [*talk(answers=(36, 8, 0)), (3, 5, "follow"), (5, 3, "follow")]

    chance, found = learn(rows)

    assert 0 < chance[3, 0] < chance[3, 5]
    assert "followers respond to" in found.note


def test_old_responses_count_less(learn):
    """Ten answers lately say more than ten a long while ago."""
    rows = [(0, 9, "mention", i, i) for i in range(100)]
    rows += [(s, 0, "follow") for s in range(1, 9)]
    rows += [(1, 0, "reply", i, 200 + i) for i in range(20)]
    rows += [(2, 0, "reply", 80 + i, 300 + i) for i in range(20)]

    chance, _ = learn(rows)
    flat, _ = learn(rows, half_life=1e9)

    assert chance[2, 0] > 1.5 * chance[1, 0]
    assert flat[2, 0] == pytest.approx(flat[1, 0])


def test_a_follow_with_a_time_exposes_from_then_on(learn):
    """Two answers to the last ten posts weigh more than two to all hundred."""
    rows = [(0, 9, "mention", i, i) for i in range(100)]
    rows += [(3, 0, "reply", i, 100 + i) for i in range(30)]
    rows += [(s, 0, "reply", 95 + i, 200 + 5 * s + i) for s in (1, 2) for i in (0, 1)]

    chance, _ = learn([*rows, (1, 0, "follow", 90), (2, 0, "follow")])

    assert chance[1, 0] > 1.5 * chance[2, 0]


def test_one_post_towards_one_person_counts_once(learn):
    """A reply that also mentions is one response; what repeats a row adds nothing."""
    rows = talk(answers=(36, 8, 0))
    doubled = [
        (s, t, "mention", *rest) for s, t, layer, *rest in rows if layer == "reply"
    ]

    assert learn([*rows, *doubled])[0] == learn(rows)[0]


def test_a_response_out_of_the_blue_is_no_habit(learn):
    """Among many people of whom hardly any two talk, one response says little."""
    rng = np.random.default_rng(0)
    rows = [
        (int(s), int(t), "mention", i, i)
        for i, (s, t) in enumerate(rng.integers(0, 300, (3000, 2)))
        if s != t
    ]

    chance, _ = learn(rows)

    assert max(chance.values()) < 0.1


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([(1, 0, "follow"), (1, 2, "follow"), (2, 0, "follow")], "has a time"),
        ([(1, 0, "reply"), (1, 2, "reply"), (2, 0, "mention")], "has a time"),
        ([(1, 0, "reply", 5), (1, 2, "follow"), (2, 0, "follow")], "30 needed"),
    ],
)
def test_thin_records_fall_back_and_say_so(learn, rows, why):
    """Without times or responses all whom one attends to are equally likely."""
    chance, found = learn(rows)

    assert found.basis == CASCADE
    assert found.probabilities.probability is None
    assert why in found.note
    assert "weighted cascade" in found.note
    assert chance[1, 0] == chance[1, 2] == 0.5


def test_nothing_at_all(learn):
    """No ties, no rows."""
    chance, found = learn([])

    assert chance == {}
    assert found.probabilities.n_nodes == 0


def test_odd_ties_leave_no_trace(learn):
    """Ties of an account to itself and the order of the rows change next to nothing."""
    rows = talk(answers=(36, 8, 0))
    odd = [*rows, (7, 7, "follow")][::-1]

    chance, found = learn(odd, count=10)

    assert chance == pytest.approx(learn(rows)[0], rel=0.01)
    assert 7 in found.probabilities.ids.tolist()


def test_undated_and_dated_mix(learn):
    """Acts without a time count as much as those of a record on average."""
    rows = talk(answers=(36, 8, 0))
    undated = [(4, 0, "reply") for _ in range(10)]

    chance, _ = learn([*rows, *undated, (4, 0, "follow")])

    assert chance[3, 0] < chance[4, 0] < chance[1, 0]


def test_a_half_life_is_positive(learn):
    """Nothing is halved every no time."""
    with pytest.raises(ValueError, match="half_life must be above 0"):
        learn(talk(answers=(1, 1, 1)), half_life=0.0)


def test_the_prior_is_recovered():
    """Counts drawn from a beta law lead back to it."""
    posts = np.random.default_rng(0).integers(5, 60, 20_000)
    responses = betabinom.rvs(posts, 0.4, 9.6, random_state=1)

    prior = fit_prior(responses.astype(float), posts.astype(float), np.ones(20_000))

    assert prior.mean == pytest.approx(0.04, rel=0.06)
    assert prior.exposures == pytest.approx(10.0, rel=0.15)


def test_in_a_large_world_probabilities_come_true(learn):
    """3,000 people who answer at rates of their own: rates are found within reason."""
    rng = np.random.default_rng(3)
    rate = rng.beta(0.5, 9.5, 3000)
    rows = [(i % 30, 3100, "mention", t, 100_000 + 60 * i + t)
            for i in range(30) for t in range(60)]  # fmt: skip
    number = 0
    for s in range(3000):
        rows.append((100 + s, s % 30, "follow"))
        for t in np.flatnonzero(rng.random(60) < rate[s]):
            rows.append((100 + s, s % 30, "reply", int(t), number))
            number += 1

    chance, _ = learn(rows, half_life=1e9)

    given = np.array([chance[100 + s, s % 30] for s in range(3000)])
    assert np.corrcoef(given, rate)[0, 1] > 0.85
    assert given.mean() == pytest.approx(rate.mean(), rel=0.1)
    silent = given <= np.quantile(given, 0.3)
    assert given[silent].mean() == pytest.approx(rate[silent].mean(), rel=0.3)


@pytest.mark.skipif(not RECORDS.exists(), reason="real records are not here")
@pytest.mark.parametrize("name", ["user2018", "bosc17"])
def test_on_real_records_they_beat_any_constant(name):
    """Learned on the past of a meeting, they foretell the responses of its end."""
    parts = cut(read_record(RECORDS / f"{name}.csv"), 0.6)

    found = learned_probabilities(parts.past, parts.accounts(), DEFAULT_LAYERS)

    p, responses, posts = outcome(found.probabilities, parts.future)
    constant = np.full(len(p), responses.sum() / posts.sum())
    assert log_loss(p, responses, posts) < 0.95 * log_loss(constant, responses, posts)


def outcome(probabilities, future):
    """Per pair: the probability, and responses to how many posts came."""
    later = counts_of(future)
    moved = np.repeat(probabilities.ids, np.diff(probabilities.indptr)).tolist()
    by = probabilities.ids[probabilities.influencer].tolist()
    posts = np.array([later["posts"].get(t, 0) for t in by], float)
    pairs = zip(moved, by, strict=True)
    responses = np.array([later["responses"].get(pair, 0) for pair in pairs], float)
    return probabilities.probability.astype(float), np.minimum(responses, posts), posts


def counts_of(ties):
    """What each account wrote, and acts of each towards each, one a second."""
    names = [LAYERS[code] for code in ties.layer]
    columns = (ties.source.tolist(), ties.target.tolist(), ties.at.tolist(), names)
    rows = [row for row in zip(*columns, strict=True) if row[3] != "mention_in_repost"]
    responses = Counter((s, t) for s, t, _ in {row[:3] for row in rows})
    written = {(s, at) for s, _, at, name in rows if name != "repost"}
    posts = Counter(s for s, _ in written)
    for (_, t), count in responses.items():
        posts[t] = max(posts[t], count)
    return {"responses": responses, "posts": posts}


def log_loss(p, responses, posts):
    told = responses * np.log(p) + (posts - responses) * np.log1p(-p)
    return -told.sum() / posts.sum()


def test_same_answer_twice(learn):
    """Nothing is drawn at random."""
    rows = talk(answers=(20, 8, 3))

    assert learn(rows)[0] == learn(rows)[0]


def test_whoever_posts_often_reaches_farther_in_a_period(learn):
    """Once in k posts, k a sixth of those written, and one at least."""
    _, learned = learn(talk(answers=(20, 8, 0), posts=60))

    within = over_a_period(learned)

    times = np.maximum(learned.posts / 6, 1)[learned.probabilities.influencer]
    p = learned.probabilities.probability
    assert times.max() >= 10
    assert within.probability == pytest.approx(1 - (1 - p) ** times, rel=1e-4)
    assert (within.probability >= p).all()


def test_the_weighted_cascade_has_no_period(learn):
    """Where nothing is known of posts, the fallback stays what it is."""
    _, learned = learn([(0, 1, "follow"), (2, 1, "follow")])

    assert over_a_period(learned) is learned.probabilities
