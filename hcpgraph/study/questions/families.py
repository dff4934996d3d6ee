"""Ranks by family of layers: columns of a list, and two families side by side."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.errors import FigureError
from hcpgraph.model.families import FamilyPair
from hcpgraph.model.names import LAYER_FAMILIES, suggest
from hcpgraph.model.ranks import best_first
from hcpgraph.study.scored_area import scored_area

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.query import Query
    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.table import Cell
    from hcpgraph.study.open_study import OpenStudy


def columns(
    found: Mapping[str, Scored], accounts: NDArray[np.int32]
) -> dict[str, list[Cell]]:
    """The rank of each account by each family; empty cells where it has none.

    Args:
        found: family -> people ranked by its ties alone.
        accounts: account numbers of a list.
    """
    return {
        f"rank_{family}": _ranks(found.get(family), accounts)
        for family in LAYER_FAMILIES
    }


def _ranks(scored: Scored | None, accounts: NDArray[np.int32]) -> list[Cell]:
    if scored is None:
        return [None] * len(accounts)
    of = dict(zip(scored.account.tolist(), scored.ranks().tolist(), strict=True))
    return [of.get(account) for account in accounts.tolist()]


def answer(
    opened: OpenStudy, query: Query, *, families: Sequence[str] = (), top: int
) -> FamilyPair:
    """People ranked by the ties of two families, and some names.

    Args:
        opened: the study.
        query: what is asked.
        families: two of ``names.LAYER_FAMILIES``; by default the two with most people
            in both.
        top: people named, the ranks of whom differ most.

    Raises:
        FigureError: if nobody has ties of both.
        ValueError: if *families* are no two families.
    """
    query.one_area("families are compared in")
    _check(families)
    found = scored_area(opened, query).by_family
    first, second = families or _fullest(found)
    both = [found[family] for family in (first, second) if family in found]
    shared = _shared(both) if len(both) == 2 else np.empty(0, np.int32)
    if not len(shared):
        here = " and ".join(found) or "one family alone"
        raise FigureError(
            f"nothing to draw: nobody has both {first} and {second} ties here; there"
            f" are ties of {here}"
        )
    ranks = np.array([_ranks(one, shared) for one in both], np.int64)
    pair = FamilyPair((first, second), ranks, (len(both[0]), len(both[1])), {})
    rows = best_first(pair.apart(), ranks.min(axis=0))[:top]
    rows = rows[pair.apart()[rows] > 0]
    people, _ = opened.profiles(shared[rows], ("handle", "name"))
    ids = opened.printed(shared[rows]).tolist()  # a number where ids are withheld
    called = zip(ids, people["handle"], people["name"], strict=True)
    names = {
        row: (own, handle, name)
        for row, (own, handle, name) in zip(rows.tolist(), called, strict=True)
    }
    return FamilyPair(pair.families, ranks, pair.of, names, query.area)


def _check(families: Sequence[str]) -> None:
    for family in families:
        if family not in LAYER_FAMILIES:
            raise ValueError(f"no family {family!r}; {suggest(family, LAYER_FAMILIES)}")
    if families and (len(families) != 2 or families[0] == families[1]):
        raise ValueError(
            "two families are compared: name two, such as social,nominated"
        )


def _fullest(found: Mapping[str, Scored]) -> tuple[str, str]:
    """The two families with most people in both."""
    if len(found) < 2:
        raise FigureError(
            "nothing to draw: all ties are of one family; two of"
            f" {', '.join(LAYER_FAMILIES)} are needed"
        )
    pairs = list(combinations(found, 2))
    size = [len(_shared([found[one], found[other]])) for one, other in pairs]
    return pairs[size.index(max(size))]


def _shared(both: Sequence[Scored]) -> NDArray[np.int32]:
    """Account numbers of the people in both lists, ascending."""
    return np.intersect1d(both[0].account, both[1].account)
