"""The whole job, from a CSV of follows to leaders and communities, by everyone."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.benchmarks.measured import (
    HCPGRAPH,
    Limit,
    Unfinished,
    machine,
    measure,
    part,
)
from tests.benchmarks.results import WHOLE, Measurement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.benchmarks.setting import Setting

OURS: Final = "hcpgraph"
SCRIPT: Final = "hcpgraph-script"
STOPPED: Final = "stopped"  # the stage of what did not finish
TOP: Final = 100
_NETWORKX_TIES: Final = 1_000_000  # more would take it many minutes
# from so many ties on, who runs in the first round only: it takes longer than all
# others together
_ONCE: Final = {"networkx": 0, "igraph": 10_000_000}
_VARIANTS: Final = {"networkit": ("networkit", "networkit-int")}
_MINUTES: Final = 20  # for each program on the largest graph
_SPARE_MB: Final = 2_000  # of memory, for everything else on the machine


class Follows(NamedTuple):
    """A file of follows.

    Attributes:
        path: the CSV.
        ties: its rows.
        folder: where what is made of it goes.
        name: of a real graph.
    """

    path: Path
    ties: int
    folder: Path
    name: str = ""


def run(setting: Setting) -> list[Measurement]:
    """Every program on every size, in turn, round by round.

    A first pass over a small graph is not counted: it compiles the kernels and
    brings every library's files into the disk cache.
    """
    _warm_up(setting)
    found: list[Measurement] = []
    for ties in setting.scale.chain:
        found += _rounds("chain", planted(setting, ties), setting)
    return found


def run_large(setting: Setting) -> list[Measurement]:
    """Every program once, and none longer or larger than the machine bears."""
    _warm_up(setting)
    memory_mb = machine()["memory_gb"] * 2**30 / 1e6 - _SPARE_MB
    limit = Limit(_MINUTES * 60, memory_mb)
    found: list[Measurement] = []
    for ties in setting.scale.large:
        graph = planted(setting, ties)
        for who in _contenders(setting):
            if who == "networkx":
                continue
            setting.say(f"large: {ties:,} ties, {who}")
            try:
                found += _one("large", who, graph, 0, limit)
            except Unfinished as error:
                cost = (error.seconds, error.peak_mb)
                found.append(Measurement("large", who, ties, STOPPED, 0, *cost))
    return _with_agreement(found, graph) if found else []


def run_real(setting: Setting) -> list[Measurement]:
    """The real graphs that lie beside the repository, if any do, and Leiden on them."""
    peers = [peer for peer in setting.peers if peer in LEIDEN_PEERS]
    found: list[Measurement] = []
    written = measure(part("real", setting.folder)).output
    for name, csv_name, ties in json.loads(written):
        path = Path(csv_name)
        found += _rounds("real", Follows(path, ties, setting.folder, name), setting)
        arrays, rounds = path.with_suffix(".npz"), str(setting.rounds)
        ended = measure(part("micro", "leiden", arrays, rounds, *peers))
        found += rows("real-leiden", ties, ended.output, on=name)
    return found


LEIDEN_PEERS: Final = ("igraph", "networkit")


def rows(job: str, amount: int, output: str, *, on: str = "") -> list[Measurement]:
    """What ``micro`` printed, as measurements."""
    return [
        Measurement(
            job,
            row["who"],
            amount,
            WHOLE,
            row["round"],
            row["seconds"],
            said=row["said"],
            on=on,
        )
        for row in json.loads(output)
    ]


def planted(setting: Setting, ties: int) -> Follows:
    """The synthetic graph with so many follows."""
    return Follows(made(setting, ties), ties, setting.folder)


def made(setting: Setting, ties: int) -> Path:
    """The CSV with so many follows, made once; its arrays lie beside it as .npz."""
    path = setting.graphs / f"follows-{ties}.csv"
    if not path.exists():
        setting.say(f"making a graph of {ties:,} ties")
        unfinished = path.with_suffix(".unfinished")
        measure(part("graphs", str(ties), unfinished, path.with_suffix(".npz")))
        unfinished.rename(path)
    return path


def _contenders(setting: Setting) -> list[str]:
    found = [OURS, SCRIPT]
    for peer in setting.peers:
        found += _VARIANTS.get(peer, (peer,))
    return found


def _warm_up(setting: Setting) -> None:
    ties = setting.scale.warm_up
    for who in _contenders(setting) if ties else ():
        _one("", who, planted(setting, ties), 0, None)


def _rounds(job: str, graph: Follows, setting: Setting) -> list[Measurement]:
    contenders = _contenders(setting)
    found: list[Measurement] = []
    for turn in range(setting.rounds):
        start = turn % len(contenders)  # so that nobody always follows the same
        for who in contenders[start:] + contenders[:start]:
            if _takes_part(who, graph.ties, turn):
                shown = graph.name or f"{graph.ties:,} ties"
                setting.say(f"{job}: {shown}, round {turn + 1}, {who}")
                found += _one(job, who, graph, turn, None)
    return _with_agreement(found, graph)


def _takes_part(who: str, ties: int, turn: int) -> bool:
    if who == "networkx" and ties > _NETWORKX_TIES:
        return False
    return turn == 0 or ties < _ONCE.get(who, ties + 1)


def _one(
    job: str, who: str, graph: Follows, turn: int, limit: Limit | None
) -> list[Measurement]:
    if who == OURS:
        return commands(job, who, graph, turn)
    if who == SCRIPT:
        study = graph.folder / "script.duckdb"
        study.unlink(missing_ok=True)
        lists = (top_of(graph, who, turn), members_of(graph, who))
        command = part("script", study, graph.path, *lists)
        found = _in_one(job, who, graph, turn, (command, limit))
        study.unlink()
        return found
    command = part("peers", who, graph.path, top_of(graph, who, turn))
    return _in_one(job, who, graph, turn, (command, limit))


def top_of(graph: Follows, who: str, turn: int) -> Path:
    """Where a program lists the leaders."""
    return graph.folder / f"{graph.path.stem}-{who}-{turn}.csv"


def members_of(graph: Follows, who: str) -> Path:
    """Where hcpgraph's command lists communities."""
    return graph.folder / f"{graph.path.stem}-{who}-members.csv"


