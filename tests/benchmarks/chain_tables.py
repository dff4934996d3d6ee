"""The whole job as tables: by program, by stage, by threads; where a peer is better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.benchmarks.cells import gb, number, shown, table
from tests.benchmarks.chain import OURS, SCRIPT, STOPPED, TOP
from tests.benchmarks.results import (
    WHOLE,
    Measurement,
    by_who,
    ratios,
    same,
    spread,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.benchmarks.results import Results, Spread

# what a program that stops early is compared with
_NO_COMMUNITIES: Final = ("scipy",)
LABELS: Final = {
    OURS: "**hcpgraph**",
    SCRIPT: "**hcpgraph**, one script",
    "networkit": "networkit (PLM)",
    "networkit-int": "networkit (PLM), ids read as integers",
    "igraph": "igraph (Leiden)",
    "networkx": "networkx (Louvain)",
    "scipy": "scipy (PageRank only)",
}
_OURSELVES: Final = (OURS, SCRIPT)


def whole_job(results: Results) -> list[Measurement]:
    """Every stage of the whole job on synthetic graphs, of everyone, at every size."""
    return [m for m in results.measurements if m.job in {"chain", "large"}]


def graphs_of(found: Iterable[Measurement]) -> list[tuple[int, str]]:
    """The graphs, by ties and name, smallest first."""
    return sorted({(one.amount, one.on) for one in found})


def names_of(found: Iterable[Measurement]) -> list[str]:
    """Who took part, in the order of the labels, which is that of every table."""
    return sorted({one.who for one in found}, key=list(LABELS).index)


def own(
    found: Sequence[Measurement], who: str, stages: Sequence[str]
) -> list[Measurement]:
    """What some stages of hcpgraph cost together on one graph, round by round."""
    parts = [m for stage in stages for m in same(found, who=who, stage=stage)]
    wholes = {one.round: one for one in same(found, who=who, stage=WHOLE)}
    together = []
    for turn in sorted({one.round for one in parts}):
        those = [one for one in parts if one.round == turn]
        seconds = sum(one.seconds for one in those)
        # a script is one process, whose peak is known of the whole alone
        peak = max(one.peak_mb or wholes[turn].peak_mb or 0.0 for one in those)
        amount, stage = those[0].amount, "+".join(stages)
        row = Measurement(those[0].job, who, amount, stage, turn, seconds, peak)
        together.append(row)
    return together


def _stages(who: str, us: str, *, imported: bool = False) -> tuple[str, ...]:
    """The stages of hcpgraph that do what the other program does."""
    stages = ("rank",) if who in _NO_COMMUNITIES else ("rank", "communities")
    if imported:
        return stages
    return ("import", *stages) if us == OURS else ("start", "import", *stages)


def times(
    found: Sequence[Measurement], who: str, us: str = OURS, *, imported: bool = False
) -> Spread | None:
    """How many times as long as hcpgraph a program took for the same job."""
    ours = own(found, us, _stages(who, us, imported=imported))
    return ratios(ours, same(found, who=who, stage=WHOLE))


def memory(found: Sequence[Measurement], who: str, us: str = OURS) -> float | None:
    """How many times hcpgraph's peak memory a program needed for the same job."""
    theirs = [m.peak_mb for m in same(found, who=who, stage=WHOLE) if m.peak_mb]
    ours = own(found, us, _stages(who, us))
    if not theirs or not ours:
        return None
    return spread(theirs).middle / spread(one.peak_mb or 0.0 for one in ours).middle


def chain(results: Results) -> str:
    """Every program at every size."""
    return _programs(whole_job(results), "ties")


def real(results: Results) -> str:
    """The same on real graphs."""
    found = [m for m in results.measurements if m.job == "real"]
    return _programs(found, "graph")


def _programs(found: Sequence[Measurement], first: str) -> str:
    rows = []
    for ties, on in graphs_of(found):
        here = same(found, amount=ties, on=on)
        label = f"{on}, {ties:,} ties" if on else f"{ties:,}"
        rows += [
            (label, LABELS[who], *_program(here, who))
            for who in names_of(same(here, stage=WHOLE))
        ]
        for one in same(here, stage=STOPPED):
            told, peak = number(one.seconds), f"{(one.peak_mb or 0) / 1000:.2f}"
            cells = (f"stopped after {told}", "", "", "", peak, "", "")
            rows.append((label, LABELS[one.who], *cells))
    head = (
        first,
        "program",
        "seconds",
        "x hcpgraph",
        "x imported",
        "x one script",
        "peak GB",
        "x hcpgraph",
        "same leaders",
    )
    return table(head, rows, texts=2)


