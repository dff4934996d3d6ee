"""``communities``: who belongs together; and the graph, for own analyses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph import communities as finding
from hcpgraph import ranking
from hcpgraph.communities.describe import name_groups
from hcpgraph.graph.rows import column_totals
from hcpgraph.model.columns import profile_fields
from hcpgraph.model.communities import Communities
from hcpgraph.model.query import EVERY_AREA
from hcpgraph.model.ranks import levelled
from hcpgraph.narrative import partly
from hcpgraph.ranking.record.incoming_edges import STANDING
from hcpgraph.study.scored_area import (
    ENOUGH,
    find_communities,
    partial_layers,
    read_graph,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.model.query import Query
    from hcpgraph.model.scores import Partition
    from hcpgraph.model.table import Cell
    from hcpgraph.policy import Words
    from hcpgraph.ranking import PartialLayer
    from hcpgraph.study.open_study import OpenStudy

_FIELDS: Final = profile_fields("communities")[1:]  # id is looked up anyway
_NAMING: Final = ("specialty", "country", "institution")
_READ_AGAIN: Final = 5_000_000  # ties beyond which areas are not read for names


def answer(opened: OpenStudy, query: Query, *, resolution: float) -> Communities:
    """Leiden communities, with the members that may be listed."""
    query, left_out = counting(opened, query)
    graph = read_graph(opened, query)
    store = opened.store
    allowed, notes = opened.release(query, store.read_roles(graph.ids))
    listed = np.flatnonzero(allowed)
    # names are read from the disk while loops run
    with ThreadPoolExecutor(1) as reader:
        names = reader.submit(opened.profiles, graph.ids[listed], _FIELDS)
        partition = find_communities(graph, resolution=resolution, seed=query.seed)
        attention = column_totals(graph.indices, graph.weight, graph.n_nodes)[listed]
    found, emptied = names.result()
    table = opened.table("communities", _members(found, partition, attention, listed))
    return Communities(
        table=table,
        partition=partition,
        notes=(
            *(partly.left_out_of_network(one) for one in left_out),
            repr(partition),
            *notes,
            *emptied,
            *opened.withheld(table),
        ),
        parameters={
            **query.parameters(),
            "resolution": resolution,
            "seed": query.seed,
        },
    )


def counting(opened: OpenStudy, query: Query) -> tuple[Query, tuple[PartialLayer, ...]]:
    """The query of those layers that count in the score, and the partial ones left out.

    Two downloaded lists of followers would be the two largest communities of a map.
    """
    listed = [one for one in ranking.LISTED if one in query.layers]
    if not any(opened.layer_counts(one) for one in listed):
        return query, ()
    ids = read_graph(opened, query).ids
    allowed, _ = opened.release(query, opened.store.read_roles(ids))
    interactions = {name: w for name, w in query.layers.items() if name not in STANDING}

    def active() -> NDArray[np.int32] | None:
        if not interactions:
            return None
        others = read_graph(opened, replace(query, layers=interactions))
        return others.ids if len(np.unique(others.indices)) >= ENOUGH else None

    known = partial_layers(opened, query, ids[allowed], active=active)
    left_out = tuple(one for one in known if one.left_out)
    names = {one.layer for one in left_out}
    layers = {name: w for name, w in query.layers.items() if name not in names}
    return replace(query, layers=layers), left_out


def named_graph(opened: OpenStudy, query: Query) -> Graph:
    """The graph under the ids that are printed."""
    graph = read_graph(opened, query)
    return graph.relabel(opened.printed(graph.ids))


def named_communities(opened: OpenStudy, query: Query) -> tuple[Graph, Partition]:
    """A graph and its communities under printed ids: the very ones that a list has."""
    query, _ = counting(opened, query)
    graph = read_graph(opened, query)
    found = find_communities(graph, seed=query.seed)
    ids = opened.printed(graph.ids)
    return graph.relabel(ids), under(ids, found)


def under(ids: NDArray[np.str_], partition: Partition) -> Partition:
    """A partition under printed ids, in their order."""
    order = np.argsort(ids, kind="stable")
    return replace(partition, ids=ids[order], label=partition.label[order])


@dataclass(frozen=True, slots=True, eq=False)
class DescribedCommunities:
    """A graph under printed ids, its communities, and what distinguishes them.

    Attributes:
        graph: the graph.
        partition: its communities, the very ones that a list has.
        names: what most members share and others do not, by community from 0; only
            communities of which so much is known.
        left_out: partial layers that are not in the graph, as they are not in the
            score.
    """

    graph: Graph
    partition: Partition
    names: Mapping[int, str]
    left_out: tuple[PartialLayer, ...]


def described(opened: OpenStudy, query: Query) -> DescribedCommunities:
    """The communities of an area, named by specialty, country or institution.

    Those of the whole study are named by area first.
    """
    query, left_out = counting(opened, query)
    graph = read_graph(opened, query)
    found = find_communities(graph, seed=query.seed)
    store = opened.store
    profiles = opened.people(graph.ids, _NAMING)
    allowed, _ = opened.release(query, store.read_roles(graph.ids))
    said = opened.words()
    known = {
        field: _released(said, profiles[field], allowed.tolist()) for field in _NAMING
    }
    if query.area is None and graph.n_edges <= _READ_AGAIN:
        known = {"area": _main_areas(opened, query, graph.ids), **known}
    ids = opened.printed(graph.ids)
    names = name_groups(found.label, known, least=said.least_accounts)
    return DescribedCommunities(graph.relabel(ids), under(ids, found), names, left_out)


def agreement(groups: DescribedCommunities, *, seed: int) -> float | None:
    """How alike the communities of another seed are; None if there is nothing to."""
    if not groups.graph.n_edges:
        return None
    other = finding.leiden(groups.graph, seed=seed + 1)
    return finding.agreement(groups.partition, other)


def _released(
    said: Words, cells: Sequence[str | None], allowed: Sequence[bool]
) -> list[str | None]:
    """Cells of people who may be listed, unless they name an account that may not."""
    free = {cell for cell in set(cells) if cell and not said.calls(cell)}
    return [
        cell if may and cell in free else None
        for cell, may in zip(cells, allowed, strict=True)
    ]


def _main_areas(
    opened: OpenStudy, query: Query, accounts: NDArray[np.int32]
) -> list[str | None]:
    """The area in which each account has the largest part of all ties of the area.

    Shares of the area, not counts: of an area and a wider one around it the narrower
    says more.
    """
    parts = opened.ties(replace(query, area=EVERY_AREA))
    if not parts:
        return [None] * len(accounts)
    table = np.empty((len(accounts), len(parts)))
    for i, (_, ties) in enumerate(parts):
        ends = np.concatenate([ties.source, ties.target])
        table[:, i] = np.bincount(
            np.searchsorted(accounts, ends), minlength=len(accounts)
        )
    share = table / np.maximum(table.sum(axis=0), 1)
    called = opened.area_names()
    return [
        called[str(parts[best][0])] if part > 0 else None
        for best, part in zip(share.argmax(axis=1), share.max(axis=1), strict=True)
    ]


def _members(
    names: Mapping[str, Sequence[str | None]],
    partition: Partition,
    attention: NDArray[np.float64],
    listed: NDArray[np.intp],
) -> dict[str, Sequence[Cell]]:
    """Members of each community, the largest first, by in-strength within each.

    Args:
        names: of those listed.
        partition: of all.
        attention: that those listed receive.
        listed: positions of those who may be.
    """
    label = partition.label[listed]
    order = np.lexsort((-levelled(attention), label))
    rows, label = order.tolist(), label[order]
    shown = {field: [cells[row] for row in rows] for field, cells in names.items()}
    return {
        **shown,
        "community": (label + 1).tolist(),
        "size": partition.sizes()[label].tolist(),
        "attention": attention[order].tolist(),
    }
