"""The note under a ranking: cheap, and as blind to the future as a backtest."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking import prior, rank, splits
from hcpgraph.ranking.validation.backtest import cutoffs, judge
from hcpgraph.ranking.validation.quick_check import (
    TOP,
    OrderedThen,
    in_short,
    quick_check,
    score_then,
)

PEOPLE = 90
POINTS = (0.35, 0.5, 0.65)


@pytest.fixture
def study(make_ties, make_accounts):
    """Ties and accounts of a made-up record, with a future after tie *cut* changed."""

    def made(seed=1, count=2000, cut=None):
        rng = np.random.default_rng(seed)
        fame = 1.0 / np.arange(1, PEOPLE + 1)
        source = rng.integers(0, PEOPLE, count)
        target = rng.choice(PEOPLE, count, p=fame / fame.sum())
        if cut is not None:
            target[cut:] = PEOPLE - 1 - target[cut:]
        rows = [
            (int(s), int(t) if s != t else (int(t) + 1) % PEOPLE, "mention", at)
            for at, (s, t) in enumerate(zip(source, target, strict=True))
        ]
        return make_ties(rows), make_accounts(PEOPLE)

    return made


@pytest.fixture
def read(measure):
    """The history of a study, as weights are learned from it."""

    def made(ties, accounts):
        return splits(
            ties, accounts,
            layers=DEFAULT_LAYERS, measure=measure, points=POINTS,
            only=prior().used(),
        )  # fmt: skip

    return made


def test_the_note_says_what_a_backtest_says_of_plain_counts(study, read, measure):
    """Same cutoffs, same truth, same marks; only the weights are learned quicker."""
    ties, accounts = study()

    found = quick_check(ties, accounts, read(ties, accounts), layers=DEFAULT_LAYERS)

    full = judge(
        cutoffs(
            ties, accounts,
            layers=DEFAULT_LAYERS, measure=measure, points=POINTS, top=TOP,
        ),
        top=TOP,
    )  # fmt: skip
    marks = {one.method: one.ndcg for one in full}
    plain = {n: m for n, m in marks.items() if n not in ("hcpgraph", "PageRank")}
    assert found.cutoffs == 3
    assert found.rival == max(plain, key=plain.get)
    assert found.rival_ndcg == pytest.approx(plain[found.rival])
    assert found.ndcg == pytest.approx(marks["hcpgraph"], abs=0.02)
    # intervals are of the same samples, but for people of other methods
    (ours,) = (one for one in full if one.method == "hcpgraph")
    (theirs,) = (one for one in full if one.method == found.rival)
    assert found.span == pytest.approx((ours.low, ours.high), abs=0.03)
    assert found.gain_span == pytest.approx(theirs.difference[1:3], abs=0.03)


def test_a_count_that_a_moment_lacks_has_listed_nobody_there():
    """Followers known at one of two cut-offs are half as good as they were there."""
    people, later = np.arange(PEOPLE, dtype=np.int32), np.arange(PEOPLE)[::-1] * 1.0
    order = (np.arange(PEOPLE),)
    reverse = (order[0][::-1],)
    first = OrderedThen(people, later, {"": order, "in-degree": reverse})
    last = OrderedThen(
        people, later, {"": order, "followers": order, "in-degree": reverse}
    )

    found = in_short([first, last])

    assert (found.ndcg, found.span) == (1.0, (1.0, 1.0))
    assert (found.rival, found.rival_ndcg) == ("followers", 0.5)
    assert found.gain_span == pytest.approx((0.5, 0.5))


def test_the_future_of_a_moment_is_not_known_to_its_weights(study, read):
    """Changing what comes after the last moment changes no score at any."""
    (ties, accounts), (other, _) = study(), study(cut=1400)
    history, changed = read(ties, accounts), read(other, accounts)

    for number, (past, again) in enumerate(zip(history, changed, strict=True)):
        one, after = (
            score_then(h[:number], p, t.where(t.at <= p.at), DEFAULT_LAYERS, prior())
            for h, p, t in ((history, past, ties), (changed, again, other))
        )
        assert np.array_equal(one, after)
    assert not np.array_equal(history[2].later, changed[2].later)


def test_the_first_moment_has_the_prior_alone(study, read, measure):
    """Before it there is nothing to learn from."""
    ties, accounts = study()
    past = read(ties, accounts)[0]
    known = ties.where(ties.at <= past.at)

    score = score_then((), past, known, DEFAULT_LAYERS, prior())

    then = rank(known, accounts, layers=DEFAULT_LAYERS, measure=measure)
    assert np.sort(score)[::-1] == pytest.approx(then.score)


def test_without_a_past_there_is_no_note(study, read):
    """Nothing is said where nothing is known, or all would be among the first."""
    ties, accounts = study(count=30)
    few = np.arange(PEOPLE) < TOP

    thin = quick_check(ties, accounts, read(ties, accounts), layers=DEFAULT_LAYERS)
    none = quick_check(ties, accounts, (), layers=DEFAULT_LAYERS)
    ties, accounts = study()
    all_first = quick_check(
        ties, accounts, read(ties, accounts), layers=DEFAULT_LAYERS, allowed=few
    )

    assert thin is none is all_first is None


def test_own_weights_are_what_is_checked(study, measure):
    """Signals that were given no weight are neither read nor judged."""
    ties, accounts = study()
    own = prior().changed({"authority": 0.0, "brokerage": 0.0})
    past = splits(
        ties, accounts,
        layers=DEFAULT_LAYERS, measure=measure, points=POINTS, only=own.used(),
    )  # fmt: skip

    found = quick_check(ties, accounts, past, layers=DEFAULT_LAYERS, start=own)

    assert "pagerank_of_late" not in past[0].table.names
    assert 0 < found.ndcg <= 1
