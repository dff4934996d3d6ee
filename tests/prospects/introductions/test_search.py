"""A way in is a chain of people who talk, and everyone on it may be named."""

from __future__ import annotations

from itertools import pairwise, permutations
from math import prod

import numpy as np
import pytest

from hcpgraph.model.names import DEFAULT_LAYERS, LAYERS
from hcpgraph.prospects.introductions.acquaintance import SAYS, acquaintance
from hcpgraph.prospects.introductions.search import introduction_paths


@pytest.fixture
def find(make_ties):
    """Ways from rows of ties; everyone may be named unless said otherwise."""

    def ask(rows, picked, known, *, named=range(5000), **options):
        numbers = (np.array(list(some), np.int32) for some in (picked, known, named))
        picked, known, named = numbers
        ties = make_ties(rows)
        return introduction_paths(
            ties, picked, known, DEFAULT_LAYERS, named=named, **options
        )

    return ask


def chat(a, b, times=3):
    """Two people who answer each other."""
    return [(*pair, "reply") for pair in ((a, b), (b, a)) for _ in range(times)]


def test_one_who_talks_with_the_prospect_introduces(find):
    """Mutual acts come first, then acts of one side, then a follow."""
    rows = [*chat(9, 1), (9, 2, "mention"), (9, 2, "mention"), (9, 3, "follow")]

    found = find(rows, [9], [1, 2, 3])[9]

    assert [way.known for way in found] == [1, 2, 3]
    assert [len(way.steps) for way in found] == [1, 1, 1]
    assert found[0].strength > found[1].strength > 5 * found[2].strength


def test_a_well_trodden_detour_beats_a_bare_follow(find):
    """Known 1 only follows the prospect, but talks with one who talks with them."""
    rows = [(1, 9, "follow"), *chat(1, 2), *chat(2, 9)]

    (way,) = find(rows, [9], [1])[9]

    assert way.people == (1, 2, 9)


def test_of_equal_ties_the_shorter_way_wins(find):
    """A step more is never for free."""
    rows = [*chat(1, 9), *chat(1, 2), *chat(2, 9)]

    assert find(rows, [9], [1])[9][0].people == (1, 9)


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_ways_have_at_most_three_steps(find, length):
    """Four handshakes are no introduction."""
    chain = [1, *range(20, 19 + length), 9]
    rows = [row for pair in pairwise(chain) for row in chat(*pair)]

    found = find(rows, [9], [1])

    assert (9 in found) == (length <= 3)
    if length <= 3:
        assert found[9][0].people == tuple(chain)


def test_only_those_who_may_be_named_stand_between(find):
    """Without the strong but unnamed go-between, the weak one is shown."""
    rows = [*chat(1, 2, 9), *chat(2, 9, 9), *chat(1, 3), *chat(3, 9)]

    assert find(rows, [9], [1])[9][0].people == (1, 2, 9)
    assert find(rows, [9], [1], named=[3])[9][0].people == (1, 3, 9)
    assert find(rows, [9], [1], named=[]) == {}


def test_known_people_do_not_stand_between(find):
    """Whoever is known starts a way of their own."""
    rows = [*chat(1, 2), *chat(2, 9)]

    (way,) = find(rows, [9], [1, 2])[9]

    assert way.people == (2, 9)


def test_what_ties_two_people_is_told(find):
    """The layer that says most, counts both ways, and the latest posts of either."""
    rows = [
        (9, 1, "reply", 10, 100), (9, 1, "reply", 20, 101), (1, 9, "reply", 30, 102),
        (1, 9, "mention", 40, 103), (9, 1, "follow"), (9, 1, "follow"),
        (9, 1, "reply", 10, 100),
    ]  # fmt: skip

    step = find(rows, [9], [1])[9][0].steps[0]

    assert (step.source, step.target, step.layer) == (9, 1, "reply")
    assert (step.ties, step.back) == (2, 1)
    assert step.posts == (103, 102, 101)


