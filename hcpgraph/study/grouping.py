"""Ask a study for its graph, and for the communities in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph import communities, progress
from hcpgraph.graph import from_stream, from_ties
from hcpgraph.graph.rows import column_totals
from hcpgraph.model.communities import Communities
from hcpgraph.model.query import EVERY_AREA
from hcpgraph.model.table import Table
from hcpgraph.study import releasing
from hcpgraph.study.selecting import area_slugs, release, scope_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.model.query import Selection
    from hcpgraph.model.scores import Partition
    from hcpgraph.store import Store

_FIELDS: Final = ("handle", "name", "role")


def read_graph(store: Store, selection: Selection) -> Graph:
    """The graph of one area, or of the whole study, over account numbers."""
    if selection.area == EVERY_AREA:
        raise ValueError("a graph is of one area, or of the whole study: name one")
    slugs = area_slugs(store, selection)
    scope = scope_of(selection, slugs)
    if slugs:
        return from_ties(store.read_ties(scope), selection.layers)
    return from_stream(store.stream_ties(scope, selection.layers))


def named(store: Store, graph: Graph) -> Graph:
    """The same graph under the ids that are printed."""
    return graph.relabel(np.array(store.read_ids(graph.ids), np.str_))


def named_communities(
    store: Store, selection: Selection, *, seed: int
) -> tuple[Graph, Partition]:
    """A graph and its communities under printed ids.

    The communities are found before the nodes are put in the order of their ids,
    so that a figure shows the very communities that a list has.
    """
    with progress.step("reading ties"):
        graph = read_graph(store, selection)
    with progress.step("finding communities"):
        found = communities.leiden(graph, seed=seed)
    ids = np.array(store.read_ids(graph.ids), np.str_)
    order = np.argsort(ids, kind="stable")
    partition = replace(found, ids=ids[order], label=found.label[order])
    return graph.relabel(ids), partition


def find_communities(
    store: Store, selection: Selection, *, resolution: float, seed: int
) -> Communities:
    """Leiden communities, with the members that may be listed."""
    with progress.step("reading ties"):
        graph = read_graph(store, selection)
    allowed, notes = release(store, selection, store.read_roles(graph.ids))
    listed = np.flatnonzero(allowed)
    # names are read from the disk while loops run
    with ThreadPoolExecutor(1) as reader:
        names = reader.submit(
            releasing.read_profiles, store, graph.ids[listed], _FIELDS
        )
        with progress.step("finding communities"):
            partition = communities.leiden(graph, resolution=resolution, seed=seed)
        attention = column_totals(graph.indices, graph.weight, graph.n_nodes)[listed]
    found, emptied = names.result()
    return Communities(
        table=_members(found, partition, attention, listed),
        partition=partition,
        notes=(repr(partition), *notes, *emptied),
        parameters={**selection.parameters(), "resolution": resolution, "seed": seed},
    )


def _members(
    names: Mapping[str, Sequence[str | None]],
    partition: Partition,
    attention: NDArray[np.float64],
    listed: NDArray[np.intp],
) -> Table:
    """Who is in which community, largest first, the most attended to before others.

    Args:
        names: of those listed.
        partition: of all.
        attention: that those listed receive.
        listed: positions of those who may be.
    """
    label = partition.label[listed]
    order = np.lexsort((-attention, label))
    rows, label = order.tolist(), label[order]
    shown = {field: [cells[row] for row in rows] for field, cells in names.items()}
    return Table(
        {
            "id": shown["id"],
            "handle": shown["handle"],
            "name": shown["name"],
            "community": (label + 1).tolist(),
            "size": partition.sizes()[label].tolist(),
            "attention": attention[order].tolist(),
            "role": shown["role"],
        }
    )
