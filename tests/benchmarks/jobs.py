"""The jobs beside the chain: single steps, areas, posts, and the start."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from tests.benchmarks import chain
from tests.benchmarks.measured import HCPGRAPH, measure, part
from tests.benchmarks.results import WHOLE, Measurement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.benchmarks.setting import Setting

_LARGE: Final = 5_000_000  # ties; from there one round of single steps is enough
_HELPS: Final = 5  # in a round: each takes a tenth of a second


def run_leiden(setting: Setting) -> list[Measurement]:
    """Communities alone, on graphs in memory."""
    peers = [peer for peer in setting.peers if peer in ("igraph", "networkit")]
    found = []
    for ties in setting.scale.leiden:
        setting.say(f"leiden: {ties:,} ties")
        path = chain.follows(setting, ties).with_suffix(".npz")
        rounds = 1 if ties > _LARGE else setting.rounds
        ended = measure(part("micro", "leiden", path, str(rounds), *peers))
        found += _rows("leiden", ties, ended.output)
    return found


def run_betweenness(setting: Setting) -> list[Measurement]:
    """A bounded error against exact values, and alone where these take too long."""
    peers = ["exact"] if "igraph" in setting.peers else []
    found = []
    for graph in (setting.scale.exact, setting.scale.sampled):
        ties, accounts = graph
        exact = peers if graph == setting.scale.exact else []
        setting.say(f"betweenness: {accounts:,} accounts, {ties:,} ties")
        words = (str(ties), str(accounts), str(setting.rounds), *exact)
        ended = measure(part("micro", "betweenness", *words))
        found += _rows("betweenness", ties, ended.output)
    return found


def _rows(job: str, amount: int, output: str) -> list[Measurement]:
    return [
        Measurement(
            job,
            row["who"],
            amount,
            WHOLE,
            row["round"],
            row["seconds"],
            said=row["said"],
        )
        for row in json.loads(output)
    ]


def run_areas(setting: Setting) -> list[Measurement]:
    """Every area of the demo study ranked at once, and the study as a whole."""
    study = _world(setting) / "study.duckdb"
    told = measure((*HCPGRAPH, "info", study, "--format", "json")).output
    areas = len(json.loads(told)["areas"])
    commands = {"whole study": (1, ()), "every area": (areas, ("--area", "all"))}
    found = []
    for turn in range(setting.rounds):
        for who, (amount, words) in commands.items():
            setting.say(f"areas: {who}, round {turn + 1}")
            ended = measure((*HCPGRAPH, "rank", study, *words, "--format", "csv"))
            measured = (ended.seconds, ended.peak_mb)
            found.append(Measurement("areas", who, amount, WHOLE, turn, *measured))
    return found


def run_posts(setting: Setting) -> list[Measurement]:
    """Import of JSON lines, of two sizes so that growing memory would show."""
    study = setting.folder / "posts.duckdb"
    found = []
    for copies in setting.scale.copies:
        path = setting.folder / f"posts-{copies}.jsonl"
        measure(part("posts", _world(setting) / "exports", str(copies), path))
        for turn in range(setting.rounds):
            setting.say(f"posts: {path.stat().st_size:,} bytes, round {turn + 1}")
            study.unlink(missing_ok=True)
            ended = measure((*HCPGRAPH, "import", study, path))
            told = measure((*HCPGRAPH, "info", study, "--format", "json")).output
            said = {"posts": json.loads(told)["posts"]}
            size, measured = path.stat().st_size, (ended.seconds, ended.peak_mb)
            one = Measurement("posts", "hcpgraph", size, WHOLE, turn, *measured, said)
            found.append(one)
    return found


def run_start(setting: Setting) -> list[Measurement]:
    """How long the first answer takes: help, the first demo, and the second."""
    found = []
    for turn in range(setting.rounds * _HELPS):
        ended = measure((*HCPGRAPH, "--help"))
        measured = (ended.seconds, ended.peak_mb)
        found.append(Measurement("start", "--help", 1, WHOLE, turn, *measured))
    # one round, as compiling everything takes longer than all of the rest
    kernels = {"NUMBA_CACHE_DIR": str(setting.folder / "kernels")}
    for who in ("first demo", "second demo"):
        setting.say(f"start: {who}")
        words = ("demo", setting.folder / who, "--size", setting.scale.demo)
        ended = measure((*HCPGRAPH, *words), more_environment=kernels)
        measured = (ended.seconds, ended.peak_mb)
        found.append(Measurement("start", who, 1, WHOLE, 0, *measured))
    return found


def _world(setting: Setting) -> Path:
    """The folder of a demo, which is run here if no job has done so."""
    folder = setting.folder / "demo"
    if not folder.exists():
        setting.say("making the demo study")
        measure((*HCPGRAPH, "demo", folder, "--size", setting.scale.demo))
    return folder


JOBS: Final[dict[str, Callable[[Setting], list[Measurement]]]] = {
    chain.JOB: chain.run,
    "leiden": run_leiden,
    "betweenness": run_betweenness,
    "areas": run_areas,
    "posts": run_posts,
    "start": run_start,
}