def commands(
    job: str,
    who: str,
    graph: Follows,
    turn: int,
    environment: Mapping[str, str] | None = None,
) -> list[Measurement]:
    """Three commands, each a process, as a user gives them."""
    study = graph.folder / "chain.duckdb"
    study.unlink(missing_ok=True)
    top, members = top_of(graph, who, turn), members_of(graph, who)
    words: dict[str, tuple[str | Path, ...]] = {
        "import": ("import", study, graph.path, "--layer", "follow"),
        "rank": ("rank", study, "--by", "pagerank", "--top", str(TOP), "-o", top),
        "communities": ("communities", study, "-o", members),
    }
    found = []
    for stage, given in words.items():
        ended = measure((*HCPGRAPH, *given), more_environment=environment)
        cost = (ended.seconds, ended.peak_mb)
        found.append(
            Measurement(job, who, graph.ties, stage, turn, *cost, on=graph.name)
        )
    seconds = sum(one.seconds for one in found)
    peak = max(one.peak_mb or 0.0 for one in found)
    said = {"study_mb": study.stat().st_size / 1e6}
    study.unlink()
    whole = (seconds, peak, said, graph.name)
    return [*found, Measurement(job, who, graph.ties, WHOLE, turn, *whole)]


def _in_one(
    job: str,
    who: str,
    graph: Follows,
    turn: int,
    command: tuple[tuple[str, ...], Limit | None],
) -> list[Measurement]:
    """One script; what its stages do not account for is the start of Python."""
    words, limit = command
    ended = measure(words, limit=limit)
    stages: dict[str, float] = json.loads(ended.output)
    stages = {"start": ended.seconds - sum(stages.values()), **stages}
    found = [
        Measurement(job, who, graph.ties, stage, turn, seconds, on=graph.name)
        for stage, seconds in stages.items()
    ]
    cost = (ended.seconds, ended.peak_mb)
    whole = Measurement(job, who, graph.ties, WHOLE, turn, *cost, on=graph.name)
    return [*found, whole]


def _with_agreement(found: list[Measurement], graph: Follows) -> list[Measurement]:
    """Say of everyone how many of its first hundred are among the commands'."""
    for one in found:
        if one.stage == WHOLE and one.who != OURS:
            ours = _listed(top_of(graph, OURS, one.round))
            theirs = _listed(top_of(graph, one.who, one.round))
            one.said["same_leaders"] = len(ours & theirs)
    return found


def _listed(path: Path) -> set[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file)}
