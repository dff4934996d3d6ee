"""To and from the graphs of networkx, igraph and scipy. Ids survive both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np

from hcpgraph.errors import GraphError
from hcpgraph.graph.rows import row_of_each

if TYPE_CHECKING:
    import igraph as ig
    import networkx as nx
    from numpy.typing import ArrayLike, NDArray
    from scipy import sparse

    # source, target, weight or None, all ids
    Columns: TypeAlias = tuple[
        ArrayLike, ArrayLike, NDArray[np.float64] | None, ArrayLike
    ]


class CompressedRows(Protocol):
    """What of a graph is converted; see ``Graph`` for each."""

    @property
    def indptr(self) -> NDArray[np.int64]: ...

    @property
    def indices(self) -> NDArray[np.int32]: ...

    @property
    def weight(self) -> NDArray[np.float32] | None: ...

    @property
    def ids(self) -> NDArray[Any]: ...


def to_networkx(graph: CompressedRows) -> nx.DiGraph:
    """A networkx ``DiGraph`` with ids as nodes."""
    import networkx as nx  # noqa: PLC0415 - 0.1 s, only for those who ask

    result = nx.DiGraph()
    result.add_nodes_from(graph.ids.tolist())
    source, target = _ends(graph)
    if graph.weight is None:
        result.add_edges_from(zip(source, target, strict=True))
    else:
        weight = graph.weight.tolist()
        result.add_weighted_edges_from(zip(source, target, weight, strict=True))
    return result


def columns_of_networkx(graph: nx.Graph) -> Columns:
    """Ties and nodes of any networkx graph, an undirected edge both ways."""
    edges = list(graph.edges(data="weight"))
    source = [u for u, _, _ in edges]
    target = [v for _, v, _ in edges]
    weight = None
    if any(w is not None for _, _, w in edges):
        weight = _numbers([1.0 if w is None else w for _, _, w in edges])
    if not graph.is_directed():
        source, target, weight = _both_ways(source, target, weight)
    return source, target, weight, list(graph)


def to_igraph(graph: CompressedRows) -> ig.Graph:
    """A directed igraph graph with ids as the vertex attribute ``name``."""
    import igraph as ig  # noqa: PLC0415 - 0.4 s, only for those who ask

    ends = np.column_stack([row_of_each(graph.indptr), graph.indices])
    result = ig.Graph(n=len(graph.ids), edges=ends, directed=True)
    result.vs["name"] = graph.ids.tolist()
    if graph.weight is not None:
        result.es["weight"] = graph.weight.tolist()
    return result


def columns_of_igraph(graph: ig.Graph) -> Columns:
    """Ties and nodes of any igraph graph, an undirected edge both ways."""
    names = list(range(graph.vcount()))
    if "name" in graph.vs.attributes():
        names = graph.vs["name"]
    source = [names[edge.source] for edge in graph.es]
    target = [names[edge.target] for edge in graph.es]
    weight = None
    if "weight" in graph.es.attributes():
        weight = _numbers([1.0 if w is None else w for w in graph.es["weight"]])
    if not graph.is_directed():
        source, target, weight = _both_ways(source, target, weight)
    return source, target, weight, names


def to_scipy(graph: CompressedRows) -> sparse.csr_array:
    """The matrix of weights, or of True where there are none, as a copy."""
    from scipy import sparse  # noqa: PLC0415 - 0.2 s, only for those who ask

    data = graph.weight
    if data is None:
        data = np.ones(len(graph.indices), np.bool_)
    shape = (len(graph.ids), len(graph.ids))
    parts = (data, graph.indices, graph.indptr)
    return sparse.csr_array(parts, shape=shape, copy=True)


def columns_of_scipy(
    matrix: sparse.sparray | sparse.spmatrix, ids: ArrayLike | None
) -> Columns:
    """The stored entries of a square matrix as ties; booleans carry no weight."""
    from scipy import sparse  # noqa: PLC0415 - 0.2 s, only for those who ask

    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise GraphError(f"a graph needs a square matrix, not one of {matrix.shape}")
    names = np.arange(matrix.shape[0]) if ids is None else np.asarray(ids)
    if len(names) != matrix.shape[0]:
        raise GraphError(f"{len(names)} ids for {matrix.shape[0]} rows")
    entries = sparse.coo_array(matrix)
    stored = entries.data != 0
    source, target = entries.row[stored], entries.col[stored]
    weight = None if entries.dtype == np.bool_ else entries.data[stored]
    return names[source], names[target], weight, names


def _ends(graph: CompressedRows) -> tuple[list[Any], list[Any]]:
    source = graph.ids[row_of_each(graph.indptr)].tolist()
    return source, graph.ids[graph.indices].tolist()


def _both_ways(
    source: list[Any], target: list[Any], weight: NDArray[np.float64] | None
) -> tuple[list[Any], list[Any], NDArray[np.float64] | None]:
    if weight is not None:
        weight = np.concatenate([weight, weight])
    return source + target, target + source, weight


def _numbers(values: list[Any]) -> NDArray[np.float64]:
    try:
        return np.array(values, np.float64)
    except (TypeError, ValueError) as error:
        raise GraphError(f"weights must be numbers: {error}") from error
