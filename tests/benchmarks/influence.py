"""Hold the choice of people against simpler ones, on real graphs and on a large one.

    python -m tests.benchmarks.influence [--budget N] [--ties N] [GRAPH ...]

Real graphs are those beside the repository, all unless some are named; ``--ties``
adds a planted one of so many ties. For each way to spread, prints a JSON object a
line: the certificate, seconds, peak memory in MB and, for each simpler choice, our
simulated reach divided by its. At most 10,000 cascades are played for each, fewer
once the standard error falls below 0.2 %. Kernels are compiled before the clock
starts.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from hcpgraph.graph import Graph
from hcpgraph.measures import pagerank
from hcpgraph.prospects.influence.baselines import (
    by_degree_discount,
    by_in_degree,
    by_simulation,
    by_votes,
)
from hcpgraph.prospects.influence.maximizing import choose
from hcpgraph.prospects.influence.probabilities import from_graph
from hcpgraph.prospects.influence.simulation import simulate
from tests.benchmarks import real
from tests.benchmarks.graphs import planted
from tests.benchmarks.measured import PEAK_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator

SPREADS: Final = (
    ("weighted cascade", "weighted", "ic"),
    ("cascade .01", 0.01, "ic"),
    ("cascade .05", 0.05, "ic"),
    ("linear threshold", "weighted", "lt"),
)
_TABLES: Final = ("community_benchmarks/*_edges.csv", "conference_edges/*.csv")
_CLOSE: Final = 0.002  # standard error of simulated reach
_TO_SIMULATE: Final = 100  # accounts of a graph that greedy simulation can choose from
_LARGE: Final = 10**7  # ties from which giant cascades are passed over
_DISCOUNT: Final = 0.01  # of degree discount where ties have no one probability


def graphs(names: list[str], ties: int) -> Iterator[tuple[str, Graph]]:
    """Those asked for, one at a time."""
    for name, source, target in _real():
        if not names or name in names:
            yield name, Graph.from_edges(source, target)
    if ties:
        follows = planted(ties)
        yield f"planted {ties}", Graph.from_edges(follows.source, follows.target)


def _real() -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    for pattern in _TABLES:
        for path in sorted(real.DATA.glob(pattern)):
            rows = pd.read_csv(path)
            yield path.stem, rows["source"].to_numpy(), rows["target"].to_numpy()
    with TemporaryDirectory() as folder:
        for name, place, _ in real.write(Path(folder)):
            with np.load(Path(place).with_suffix(".npz")) as ends:
                yield name, ends["source"], ends["target"]


def compare(graph: Graph, budget: int, probability: str | float, model: str) -> dict:
    """Our choice beside the others, on one graph."""
    probabilities = from_graph(graph, probability)
    wall, cpu = perf_counter(), process_time()
    chosen = choose(
        probabilities,
        budget,
        known=[],
        candidates=np.arange(graph.n_nodes),
        model=model,
    )
    wall, cpu = perf_counter() - wall, process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * PEAK_UNIT / 1e6
    ours = simulate(probabilities, chosen.positions, until=_CLOSE, model=model)
    discount = probability if isinstance(probability, float) else _DISCOUNT
    others = {
        "in-degree": by_in_degree(graph, budget),
        "degree discount": by_degree_discount(graph, budget, probability=discount),
        "VoteRank": by_votes(graph, budget),
        "PageRank": pagerank(graph).order()[:budget],
    }
    if graph.n_nodes <= _TO_SIMULATE:
        others["simulation"] = by_simulation(probabilities, budget, model=model)
    reach = {
        name: simulate(probabilities, who, until=_CLOSE, model=model).mean
        for name, who in others.items()
    }
    return {
        "certificate": round(chosen.certificate, 3),
        "reach": round(ours.mean, 1),
        "promised": round(float(chosen.spread[-1]), 1),
        "sets": chosen.sets,
        "seconds": round(wall, 2),
        "cpu": round(cpu, 2),
        "peak_mb": round(peak),
        "ours / other": {k: round(ours.mean / v, 4) for k, v in reach.items()},
    }


def main() -> None:
    """Measure all, a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--budget", type=int, default=50)
    parser.add_argument("--ties", type=int, default=0)
    parser.add_argument("graph", nargs="*")
    asked = parser.parse_args()
    source, target, _ = planted(2_000)
    for _, probability, model in SPREADS:
        compare(Graph.from_edges(source, target), 2, probability, model)
    for name, graph in graphs(asked.graph, asked.ties):
        budget = min(asked.budget, graph.n_nodes // 4)
        for spread, probability, model in SPREADS:
            if graph.n_edges >= _LARGE and probability == SPREADS[2][1]:
                continue
            told = {"graph": name, "nodes": graph.n_nodes, "ties": graph.n_edges}
            told |= {"budget": budget, "spread": spread}
            told |= compare(graph, budget, probability, model)
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
