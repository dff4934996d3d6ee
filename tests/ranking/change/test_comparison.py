"""Changes between two periods: planted ones are found, noise is not named."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph import ranking
from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking.change.comparison import (
    FALSE,
    LEAST_RESPONDERS,
    Period,
    shifts,
    stepped_up,
)
from tests.validation import changes
from tests.validation.changes import PEOPLE, rates


@pytest.fixture
def drawn(make_accounts, measure):
    """A period in which accounts respond to each person at a known rate."""

    def draw(rate, seed, start=0):
        ties = changes.mentions(rate, seed, start)
        accounts = make_accounts(PEOPLE)
        scored = ranking.rank(ties, accounts, layers=DEFAULT_LAYERS, measure=measure)
        return Period(scored, ties, accounts)

    return draw


def found(before, after, **options):
    return shifts(
        before, after, weights=ranking.prior(), layers=DEFAULT_LAYERS, draws=40,
        **options,
    )  # fmt: skip


def test_noise_alone_names_hardly_anyone(drawn):
    """Where nobody changed, at most one world in ten, here two, names anybody."""
    named = []
    for seed in range(10):
        rate = rates(seed)
        before, after = drawn(rate, 2 * seed), drawn(rate, 2 * seed + 1, 2 * 10**6)
        named.append(int(found(before, after).sure.sum()))

    assert sum(count > 0 for count in named) <= 2
    assert sum(named) <= 4


def test_planted_changes_are_found_and_few_others(drawn):
    """Over thirty worlds most of those named truly moved; at most a tenth did not."""
    true, false = [], []
    for seed in range(30):
        rate = rates(seed)
        middling = np.flatnonzero((rate > 3) & (rate < 12))[:6]
        later = rate.copy()
        later[middling[::2]] *= 8.0
        later[middling[1::2]] /= 8.0
        before, after = drawn(rate, seed), drawn(later, seed + 50, 2 * 10**6)
        result = found(before, after)
        moved = result.account[result.sure]
        true.append(int(np.isin(moved, middling).sum()))
        false.append(1.0 - true[-1] / len(moved) if len(moved) else 0.0)
        up = result.change[np.isin(result.account, middling[::2])]
        assert (up > 0).all()

    assert sum(true) >= 60
    assert np.mean(false) <= FALSE


def test_a_field_that_grows_moves_nobody(drawn):
    """Four times the posts are no news about anyone; the drift is said."""
    rate = rates(3)

    result = found(drawn(rate, 1), drawn(4.0 * rate, 2, 2 * 10**6))

    assert result.drift > 0.5
    assert result.sure.sum() <= 1


def test_newcomers_and_people_gone_are_compared(drawn):
    """Whoever is absent from a period scores nothing in it."""
    rate = np.full(PEOPLE, 5.0)
    without, with_ = rate.copy(), rate.copy()
    without[7], with_[7] = 0.0, 40.0

    new = found(drawn(without, 1), drawn(with_, 2, 2 * 10**6))
    gone = found(drawn(with_, 1), drawn(without, 2, 2 * 10**6))

    assert new.account[new.sure].tolist() == gone.account[gone.sure].tolist() == [7]
    assert new.change[new.account == 7] > 1
    assert gone.change[gone.account == 7] < -1


def test_those_hardly_heard_are_not_compared(drawn):
    """Their number is said."""
    rate = np.full(PEOPLE, 0.5)
    rate[:20] = 20.0

    result = found(drawn(rate, 1), drawn(rate, 2, 2 * 10**6))

    assert set(range(20)) <= set(result.account.tolist())
    assert result.thin > 100
    assert LEAST_RESPONDERS > 1


def test_the_same_on_any_number_of_threads(drawn, monkeypatch):
    """Byte for byte; another seed draws anew."""
    rate = rates(5)
    before, after = drawn(rate, 1), drawn(rate[::-1], 2, 2 * 10**6)
    results = []
    for threads in ("1", "2"):
        monkeypatch.setenv("HCPGRAPH_THREADS", threads)
        results.append(found(before, after))

    one, two = results
    assert one.p.tobytes() == two.p.tobytes()
    assert one.change.tobytes() == two.change.tobytes()
    assert one.p.tobytes() != found(before, after, seed=1).p.tobytes()


def test_awkward_records(make_ties, make_accounts, measure):
    """Nothing, a single pair, follows only, oneself only: nobody moves, no error."""
    records = (
        [],
        [(0, 1, "mention", 5, 1)],
        [(0, 1, "follow"), (2, 1, "follow")],
        [(1, 1, "mention", 3, 2)],
        [(i, 9, "mention", 5, i) for i in range(8)],
    )
    periods = []
    for rows in records:
        ties, accounts = make_ties(rows), make_accounts(10)
        scored = ranking.rank(ties, accounts, layers=DEFAULT_LAYERS, measure=measure)
        periods.append(Period(scored, ties, accounts))

    for before in periods:
        for after in periods:
            result = found(before, after)
            assert np.isfinite(result.change).all()
            assert ((result.p >= 0) & (result.p <= 1)).all()
    assert not found(periods[4], periods[4]).sure.any()
    with pytest.raises(ValueError, match="draws"):
        shifts(periods[0], periods[0], weights=ranking.prior(),
               layers=DEFAULT_LAYERS, draws=1)  # fmt: skip


def test_the_correction_is_that_of_benjamini_and_hochberg():
    """Named at q are the first k for the largest k with p_k <= q k / n."""
    p = np.random.default_rng(1).random(200) ** 3
    ordered = np.sort(p)
    passing = np.flatnonzero(ordered <= 0.1 * np.arange(1, 201) / 200)

    named = stepped_up(p) <= 0.1

    assert named.sum() == passing[-1] + 1
    assert p[named].max() < p[~named].min()
    assert stepped_up(np.empty(0)).tolist() == []
