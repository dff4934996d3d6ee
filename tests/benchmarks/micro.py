"""One step of the chain by itself, in memory, beside the same step of a peer.

    python -m tests.benchmarks.micro leiden FOLLOWS.npz ROUNDS [PEER...]
    python -m tests.benchmarks.micro betweenness TIES ACCOUNTS ROUNDS [exact]

Prints a JSON list of objects: who, round, seconds, said. Kernels are compiled and
graphs are in each library's own form before the clock starts.
"""

from __future__ import annotations

import json
import random
import sys
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import numpy as np

from hcpgraph.communities import leiden, modularity
from hcpgraph.graph import Graph, make_partition
from hcpgraph.graph.partition import connected_labels
from hcpgraph.graph.rows import row_of_each
from hcpgraph.measures import betweenness
from tests.benchmarks.graphs import planted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Labels = NDArray[np.integer[Any]]
    Method = Callable[[int], Labels]
    Row = dict[str, Any]

ERROR: Final = 0.005
_SMALL: Final = 2_000  # ties; enough to compile on


def timed(action: Callable[[], Any]) -> tuple[Any, float]:
    """What it returns, and the seconds it took."""
    start = perf_counter()
    found = action()
    return found, perf_counter() - start


def compare_communities(path: str, rounds: int, peers: list[str]) -> Iterator[Row]:
    """Time and modularity of each method on one undirected graph."""
    leiden(_graph(_SMALL, None))
    with np.load(path) as ends:
        graph = Graph.from_edges(ends["source"], ends["target"])
    graph.undirected()  # built once, and kept

    def ours(seed: int) -> Labels:
        return leiden(graph, seed=seed).label

    methods: dict[str, Method] = {"hcpgraph": ours}
    for peer in peers:
        methods |= _PEERS[peer](graph)
    for turn in range(rounds):
        for who, method in methods.items():
            label, seconds = timed(partial(method, turn))
            said = _describe(graph, label)
            yield {"who": who, "round": turn, "seconds": seconds, "said": said}


def _describe(graph: Graph, label: Labels) -> dict[str, float]:
    """The same yardstick for everyone."""
    partition = make_partition("", graph, label, {})
    both = graph.undirected()
    source = row_of_each(both.indptr)
    inner = label[source] == label[both.indices]
    parts = connected_labels(graph.n_nodes, source[inner], both.indices[inner])
    pieces = int(parts.max()) + 1 - partition.n_communities
    quality = modularity(graph, partition) or 0.0
    return {
        "modularity": quality,
        "communities": partition.n_communities,
        "pieces": pieces,
        "digest": crc32(label.astype(np.int64).tobytes()),
    }


def _pairs(graph: Graph) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Each undirected tie once."""
    both = graph.undirected()
    source = row_of_each(both.indptr)
    once = source < both.indices
    return source[once], both.indices[once]


def _with_igraph(graph: Graph) -> dict[str, Method]:
    import igraph as ig  # noqa: PLC0415 - a peer is loaded when it is measured

    network = ig.Graph(n=graph.n_nodes, edges=np.column_stack(_pairs(graph)))

    def find(seed: int) -> Labels:
        ig.set_random_number_generator(random.Random(seed))
        found = network.community_leiden("modularity", n_iterations=2)
        return np.array(found.membership)

    return {"igraph Leiden": find}


def _with_networkit(graph: Graph) -> dict[str, Method]:
    import networkit as nk  # noqa: PLC0415 - a peer is loaded when it is measured

    source, target = (end.astype(np.uint64) for end in _pairs(graph))
    network = nk.GraphFromCoo((source, target), n=graph.n_nodes)

    def run(seed: int, method: Any) -> Labels:
        nk.setSeed(seed, useThreadId=False)
        method.run()
        return np.array(method.getPartition().getVector(), np.int64)

    return {
        "networkit PLM": lambda seed: run(seed, nk.community.PLM(network, refine=True)),
        "networkit ParallelLeiden": lambda seed: run(
            seed, nk.community.ParallelLeiden(network)
        ),
    }


_PEERS: Final[dict[str, Callable[[Graph], dict[str, Method]]]] = {
    "igraph": _with_igraph,
    "networkit": _with_networkit,
}


def compare_betweenness(
    ties: int, accounts: int, rounds: int, *, exact: bool
) -> Iterator[Row]:
    """Time of a bounded error, and how large the largest error really is."""
    betweenness(_graph(_SMALL, None), error=0.1)
    graph = _graph(ties, accounts)
    truth = None
    if exact:
        network = graph.to_igraph()
        count, seconds = timed(network.betweenness)
        pairs = (graph.n_nodes - 1) * (graph.n_nodes - 2)
        truth = np.array(count) / pairs
        yield {"who": "igraph, exact", "round": 0, "seconds": seconds, "said": {}}
    for turn in range(rounds):
        sample = partial(betweenness, graph, error=ERROR, seed=turn)
        scores, seconds = timed(sample)
        said = {}
        if truth is not None:
            said["largest_error"] = float(np.abs(scores.value - truth).max())
        who = "hcpgraph, sampled"
        yield {"who": who, "round": turn, "seconds": seconds, "said": said}


def _graph(ties: int, accounts: int | None) -> Graph:
    follows = planted(ties, accounts)
    return Graph.from_edges(follows.source, follows.target)


def main() -> None:
    """Run one comparison."""
    what, *words = sys.argv[1:]
    if what == "leiden":
        path, rounds, *peers = words
        rows = compare_communities(path, int(rounds), peers)
    else:
        ties, accounts, rounds, *exact = words
        numbers = (int(ties), int(accounts), int(rounds))
        rows = compare_betweenness(*numbers, exact=bool(exact))
    sys.stdout.write(json.dumps(list(rows)))


if __name__ == "__main__":
    main()