def test_who_is_turned_to_alone_is_the_target(find):
    """If only the known person acts, that is the source."""
    step = find([(1, 9, "mention", 5, 6)], [9], [1])[9][0].steps[0]

    assert (step.source, step.target, step.ties, step.back) == (1, 9, 1, 0)
    assert step.posts == (6,)


def test_at_most_so_many(find):
    """Of equal ways those from lower account numbers are shown."""
    rows = [row for known in range(1, 7) for row in chat(9, known)]

    assert [way.known for way in find(rows, [9], range(1, 7))[9]] == [1, 2, 3]
    assert len(find(rows, [9], range(1, 7), most=5)[9]) == 5
    with pytest.raises(ValueError, match="most must be 1 or more"):
        find(rows, [9], [1], most=0)


def test_nobody_to_start_from_or_to_reach(find):
    """No known people, no prospects, no ties, strangers: no ways."""
    rows = chat(1, 9)

    assert find(rows, [9], []) == {}
    assert find(rows, [], [1]) == {}
    assert find([], [9], [1]) == {}
    assert find(rows, [8], [7]) == {}
    assert find([(9, 9, "reply")], [9], [1]) == {}
    assert find(rows, [1, 9], [1])[9][0].people == (1, 9)


def test_a_post_that_repeats_itself_is_one_act(make_ties):
    """A mention within a reply makes nobody a closer friend."""
    rows = [(1, 2, "reply", 5, 7), (1, 2, "mention", 5, 7)]
    among = np.arange(3, dtype=np.int32)

    once = acquaintance(make_ties(rows[:1]), DEFAULT_LAYERS, among=among)
    twice = acquaintance(make_ties(rows), DEFAULT_LAYERS, among=among)

    assert once.strength.tolist() == twice.strength.tolist() == [0.2, 0.2]


def test_every_layer_says_something():
    """No layer can make a way fail."""
    assert set(SAYS) == set(LAYERS)
    assert min(SAYS.values()) > 0


@pytest.mark.parametrize("seed", range(6))
def test_brute_force_agrees(find, make_ties, seed):
    """On small random worlds no path of three steps is stronger than those found."""
    rng = np.random.default_rng(seed)
    pairs = rng.integers(0, 9, (14, 2)).tolist()
    rows = [(s, t, str(rng.choice(["reply", "follow"]))) for s, t in pairs]
    known, named = [0, 1], [2, 3, 4, 5, 6]
    tied = strengths(make_ties(rows))

    found = find(rows, [7, 8], known, named=named, most=9)

    for prospect in (7, 8):
        best = {}
        for start in known:
            chains = [
                (start, *middle, prospect)
                for length in (0, 1, 2)
                for middle in permutations(named, length)
            ]
            value = max(prod(tied.get(p, 0) for p in pairwise(c)) for c in chains)
            if value:
                best[start] = pytest.approx(value)
        assert {way.known: way.strength for way in found.get(prospect, ())} == best


def strengths(ties):
    """Strength by pair, either way round."""
    among = np.unique([*ties.source, *ties.target]).astype(np.int32)
    web = acquaintance(ties, DEFAULT_LAYERS, among=among)
    one = np.repeat(web.account, np.diff(web.indptr)).tolist()
    other = web.account[web.other].tolist()
    return dict(zip(zip(one, other, strict=True), web.strength.tolist(), strict=True))


def test_shuffled_ties_change_nothing(find):
    """In a world of 3,000 the order of the rows leaves no trace."""
    rng = np.random.default_rng(1)
    pairs = rng.integers(0, 3000, (12_000, 2)).tolist()
    rows = [(s, t, "reply", i, i) for i, (s, t) in enumerate(pairs)]

    found = find(rows, range(50, 60), range(10))

    assert found
    assert find(rows[::-1], range(50, 60), range(10)) == found
