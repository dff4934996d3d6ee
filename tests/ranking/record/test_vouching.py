"""Who is vouched for: paths of responses from the core of the community."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hcpgraph.model.names import LAYERS
from hcpgraph.model.ties import NO_POST, Ties
from hcpgraph.ranking.record import vouching as module
from hcpgraph.ranking.record.vouching import LEAST_CORE, SHARE, allowance, vouching

CORE = tuple(range(LEAST_CORE + 2))
# everyone of the core responds to the next two, so that no one account can be avoided
RING = [
    (one, (one + step) % len(CORE), "mention", 10 * one + step)
    for one in CORE
    for step in (1, 2)
]
NEWCOMER, PERSON, FAKES = 50, 3, range(60, 65)


def vouched(make_ties, rows):
    """(source, target) -> whether the source is vouched for."""
    found = vouching(make_ties(rows))
    keys = [row[:2] for row in rows]
    return dict(zip(keys, found.tie.tolist(), strict=True))


def test_the_core_is_vouched_for_and_newcomers_are_not(make_ties):
    """Nobody responds to the newcomer, so its time of response earns nothing."""
    found = vouched(make_ties, [*RING, (NEWCOMER, PERSON, "mention", 500)])

    assert not found.pop((NEWCOMER, PERSON))
    assert all(found.values())


def test_a_response_from_the_core_vouches(make_ties):
    """One answer of somebody else is enough, and so is an answer to the answered."""
    rows = [
        *RING,
        (8, NEWCOMER, "reply", 400),
        (NEWCOMER, 51, "mention", 450),
        (51, PERSON, "mention", 500),
    ]

    assert all(vouched(make_ties, rows).values())


def test_a_circle_vouches_for_nobody(make_ties):
    """Invented accounts as old as the period, busy, who respond to one another."""
    circle = [(a, b, "reply", a) for a in FAKES for b in FAKES if a != b]
    posts = [(fake, one, "mention", 5) for fake in FAKES for one in (1, 2, 4)]
    late = [(fake, PERSON, "mention", 500) for fake in FAKES]

    found = vouching(make_ties([*RING, *circle, *posts, *late]))

    assert found.discounts
    assert found.tie.tolist() == [True] * len(RING) + [False] * (len(found.tie) - 24)
    assert found.source.tolist() == found.tie.tolist()


def test_nobody_vouches_for_own_responders(make_ties):
    """Whom the person answers counts for others; so does a circle behind it."""
    circle = [(a, b, "reply", a) for a in FAKES for b in FAKES if a != b]
    late = [(fake, PERSON, "mention", 500) for fake in FAKES]
    elsewhere = [(fake, 7, "mention", 500) for fake in FAKES]
    answers = [(PERSON, FAKES[0], "reply", 501)]

    found = vouched(make_ties, [*RING, *circle, *late, *elsewhere, *answers])

    assert not any(found[fake, PERSON] for fake in FAKES)
    assert all(found[fake, 7] for fake in FAKES)


def test_the_root_cannot_vouch_for_own_responders_either(make_ties):
    """All paths begin at the account with most responders; it has a second tree."""
    crowd = [(one, 0, "mention", 300 + one) for one in CORE[3:]]
    rows = [*RING, *crowd, (0, NEWCOMER, "reply", 400), (NEWCOMER, 0, "mention", 500)]

    found = vouched(make_ties, rows)

    assert not found.pop((NEWCOMER, 0))
    assert all(found.values())


@pytest.mark.parametrize(
    "rows",
    [
        [(*row[:3],) for row in RING] + [(NEWCOMER, PERSON, "mention")],
        [*RING[: LEAST_CORE - 2], (NEWCOMER, PERSON, "mention", 500)],
        [
            *RING,
            *(
                (100 + i, one, "repost", i)
                for one in CORE
                for i in range(30 * one, 999)
            ),
        ],
        [],
    ],
    ids=["no times", "small core", "a crowd of strangers", "no ties"],
)
def test_without_grounds_nobody_counts_less(make_ties, rows):
    """No times, no core, or hardly anybody vouched for: then all are."""
    found = vouching(make_ties(rows))

    assert not found.discounts
    assert found.source.all()


@pytest.mark.parametrize("layer", ["follow", "nomination", "coauthor"])
def test_what_does_not_age_is_not_discounted(make_ties, layer):
    """The discount is on recency, and a nomination has none."""
    assert vouched(make_ties, [*RING, (NEWCOMER, PERSON, layer, 500)])[NEWCOMER, PERSON]


@pytest.mark.parametrize("layer", ["follow", "mention_in_repost"])
def test_cheap_ties_vouch_for_nobody(make_ties, layer):
    """A follow is one click, and a repost names the account by no choice of its own."""
    rows = [*RING, (8, NEWCOMER, layer, 400), (NEWCOMER, PERSON, "mention", 500)]

    assert not vouched(make_ties, rows)[NEWCOMER, PERSON]


def test_separate_communities_have_a_core_each(make_ties):
    """Two towns with no tie between them: the smaller is no crowd of strangers."""
    town = [(a + 20, b + 20, layer, at) for a, b, layer, at in RING[:-4]]
    rows = [*RING, *town[: 2 * LEAST_CORE], (20 + LEAST_CORE, 20, "reply", 9)]

    assert all(vouched(make_ties, rows).values())


ENDS = st.integers(0, 29)


@settings(max_examples=40, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    st.sets(
        st.tuples(ENDS, ENDS).filter(lambda p: p[0] != p[1]), min_size=40, max_size=110
    )
)
def test_as_networkx_finds_paths(pairs):
    """The oracle removes the target and looks for a path from the root."""
    pairs = sorted(pairs)
    source, target = np.array(pairs, np.int32).reshape(-1, 2).T
    count = len(pairs)
    ties = Ties(
        source, target, np.full(count, LAYERS.index("reply"), np.int8),
        np.arange(count, dtype=np.int64), np.full(count, NO_POST, np.int32),
        np.ones(count, np.float32), np.full(count, -1, np.int16),
    )  # fmt: skip

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LEAST_SHARE", 0.0)  # few are vouched for here
        found = vouching(ties)

    graph = nx.DiGraph(pairs)
    core = max(nx.strongly_connected_components(graph), key=len)
    weak = next(c for c in nx.weakly_connected_components(graph) if core <= c)
    roots = sorted(core, key=lambda one: (-graph.in_degree(one), one))

    def avoids(one, other):
        if one not in weak or len(core) < LEAST_CORE:
            return True
        root = roots[1] if other == roots[0] else roots[0]
        return nx.has_path(graph.subgraph(set(graph) - {other}), root, one)

    assert found.tie.tolist() == [avoids(*pair) for pair in pairs]


def test_the_order_of_ties_changes_nothing(make_ties):
    """Everything depends on the set of ties alone."""
    rows = [*RING, *((fake, PERSON, "mention", 500) for fake in FAKES)]
    order = np.random.default_rng(0).permutation(len(rows))

    found = vouching(make_ties(rows)), vouching(make_ties([rows[i] for i in order]))

    assert found[0].tie[order].tolist() == found[1].tie.tolist()


def test_the_allowance_grows_with_responders():
    """So a further responder never lowers a sum; average ones count more."""
    most = allowance(np.array([0.0, 1.0, 20.0]), 1 / 20)

    assert most[0] == 0
    assert np.diff(most / [1.0, 1.0, 20.0])[1] == pytest.approx(0)
    assert most[1] == pytest.approx(SHARE * 0.0721, abs=1e-4)
