"""Limits hold exactly, and only a list that can be finished is begun."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.errors import InfeasibleLimits
from hcpgraph.model.quotas import Quota, Quotas, fold
from hcpgraph.prospects.quotas.constraint import make_constraint

COUNTRIES, FIELDS = ("DE", "FR", None), ("oncology", "cardiology", None)


@st.composite
def questions(draw):
    """Up to seven candidates in two columns, with limits that may clash."""
    count = draw(st.integers(0, 7))
    values = {
        "country": [draw(st.sampled_from(COUNTRIES)) for _ in range(count)],
        "specialty": [draw(st.sampled_from(FIELDS)) for _ in range(count)],
    }
    groups = [("country", None), ("country", "DE"), ("country", "FR")]
    groups += [("specialty", None), ("specialty", "oncology")]
    chosen = draw(st.lists(st.sampled_from(groups), unique=True, max_size=4))
    limits = []
    for column, value in chosen:
        if draw(st.booleans()):
            limits.append(Quota(column, value, most=draw(st.integers(0, 3))))
        else:
            limits.append(Quota(column, value, least=draw(st.integers(1, 3))))
    include = [place for place in range(count) if draw(st.integers(0, 5)) == 0]
    return values, Quotas(tuple(limits)), include, draw(st.integers(0, 5)), count


def bounds(limits, values):
    """Every group with its members, least and largest number, from the words alone."""
    for column, cells in values.items():
        mine = [one for one in limits.limits if one.column == column]
        named = {fold(one.value) for one in mine if one.value}
        for key in sorted({fold(one) for one in cells if one} | named):
            members = {i for i, one in enumerate(cells) if one and fold(one) == key}
            for side in ("least", "most"):
                having = [one for one in mine if getattr(one, side) is not None]
                own = [one for one in having if one.value and fold(one.value) == key]
                general = [one for one in having if not one.value]
                if side == "least" and not members:
                    general = []
                for one in (own or general)[:1]:
                    yield members, side, getattr(one, side)


def good_lists(values, limits, include, budget, count):
    """Every set of candidates that keeps every limit, by trial."""
    rules = list(bounds(limits, values))
    for size in range(min(budget, count) + 1):
        for some in combinations(range(count), size):
            people = set(some)
            fits = all(
                len(people & members) >= number
                if side == "least"
                else len(people & members) <= number
                for members, side, number in rules
            )
            if fits and people.issuperset(include):
                yield people


def exists(*question):
    return next(good_lists(*question), None) is not None


def rule_of(question):
    values, limits, include, budget, count = question
    return make_constraint(
        limits, values, n_candidates=count, budget=budget, include=include
    )


@settings(max_examples=150, deadline=None)
@given(question=questions(), choices=st.lists(st.integers(0, 99), max_size=6))
def test_who_is_open_can_be_followed_to_a_good_list(question, choices):
    """Open are those who must be on it, then all with whom it can still be finished."""
    good = list(good_lists(*question))
    if not good:
        with pytest.raises(InfeasibleLimits):
            rule_of(question)
        return
    rule, picked = rule_of(question), []
    for choice in [*choices, *range(6)]:
        must = set(question[2]) - set(picked)
        expected = must or {
            place
            for place in range(question[-1])
            if place not in picked and any({place, *picked} <= one for one in good)
        }

        found = np.flatnonzero(rule.open(picked)).tolist()

        assert set(found) == expected
        if not found:
            break
        picked.append(found[choice % len(found)])
    assert set(picked) in good


@settings(max_examples=100, deadline=None)
@given(question=questions(), gains=st.lists(st.integers(0, 9), min_size=7, max_size=7))
def test_the_best_of_those_open_is_found_with_fewer_proofs(question, gains):
    """Told what each adds, a rule leaves the same one to be picked at each step."""
    if not exists(*question):
        return
    gain = np.array(gains[: question[-1]])
    exact, quick, picked = rule_of(question), rule_of(question), []
    while True:
        everyone, some = exact.open(picked), quick.open(picked, gain)

        assert not (some & ~everyone).any()
        assert some.any() == everyone.any()
        if not some.any():
            break
        best = int(np.where(everyone, gain, -1).argmax())
        assert int(np.where(some, gain, -1).argmax()) == best
        picked.append(best)


@settings(max_examples=150, deadline=None)
@given(
    question=questions(),
    gains=st.lists(st.integers(0, 20), min_size=7, max_size=7),
)
def test_no_list_gains_more_than_the_bound(question, gains):
    """The bound holds for every list of every size that keeps the limits."""
    good = list(good_lists(*question))
    if not good:
        return
    rule = rule_of(question)
    gain = np.array(gains[: question[-1]], np.float64)
    best = {}
    for people in good:
        total = float(gain[list(people)].sum())
        best[len(people)] = max(best.get(len(people), 0.0), total)

    found = {size: rule.most(gain, size) for size in best}

    assert all(found[size] >= best[size] for size in best)


@settings(max_examples=100, deadline=None)
@given(question=questions(), gains=st.lists(st.integers(0, 20), min_size=7, max_size=7))
def test_the_bound_is_exact_under_limits_of_one_column(question, gains):
    """With one column and nobody given, the bound is the best list."""
    values, limits, _, budget, count = question
    one = Quotas(tuple(x for x in limits.limits if x.column == "country"))
    gain = np.array(gains[:count], np.float64)
    good = list(good_lists(values, one, [], budget, count))
    sizes = {len(people) for people in good}
    if not sizes:
        return
    size = max(sizes)

    found = rule_of((values, one, [], budget, count)).most(gain, size)

    assert found == max(
        gain[list(people)].sum() for people in good if len(people) == size
    )


@settings(max_examples=150, deadline=None)
@given(question=questions())
def test_without_any_limit_named_a_list_exists(question):
    """What is said to clash does, and without any one part of it does no more."""
    values, _, include, _, count = question
    if exists(*question):
        return
    with pytest.raises(InfeasibleLimits) as found:
        rule_of(question)
    clash = found.value

    named = list(clash.limits)
    must = include if clash.included else []
    room = count if clash.budget is None else clash.budget
    assert not exists(values, Quotas(tuple(named)), must, room, count)
    for left in named:
        fewer = Quotas(tuple(one for one in named if one is not left))
        assert exists(values, fewer, must, room, count)
    if must:
        assert exists(values, Quotas(tuple(named)), [], room, count)
    if clash.budget is not None:
        assert exists(values, Quotas(tuple(named)), must, count, count)


def fill(rule, order):
    """A list by always picking the first in *order* that is open."""
    picked = []
    while (found := rule.open(picked)).any():
        picked.append(next(place for place in order if found[place]))
    return picked


def test_a_limit_of_one_group_stands_in_place_of_the_general_one():
    """At most one of each country, but two of Germany: three people in all."""
    rule = make_constraint(
        Quotas.parse(["country=1", "country:de=2"]),
        {"country": ["DE", "DE", "De ", "FR", "FR"]},
        n_candidates=5,
        budget=5,
    )

    assert fill(rule, range(5)) == [0, 1, 3]
    assert rule.short([0, 1, 3]) == (
        "the list ends at 3 of 5 people: at most 1 of each country (1 person left "
        "out); at most 2 of country de (1 person left out)"
    )


def test_whoever_has_no_known_value_is_in_no_group():
    """Unknown people fill a list freely, and help to meet no least number."""
    rule = make_constraint(
        Quotas.parse(["country=1"], ["country:FR=1"]),
        {"country": [None, "", "DE", "DE", "FR"]},
        n_candidates=5,
        budget=4,
    )

    assert fill(rule, range(5)) == [0, 1, 2, 4]
    assert rule.notes == (
        "the country of 2 people is not known: no limit of country counts them",
    )


def test_a_limit_that_fits_nobody_is_told():
    """A slip of the pen in a value shows, as no candidate has it."""
    rule = make_constraint(
        Quotas.parse(["country:Gremany=1"]),
        {"country": ["Germany"]},
        n_candidates=1,
        budget=1,
    )

    assert rule.notes == ("at most 1 of country Gremany: no candidate has it",)
    assert rule.open([]).all()


def test_those_who_must_be_on_the_list_come_first():
    """The others are picked to go with them, and they count towards limits."""
    rule = make_constraint(
        Quotas.parse(["country=1"]),
        {"country": ["DE", "DE", None, None]},
        n_candidates=4,
        budget=2,
        include=[1],
    )

    assert rule.open([]).tolist() == [False, True, False, False]
    assert rule.open([1]).tolist() == [False, False, True, True]
    assert fill(rule, range(4)) == [1, 2]


@pytest.mark.parametrize(
    ("limits", "include", "budget", "told"),
    [
        (
            Quotas.parse(at_least=["specialty:oncology=5"]),
            [],
            9,
            "no list keeps these limits: at least 5 of specialty Oncology, but only 3"
            " candidates have it. Loosen it",
        ),
        (
            Quotas.parse(at_least=["specialty:surgery=1"]),
            [],
            9,
            "no list keeps these limits: at least 1 of specialty surgery, but no"
            " candidate has it. Loosen it",
        ),
        (
            Quotas.parse(["country=1"], ["specialty:oncology=3"]),
            [],
            9,
            "no list keeps these limits: at least 3 of specialty Oncology (3"
            " candidates have it); at most 1 of country DE. Loosen one of them",
        ),
        (
            Quotas.parse(["country=1"]),
            [0, 1],
            9,
            "no list keeps these limits: 2 people to include; at most 1 of"
            " country DE (2 to include). Loosen one of them",
        ),
        (
            Quotas.parse(at_least=["specialty:oncology=2"]),
            [],
            1,
            "no list keeps these limits: a budget of 1; at least 2 of specialty"
            " Oncology (3 candidates have it). Loosen one of them",
        ),
    ],
)
def test_limits_that_clash_are_named_with_their_numbers(limits, include, budget, told):
    """The message says which, how many there are, and nothing that is beside it."""
    values = {
        "country": ["DE", "DE", "FR", "FR"],
        "specialty": ["Oncology", "Oncology", "Oncology", None],
    }

    with pytest.raises(InfeasibleLimits) as found:
        make_constraint(limits, values, n_candidates=4, budget=budget, include=include)

    assert str(found.value) == told


def test_an_empty_budget_leaves_nobody():
    """Nobody is open, no limit is to blame, and no gain is possible."""
    rule = make_constraint(
        Quotas.parse(["country=1"]), {"country": ["DE"]}, n_candidates=1, budget=0
    )

    assert not rule.open([]).any()
    assert rule.short([]) is None
    assert rule.most(np.ones(1), 0) == 0.0


def test_without_limits_all_are_open_until_the_budget_is_spent():
    """No limits, no candidates, no trouble."""
    rule = make_constraint(Quotas(), {}, n_candidates=3, budget=2)

    assert fill(rule, [2, 0, 1]) == [2, 0]
    assert rule.most(np.array([1.0, 5.0, 2.0]), 2) == 7.0
    assert make_constraint(Quotas(), {}, n_candidates=0, budget=2).open([]).shape == (
        0,
    )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"budget": -1}, "budget must be 0 or more"),
        ({"values": {}}, "need the country of every candidate"),
        ({"values": {"country": ["DE"]}}, "1 values for 2 candidates"),
        ({"include": [2]}, "beyond the 2 candidates"),
    ],
)
def test_mistakes_of_a_caller_are_refused(options, told):
    """Each with what is wrong."""
    said = {"values": {"country": ["DE", "FR"]}, "n_candidates": 2, "budget": 1}

    with pytest.raises(ValueError, match=told):
        make_constraint(Quotas.parse(["country=1"]), **(said | options))


def test_people_who_can_be_on_no_list_are_refused():
    """Who was picked against the rule cannot be followed."""
    rule = make_constraint(
        Quotas.parse(at_least=["country:DE=1"]),
        {"country": ["DE", "FR"]},
        n_candidates=2,
        budget=1,
    )

    with pytest.raises(ValueError, match="no way to keep every limit"):
        rule.open([1])
