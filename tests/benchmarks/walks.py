"""Read the incoming ties of a study and walk them exactly 20 times, in one process.

    python -m tests.benchmarks.walks STUDY

Kernels are compiled before the clock starts. Prints a JSON object: accounts, ties, and
stages, each with its seconds and peak memory in MB.
"""

from __future__ import annotations

import json
import resource
import sys
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from hcpgraph.graph import Graph, incoming_from_stream
from hcpgraph.measures import pagerank
from hcpgraph.model.query import Query
from hcpgraph.store import Scope, Store
from tests.benchmarks.graphs import planted
from tests.benchmarks.measured import PEAK_UNIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from hcpgraph.graph import Incoming

Result = TypeVar("Result")

ITERATIONS: Final = 20
_SMALL: Final = 2_000  # ties; enough to compile on
_OURSELVES: Final = Path("/proc/self")


class Stages:
    """Seconds and peak memory by stage, in order."""

    def __init__(self) -> None:
        self.done: list[tuple[str, float, float]] = []

    def __call__(self, stage: str, action: Callable[[], Result]) -> Result:
        """Do it, and note what it took."""
        _forget_peak()
        start = perf_counter()
        found = action()
        self.done.append((stage, perf_counter() - start, _peak_mb()))
        return found


def _forget_peak() -> None:
    """Begin anew to watch memory, where Linux lets us; else peaks only grow."""
    if _OURSELVES.exists():
        (_OURSELVES / "clear_refs").write_text("5", encoding="ascii")


def _peak_mb() -> float:
    if not _OURSELVES.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * PEAK_UNIT / 1e6
    status = (_OURSELVES / "status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6


def _read(store: Store) -> Incoming:
    """What ``hcpgraph rank --by pagerank`` reads of a whole study."""
    asked = Query()
    scope = Scope((), tuple(asked.layers))
    return incoming_from_stream(store.stream_ties(scope, asked.layers))


def main() -> None:
    """Measure one study."""
    source, target, _ = planted(_SMALL)
    for weight in (None, np.arange(1.0, len(source) + 1)):
        small = Graph.from_edges(source, target, weight).incoming()
        pagerank(small, iterations=ITERATIONS)
    stages = Stages()
    with Store.open(Path(sys.argv[1])) as store:
        rows = stages("read incoming ties", lambda: _read(store))
    iterate = partial(pagerank, rows, iterations=ITERATIONS)
    stages(f"{ITERATIONS} iterations", iterate)
    told = {"accounts": rows.n_nodes, "ties": rows.n_edges, "stages": stages.done}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
