"""The jobs beside the chain: single steps, areas, posts, the start; and their names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tests.benchmarks import beyond, chain
from tests.benchmarks.measured import HCPGRAPH, machine, measure, part
from tests.benchmarks.results import WHOLE, Measurement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.benchmarks.setting import Setting

_LARGE: Final = 5_000_000  # ties; from there one round of single steps is enough
_RESAMPLES: Final = 200
_HELPS: Final = 5  # in a round: each takes a tenth of a second


def run_leiden(setting: Setting) -> list[Measurement]:
    """Communities alone, on graphs in memory."""
    peers = [peer for peer in setting.peers if peer in chain.LEIDEN_PEERS]
    found = []
    for ties in setting.scale.leiden:
        setting.say(f"leiden: {ties:,} ties")
        path = chain.made(setting, ties).with_suffix(".npz")
        rounds = 1 if ties > _LARGE else setting.rounds
        ended = measure(part("micro", "leiden", path, str(rounds), *peers))
        found += chain.rows("leiden", ties, ended.output)
    return found


def run_threads(setting: Setting) -> list[Measurement]:
    """One thread against all cores, and whether both say the same."""
    ties = setting.scale.threads
    graph = chain.planted(setting, ties)
    counts = (1, max(2, machine()["cores"]))
    found = []
    for turn in range(setting.rounds):
        answers = []
        for count in counts:
            setting.say(f"threads: {count}, round {turn + 1}")
            who = f"{count} thread{'s' * (count > 1)}"
            threads = {"HCPGRAPH_THREADS": str(count)}
            did = chain.commands("threads", who, graph, turn, threads)
            words = part("micro", "leiden", graph.path.with_suffix(".npz"), "1")
            alone = json.loads(measure(words, more_environment=threads).output)[0]
            cost = (turn, alone["seconds"])
            did.append(Measurement("threads", who, ties, "leiden alone", *cost))
            lists = (chain.top_of(graph, who, turn), chain.members_of(graph, who))
            told = [one.read_bytes() for one in lists]
            answers.append((*told, alone["said"]["digest"]))
            did[-2].said["same"] = float(answers[-1] == answers[0])
            found += did
    return found


def run_betweenness(setting: Setting) -> list[Measurement]:
    """A bounded error against exact values, and alone where these take long."""
    small, large = setting.scale.exact, setting.scale.sampled
    exact = _betweenness("betweenness", small, setting, exact=True)
    return exact + _betweenness("betweenness", large, setting, exact=False)


def run_exact(setting: Setting) -> list[Measurement]:
    """Exact values where they take long, once."""
    return _betweenness("exact", setting.scale.sampled, setting, exact=True)


def _betweenness(
    job: str, graph: tuple[int, int], setting: Setting, *, exact: bool
) -> list[Measurement]:
    ties, accounts = graph
    setting.say(f"{job}: {accounts:,} accounts, {ties:,} ties")
    peers = ["exact"] if exact and "igraph" in setting.peers else []
    words = (str(ties), str(accounts), str(setting.rounds), *peers)
    ended = measure(part("micro", "betweenness", *words))
    return chain.rows(job, ties, ended.output)


def run_areas(setting: Setting) -> list[Measurement]:
    """Every area ranked at once, beside the study as a whole, on two studies."""
    found = []
    studies = {"demo": _world(setting) / "study.duckdb", "22 areas": _practice(setting)}
    for on, study in studies.items():
        areas = len(_told(study)["areas"])
        commands = {"whole study": (1, ()), "every area": (areas, ("--area", "all"))}
        for turn in range(setting.rounds):
            for who, (amount, words) in commands.items():
                setting.say(f"areas: {on}, {who}, round {turn + 1}")
                cost = _cost("rank", study, *words, "--format", "csv")
                found.append(
                    Measurement("areas", who, amount, WHOLE, turn, *cost, on=on)
                )
    return found


def run_intervals(setting: Setting) -> list[Measurement]:
    """A ranking with intervals beside one without, once there are any."""
    if "--resamples" not in measure((*HCPGRAPH, "rank", "--help")).output:
        return [Measurement("intervals", "--resamples", 0, "missing", 0, 0.0)]
    studies = {"demo": _world(setting) / "study.duckdb", "22 areas": _practice(setting)}
    found = []
    for on, study in studies.items():
        for turn in range(setting.rounds):
            for count in (0, _RESAMPLES):
                setting.say(f"intervals: {on}, {count} resamples, round {turn + 1}")
                words = ("--resamples", str(count), "--format", "csv")
                cost = _cost("rank", study, *words)
                row = (f"{count} resamples", count, WHOLE, turn)
                found.append(Measurement("intervals", *row, *cost, on=on))
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
            cost = _cost("import", study, path)
            said = {"posts": float(_told(study)["posts"])}
            row = (chain.OURS, path.stat().st_size, WHOLE, turn)
            found.append(Measurement("posts", *row, *cost, said))
    return found


def run_start(setting: Setting) -> list[Measurement]:
    """How long the first answer takes: help, the first demo, and the second."""
    found = []
    for turn in range(setting.rounds * _HELPS):
        cost = _cost("--help")
        found.append(Measurement("start", "--help", 1, WHOLE, turn, *cost))
    # one round, as compiling everything takes longer than all of the rest
    kernels = {"NUMBA_CACHE_DIR": str(setting.folder / "kernels")}
    for who in ("first demo", "second demo"):
        setting.say(f"start: {who}")
        words = ("demo", setting.folder / who, "--size", setting.scale.demo)
        cost = _cost(*words, environment=kernels)
        found.append(Measurement("start", who, 1, WHOLE, 0, *cost))
    return found


def _world(setting: Setting) -> Path:
    """The folder of a demo, which is run here if no job has done so."""
    folder = setting.folder / "demo"
    if not folder.exists():
        setting.say("making the demo study")
        measure((*HCPGRAPH, "demo", folder, "--size", setting.scale.demo))
    return folder


def _practice(setting: Setting) -> Path:
    """A study of 22 disease areas, made here if no job has done so."""
    study = setting.folder / "areas.duckdb"
    if not study.exists():
        setting.say("making the study of 22 areas")
        exports = setting.folder / "areas"
        measure(part("areas", str(setting.scale.posts), exports))
        measure((*HCPGRAPH, "import", study, exports, "--layer", "follow"))
    return study


def _told(study: Path) -> dict[str, Any]:
    """What ``info`` says of a study."""
    words = ("info", study, "--format", "json")
    told: dict[str, Any] = json.loads(measure((*HCPGRAPH, *words)).output)
    return told


def _cost(
    *words: str | Path, environment: Mapping[str, str] | None = None
) -> tuple[float, float]:
    """Seconds and peak memory of one command of hcpgraph."""
    ended = measure((*HCPGRAPH, *words), more_environment=environment)
    return ended.seconds, ended.peak_mb


JOBS: Final[dict[str, Callable[[Setting], list[Measurement]]]] = {
    "chain": chain.run,
    "real": chain.run_real,
    "threads": run_threads,
    "leiden": run_leiden,
    "betweenness": run_betweenness,
    "areas": run_areas,
    "intervals": run_intervals,
    "posts": run_posts,
    "start": run_start,
    "large": chain.run_large,
    "exact": run_exact,
    "beyond": beyond.run,
}
LONG: Final = ("large", "exact", "beyond")  # an hour or two on the full size
