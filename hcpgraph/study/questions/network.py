"""``export gexf`` and its like: the network, whole in shape, with names released."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from hcpgraph import progress
from hcpgraph.errors import WithheldColumn
from hcpgraph.exports.network import DRAWN, ENDS, Network
from hcpgraph.graph import layer_weights
from hcpgraph.graph.rows import row_of_each, row_totals
from hcpgraph.layout import place as place_on_page
from hcpgraph.model.colours import COMMUNITY_COLOURS, OTHER
from hcpgraph.model.columns import profile_fields
from hcpgraph.model.names import CONTRIBUTIONS, LAYERS
from hcpgraph.model.table import Table
from hcpgraph.model.ties import NO_TIME
from hcpgraph.narrative import notes, partly, phrases
from hcpgraph.study.origin import without_folders
from hcpgraph.study.questions.communities import under
from hcpgraph.study.scored_area import scored_area

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.model.query import Query
    from hcpgraph.model.scores import Partition
    from hcpgraph.model.table import Cell
    from hcpgraph.study.open_study import OpenStudy
    from hcpgraph.study.scored_area import ScoredArea

    Columns = dict[str, Sequence[Cell]]

_PERSON: Final = profile_fields("nodes")
_DECIMALS: Final = 3  # of coordinates, which nobody compares
_SPREAD: Final = 20.0  # what other tools show well: an account takes some 20 units
_WEAK, _STRONG = 2.2, 16.0  # radii for no attention and for the most attention


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """The accounts of an area on a page, in the order in which they are written.

    Attributes:
        place: the people and the ties; the graph over account numbers, its ids
            ascending, and its communities; partial layers that the score leaves out
            are not in it.
        xy: where each account stands, shape (n, 2).
        named: who may be named, shape (n,).
        order: positions as they are written: the named by id, then the others.
        key: the id of each account in the file, by position.
        notes: how many are not named, and why.
    """

    place: ScoredArea
    xy: NDArray[np.float64]
    named: NDArray[np.bool_]
    order: NDArray[np.intp]
    key: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def graph(self) -> Graph:
        return self.place.graph

    @property
    def partition(self) -> Partition:
        return self.place.partition


def answer(
    opened: OpenStudy, query: Query, asked: Mapping[str, object]
) -> tuple[Network, tuple[str, ...]]:
    """The network of the area that is asked for, and what a reader must know.

    Args:
        opened: the study.
        query: what is asked.
        asked: the same in plain values, for provenance.

    Raises:
        UnknownArea: if the study has no such area.
        WithheldList: if the viewer sees no column of nodes or of ties.
        ValueError: if every area is asked for.
    """
    query.one_area("a network is of")
    drawing = draw(opened, query)
    table, emptied = nodes(opened, drawing, COMMUNITY_COLOURS, OTHER)
    origin = without_folders(opened.origin(asked))
    title = f"Influence network of {query.area or 'the whole study'}"
    pairs = ties(opened, drawing)
    left = (*opened.withheld(table), *opened.withheld(pairs))
    said = (*drawing.notes, *emptied, *left)
    if not len(table):
        said = (*said, notes.empty_export(query, "network"))
    keys = tuple(drawing.key[row] for row in drawing.order.tolist())
    return Network(table, pairs, title, origin, keys), said


def whole(opened: OpenStudy, network: Network, target: str) -> Network:
    """The network as a graph file needs it: with an id and a label for each account.

    Where these are withheld, what stands for the accounts in ties does so for nodes.

    Raises:
        WithheldColumn: if places, sizes or ties are withheld from the viewer.
    """
    for listing, columns in (("nodes", DRAWN[2:]), ("ties", ENDS)):
        for column in columns:
            if not opened.viewer.sees(listing, column):
                raise WithheldColumn(opened.viewer.name, column, f"export {target}")
    names = {"id": network.keys, "label": network.keys, **network.nodes.columns}
    return replace(network, nodes=Table(names, "nodes"))


def draw(opened: OpenStudy, query: Query) -> Drawing:
    """Rank, group and place everyone of the area that is asked for.

    Communities are those that a list has, and places those that a figure has.
    """
    place = scored_area(opened, query)
    graph, partition = place.graph, place.partition
    printed = opened.printed(graph.ids)
    with progress.step("placing accounts"):
        xy = _places(graph, partition, printed, seed=query.seed)
    named, said = opened.release(query, opened.store.read_roles(graph.ids))
    order, key = _keys(graph, printed.tolist(), named, xy)
    hidden = int((~named).sum())
    if hidden:
        first, last = key[order[-hidden]], key[order[-1]]
        said += (notes.unnamed_nodes(hidden, len(named), first, last),)
    left_out = [
        partly.left_out_of_network(one) for one in place.partial if one.left_out
    ]
    return Drawing(place, xy, named, order, key, (*left_out, *said))


def _places(
    graph: Graph, partition: Partition, ids: NDArray[np.str_], *, seed: int
) -> NDArray[np.float64]:
    """Where each account stands; the layout runs over printed ids, as in figures."""
    shown = place_on_page(
        graph.relabel(ids), partition=under(ids, partition), seed=seed
    )
    xy = np.empty((len(ids), 2))
    xy[np.argsort(ids, kind="stable")] = shown.xy * _SPREAD
    return xy


def _keys(
    graph: Graph,
    printed: Sequence[str],
    named: NDArray[np.bool_],
    xy: NDArray[np.float64],
) -> tuple[NDArray[np.intp], tuple[str, ...]]:
    """The order in which accounts are written, and what each is called in the file.

    The numbers of those not named follow the attention they receive, and where that
    is equal the place on the page: both are in the network anyway, so that numbers
    tell neither ids nor the order of import.
    """
    prefix = "node-"
    while any(name.startswith(prefix) for name in printed):
        prefix = f"_{prefix}"
    received = _received(graph)
    plain = sorted(np.flatnonzero(named).tolist(), key=lambda row: printed[row])
    hidden = np.flatnonzero(~named)
    keys = (xy[hidden, 1], xy[hidden, 0], -received[hidden])
    hidden = hidden[np.lexsort(keys)]
    key = list(printed)
    for number, row in enumerate(hidden.tolist(), start=1):
        key[row] = f"{prefix}{number}"
    return np.array([*plain, *hidden.tolist()], np.intp), tuple(key)


def _received(graph: Graph) -> NDArray[np.float64]:
    back = graph.transpose()
    return row_totals(back.indptr, back.weight)


def nodes(
    opened: OpenStudy, drawing: Drawing, colours: Sequence[str], other: str
) -> tuple[Table, tuple[str, ...]]:
    """A row per account: who it is, if that may be said, and how it is drawn.

    The notes count what is left empty.

    Args:
        opened: the study.
        drawing: what is drawn.
        colours: of the largest communities, ``#rrggbb``.
        other: colour of all others.
    """
    order, graph = drawing.order, drawing.graph
    received = _received(graph)
    label = drawing.partition.label[order]
    large = int((drawing.partition.sizes() > 1).sum())
    palette = colours[:large]
    people, emptied = _people(opened, drawing)
    columns: Columns = {
        "id": [drawing.key[row] for row in order.tolist()],
        **people,
        "community": (label + 1).tolist(),
        **_standing(drawing),
        "attention": received[order].tolist(),
        "in_degree": np.diff(graph.transpose().indptr)[order].tolist(),
        "out_degree": np.diff(graph.indptr)[order].tolist(),
        "x": drawing.xy[order, 0].round(_DECIMALS).tolist(),
        "y": drawing.xy[order, 1].round(_DECIMALS).tolist(),
        "size": _radii(received)[order].round(_DECIMALS).tolist(),
        "color": [
            palette[number] if number < len(palette) else other
            for number in label.tolist()
        ],
    }
    return opened.table("nodes", columns), emptied


def _radii(received: NDArray[np.float64]) -> NDArray[np.float64]:
    """Radii whose area grows with attention."""
    top = max(float(received.max(initial=0.0)), np.finfo(float).tiny)
    return np.sqrt(_WEAK**2 + (_STRONG**2 - _WEAK**2) * received / top)


def _people(opened: OpenStudy, drawing: Drawing) -> tuple[Columns, tuple[str, ...]]:
    """Profiles of the accounts, or a running number where one may not be named."""
    order, ids = drawing.order, drawing.graph.ids
    named = drawing.named[order]
    count = int(named.sum())
    profiles, emptied = opened.profiles(ids[order[:count]], _PERSON)
    nobody = [None] * (len(order) - count)
    keys = [drawing.key[row] for row in order.tolist()]
    shown = zip(profiles["handle"], profiles["name"], keys, strict=False)
    labels = [f"@{handle}" if handle else name or key for handle, name, key in shown]
    people = {
        "label": [*labels, *keys[count:]],
        "named": named.tolist(),
        **{name: [*profiles[name], *nobody] for name in _PERSON},
    }
    return people, emptied


def _standing(drawing: Drawing) -> Columns:
    """Rank, score and contributions of listed people."""
    listed = drawing.place.listed
    place = {account: row for row, account in enumerate(listed.account.tolist())}
    rows = [place.get(int(one)) for one in drawing.graph.ids[drawing.order]]

    def column(values: NDArray[Any]) -> list[Cell]:
        cells = values.tolist()
        return [None if row is None else cells[row] for row in rows]

    return {
        "rank": column(listed.ranks()),
        "score": column(listed.score),
        **{name: column(listed.contribution[name]) for name in CONTRIBUTIONS},
    }


def ties(opened: OpenStudy, drawing: Drawing) -> Table:
    """A row per pair: source, target, weight, layers, first and last day.

    How often counts each layer by itself. Days are given only where both ends are
    named: with posts at hand they would tell who the others are.
    """
    graph = drawing.graph
    source, target = row_of_each(graph.indptr), graph.indices
    pair, code, at = _parallel_ties(drawing)
    count = np.bincount(
        pair * len(LAYERS) + code, minlength=graph.n_edges * len(LAYERS)
    ).reshape(-1, len(LAYERS))
    first, last = _span(pair, at, graph.n_edges)
    # numbers of the rows in which the two ends are written
    written = np.empty(graph.n_nodes, np.intp)
    written[drawing.order] = np.arange(graph.n_nodes)
    order = np.lexsort((written[target], written[source]))
    told = drawing.named[source] & drawing.named[target]
    weight = np.ones(graph.n_edges) if graph.weight is None else graph.weight
    occurring = np.flatnonzero(count.any(axis=0)).tolist()
    return opened.table(
        "ties",
        {
            "source": [drawing.key[row] for row in source[order].tolist()],
            "target": [drawing.key[row] for row in target[order].tolist()],
            "weight": _as_given(weight)[order].tolist(),
            "layers": [
                "|".join(LAYERS[layer] for layer in occurring if row[layer])
                for row in count[order].tolist()
            ],
            **{LAYERS[layer]: count[order, layer].tolist() for layer in occurring},
            "first": _days(first[order], told[order]),
            "last": _days(last[order], told[order]),
        },
    )


def _as_given(weight: NDArray[np.floating]) -> NDArray[np.float64]:
    """Weights with the digits that their kind of number holds: .1 as 0.1."""
    distinct, place = np.unique(weight, return_inverse=True)
    return np.array([float(str(one)) for one in distinct], np.float64)[place]


def _parallel_ties(
    drawing: Drawing,
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int64]]:
    """For each tie that counts: the pair it belongs to, its layer and its time."""
    graph, every = drawing.graph, drawing.place.ties
    counts = layer_weights(drawing.place.layers)[every.layer] > 0
    held = every.where(counts & (every.source != every.target))
    source = np.searchsorted(graph.ids, held.source).astype(np.int64)
    target = np.searchsorted(graph.ids, held.target).astype(np.int64)
    among = row_of_each(graph.indptr).astype(np.int64) * graph.n_nodes + graph.indices
    pair = np.searchsorted(among, source * graph.n_nodes + target)
    return pair, held.layer.astype(np.intp), held.at


def _span(
    pair: NDArray[np.intp], at: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last time of each pair; ``NO_TIME`` if none is known."""
    known = at != NO_TIME
    first = np.full(count, np.iinfo(np.int64).max)
    last = np.full(count, NO_TIME)
    np.minimum.at(first, pair[known], at[known])
    np.maximum.at(last, pair[known], at[known])
    first[last == NO_TIME] = NO_TIME
    return first, last


def _days(at: NDArray[np.int64], told: NDArray[np.bool_]) -> list[Cell]:
    return [
        phrases.day(when) if tell and when != NO_TIME else None
        for when, tell in zip(at.tolist(), told.tolist(), strict=True)
    ]
