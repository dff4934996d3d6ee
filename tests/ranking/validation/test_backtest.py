"""Past rankings against later attention: no leak, honest intervals, plain refusals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hcpgraph.errors import ThinHistory
from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking import learn, rank
from hcpgraph.ranking.validation.backtest import (
    PRODUCT,
    RANDOM,
    TIMED,
    Cutoff,
    by_score,
    cutoffs,
    judge,
)

PEOPLE = 80


def acts(seed, count=1500, layer="mention"):
    """Rows in which some people are attended to far more than others."""
    rng = np.random.default_rng(seed)
    fame = 1.0 / np.arange(1, PEOPLE + 1)
    source = rng.integers(0, PEOPLE, count)
    target = rng.choice(PEOPLE, count, p=fame / fame.sum())
    return [
        (int(s), int(t), layer, at)
        for at, (s, t) in enumerate(zip(source, target, strict=True))
        if s != t
    ]


@pytest.fixture
def look(make_ties, make_accounts, measure):
    """The cutoffs of some rows, with the options given."""

    def made(rows, posts=None, **given):
        options = {"top": 10, **given}
        return cutoffs(
            make_ties(rows),
            make_accounts(PEOPLE, posts=posts),
            layers=DEFAULT_LAYERS,
            measure=measure,
            **options,
        )

    return made


@pytest.fixture
def draw():
    """One moment with two scores of one truth, each blurred so much."""

    def drawn(seed, people, ours, theirs):
        rng = np.random.default_rng(seed)
        rate = np.exp(rng.normal(0.0, 1.3, people))
        later = rng.poisson(rate).astype(float)
        scores = {
            name: np.log(rate) + blur * rng.normal(0.0, 1.0, people)
            for name, blur in ((PRODUCT, ours), ("rival", theirs))
        }
        orders = {name: (np.argsort(-s),) for name, s in scores.items()}
        account = np.arange(people, dtype=np.int32)
        return Cutoff(0.5, 0, people, account, later, orders)

    return drawn


def test_changing_the_future_changes_no_past_ranking(look):
    """Whatever is done to whom after a moment, every order stays as it was."""
    rows = acts(1)
    half = rows[int(0.5 * (len(rows) - 1))][3]
    other = [
        (s, PEOPLE - 1 - t, "reply", at) if at > half and s != PEOPLE - 1 - t else row
        for row in rows
        for s, t, _, at in [row]
    ]

    (one,), (changed,) = (look(r, points=[0.5]) for r in (rows, other))

    assert one.at == changed.at == half
    assert list(one.orders) == list(changed.orders)
    for name, orders in one.orders.items():
        assert np.array_equal(orders, changed.orders[name]), name
    assert not np.array_equal(one.later, changed.later)


def test_hcpgraph_ranks_as_it_would_have_then(look, make_ties, make_accounts, measure):
    """The order is that of a study that ends at the moment, weights learned there."""
    rows = acts(2)

    (found,) = look(rows, points=[0.5], posts={3: 500})

    known = make_ties([row for row in rows if row[3] <= found.at])
    given = {"layers": DEFAULT_LAYERS, "measure": measure}
    accounts = make_accounts(PEOPLE)
    then = rank(known, accounts, weights=learn(known, accounts, **given), **given)
    (order,) = found.orders[PRODUCT]
    assert found.account[order].tolist() == then.account.tolist()


def test_todays_number_of_posts_is_not_used(look):
    """When posts without ties were written is not known, so no past knows of them."""
    rows = acts(3)

    one, other = (look(rows, posts=p) for p in (None, {5: 900}))

    for before, after in zip(one, other, strict=True):
        assert np.array_equal(before.orders[PRODUCT], after.orders[PRODUCT])


def test_ties_without_a_time_are_left_out_of_a_ranking_beside(look):
    """Follows of today may have come after: one order knows nothing of them."""
    follows = [(s, 70, "follow") for s in range(60)]

    plain, mixed = look(acts(4)), look([*acts(4), *follows])

    assert TIMED not in plain[0].orders
    for without, beside in zip(plain, mixed, strict=True):
        n = len(without.account)
        (ours,), (timed,) = without.orders[PRODUCT], beside.orders[TIMED]
        assert without.account[ours].tolist() == beside.account[timed][:n].tolist()
        assert not np.array_equal(beside.orders[PRODUCT][0], timed)
        assert "followers" in beside.orders


def test_only_those_who_may_be_listed_are_judged(look):
    """Everyone counts in the rankings of others, but is not looked for in them."""
    allowed = np.arange(PEOPLE) % 2 == 0

    found = look(acts(5), allowed=allowed)

    for m in found:
        assert not (m.account % 2).any()
        assert m.known > len(m.account)
        assert all(
            sorted(order) == list(range(len(m.account)))
            for orders in m.orders.values()
            for order in orders
        )


def test_equal_scores_are_ordered_by_the_rule_of_the_product():
    """More distinct attention first, then the lower account."""
    score, audience = np.array([1.0, 2.0, 1.0, 1.0]), np.array([5.0, 1.0, 9.0, 5.0])

    every = by_score(score, audience, np.ones(4, np.bool_))
    some = by_score(score, audience, np.array([True, False, True, True]))

    assert every.tolist() == [1, 2, 0, 3]
    assert some.tolist() == [1, 0, 2]


@pytest.mark.parametrize(
    ("rows", "top", "reason"),
    [
        ([(0, 1, "follow"), (2, 1, "nomination")], 10, "different times"),
        ([], 10, "different times"),
        (acts(6), PEOPLE, "to be scored"),
        (acts(7, 30), 5, "at most .* 20 are needed"),
    ],
)
def test_too_little_history_is_said_to_be(look, rows, top, reason):
    """One clause says what is missing."""
    with pytest.raises(ThinHistory, match=reason):
        look(rows, top=top)


@pytest.mark.parametrize("points", [[], [0.0, 0.5], [0.5, 0.3], [0.5, 0.5], [1.2]])
def test_points_are_ascending_shares(look, points):
    """A moment before anything, after everything or twice is a slip."""
    with pytest.raises(ValueError, match="points must be shares between 0 and 1"):
        look(acts(8), points=points)


def test_somebody_has_to_be_looked_at(look):
    """The first none of a ranking foretell nothing."""
    with pytest.raises(ValueError, match="top must be 1 or more, got 0"):
        look(acts(8), top=0)


def test_a_real_order_is_ahead_of_chance_and_level_with_itself(look):
    """Verdicts go by the interval of the difference."""
    found = [
        replace(m, orders={**m.orders, "copy": m.orders[PRODUCT]})
        for m in look(acts(9))
    ]

    by_name = {one.method: one for one in judge(found, top=10)}

    assert by_name[PRODUCT].difference is None
    assert by_name[RANDOM].difference[3] == "ahead"
    assert by_name["copy"].difference == (0.0, 0.0, 0.0, "level")
    reverse = [
        replace(m, orders={PRODUCT: m.orders[RANDOM], "best": m.orders[PRODUCT]})
        for m in found
    ]
    assert judge(reverse, top=10)[1].difference[3] == "behind"


def test_judgements_are_the_same_for_a_seed(look):
    """Same cutoffs and seed, same numbers; another seed moves the ends alone."""
    found = look(acts(10))

    one, again, other = (judge(found, top=10, seed=s) for s in (0, 0, 1))

    assert one == again
    assert one[0].ndcg == other[0].ndcg
    assert (one[0].low, one[0].high) != (other[0].low, other[0].high)
    assert all(j.low <= j.ndcg <= j.high for j in one)
    assert one[0].ndcg == pytest.approx(np.mean(one[0].at))
    for j in one:
        spans = [*j.at_span, j.precision_span]
        for value, (low, high) in zip([*j.at, j.precision], spans, strict=True):
            assert low <= value <= high, j.method


def test_a_method_that_a_moment_lacks_is_left_out(look):
    """A mean over fewer cutoffs would not compare."""
    first, *rest = look(acts(11))
    orders = {n: o for n, o in first.orders.items() if n != "persistence"}

    found = judge([replace(first, orders=orders), *rest], top=10)

    assert "persistence" not in {one.method for one in found}


@pytest.mark.parametrize(("ours", "theirs"), [(0.3, 0.3), (0.3, 0.8)])
def test_intervals_of_differences_hold_what_they_promise(draw, ours, theirs):
    """Over worlds drawn anew, nine in ten intervals hold the mean difference."""
    found = [
        judge([draw(seed, 200, ours, theirs)], top=20)[1].difference
        for seed in range(80)
    ]

    value, low, high = np.array([one[:3] for one in found]).T
    covered = ((low <= value.mean()) & (value.mean() <= high)).mean()
    assert 0.82 <= covered <= 0.99
