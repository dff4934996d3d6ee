"""The one graph type that every measure reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from hcpgraph.errors import GraphError
from hcpgraph.graph import convert
from hcpgraph.graph.checks import check_heaviest, check_rows
from hcpgraph.graph.csr_construction import TieArrays, fill
from hcpgraph.graph.incoming import Incoming
from hcpgraph.graph.numbering import as_ids, number_ends
from hcpgraph.graph.rows import (
    row_of_each,
    row_totals,
    symmetrised,
    transposed,
)
from hcpgraph.graph.sort_merge import sort_and_merge
from hcpgraph.model.table import Table

if TYPE_CHECKING:
    import igraph as ig
    import networkx as nx
    from numpy.typing import ArrayLike, NDArray
    from scipy import sparse


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """A directed graph in compressed sparse rows (CSR).

    A tie u -> v records attention: u follows, mentions or reposts v. Influence
    is therefore read along *incoming* ties. Nodes are positions 0..n-1; ``ids``
    maps them back to accounts. A graph owns its arrays: they are made read-only
    and never copied. There are no self loops and no parallel ties.

    A graph carries no consent and no exclusions: names leave through a study.

    Attributes:
        indptr: row bounds, shape (n + 1,), int64, starting at 0.
        indices: targets of each row, ascending, shape (m,), int32.
        weight: how much attention, shape (m,), float32, positive and finite, or
            None for a graph without weights.
        ids: the account behind each position, shape (n,), ascending; integers
            or text.

    Raises:
        GraphError: if the arrays contradict each other.

    >>> g = Graph.from_edges(["ann", "bob", "ann"], ["cem", "cem", "bob"])
    >>> g
    Graph(3 nodes, 3 ties, unweighted)
    >>> g.ids.tolist(), g.indptr.tolist(), g.indices.tolist()
    (['ann', 'bob', 'cem'], [0, 2, 3, 3], [1, 2, 2])
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    weight: NDArray[np.float32] | None
    ids: NDArray[Any]
    # forms that are built once; nothing in it changes what the graph is
    _forms: dict[str, Graph] = field(default_factory=dict, init=False, repr=False)
    _incoming: list[Incoming] = field(default_factory=list, init=False, repr=False)

    def __post_init__(self) -> None:
        check_rows(self.indptr, self.indices, self.weight, self.ids)
        for array in (self.indptr, self.indices, self.weight, self.ids):
            if array is not None:
                array.setflags(write=False)

    @classmethod
    def from_edges(
        cls,
        source: ArrayLike,
        target: ArrayLike,
        weight: ArrayLike | None = None,
        *,
        ids: ArrayLike | None = None,
    ) -> Self:
        """A graph from parallel columns: an edge from ``source[i]`` to ``target[i]``.

        Parallel ties are summed when weighted, one when not. Self loops and ties
        of weight 0 are no ties, but their accounts are kept. The order of the
        rows does not matter.

        Args:
            source: ids, shape (m,), integers or text.
            target: ids, shape (m,), of the same kind.
            weight: how much, shape (m,), finite, at least 0; None if ties have
                no weight.
            ids: all nodes, shape (n,), when some have no tie; each once.

        Returns:
            The graph, its ids ascending (integers as numbers, text as text).

        Raises:
            GraphError: if lengths differ, a weight is negative or not finite,
                ids are of mixed kinds, or a tie runs to a node not in *ids*.

        >>> g = Graph.from_edges([1, 1, 2, 3], [2, 2, 1, 3], [0.5, 1, 2, 9])
        >>> g.ids.tolist(), g.weight.tolist()
        ([1, 2, 3], [1.5, 2.0])
        """
        nodes, tail, head = number_ends(source, target, ids)
        amount = None if weight is None else _weights(weight, len(tail))
        ties = TieArrays(tail, head, amount, len(nodes))
        found = fill(ties, by_target=False, everyone=True)
        rows = sort_and_merge(found.bounds, found.columns, found.worth, add=False)
        check_heaviest(rows[2])
        return cls(*rows, nodes)

    @classmethod
    def from_networkx(cls, graph: nx.Graph) -> Self:
        """A graph from networkx; an undirected edge becomes a tie each way.

        The edge attribute ``weight`` is read where any edge has one; edges
        without it then count 1.

        Raises:
            GraphError: if nodes are not all integers or all text.
        """
        source, target, weight, ids = convert.columns_of_networkx(graph)
        return cls.from_edges(source, target, weight, ids=ids)

    @classmethod
    def from_igraph(cls, graph: ig.Graph) -> Self:
        """A graph from igraph; an undirected edge becomes a tie each way.

        Ids are the vertex attribute ``name``, or the vertex numbers where there
        is none. The edge attribute ``weight`` is read if it is there.

        Raises:
            GraphError: if names are not all integers or all text.
        """
        source, target, weight, ids = convert.columns_of_igraph(graph)
        return cls.from_edges(source, target, weight, ids=ids)

    @classmethod
    def from_scipy(
        cls, matrix: sparse.sparray | sparse.spmatrix, ids: ArrayLike | None = None
    ) -> Self:
        """A graph from a square sparse matrix: entry (u, v) is a tie u -> v.

        A matrix of booleans gives a graph without weights.

        Args:
            matrix: entries finite and at least 0, shape (n, n).
            ids: the account behind each row, shape (n,); row numbers if None.

        Raises:
            GraphError: if the matrix is not square, or *ids* do not fit it.
        """
        source, target, weight, names = convert.columns_of_scipy(matrix, ids)
        return cls.from_edges(source, target, weight, ids=names)

    @property
    def n_nodes(self) -> int:
        """How many accounts."""
        return len(self.ids)

    @property
    def n_edges(self) -> int:
        """How many ties."""
        return len(self.indices)

    @property
    def is_weighted(self) -> bool:
        """Whether ties carry weights."""
        return self.weight is not None

    def transpose(self) -> Graph:
        """The transpose: row v lists the in-neighbours of v.

        Built once.
        """
        if "transpose" not in self._forms:
            rows = transposed(self.indptr, self.indices, self.weight)
            self._forms["transpose"] = Graph(*rows, self.ids)
        return self._forms["transpose"]

    def incoming(self) -> Incoming:
        """The same ties by target, and what each account gives in all.

        The arrays are those of ``transpose()``. Built once.
        """
        if not self._incoming:
            back = self.transpose()
            given = row_totals(self.indptr, self.weight)
            rows = Incoming(back.indptr, back.indices, back.weight, given, self.ids)
            self._incoming.append(rows)
        return self._incoming[0]

    def undirected(self) -> Graph:
        """Both directions of every tie, with weight w(u, v) + w(v, u).

        Without weights every tie of the result counts once, whether or not it
        was returned. Built once.
        """
        if "undirected" not in self._forms:
            back = self.transpose()
            rows = symmetrised(
                (self.indptr, self.indices, self.weight),
                (back.indptr, back.indices, back.weight),
            )
            self._forms["undirected"] = Graph(*rows, self.ids)
        return self._forms["undirected"]

    def adjacency(self) -> sparse.csr_array:
        """The n x n matrix of weights (ones without weights). Read it only."""
        from scipy import sparse  # noqa: PLC0415 - 0.2 s, only for those who ask

        data = self.weight
        if data is None:
            data = np.ones(self.n_edges, np.float32)
        shape = (self.n_nodes, self.n_nodes)
        return sparse.csr_array((data, self.indices, self.indptr), shape=shape)

    def subgraph(self, mask: NDArray[np.bool_]) -> Graph:
        """The nodes for which *mask*, shape (n,), is true, and ties among them."""
        mask = np.asarray(mask)
        if mask.dtype != np.bool_ or mask.shape != (self.n_nodes,):
            raise ValueError(
                f"mask must be {self.n_nodes} booleans, "
                f"not {mask.dtype} of shape {mask.shape}"
            )
        source = row_of_each(self.indptr)
        keep = mask[source] & mask[self.indices]
        place = np.cumsum(mask, dtype=np.int32) - np.int32(1)
        degree = np.bincount(place[source[keep]], minlength=int(mask.sum()))
        weight = None if self.weight is None else self.weight[keep]
        bounds = np.concatenate([[0], np.cumsum(degree)])
        return Graph(bounds, place[self.indices[keep]], weight, self.ids[mask])

    def relabel(self, ids: ArrayLike) -> Graph:
        """The same graph under other ids, given in the order of ``self.ids``.

        Raises:
            GraphError: if there is not one new id per node, each once.

        >>> Graph.from_edges([1], [2]).relabel(["zoe", "abe"]).to_networkx().edges
        OutEdgeView([('zoe', 'abe')])
        """
        names = as_ids(ids, "ids")
        if len(names) != self.n_nodes:
            raise GraphError(f"{len(names)} new ids for {self.n_nodes} nodes")
        tail, head = row_of_each(self.indptr), self.indices
        return Graph.from_edges(names[tail], names[head], self.weight, ids=names)

    def to_networkx(self) -> nx.DiGraph:
        """A networkx ``DiGraph``; weights are the edge attribute ``weight``."""
        return convert.to_networkx(self)

    def to_igraph(self) -> ig.Graph:
        """A directed igraph graph; ids are the vertex attribute ``name``."""
        return convert.to_igraph(self)

    def to_scipy(self) -> sparse.csr_array:
        """A matrix of the caller's own; its entries are True without weights."""
        return convert.to_scipy(self)

    def __repr__(self) -> str:
        kind = "weighted" if self.is_weighted else "unweighted"
        return f"Graph({self.n_nodes} nodes, {self.n_edges} ties, {kind})"

    def _repr_html_(self) -> str:
        return f"<p>{self!r}</p>{_spread(self)._repr_html_()}"


def _spread(graph: Graph) -> Table:
    """The in-degree distribution, in steps that double; no ids."""
    received = np.bincount(graph.indices, minlength=graph.n_nodes)
    # 0, 1, 2 to 3, 4 to 7, ...: how many bits the number has
    steps = np.bincount(np.frexp(received)[1]).tolist() if graph.n_nodes else []
    names = ["0", "1", *(f"{2**n} to {2 ** (n + 1) - 1}" for n in range(1, 63))]
    return Table({"in-degree": names[: len(steps)], "accounts": steps})


def _weights(weight: ArrayLike, length: int) -> NDArray[np.float64]:
    """Weights as given, in double precision, once they are known to be sound."""
    try:
        amount = np.asarray(weight, np.float64)
    except (TypeError, ValueError) as error:
        raise GraphError(f"weights must be numbers: {error}") from error
    if amount.shape != (length,):
        raise GraphError(f"{length} ties have weights of shape {amount.shape}")
    bad = ~(np.isfinite(amount) & (amount >= 0))
    if bad.any():
        first = int(np.argmax(bad))
        raise GraphError(
            f"weights must be finite and at least 0; row {first} has {amount[first]}"
        )
    return amount
