"""The whole job, from a CSV of follows to leaders and communities, by everyone."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Final

from tests.benchmarks.measured import HCPGRAPH, measure, part
from tests.benchmarks.results import WHOLE, Measurement

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.setting import Setting

JOB: Final = "chain"
OURS: Final = "hcpgraph"
TOP: Final = 100
_NETWORKX_TIES: Final = 1_000_000  # more would take it many minutes
# from so many ties on, who runs in the first round only: it takes longer than all
# others together
_ONCE: Final = {"networkx": 0, "igraph": 10_000_000}
_VARIANTS: Final = {"networkit": ("networkit", "networkit-int")}


def run(setting: Setting) -> list[Measurement]:
    """Every program on every size, in turn, round by round.

    A first pass over a small graph is not counted: it compiles the kernels and
    brings every library's files into the disk cache.
    """
    contenders = [OURS]
    for peer in setting.peers:
        contenders += _VARIANTS.get(peer, (peer,))
    ties = setting.scale.warm_up
    for who in contenders if ties else ():
        _one(who, follows(setting, ties), ties, 0)
    found: list[Measurement] = []
    for ties in setting.scale.chain:
        path = follows(setting, ties)
        for turn in range(setting.rounds):
            start = turn % len(contenders)  # so that nobody always follows the same
            for who in contenders[start:] + contenders[:start]:
                if _takes_part(who, ties, turn):
                    setting.say(f"{JOB}: {ties:,} ties, round {turn + 1}, {who}")
                    found += _one(who, path, ties, turn)
    return _with_agreement(found, setting)


def follows(setting: Setting, ties: int) -> Path:
    """The CSV with so many follows, made once; its arrays lie beside it as .npz."""
    path = setting.folder / f"follows-{ties}.csv"
    if not path.exists():
        setting.say(f"making a graph of {ties:,} ties")
        measure(part("graphs", str(ties), path, path.with_suffix(".npz")))
    return path


def _takes_part(who: str, ties: int, turn: int) -> bool:
    if who == "networkx" and ties > _NETWORKX_TIES:
        return False
    return turn == 0 or ties < _ONCE.get(who, ties + 1)


def _one(who: str, path: Path, ties: int, turn: int) -> list[Measurement]:
    return (_ours if who == OURS else _theirs)(who, path, ties, turn)


def _top(path: Path, who: str, turn: int) -> Path:
    return path.with_name(f"{path.stem}-{who}-{turn}.csv")


def _ours(who: str, path: Path, ties: int, turn: int) -> list[Measurement]:
    """Three commands, each a process, as a user gives them."""
    study = path.with_suffix(".duckdb")
    study.unlink(missing_ok=True)
    top = _top(path, who, turn)
    commands: dict[str, tuple[str | Path, ...]] = {
        "import": ("import", study, path),
        "rank": ("rank", study, "--by", "pagerank", "--top", str(TOP), "-o", top),
        "communities": ("communities", study, "-o", path.with_name("members.csv")),
    }
    found = []
    for stage, words in commands.items():
        ended = measure((*HCPGRAPH, *words))
        stage_found = (ended.seconds, ended.peak_mb)
        found.append(Measurement(JOB, who, ties, stage, turn, *stage_found))
    seconds = sum(one.seconds for one in found)
    peak = max(one.peak_mb or 0.0 for one in found)
    size = {"study_mb": study.stat().st_size / 1e6}
    study.unlink()
    return [*found, Measurement(JOB, who, ties, WHOLE, turn, seconds, peak, size)]


def _theirs(who: str, path: Path, ties: int, turn: int) -> list[Measurement]:
    """One script; what its stages do not account for is the start of Python."""
    ended = measure(part("peers", who, path, _top(path, who, turn)))
    stages: dict[str, float] = json.loads(ended.output)
    stages = {"start": ended.seconds - sum(stages.values()), **stages}
    found = [
        Measurement(JOB, who, ties, stage, turn, seconds)
        for stage, seconds in stages.items()
    ]
    whole = (ended.seconds, ended.peak_mb)
    return [*found, Measurement(JOB, who, ties, WHOLE, turn, *whole)]


def _with_agreement(found: list[Measurement], setting: Setting) -> list[Measurement]:
    """Say of each peer how many of its first hundred are among hcpgraph's."""
    result = []
    for one in found:
        if one.stage == WHOLE and one.who != OURS:
            path = setting.folder / f"follows-{one.amount}.csv"
            ours = _listed(_top(path, OURS, one.round))
            theirs = _listed(_top(path, one.who, one.round))
            one.said["same_leaders"] = len(ours & theirs)
        result.append(one)
    return result


def _listed(path: Path) -> set[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file)}
