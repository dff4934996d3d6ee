"""Intervals of ranks, tiers of equals, what noisy values say about the true ones."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking import everyone, prior, rank, with_intervals
from hcpgraph.ranking.uncertainty.intervals import TOLD_APART, shrink, tiers

WEEK = 7 * 86_400


@pytest.fixture
def society(make_ties, make_accounts):
    """Sixty people; person i is responded to by 60 - i accounts, follows included."""
    rng = np.random.default_rng(5)
    rows = []
    for person in range(60):
        for number, source in enumerate(rng.permutation(60)[: 60 - person].tolist()):
            if source != person:
                rows.append((source, person, "mention", number * WEEK, len(rows)))
                rows.append((source, person, "follow"))
    return make_ties(rows), make_accounts(60)


@pytest.fixture
def listed(measure):
    """The first of a record, with intervals."""

    def compute(record, *, top=20, keep=None, **options):
        ties, accounts = record
        found = rank(ties, accounts, layers=DEFAULT_LAYERS, measure=measure)
        if keep is not None:
            found = found.only(accounts, keep)
        return with_intervals(
            found,
            ties,
            accounts,
            weights=prior(),
            layers=DEFAULT_LAYERS,
            top=top,
            **options,
        )

    return compute


def columns(scored):
    return tuple(
        column.tobytes()
        for column in (
            scored.low,
            scored.high,
            scored.p_top10,
            scored.tier,
        )
    )


def test_the_rank_lies_in_its_interval(society, listed):
    """Every interval holds the rank it belongs to and stays in the list of people."""
    found = listed(society)

    own = np.arange(1, 21)
    assert (found.low <= own).all()
    assert (own <= found.high).all()
    assert found.low.min() >= 1
    assert found.high.max() <= 60


def test_the_order_and_the_scores_stay(society, listed, measure):
    """Intervals are put beside a ranking and change nothing in it."""
    plain = rank(*society, layers=DEFAULT_LAYERS, measure=measure).head(20)

    found = listed(society)

    assert found.account.tolist() == plain.account.tolist()
    assert found.score.tolist() == plain.score.tolist()


def test_the_first_are_rather_in_the_first_ten_than_the_last(society, listed):
    """Chances to be among the first ten fall along the list, from near 1 to near 0."""
    found = listed(society, top=60)

    assert found.p_top10[0] > 0.8
    assert found.p_top10[-1] < 0.1
    assert found.p_top10.sum() == pytest.approx(10.0)


def test_tiers_go_down_the_list(society, listed):
    """Tiers count up from 1 without gaps."""
    tier = listed(society, top=60).tier

    assert tier[0] == 1
    assert set(np.diff(tier).tolist()) == {0, 1}


def test_more_attention_is_ranked_more_surely(make_ties, make_accounts, listed):
    """Ten times the followers narrow the intervals."""

    def record(times):
        rng = np.random.default_rng(2)
        rows = [
            (100 + source, person, "follow")
            for person in range(100)
            for source in rng.permutation(1_500)[: times * (10 + person // 2)].tolist()
        ]
        return make_ties(rows), make_accounts(1_600)

    few, many = (listed(record(times), top=50) for times in (1, 10))

    assert np.median(many.high - many.low) < 0.6 * np.median(few.high - few.low)


def test_ranks_are_among_those_who_may_be_listed(society, listed):
    """People held back take no ranks from others."""
    keep = np.arange(60) % 3 == 0

    found = listed(society, top=20, keep=keep)

    assert len(found) == 20
    assert found.high.max() <= 20


def test_the_same_seed_gives_the_same_bytes_on_any_number_of_threads(
    society, listed, monkeypatch
):
    """Threads and repetition change nothing; another seed does."""
    found = []
    for threads in ("1", "2", "3"):
        monkeypatch.setenv("HCPGRAPH_THREADS", threads)
        found.append(columns(listed(society, seed=4)))

    assert found[0] == found[1] == found[2]
    assert found[0] != columns(listed(society, seed=5))


def test_shuffled_ties_give_the_same_intervals(society, listed):
    """The order in which ties come leaves no trace."""
    ties, accounts = society
    order = np.random.default_rng(0).permutation(len(ties))

    assert columns(listed(society)) == columns(listed((ties.where(order), accounts)))


def test_the_interval_does_not_depend_on_how_many_are_listed(society, listed):
    """A person's interval is the same in a longer list."""
    short, long = listed(society, top=5), listed(society, top=50)

    assert long.head(5).low.tolist() == short.low.tolist()
    assert long.head(5).high.tolist() == short.high.tolist()


def test_nobody_and_one_person(make_ties, make_accounts, listed):
    """A study without ties lists nobody; a single tie gives ranks 1 and 2."""
    nobody = listed((make_ties([]), make_accounts(0)))
    two = listed((make_ties([(0, 1, "mention", 5, 0)]), make_accounts(2)))

    assert len(nobody) == len(nobody.low) == len(nobody.tier) == 0
    assert two.account.tolist() == [1, 0]
    assert two.high.max() <= 2


def test_no_list_asked_for(society, listed):
    """A list of nobody has columns of no length."""
    assert len(listed(society, top=0).p_top10) == 0


