"""Real voting, writing and following, where they lie beside the repository.

    python -m tests.benchmarks.real FOLDER

The graphs are not ours to hand on: each is read from ``../shared/data`` if it is
there, passed over if not, and written to FOLDER as a CSV of distinct follows with its
arrays beside it as .npz. Prints a JSON list of [name, path, number of ties].
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from tests.benchmarks.measured import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Ends = NDArray[np.integer[Any]]

DATA: Final = ROOT.parent / "shared" / "data"


def write(folder: Path, data: Path = DATA) -> list[tuple[str, str, int]]:
    """Those that are there."""
    found = []
    for name, (place, read) in _KNOWN.items():
        if (data / place).exists():
            path = folder / f"{name}.csv"
            found.append((name, str(path), _save(read(data / place), path)))
    return found


def _save(ends: Ends, path: Path) -> int:
    """Write pairs of ids, shape (m, 2), each once and none with itself; how many."""
    ids, place = np.unique(ends, return_inverse=True)
    source, target = place.reshape(-1, 2).T
    key = np.unique((source * len(ids) + target)[source != target])
    source, target = np.divmod(key, len(ids))
    rows = pd.DataFrame({"source": ids[source], "target": ids[target]})
    rows.to_csv(path, index=False)
    source, target = source.astype(np.int32), target.astype(np.int32)
    np.savez(path.with_suffix(".npz"), source=source, target=target)
    return len(key)


def _edge_list(path: Path) -> Ends:
    """Two numbers a line, as SNAP writes them."""
    rows = pd.read_csv(path, sep=r"\s+", comment="#", header=None)
    return np.asarray(rows, np.int64)


def _interactions(path: Path) -> Ends:
    """A CSV with columns of these names, one row an interaction."""
    return np.asarray(pd.read_csv(path)[["source", "target"]], np.int64)


def _neighbours(path: Path) -> Ends:
    """A line of neighbours for each node from 1, as METIS writes them."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    pairs = [(k, int(word)) for k, line in enumerate(lines, 1) for word in line.split()]
    return np.array(pairs)


_KNOWN: Final[dict[str, tuple[str, Callable[[Path], Ends]]]] = {
    "wiki-Vote": ("benchmark_graphs/wiki-Vote.txt", _edge_list),
    "astro-ph": ("benchmark_graphs/astro-ph.graph", _neighbours),
    "higgs": ("higgs/higgs_first_half.csv.gz", _interactions),
    "higgs-follows": ("higgs/higgs-social_network.edgelist.gz", _edge_list),
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(write(Path(sys.argv[1]))))
