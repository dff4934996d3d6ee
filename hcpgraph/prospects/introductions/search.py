"""How to get from people already known to a prospect."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph import layer_weights
from hcpgraph.model.introductions import Introduction, Step
from hcpgraph.model.names import LAYERS
from hcpgraph.model.ties import NO_POST
from hcpgraph.prospects.introductions.acquaintance import SAYS, acquaintance
from hcpgraph.prospects.introductions.strongest_paths import strongest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties

POSTS: Final = 3  # shown of two people, the latest


def introduction_paths(
    ties: Ties,
    picked: NDArray[np.int32],
    known: NDArray[np.int32],
    layers: Mapping[str, float],
    *,
    named: NDArray[np.int32],
    most: int = 3,
) -> dict[int, tuple[Introduction, ...]]:
    """The strongest paths of at most three steps from known people to prospects.

    Somebody known who has talked with a prospect can introduce, and somebody known
    who talks with one who talks with the prospect can ask for it. How well two
    people know each other is estimated in ``acquaintance``: by interactions in either
    direction, the more when they are answered, and by a follow alone hardly. The
    strength of a path is the product of its ties, so that a long way must be a
    well-trodden one. From each known person the strongest path counts; of equal ones
    the shortest, then the one with the lower account numbers.

    Args:
        ties: the ties of an area and a period.
        picked: account numbers of prospects; known people have no paths.
        known: account numbers of the people to start from. Leave out people nobody may
            name.
        layers: weight of each layer that counts.
        named: account numbers of people allowed in between; nobody else is, and
            no known person with a shorter path is.
        most: how many paths per prospect at most, from 1.

    Returns:
        Prospect -> one to *most* ways, each from another known person, the strongest
        first; only prospects with paths.

    Raises:
        ValueError: if *layers* names no known layer, or *most* is below 1.

    >>> from hcpgraph.model.ties import Ties
    >>> ties = Ties(
    ...     source=np.array([3, 2, 1]), target=np.array([2, 3, 2]),
    ...     layer=np.full(3, LAYERS.index("reply")), at=np.array([5, 6, 7]),
    ...     post=np.array([10, 11, 12]), weight=np.ones(3), area=np.full(3, -1),
    ... )
    >>> found = introduction_paths(
    ...     ties, np.array([3]), np.array([1]), {"reply": 1.0}, named=np.array([2])
    ... )
    >>> found[3][0].people, round(found[3][0].strength, 2)
    ((1, 2, 3), 0.07)
    >>> found[3][0].steps[1].posts
    (11, 10)
    """
    if most < 1:
        raise ValueError(f"most must be 1 or more, got {most}")
    picked = np.setdiff1d(picked, known)
    here = np.union1d(np.union1d(picked, known), named)
    web = acquaintance(ties, layers, among=here)
    start = _places(web.account, known)
    between = np.zeros(len(web.account), np.bool_)
    between[_places(web.account, named)] = True
    between[start] = False
    paths = {
        int(web.account[place]): strongest(web, int(place), start, between, most=most)
        for place in _places(web.account, picked)
    }
    chains = [path.people for some in paths.values() for path in some]
    told = _steps(ties, layers, chains)
    return {
        prospect: tuple(
            Introduction(
                path.people[0],
                tuple(told[pair] for pair in pairwise(path.people)),
                path.strength,
            )
            for path in some
        )
        for prospect, some in paths.items()
        if some
    }


def _steps(
    ties: Ties, layers: Mapping[str, float], chains: Sequence[tuple[int, ...]]
) -> dict[tuple[int, int], Step]:
    """What ties each two people next to each other, by (first, second)."""
    people = np.unique([one for chain in chains for one in chain]).astype(np.int32)
    worth = layer_weights(layers)
    rows = np.flatnonzero(
        (worth[ties.layer] > 0)
        & np.isin(ties.source, people)
        & np.isin(ties.target, people)
    )
    columns = (ties.source, ties.target, ties.layer, ties.at, ties.post)
    between = defaultdict(set)
    for source, target, *tie in zip(*(c[rows].tolist() for c in columns), strict=True):
        between[source, target].add(tuple(tie))
    return {
        (first, second): _step(first, second, between, worth)
        for chain in chains
        for first, second in pairwise(chain)
    }


def _step(
    first: int,
    second: int,
    between: Mapping[tuple[int, int], Collection[tuple[int, int, int]]],
    worth: NDArray[np.float64],
) -> Step:
    """The layer that says most about two people, and their latest posts."""
    on, back = (between.get(way, ()) for way in ((second, first), (first, second)))
    toward, away = (Counter(layer for layer, *_ in some) for some in (on, back))
    code = max(
        sorted({*toward, *away}),
        key=lambda layer: (
            (toward[layer] + away[layer]) * (worth[layer] * SAYS[LAYERS[layer]])
        ),
    )
    latest = sorted({(at, post) for _, at, post in (*on, *back) if post != NO_POST})
    posts = tuple(dict.fromkeys(post for _, post in reversed(latest)))[:POSTS]
    if toward[code]:
        return Step(second, first, LAYERS[code], toward[code], posts, away[code])
    return Step(first, second, LAYERS[code], away[code], posts)


def _places(account: NDArray[np.int32], some: NDArray[np.int32]) -> NDArray[np.intp]:
    """Where those of *some* stand in *account* who are there, ascending."""
    return np.flatnonzero(np.isin(account, some))
