"""Measure hcpgraph beside its peers, and write down what came out.

    python -m tests.benchmarks [--size small|full] [--runs N] [--long | --only JOB ...]

Runs on Linux and macOS, on a machine that does nothing else. Writes
tests/benchmarks/results.json, the tables of docs/performance.md and
docs/performance.png; --into FOLDER writes all three there instead. Results of jobs
that are not done again are kept, if they are of this machine.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.benchmarks import tables
from tests.benchmarks.jobs import JOBS, LONG
from tests.benchmarks.measured import (
    PEERS,
    ROOT,
    CommandFailed,
    is_installed,
    machine,
    versions,
)
from tests.benchmarks.results import Results, load, merge, save
from tests.benchmarks.setting import SCALES, Setting

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAGE: Final = ROOT / "docs" / "performance.md"


class Places(NamedTuple):
    """Where results, page and picture go."""

    results: Path
    page: Path
    picture: Path


def main(words: Sequence[str] | None = None) -> int:
    """Measure, store, render; gives the exit code."""
    asked = _parser().parse_args(words)
    places = _places(asked.into)
    try:
        if not asked.render:
            _measure(asked, places)
        results = load(places.results)
        _render(results, places)
    except (CommandFailed, ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{tables.plain(results)}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--size", choices=SCALES, default="small")
    parser.add_argument("--runs", type=_count, default=1, help="rounds, at least 1")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--only", nargs="+", choices=JOBS, metavar="JOB", help=", ".join(JOBS)
    )
    which.add_argument("--long", action="store_true", help=f"also {', '.join(LONG)}")
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS))
    parser.add_argument("--into", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--folder", type=Path, help="where graphs and studies are made; several GB"
    )
    parser.add_argument(
        "--graphs", type=Path, help="where graphs are kept for another run"
    )
    parser.add_argument(
        "--render", action="store_true", help="measure nothing, write page and picture"
    )
    return parser


def _count(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _places(into: Path | None) -> Places:
    if into is None:
        here = Path(__file__).parent / "results.json"
        return Places(here, _PAGE, _PAGE.with_suffix(".png"))
    into.mkdir(parents=True, exist_ok=True)
    return Places(
        into / "results.json", into / "performance.md", into / "performance.png"
    )


def _measure(asked: argparse.Namespace, places: Places) -> None:
    """Run the jobs asked for and store each; of earlier runs keep the others."""
    peers = tuple(peer for peer in asked.peers if is_installed(peer))
    absent = [peer for peer in PEERS if peer not in peers]
    if absent:
        _say(f"not installed or not asked for: {', '.join(absent)}")
    conditions = {
        "machine": machine(),
        "versions": versions(),
        "size": asked.size,
        "rounds": asked.runs,
        "absent": absent,
    }
    jobs = asked.only or [job for job in JOBS if asked.long or job not in LONG]
    results = Results({}, ())
    if places.results.exists():
        results = load(places.results)
        if not asked.only and not results.measured_on(conditions["machine"]):
            results = Results({}, ())
    merge(results, Results({"": conditions}, ()))  # or refuse, before all work
    with TemporaryDirectory(dir=asked.folder, prefix="benchmarks-") as name:
        folder, graphs = Path(name), asked.graphs or Path(name)
        graphs.mkdir(parents=True, exist_ok=True)
        setting = Setting(
            SCALES[asked.size], asked.runs, peers, folder, graphs.resolve(), _say
        )
        for job in (job for job in JOBS if job in jobs):
            found = tuple(JOBS[job](setting))
            made = dict.fromkeys((job, *(one.job for one in found)), conditions)
            results = merge(results, Results(made, found))
            save(results, places.results)


def _render(results: Results, places: Places) -> None:
    from tests.benchmarks.picture import draw  # noqa: PLC0415 - large; see measured.py

    page = tables.render(_PAGE.read_text(encoding="utf-8"), results)
    places.page.write_text(page, encoding="utf-8")
    if results.of("chain") or results.of("beyond", "rank"):
        draw(results, places.picture)


_started = perf_counter()


def _say(text: str) -> None:
    sys.stderr.write(f"{perf_counter() - _started:6.1f} s  {text}\n")


if __name__ == "__main__":
    sys.exit(main())
