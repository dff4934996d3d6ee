"""A layout that shows communities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from hcpgraph.communities import leiden
from hcpgraph.graph.rows import row_of_each
from hcpgraph.layout.discs import pack, shelve
from hcpgraph.layout.members import arrange, rooms, settle, shares
from hcpgraph.layout.springs import springs
from hcpgraph.model.ties import freeze

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.model.scores import Partition

    Reals = NDArray[np.float64]
    Positions = NDArray[np.intp]

_GAP = 0.08  # free rim around a community, as a share of its radius ...
_RIM = 0.6  # ... and this much more, the less the fewer members


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """Where each account of a graph stands.

    Attributes:
        ids: nodes in the order of the graph, shape (n,).
        xy: coordinates, shape (n, 2), float64, around the middle of the picture.
            One unit of area is about the room of one account.
        partition: the communities that the picture shows.
    """

    ids: NDArray[Any]
    xy: NDArray[np.float64]
    partition: Partition

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return len(self.xy)

    def discs(self) -> tuple[Reals, Reals]:
        """The disc of each community: centres, shape (k, 2), and radii, shape (k,).

        A disc reaches from the middle of its members to the farthest of them.
        """
        label, count = self.partition.label, self.partition.n_communities
        sizes = np.maximum(np.bincount(label, minlength=count), 1)
        centre = np.column_stack(
            [np.bincount(label, self.xy[:, a], minlength=count) / sizes for a in (0, 1)]
        )
        radius = np.zeros(count)
        np.maximum.at(radius, label, np.hypot(*(self.xy - centre[label]).T))
        return centre, radius

    def __repr__(self) -> str:
        return (
            f"Placement({len(self)} nodes, {self.partition.n_communities} communities)"
        )


def place(
    graph: Graph, *, partition: Partition | None = None, seed: int = 0
) -> Placement:
    """Stand accounts on a page so that communities and their leaders show.

    Every community is a disc whose area is proportional to its members.
    Communities with many ties between them stand near each other; inside a
    disc, who receives most attention stands in the middle. Communities without
    any tie to the largest connected group stand in rows beneath it.

    The discs come from a Fruchterman-Reingold layout of the communities,
    weighted by the ties between them, drawn together until discs nearly touch.
    Members take their direction from such a layout of their own community and
    their distance from the middle from the room of those stronger than they are,
    and are then pushed off each other.

    Args:
        graph: direction of ties matters only for strength.
        partition: communities to show, over the ids of *graph*; Leiden
            communities by default.
        seed: of the community search and of the random starts.

    Returns:
        A placement in the order of ``graph.ids``; the same arguments give the
        same coordinates, bit for bit.

    Raises:
        ValueError: if *partition* is of another graph.

    >>> from hcpgraph.graph import Graph
    >>> graph = Graph.from_edges(["ann", "bob", "cem"], ["bob", "cem", "ann"])
    >>> place(graph)
    Placement(3 nodes, 1 communities)
    """
    if partition is None:
        partition = leiden(graph, seed=seed)
    elif not np.array_equal(partition.ids, graph.ids):
        raise ValueError(
            f"the partition has {len(partition)} other ids than the graph's"
            f" {graph.n_nodes}; find communities of this graph"
        )
    if graph.n_nodes == 0:
        return Placement(graph.ids, np.empty((0, 2)), partition)
    label = partition.label.astype(np.intp)
    source, target, weight = _ties(graph)
    sizes = np.bincount(label, minlength=partition.n_communities)
    radius = np.sqrt(np.maximum(sizes, 1) / np.pi)
    centre = _communities(label[source], label[target], weight, radius, seed=seed)
    received = np.bincount(target, weight, minlength=graph.n_nodes)
    share = shares(received.astype(np.float64))
    inner = _members((source, target, weight), share, label, centre, seed=seed)
    own = rooms(share, label, radius)
    xy = centre[label] + settle(inner * radius[label, None], own, label, radius)
    low, high = xy.min(axis=0), xy.max(axis=0)
    return Placement(graph.ids, xy - (low + high) / 2, partition)


def _ties(graph: Graph) -> tuple[Positions, Positions, Reals]:
    """Source, target and weight of every tie as columns."""
    source = row_of_each(graph.indptr).astype(np.intp)
    weight = np.ones(graph.n_edges) if graph.weight is None else graph.weight
    return source, graph.indices.astype(np.intp), weight.astype(np.float64)


def _communities(
    first: Positions, second: Positions, weight: Reals, radius: Reals, *, seed: int
) -> Reals:
    """The centre of each community's disc, from the ties between communities."""
    count = len(radius)
    across = first != second
    # ties per pair of members: two large communities are not near merely because
    # they are large
    tightness = weight[across] / (radius[first] * radius[second])[across]
    low, high = np.minimum(first, second)[across], np.maximum(first, second)[across]
    between = sparse.coo_array((tightness, (low, high)), shape=(count, count)).tocsr()
    between.sum_duplicates()
    groups, group = sparse.csgraph.connected_components(between, directed=False)
    members = np.bincount(group, minlength=groups)
    # an account by itself needs no rim: hundreds of them would fill the page
    rim = radius * (1 + _GAP) + _RIM * (1 - radius.min() / radius)
    centre = np.zeros((count, 2))
    half = np.empty((groups, 2))
    half[group] = rim[:, None]  # right for communities without ties to others
    for number in np.flatnonzero(members > 1).tolist():
        block = np.flatnonzero(group == number)
        ties = between[block][:, block].tocoo()
        start = springs(len(block), ties.row, ties.col, ties.data, seed=seed)
        at = pack(start, rim[block])
        left_low = (at - rim[block, None]).min(axis=0)
        right_high = (at + rim[block, None]).max(axis=0)
        centre[block] = at - (left_low + right_high) / 2
        half[number] = (right_high - left_low) / 2
    shelf = shelve(2 * half[:, 0], 2 * half[:, 1])
    return np.asarray(centre + shelf[group])


def _members(
    ties: tuple[Positions, Positions, Reals],
    share: Reals,
    label: Positions,
    centre: Reals,
    *,
    seed: int,
) -> Reals:
    """Each member in the unit disc of its community, shape (n, 2)."""
    source, target, weight = ties
    count = len(share)
    outward = np.zeros((count, 2))
    across = label[source] != label[target]
    ends = (source[across], target[across])
    for node, other in (ends, ends[::-1]):
        way = (centre[label[other]] - centre[label[node]]) * weight[across, None]
        for axis in (0, 1):
            outward[:, axis] += np.bincount(node, way[:, axis], minlength=count)
    position = np.empty(count, np.intp)  # of a node among its community's members
    order = np.argsort(label, kind="stable")
    bounds = np.searchsorted(label[order], np.arange(len(centre) + 1))
    position[order] = np.arange(count) - bounds[label[order]]
    inside = np.flatnonzero(~across)
    inside = inside[np.argsort(label[source[inside]], kind="stable")]
    cuts = np.searchsorted(label[source[inside]], np.arange(len(centre) + 1))
    xy = np.zeros((count, 2))
    for number in range(len(centre)):
        nodes = order[bounds[number] : bounds[number + 1]]
        own = inside[cuts[number] : cuts[number + 1]]
        xy[nodes] = arrange(
            position[source[own]],
            position[target[own]],
            weight[own],
            share[nodes],
            outward[nodes],
            seed=seed,
        )
    return xy