@pytest.mark.parametrize("weights", [{"reach": 0.0}, {"exchanges": 1.0, "posts": 1.0}])
def test_ones_own_weights_have_intervals_too(society, measure, weights):
    """Whatever signals count, intervals hold the rank."""
    ties, accounts = society
    mine = prior().changed(weights)
    found = rank(ties, accounts, layers=DEFAULT_LAYERS, measure=measure, weights=mine)

    listed = with_intervals(
        found, ties, accounts, weights=mine, layers=DEFAULT_LAYERS, top=10
    )

    assert (listed.low <= np.arange(1, 11)).all()
    assert (listed.high > listed.low).any()


@pytest.mark.parametrize("options", [{"resamples": 0}, {"top": -1}])
def test_impossible_numbers_are_refused(society, listed, options):
    """No draws, or a list of less than nobody, is a mistake."""
    with pytest.raises(ValueError, match="cannot resample"):
        listed(society, **options)


def test_thousands_of_people(make_accounts, listed, make_ties):
    """Among 3,000 people the first are told from the last."""
    rng = np.random.default_rng(1)
    rate = np.exp(rng.normal(size=3_000))
    target = rng.choice(3_000, 20_000, p=rate / rate.sum())
    rows = [
        (int(s), int(t), "mention", i, i)
        for i, (s, t) in enumerate(
            zip(rng.integers(0, 3_000, 20_000), target, strict=True)
        )
        if s != t
    ]
    ties = make_ties(rows)
    among = everyone(ties)
    accounts = make_accounts(3_000)
    kept = type(accounts)(
        **{
            name: getattr(accounts, name)[among]
            for name in ("account", "role", "listable", "followers", "posts")
        }
    )

    found = listed((ties, kept), top=10)

    assert found.high.max() < len(among) / 4


def test_people_far_apart_have_a_tier_each():
    """Whoever is ahead in every draw leads alone."""
    possible = np.tile([3.0, 2.0, 1.0], (20, 1))

    assert tiers(possible, np.arange(3)).tolist() == [1, 2, 3]


def test_people_alike_share_a_tier():
    """Whoever is ahead as often as not shares the tier of the next."""
    possible = np.array([[2.0, 1.0], [1.0, 2.0]])

    assert tiers(possible, np.arange(2)).tolist() == [1, 1]


def test_a_tier_ends_where_its_leader_is_surely_ahead():
    """The share of draws that splits is that of the constant, no less."""
    ahead = np.ones((100, 2))
    ahead[:, 1] = 2.0
    ahead[: round(100 * TOLD_APART), 1] = 0.0
    almost = ahead.copy()
    almost[round(100 * TOLD_APART) - 1, 1] = 2.0

    assert tiers(ahead, np.arange(2)).tolist() == [1, 2]
    assert tiers(almost, np.arange(2)).tolist() == [1, 1]


def test_nobody_has_no_tier():
    """An empty list gives no tiers."""
    assert len(tiers(np.empty((5, 0)), np.arange(0))) == 0


@pytest.fixture(scope="module")
def noisy():
    """True values of a normal distribution, seen with errors of variance 1/2."""
    rng = np.random.default_rng(3)
    true = rng.normal(size=3_000)
    seen = true + np.sqrt(0.5) * rng.normal(size=3_000)
    order = np.argsort(-seen)
    return true[order], seen[order]


def test_a_normal_world_is_shrunk_as_theory_says(noisy):
    """With true variance 1 and error 1/2 the mean is 2/3 of the value, variance 1/3."""
    _, seen = noisy

    mean, variance = shrink(seen, np.full(len(seen), 0.5))

    inner = np.abs(seen) < 2
    assert np.abs(mean - seen * 2 / 3)[inner].max() < 0.15
    assert np.median(variance) == pytest.approx(1 / 3, abs=0.05)


def test_the_winners_are_not_overrated(noisy):
    """Over the highest values, the estimates are right on average."""
    true, seen = noisy

    mean, _ = shrink(seen, np.full(len(seen), 0.5))

    assert seen[:100].mean() - true[:100].mean() > 0.5
    assert mean[:100].mean() == pytest.approx(true[:100].mean(), abs=0.15)


def test_what_is_known_for_sure_stays(noisy):
    """Without error nothing is shrunk by more than the grid is wide."""
    _, seen = noisy

    mean, variance = shrink(seen, np.full(len(seen), 1e-6))

    step = (seen[0] - seen[-1]) / 200
    assert np.abs(mean - seen).max() < step
    assert variance.max() < step**2


def test_more_noise_is_shrunk_more(noisy):
    """Of two people with the same value, the surer one stays higher."""
    _, seen = noisy
    error = np.full(len(seen), 0.5)
    error[0], seen = 0.01, np.concatenate([[seen[0]], seen[:1], seen[2:]])

    mean, _ = shrink(seen, error)

    assert mean[0] > mean[1]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_smallest_lists(count):
    """None, one and two people give finite results."""
    mean, variance = shrink(np.zeros(count), np.ones(count))

    assert np.isfinite(mean).all()
    assert (variance > 0).all()
