"""Rising stars: found where planted, and nothing of the future is known."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.errors import ThinRecord
from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking.change.rising import (
    FEATURES,
    SLICES,
    entry,
    fit,
    follow,
    predict,
    prior,
)

PEOPLE = 120


def record(seed=0, riser=None, count=3000):
    """Acts over time; the riser is heard more and more."""
    rng = np.random.default_rng(seed)
    rate = rng.pareto(1.5, PEOPLE) + 0.2
    rows = []
    for at in range(count):
        now = rate.copy()
        if riser is not None:  # in the end one of the first tenth
            now[riser] = np.quantile(rate, 0.95) * (at / count) ** 4
        target = rng.choice(PEOPLE, p=now / now.sum())
        source = int(rng.integers(PEOPLE))
        if source != target:
            rows.append((source, int(target), "mention", 1000 * at, at))
    return rows


def course(rows, make_ties, make_accounts, measure, among=None):
    return follow(
        make_ties(rows), make_accounts(PEOPLE),
        among=np.arange(PEOPLE, dtype=np.int32) if among is None else among,
        layers=DEFAULT_LAYERS, measure=measure,
    )  # fmt: skip


def test_planted_risers_are_near_the_top(make_ties, make_accounts, measure):
    """Of 108 hopefuls, somebody heard ever more is among the first twenty."""
    places = []
    for seed in range(5):
        now = course(record(seed, riser=7), make_ties, make_accounts, measure).now
        p = predict(prior(), now.x)
        places.append(int((p > p[now.account == 7]).sum()))

    assert max(places) < 20
    assert sum(place < 10 for place in places) >= 3


def test_nothing_from_after_a_moment_is_known(make_ties, make_accounts, measure):
    """Another last period changes who entered it, and nothing before."""
    rows = record()
    start = int(len(rows) * (SLICES - 1) / SLICES) + 1
    other = [*rows[:start], *((s, (s + 1) % PEOPLE, *r) for s, _, *r in rows[start:])]

    one, changed = (course(r, make_ties, make_accounts, measure) for r in (rows, other))

    for early, late in zip(one.past, changed.past, strict=True):
        assert early.x.tobytes() == late.x.tobytes()
        assert early.account.tobytes() == late.account.tobytes()
    assert all(
        np.array_equal(a.entered, b.entered)
        for a, b in zip(one.past[:-1], changed.past[:-1], strict=True)
    )
    assert not np.array_equal(one.past[-1].entered, changed.past[-1].entered)


def test_those_among_the_first_tenth_are_no_hopefuls(make_ties, make_accounts, measure):
    """Everyone heard is either among the first tenth or hopes to be."""
    found = course(record(), make_ties, make_accounts, measure)

    for moment in (*found.past, found.now):
        assert moment.seats == -(-(len(moment) + moment.seats) // 10)
        assert np.isfinite(moment.x).all()
        assert moment.x.shape == (len(moment), len(FEATURES))
    assert len(found.past) == SLICES - 2
    assert not found.now.entered.any()


def test_only_those_asked_for_are_ranked(make_ties, make_accounts, measure):
    """The tenth is a tenth of these; nobody else is given a chance."""
    among = np.arange(0, PEOPLE, 3, dtype=np.int32)

    found = course(record(), make_ties, make_accounts, measure, among)

    assert set(found.now.account.tolist()) <= set(among.tolist())
    assert found.now.seats <= 4


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "0 interactions have a time"),
        ([(0, 1, "follow"), (1, 2, "mention")], "0 interactions have a time"),
        ([(i % 9, 10, "mention", i) for i in range(50)], "50 interactions have a time"),
        ([(i % 9, 10, "mention", 7) for i in range(500)], "the same time"),
    ],
)
def test_too_little_history_is_said(rows, words, make_ties, make_accounts, measure):
    """No times, few acts, or one moment: a sentence, no list."""
    with pytest.raises(ThinRecord, match=words):
        course(rows, make_ties, make_accounts, measure)


def test_one_person_alone(make_ties, make_accounts, measure):
    """All respond to one: the first tenth is full, and nobody hopes."""
    rows = [(1 + i % 30, 0, "mention", i, i) for i in range(300)]

    found = course(rows, make_ties, make_accounts, measure)

    assert len(found.now) == 0
    assert predict(fit(found.past, prior()), found.now.x).tolist() == []


def test_entry_lets_in_at_most_a_tenth():
    """Of people equal at the edge none is in, and nobody heard enters on nothing."""
    rng = np.random.default_rng(2)
    for _ in range(50):
        count = rng.poisson(rng.random() * 4, 80).astype(float)
        heard = (count > 0).sum()
        assert (count >= entry(count)).sum() <= -(-heard // 10)
    assert entry(np.zeros(5)) == 1.0


def test_the_fit_is_the_minimum_and_a_long_past_decides(
    make_ties, make_accounts, measure
):
    """No small step does better; without a past the prior stands."""
    past = course(record(3), make_ties, make_accounts, measure).past
    x = np.concatenate([one.x for one in past])
    y = np.concatenate([one.entered for one in past])

    weight = fit(past, prior(), strength=5.0)

    def cost(w):
        p = predict(w, x)
        hold = np.array([0.5, *[5.0] * len(FEATURES)])
        return (
            -np.log(np.where(y, p, 1 - p)).sum() + (hold * (w - prior()) ** 2).sum() / 2
        )

    for step in 1e-3 * np.vstack([np.eye(len(weight)), -np.eye(len(weight))]):
        assert cost(weight) < cost(weight + step)
    assert fit((), prior()) is prior()
    assert fit(past, prior(), strength=1e9) == pytest.approx(prior(), abs=1e-5)


def test_the_same_twice(make_ties, make_accounts, measure):
    """The order of the ties leaves no trace."""
    rows = record(5)
    one = course(rows, make_ties, make_accounts, measure)
    other = course(rows[::-1], make_ties, make_accounts, measure)

    assert one.now.x.tobytes() == other.now.x.tobytes()
    assert fit(one.past, prior()).tobytes() == fit(other.past, prior()).tobytes()
