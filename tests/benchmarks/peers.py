"""What a user would otherwise write, with one library, in one script.

    python -m tests.benchmarks.peers LIBRARY FOLLOWS.csv TOP.csv

Reads the follows with pandas, numbers the accounts, computes PageRank to 1e-10,
writes the first hundred, and finds communities. Prints a JSON object: seconds by
stage. ``networkit-int`` reads ids as integers, all others as text.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from time import perf_counter
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

TOP: Final = 100
_DAMPING: Final = 0.85
_TOLERANCE: Final = 1e-10


class Stages:
    """A stopwatch: seconds by stage, in order."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = perf_counter()

    def done(self, stage: str) -> None:
        """What has passed since the stage before was *stage*."""
        now = perf_counter()
        self.seconds[stage] = now - self._since
        self._since = now


class Job:
    """The numbered follows, and what every library does with them."""

    def __init__(self, path: str, out: str, *, as_text: bool) -> None:
        self.stages = Stages()
        self._out = out
        kind = str if as_text else np.int64
        rows = pd.read_csv(path, dtype=kind, engine="pyarrow")
        self.stages.done("read")
        both = pd.concat([rows["source"], rows["target"]], ignore_index=True)
        code, self._ids = pd.factorize(both)
        self.source, self.target = code[: len(rows)], code[len(rows) :]
        self.accounts = len(self._ids)
        self.stages.done("number")

    def list_leaders(self, score: NDArray[np.float64]) -> None:
        """Write the first hundred, best first."""
        self.stages.done("pagerank")
        order = np.argsort(-score)[:TOP]
        pd.DataFrame({"id": self._ids[order], "score": score[order]}).to_csv(
            self._out, index=False
        )
        self.stages.done("list")


def with_networkit(job: Job) -> None:
    """networkit: PageRank in parallel, communities by parallel Louvain (PLM)."""
    import networkit as nk  # noqa: PLC0415 - loaded by main already

    ends = (job.source.astype(np.uint64), job.target.astype(np.uint64))
    graph = nk.GraphFromCoo(ends, n=job.accounts, directed=True)
    job.stages.done("build")
    sinks = nk.centrality.SinkHandling.DistributeSinks
    iterate = nk.centrality.PageRank(graph, _DAMPING, _TOLERANCE, distributeSinks=sinks)
    iterate.run()
    job.list_leaders(np.array(iterate.scores()))
    both = nk.graphtools.toUndirected(graph)
    both.removeMultiEdges()
    job.stages.done("undirected")
    found = nk.community.PLM(both, refine=True)
    found.run()
    found.getPartition().getVector()
    job.stages.done("communities")


def with_igraph(job: Job) -> None:
    """igraph: PageRank by PRPACK, communities by Leiden."""
    import igraph as ig  # noqa: PLC0415 - loaded by main already

    ends = np.column_stack([job.source, job.target])
    graph = ig.Graph(n=job.accounts, edges=ends, directed=True)
    job.stages.done("build")
    job.list_leaders(np.array(graph.pagerank(damping=_DAMPING)))
    both = graph.as_undirected()
    job.stages.done("undirected")
    both.community_leiden("modularity", n_iterations=2)
    job.stages.done("communities")


def with_scipy(job: Job) -> None:
    """scipy: PageRank by sparse products; it has no communities."""
    from scipy import sparse  # noqa: PLC0415 - loaded by main already

    n = job.accounts
    degree = np.bincount(job.source, minlength=n)
    share = np.divide(1.0, degree, out=np.zeros(n), where=degree > 0)
    ends = (job.target, job.source)
    flow = sparse.csr_array((share[job.source], ends), shape=(n, n))
    job.stages.done("build")
    score, change = np.full(n, 1 / n), 1.0
    while change > _TOLERANCE:
        lost = score[degree == 0].sum()
        moved = _DAMPING * (flow @ score + lost / n) + (1 - _DAMPING) / n
        change = float(np.abs(moved - score).sum())
        score = moved
    job.list_leaders(score)


def with_networkx(job: Job) -> None:
    """networkx: PageRank by scipy, communities by Louvain in Python."""
    import networkx as nx  # noqa: PLC0415 - loaded by main already

    graph = nx.DiGraph()
    graph.add_nodes_from(range(job.accounts))
    graph.add_edges_from(zip(job.source.tolist(), job.target.tolist(), strict=True))
    job.stages.done("build")
    # networkx multiplies its tolerance by the number of nodes
    within = _TOLERANCE / job.accounts
    score = nx.pagerank(graph, alpha=_DAMPING, tol=within, max_iter=1000)
    job.list_leaders(np.array([score[node] for node in range(job.accounts)]))
    both = graph.to_undirected()
    job.stages.done("undirected")
    nx.community.louvain_communities(both, seed=0)
    job.stages.done("communities")


LIBRARIES: Final[dict[str, tuple[str, Callable[[Job], None]]]] = {
    "networkit": ("networkit", with_networkit),
    "networkit-int": ("networkit", with_networkit),
    "igraph": ("igraph", with_igraph),
    "scipy": ("scipy.sparse", with_scipy),
    "networkx": ("networkx", with_networkx),
}


def main() -> None:
    """Do the whole job with one library."""
    library, follows, out = sys.argv[1:]
    module, work = LIBRARIES[library]
    import_module(module)  # before the first stage: it belongs to the start
    job = Job(follows, out, as_text=library != "networkit-int")
    work(job)
    sys.stdout.write(json.dumps(job.stages.seconds))


if __name__ == "__main__":
    main()
