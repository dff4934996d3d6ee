"""Where the accounts of an area stand, which ties are drawn, and who is a dot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.figures.ties import backbone
from hcpgraph.graph import Graph, make_partition
from hcpgraph.graph.rows import row_of_each
from hcpgraph.layout import place
from hcpgraph.model.report import UNNAMED, AreaMap
from hcpgraph.model.table import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.scores import Partition
    from hcpgraph.model.ties import Ties

MOST_ACCOUNTS: Final = 4_000
MOST_TIES: Final = 10_000
_TIES_EACH: Final = 4  # ties drawn per account; with more, nobody sees any
_FEWEST_TIES: Final = 1_000  # drawn, if there are as many
_FIRST: Final = 3  # people named per community


def draw_map(
    graph: Graph,
    partition: Partition,
    ties: Ties,
    cast: NDArray[np.int32],
    *,
    seed: int = 0,
) -> AreaMap:
    """Stand the accounts of a graph on a plane, named people first.

    Of a graph beyond ``MOST_ACCOUNTS`` those are drawn who receive most attention;
    of its ties the backbone, four times as many as accounts, 1,000 to 10,000.

    Args:
        graph: over account numbers; holds everyone of *cast*.
        partition: communities of *graph*.
        ties: what the graph was made of, for the layers of each tie.
        cast: account numbers of people who may be named, from the best rank.
        seed: of the layout.

    Returns:
        A map whose ``person`` is a position in *cast*.
    """
    in_degree, out_degree = _degrees(graph)
    shown = _shown(graph, in_degree)
    drawn, part = _part(graph, partition, shown)
    xy = place(drawn, partition=part, seed=seed).xy
    most = int(np.clip(_TIES_EACH * drawn.n_nodes, _FEWEST_TIES, MOST_TIES))
    kept = backbone(drawn, most)
    person = _persons(drawn.ids, cast)
    community = partition.label[shown]
    last = np.where(person == UNNAMED, len(cast), person)
    # the place breaks ties, as it is shown anyway; account numbers would tell more
    order = np.lexsort((xy[:, 1], xy[:, 0], -in_degree[shown], community, last))
    position = np.empty(len(order), np.int32)
    position[order] = np.arange(len(order), dtype=np.int32)
    masks = _masks(drawn.ids, ties, kept.source, kept.target)
    return AreaMap(
        xy=xy[order],
        community=community[order],
        in_degree=in_degree[shown][order],
        out_degree=out_degree[shown][order],
        person=person[order],
        source=position[kept.source],
        target=position[kept.target],
        layers=masks,
        accounts=graph.n_nodes,
        ties=graph.n_edges,
    )


def communities_of(
    graph: Graph, partition: Partition, cast: NDArray[np.int32]
) -> Table:
    """The communities of a graph, the largest first; people as positions in *cast*."""
    label, count = partition.label, partition.n_communities
    source = np.repeat(label, np.diff(graph.indptr))
    inner = source == label[graph.indices]
    begun = np.bincount(source, minlength=count)
    inside = np.bincount(source[inner], minlength=count)
    home = label[np.searchsorted(graph.ids, cast)]
    first: list[list[int]] = [[] for _ in range(count)]
    for position, community in enumerate(home.tolist()):
        if len(first[community]) < _FIRST:
            first[community].append(position)
    return Table(
        {
            "community": list(range(1, count + 1)),
            "accounts": partition.sizes().tolist(),
            "named": np.bincount(home, minlength=count).tolist(),
            "inside": [
                within / ties if ties else None
                for within, ties in zip(inside.tolist(), begun.tolist(), strict=True)
            ],
            "first": [",".join(map(str, people)) for people in first],
        }
    )


def _degrees(graph: Graph) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """In-degree and out-degree of each account."""
    in_degree = np.bincount(graph.indices, minlength=graph.n_nodes)
    return in_degree.astype(np.int64), np.diff(graph.indptr)


def _shown(graph: Graph, in_degree: NDArray[np.int64]) -> NDArray[np.intp]:
    """Positions of the accounts that are drawn, ascending."""
    order = np.argsort(-in_degree, kind="stable")[:MOST_ACCOUNTS]
    return np.sort(order)


def _part(
    graph: Graph, partition: Partition, shown: NDArray[np.intp]
) -> tuple[Graph, Partition]:
    """The graph between the accounts that are drawn, and its communities."""
    if len(shown) == graph.n_nodes:
        return graph, partition
    keep = np.zeros(graph.n_nodes, np.bool_)
    keep[shown] = True
    source = row_of_each(graph.indptr)
    both = keep[source] & keep[graph.indices]
    weight = None if graph.weight is None else graph.weight[both]
    part = Graph.from_edges(
        graph.ids[source[both]],
        graph.ids[graph.indices[both]],
        weight,
        ids=graph.ids[shown],
    )
    found = make_partition(partition.method, part, partition.label[shown], {})
    return part, replace(found, params=partition.params)


def _persons(ids: NDArray[np.int32], cast: NDArray[np.int32]) -> NDArray[np.int32]:
    """The position in *cast* of each node, ``UNNAMED`` where there is none."""
    person = np.full(len(ids), UNNAMED, np.int32)
    _, row, position = np.intersect1d(
        ids, cast, assume_unique=True, return_indices=True
    )
    person[row] = position
    return person


def _masks(
    ids: NDArray[np.int32],
    ties: Ties,
    source: NDArray[np.intp],
    target: NDArray[np.intp],
) -> NDArray[np.int32]:
    """The layers of each drawn tie, one bit each."""
    masks = np.zeros(len(source), np.int32)
    if not len(source):
        return masks
    count = np.int64(len(ids))
    wanted = source * count + target  # ascending, as a backbone is
    pairs = []
    for column in (ties.source, ties.target):
        at = np.minimum(np.searchsorted(ids, column), len(ids) - 1)
        pairs.append((at, ids[at] == column))
    (one, known), (two, known_too) = pairs
    code = one[known & known_too] * count + two[known & known_too]
    layer = ties.layer[known & known_too].astype(np.int32)
    row = np.minimum(np.searchsorted(wanted, code), len(wanted) - 1)
    hit = wanted[row] == code
    np.bitwise_or.at(masks, row[hit], np.left_shift(np.int32(1), layer[hit]))
    return masks
