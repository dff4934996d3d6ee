"""Communities by name: what most of their members share and others do not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph import communities
from hcpgraph.study import grouping, releasing
from hcpgraph.study.selecting import release, scope_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.model.query import Selection
    from hcpgraph.model.scores import Partition
    from hcpgraph.policy import Words
    from hcpgraph.store import Store

FIELDS: Final = ("specialty", "country", "institution")
_READ_AGAIN: Final = 5_000_000  # ties beyond which areas are not read for names
_KNOWN: Final = 5  # members of whom something is known, below which nothing is said
_MOSTLY: Final = 0.5  # share of them that a name must fit
_OFTENER: Final = 1.5  # how much oftener than among all others


@dataclass(frozen=True, slots=True, eq=False)
class DescribedCommunities:
    """A graph under printed ids, its communities, and what distinguishes them.

    Attributes:
        graph: the graph.
        partition: its communities, the very ones that a list has.
        names: what most members share and others do not, by community from 0; only
            communities of which so much is known.
    """

    graph: Graph
    partition: Partition
    names: Mapping[int, str]


def read_groups(
    store: Store, selection: Selection, *, seed: int
) -> DescribedCommunities:
    """The communities of an area, named by specialty, country or institution.

    Those of the whole study are named by area first.
    """
    graph = grouping.read_graph(store, selection)
    found = communities.leiden(graph, seed=seed)
    profiles = store.read_profiles(graph.ids, FIELDS)
    allowed, _ = release(store, selection, store.read_roles(graph.ids))
    said = releasing.read_words(store)
    known = {
        field: _released(said, profiles[field], allowed.tolist()) for field in FIELDS
    }
    if selection.area is None and graph.n_edges <= _READ_AGAIN:
        known = {"area": _main_areas(store, selection, graph.ids), **known}
    ids = np.array(profiles["id"], np.str_)
    order = np.argsort(ids, kind="stable")
    partition = replace(found, ids=ids[order], label=found.label[order])
    names = name_groups(found.label, known, least=said.least_accounts)
    return DescribedCommunities(graph.relabel(ids), partition, names)


def _released(
    said: Words, cells: Sequence[str | None], allowed: Sequence[bool]
) -> list[str | None]:
    """What is said of those who may be listed, where it names nobody who may not."""
    free = {cell for cell in set(cells) if cell and not said.calls(cell)}
    return [
        cell if may and cell in free else None
        for cell, may in zip(cells, allowed, strict=True)
    ]


def _main_areas(
    store: Store, selection: Selection, accounts: NDArray[np.int32]
) -> list[str | None]:
    """The area in which each account has the largest part of all ties of the area.

    Shares of the area, not counts: of an area and a wider one around it the narrower
    says more.
    """
    slugs = releasing.area_slugs(store, with_ties=True)
    if not slugs:
        return [None] * len(accounts)
    ties = store.read_ties(scope_of(selection, slugs))
    ends = np.concatenate([ties.source, ties.target])
    area = np.concatenate([ties.area, ties.area]).astype(np.int64)
    cell = np.searchsorted(accounts, ends) * len(slugs) + area
    table = np.bincount(cell, minlength=len(accounts) * len(slugs))
    table = table.reshape(len(accounts), len(slugs))
    share = table / np.maximum(table.sum(axis=0), 1)
    called = {str(row["slug"]): str(row["name"]) for row in store.count_areas()}
    return [
        called[slugs[best]] if part > 0 else None
        for best, part in zip(share.argmax(axis=1), share.max(axis=1), strict=True)
    ]


def name_groups(
    label: NDArray[np.int32],
    known: Mapping[str, Sequence[str | None]],
    *,
    least: int = 1,
) -> dict[int, str]:
    """Communities by what most of their members share and others do not.

    A value names a community if it fits at least half of the members of whom the
    field is known, and half as many again as it fits among everyone else. The field
    that stands out most comes first, at most two are named.

    Args:
        label: community of each account, shape (n,), from 0.
        known: field -> its value for each account; None where it is not known.
        least: members whom a value must fit.
    """
    count = int(label.max(initial=-1)) + 1
    fitting: dict[int, list[tuple[float, int, str]]] = {}
    for place, cells in enumerate(known.values()):
        rows = np.array([i for i, cell in enumerate(cells) if cell], np.intp)
        if not len(rows):
            continue
        values, code = np.unique(
            np.array([str(cells[i]) for i in rows], np.str_), return_inverse=True
        )
        cell = label[rows].astype(np.int64) * len(values) + code
        table = np.bincount(cell, minlength=count * len(values))
        table = table.reshape(count, len(values))
        told, overall = table.sum(axis=1), table.sum(axis=0)
        for group in np.flatnonzero(told >= _KNOWN).tolist():
            value = int(np.argmax(table[group]))
            inside = table[group, value] / told[group]
            others = max(int(told.sum() - told[group]), 1)
            outside = (overall[value] - table[group, value]) / others
            if table[group, value] < least:
                continue
            if inside >= _MOSTLY and inside >= _OFTENER * outside:
                apart = inside - outside
                fitting.setdefault(group, []).append((-apart, place, values[value]))
    return {
        group: "Mostly " + ", ".join(str(value) for _, _, value in sorted(found)[:2])
        for group, found in sorted(fitting.items())
    }


def agreement(groups: DescribedCommunities, *, seed: int) -> float | None:
    """How alike the communities of another seed are; None if there is nothing to."""
    if not groups.graph.n_edges:
        return None
    other = communities.leiden(groups.graph, seed=seed + 1)
    return communities.agreement(groups.partition, other)
