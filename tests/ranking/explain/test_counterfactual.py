"""One person's score anew: as if everything had been read again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.model.ties import NO_TIME
from hcpgraph.ranking import FAMILY, Weights, everyone, prior, read
from hcpgraph.ranking.explain.counterfactual import open_counterfactual
from hcpgraph.ranking.record.recency import average
from hcpgraph.ranking.record.vouching import SHARE

DAY = 86_400
LAYERS = ("follow", "mention", "reply", "repost", "quote", "nomination")
WALKS = {"pagerank", "area_pagerank"}
SUMS = Weights({name: 0.1 for name in FAMILY if name not in WALKS})
NOBODY = 8  # an account that nothing else touches


def rows(*, dated):
    at = st.integers(0, 400 * DAY) if dated else st.just(NO_TIME)
    return st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from(LAYERS), at),
        min_size=1,
        max_size=40,
    )


shared_fixtures = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def labels(case, ties, new):
    """The community of everyone in *ties*: as in the case, *new* for others."""
    there = everyone(ties)
    old = np.isin(there, case.record.account)
    found = np.full(len(there), new, np.int32)
    found[old] = case.record.communities[
        np.searchsorted(case.record.account, there[old])
    ]
    return found


def signals_of(person, ties, case, accounts, measure, new=0):
    table = read(
        ties, accounts, layers=DEFAULT_LAYERS, measure=measure,
        communities=labels(case, ties, new), only=case.table.names,
    )  # fmt: skip
    return table.value[np.searchsorted(table.account, person)]


@shared_fixtures
@given(rows=rows(dated=True))
def test_nothing_left_out_is_the_score_of_the_list(rows, make_case):
    """The same number, whoever it is computed for."""
    case = make_case(rows, rows[0][1])

    assert open_counterfactual(case).score() == pytest.approx(case.score, abs=1e-9)


@shared_fixtures
@given(rows=rows(dated=True), leaver=st.integers(0, 6))
def test_leaving_out_an_endorser_equals_reading_everything_again(
    rows, leaver, make_case, make_ties, make_accounts, measure
):
    """With the same acts turned to a stranger, every count comes out the same."""
    person = rows[0][1]
    case = make_case(rows, person, weights=SUMS)
    turned = [
        (s, NOBODY if (s, t) == (leaver, person) and s != t else t, layer, at)
        for s, t, layer, at in rows
    ]
    if person not in {account for row in turned for account in row[:2]}:
        return  # there is nobody to read anything of

    found = open_counterfactual(case).without([leaver]).signals()

    ties = make_ties(turned)
    expected = signals_of(person, ties, case, make_accounts(9), measure)
    assert found == pytest.approx(expected, abs=2e-6)


@shared_fixtures
@given(
    rows=rows(dated=False),
    count=st.integers(1, 4),
    layer=st.sampled_from(("follow", "mention", "nomination")),
)
def test_further_accounts_equal_reading_them(
    rows, count, layer, make_case, make_ties, make_accounts, measure
):
    """Where no clock can move, the score with new accounts is what they would give."""
    person = rows[0][1]
    case = make_case(rows, person, weights=SUMS)

    found = open_counterfactual(case).with_more(count, layer)

    more = [(10 + k, person, layer, NO_TIME) for k in range(count)]
    ties = make_ties([*rows, *more])
    own = int(case.record.communities[case.row])
    expected = signals_of(person, ties, case, make_accounts(20), measure, own)
    assert found.signals() == pytest.approx(expected, abs=2e-6)
    assert found.audience == case.audience + count


def test_without_anyone_nothing_of_attention_is_left(make_case):
    """PageRank goes with the last one who attends."""
    rows = [(1, 9, "mention", DAY), (2, 9, "follow"), (9, 1, "mention", DAY)]
    ego = open_counterfactual(make_case(rows, 9))

    less = ego.without([1, 2])

    assert less.audience == 0
    assert less.score() == 0.0


def test_pagerank_changes_by_what_the_endorser_passes_on(make_case):
    """A reader with two ties passes half of its share to each."""
    rows = [(1, 9, "mention", DAY), (1, 8, "mention", DAY), (2, 9, "mention", DAY)]
    case = make_case(rows, 9, weights=Weights({"pagerank": 1.0}))
    ego = open_counterfactual(case)

    half = ego.signals() - ego.without([1]).signals()
    whole = ego.signals() - ego.without([2]).signals()

    assert 2 * half == pytest.approx(whole, abs=1e-5)


def test_all_endorsers_at_once_are_each_by_itself(make_case):
    """Copies read together give the very scores of those read one by one."""
    rng = np.random.default_rng(4)
    many = [
        (int(source), int(target), LAYERS[int(layer)], int(day) * DAY)
        for source, target, layer, day in zip(
            rng.integers(1, 30, 600),
            1 + (29 * rng.random(600) ** 2).astype(int),
            rng.integers(0, len(LAYERS), 600),
            rng.integers(0, 200, 600),
            strict=True,
        )
        if source != target
    ]
    every = Weights(dict.fromkeys(FAMILY, 0.1))
    for person in (1, 2, 25):
        for weights in (prior(), every):
            ego = open_counterfactual(make_case(many, person, weights=weights))

            found = ego.scores_without(ego.endorsers)

            assert found.tolist() == [
                ego.without([one]).score() for one in ego.endorsers.tolist()
            ]


def test_new_accounts_are_discounted_as_in_the_list(make_case):
    """Ten more strangers now: as if the list had been made with them."""
    ring = [
        (one, (one + step) % 12, "mention", DAY * (one + 40 * step))
        for one in range(12)
        for step in (1, 2)
    ]
    strangers = [(source, 3, "mention", 99 * DAY) for source in (20, 21)]
    case = make_case([*ring, *strangers], 3, weights=Weights({"listeners_lately": 1.0}))

    ego = open_counterfactual(case)

    assert case.record.discounts
    assert ego.score() == pytest.approx(case.score)
    more = ego.with_more(10, "mention").signals()
    of_the_ring = case.table["listeners_lately"][case.row] - 2 * SHARE * average(1 / 6)
    assert more == pytest.approx(of_the_ring + 12 * SHARE * average(1 / 6), abs=1e-5)
    left = ego.without([20, 21]).signals()
    assert left == pytest.approx(of_the_ring, abs=1e-5)
    assert ego.scores_without(np.array([20], np.int32)) == pytest.approx(
        np.log2(1.0 + of_the_ring + SHARE * average(1 / 6))
    )