def _program(here: Sequence[Measurement], who: str) -> tuple[str, ...]:
    """The numbers of one program on one graph."""
    mine = same(here, who=who, stage=WHOLE)
    peak = gb(spread(one.peak_mb or 0.0 for one in mine))
    seconds = shown(spread(one.seconds for one in mine))
    if who == OURS:
        return seconds, "1", "", "", peak, "1", ""
    more = memory(here, who)
    alike = [one.said["same_leaders"] for one in mine if "same_leaders" in one.said]
    return (
        seconds,
        shown(times(here, who)),
        "" if who == SCRIPT else shown(times(here, who, imported=True)),
        "1" if who == SCRIPT else shown(times(here, who, SCRIPT)),
        peak,
        "" if more is None else number(more),
        f"{min(alike):.0f} of {TOP}" if alike else "",
    )


def stages(results: Results) -> str:
    """Where the time goes on the largest graph that was measured every round."""
    found = [m for m in results.measurements if m.job == "chain"]
    if not found:
        return ""
    most = max(one.amount for one in found)
    here = [m for m in same(found, amount=most) if m.stage != WHOLE]
    rows = []
    for who in names_of(here):
        mine = same(here, who=who)
        told = [
            f"{stage} {number(spread(m.seconds for m in same(mine, stage=stage))[0])}"
            for stage in dict.fromkeys(one.stage for one in mine)
        ]
        rows.append((LABELS[who], ", ".join(told)))
    head = ("program", "median seconds by stage")
    return f"At {most:,} ties:\n\n{table(head, rows, texts=2)}"


def slower(results: Results) -> str:
    """Everything of the whole job at which another program was better, said plainly."""
    rows = []
    for job in ({"chain", "large"}, {"real"}):
        found = [m for m in results.measurements if m.job in job]
        for ties, on in graphs_of(found):
            here = same(found, amount=ties, on=on)
            rows += _better(here, f"{on}, {ties:,}" if on else f"{ties:,}")
    if whole_job(results) and not rows:
        return "In this run no program was faster or needed less memory."
    beside = ("times as fast", "% of memory", "as one script", "% of memory")
    return table(("ties", "better than the commands", *beside), rows, texts=2)


def _better(here: Sequence[Measurement], where: str) -> list[tuple[str, ...]]:
    """One row for each program that beats hcpgraph, empty where it does not."""
    rows = []
    for who in names_of(same(here, stage=WHOLE)):
        told = []
        for us in _OURSELVES:
            ratio, more = times(here, who, us), memory(here, who, us)
            # just below 1 it would read 1.00
            faster = ratio is not None and ratio.middle < 0.995
            told += [
                number(1 / ratio.middle) if ratio is not None and faster else "",
                f"{100 * more:.0f}" if more is not None and more < 0.995 else "",
            ]
        if who not in _OURSELVES and any(told):
            rows.append((where, LABELS[who], *told))
    return rows


def threads(results: Results) -> str:
    """One thread beside all cores, stage by stage."""
    found = [m for m in results.measurements if m.job == "threads"]
    if not found:
        return ""
    one, *others = dict.fromkeys(m.who for m in found)
    rows = []
    for stage in dict.fromkeys(m.stage for m in found):
        alone = same(found, who=one, stage=stage)
        row = [stage, shown(spread(m.seconds for m in alone))]
        for who in others:
            mine = same(found, who=who, stage=stage)
            faster = ratios(mine, alone)
            row += [shown(spread(m.seconds for m in mine)), shown(faster)]
        rows.append(row)
    head = ["stage", one]
    for who in others:
        head += [who, "times as fast"]
    told = [m.said["same"] for m in found if "same" in m.said]
    word = "the same bytes" if all(told) else "**different bytes: a fault**"
    ties = f"{found[0].amount:,}"
    said = f"At {ties} ties; leaders, communities and the labels of Leiden are {word}."
    return f"{said}\n\n{table(head, rows)}"


def peaks(found: Sequence[Measurement]) -> dict[tuple[int, str], Spread]:
    """Peak memory in MB, by size and program."""
    return by_who(found, lambda m: m.peak_mb)
