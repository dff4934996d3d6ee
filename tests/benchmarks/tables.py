"""Results as Markdown tables, between the markers of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from tests.benchmarks import chain_tables
from tests.benchmarks.cells import gb, number, shown, table
from tests.benchmarks.chain import OURS
from tests.benchmarks.expectations import expect
from tests.benchmarks.results import by_who, ratios, same, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.benchmarks.results import Measurement, Results

_NOTHING: Final = "*Not measured in this run.*"


def render(page: str, results: Results) -> str:
    """The page with each block between ``<!-- NAME -->`` markers written anew.

    Raises:
        ValueError: if the page lacks a block.
    """
    for name, block in _BLOCKS.items():
        marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
        found = marked.search(page)
        if found is None:
            raise ValueError(f"the page has no block between <!-- {name} --> markers")
        before, after = page[: found.end(1)], page[found.start(2) :]
        told = block(results)
        told = f"{told}{_apart(results, name)}" if told else _NOTHING
        page = f"{before}\n{told}\n\n{after}"
    return page


def plain(results: Results) -> str:
    """All tables one after the other, for a terminal."""
    return "\n\n".join(text for b in _BLOCKS.values() if (text := b(results)))


def _conditions(results: Results) -> str:
    known = _usual(results)
    if known is None:
        return ""
    machine, versions = known["machine"], known["versions"]
    said = (
        f"Measured on {machine['cores']} cores and {machine['memory_gb']} GB of "
        f"memory, `--size {known['size']} --runs {known['rounds']}`. "
        "Versions: " + ", ".join(f"{k} {v}" for k, v in versions.items()) + "."
    )
    if known["absent"]:
        said += f" Not installed or not asked for: {', '.join(known['absent'])}."
    return said


def _usual(results: Results) -> dict[str, Any] | None:
    """The conditions of the whole job, or else of the first, are those of most."""
    known = results.conditions
    return known.get("chain") or next(iter(known.values()), None)


def _apart(results: Results, block: str) -> str:
    """In what a job was measured otherwise than most, if it was."""
    usual, own = _usual(results), results.conditions.get(block)
    if usual is None or own is None or own == usual:
        return ""
    versions = own["versions"].items() - usual["versions"].items()
    told = [f"`--size {own['size']} --runs {own['rounds']}`"]
    told += [f"{name} {version}" for name, version in sorted(versions)]
    if own["absent"] != usual["absent"]:
        told.append(f"without {', '.join(own['absent']) or 'nobody'}")
    return f"\n\nMeasured apart: {', '.join(told)}."


def _amounts(found: Iterable[Measurement]) -> list[int]:
    return sorted({one.amount for one in found})


def _names(found: Iterable[Measurement]) -> list[str]:
    return list(dict.fromkeys(one.who for one in found))


def _leiden(results: Results) -> str:
    return _communities(results.of("leiden"), "ties")


def _real_leiden(results: Results) -> str:
    return _communities(results.of("real-leiden"), "graph")


def _communities(found: list[Measurement], first: str) -> str:
    rows = []
    for ties, on in chain_tables.graphs_of(found):
        here = same(found, amount=ties, on=on)
        ours = same(here, who=OURS)
        for who in _names(here):
            mine = same(here, who=who)
            quality = spread(one.said["modularity"] for one in mine)
            rows.append(
                (
                    f"{on}, {ties:,} ties" if on else f"{ties:,}",
                    "**hcpgraph** Leiden" if who == OURS else who,
                    shown(spread(one.seconds for one in mine)),
                    "1" if who == OURS else shown(ratios(ours, mine)),
                    f"{quality.middle:.4f}",
                    f"{quality.low:.4f}-{quality.high:.4f}",
                    f"{max(one.said['pieces'] for one in mine):.0f}",
                )
            )
    head = ("method", "seconds", "x hcpgraph", "modularity", "range", "cut off")
    return table((first, *head), rows, texts=2)


def _betweenness(results: Results) -> str:
    measured = {one.amount: "exact" for one in results.of("exact")}
    found = [
        one
        for job in ("betweenness", "exact")
        for one in results.of(job)
        if measured.get(one.amount, job) == job  # once exact is known, it stands alone
    ]
    seconds = by_who(found, lambda m: m.seconds)
    wrong = by_who(found, lambda m: m.said.get("largest_error"))
    rows = []
    for amount in _amounts(found):
        exact = seconds.get((amount, "igraph, exact"))
        for who in sorted(_names(same(found, amount=amount)), reverse=True):
            mine = seconds[amount, who]
            faster = "" if exact is None else number(exact.middle / mine.middle)
            error = wrong.get((amount, who))
            largest = "" if error is None else f"{error.high:.5f}"
            rows.append((f"{amount:,}", who, shown(mine), faster, largest))
    head = ("ties", "method", "seconds", "times as fast", "largest error")
    return table(head, rows, texts=2)


def _areas(results: Results) -> str:
    found = results.of("areas")
    rows = []
    for on in dict.fromkeys(one.on for one in found):
        here = same(found, on=on)
        whole = same(here, who="whole study")
        for who in _names(here):
            mine = same(here, who=who)
            first = who == "whole study"
            counted = "all as one" if first else str(mine[0].amount)
            ratio = "1" if first else shown(ratios(whole, mine))
            seconds = shown(spread(m.seconds for m in mine))
            rows.append((on, who, counted, seconds, ratio))
    head = ("study", "ranked", "areas", "seconds", "x whole study")
    return table(head, rows, texts=2)


def _intervals(results: Results) -> str:
    if results.of("intervals", "missing"):
        return "Not there yet: `hcpgraph rank` has no `--resamples` in this version."
    found = results.of("intervals")
    rows = []
    for on in dict.fromkeys(one.on for one in found):
        here = same(found, on=on)
        none = same(here, amount=0)
        for amount in _amounts(here):
            mine = same(here, amount=amount)
            seconds = shown(spread(m.seconds for m in mine))
            ratio = shown(ratios(none, mine)) if amount else "1"
            rows.append((on, f"{amount}", seconds, ratio))
    return table(("study", "resamples", "seconds", "x without"), rows)


def _posts(results: Results) -> str:
    found = results.of("posts")
    speed = by_who(found, lambda m: m.amount / 1e6 / m.seconds)
    seconds, peak = by_who(found, lambda m: m.seconds), chain_tables.peaks(found)
    posts = by_who(found, lambda m: m.said.get("posts"))
    rows = [
        (
            f"{amount / 1e6:.0f} MB",
            f"{posts[amount, OURS].middle:,.0f}",
            shown(seconds[amount, OURS]),
            shown(speed[amount, OURS]),
            gb(peak[amount, OURS]),
        )
        for amount in _amounts(found)
    ]
    return table(("file", "posts in it", "seconds", "MB/s", "peak GB"), rows)


def _start(results: Results) -> str:
    found = results.of("start")
    seconds, peak = by_who(found, lambda m: m.seconds), chain_tables.peaks(found)
    names = {who: f"`hcpgraph demo`, {who.split()[0]} run" for _, who in seconds}
    names["--help"] = "`hcpgraph --help`"
    rows = [
        (names[who], shown(seconds[1, who]), gb(peak[1, who])) for who in _names(found)
    ]
    return table(("command", "seconds", "peak GB"), rows)


def _beyond(results: Results) -> str:
    """One table a graph: what each stage takes."""
    found = [m for m in results.measurements if m.job == "beyond"]
    blocks = []
    for amount in _amounts(found):
        here = same(found, amount=amount)
        said = same(here, stage="import")[0].said
        rows = [
            (one.stage, number(one.seconds), f"{(one.peak_mb or 0) / 1000:.2f}")
            for one in here
            if one.stage != "in one process"
        ]
        blocks.append(
            f"{amount:,} follows ({said['distinct']:,.0f} distinct) among "
            f"{said['accounts']:,.0f} accounts; {said['parquet_mb'] / 1000:.2f} GB of "
            f"Parquet, {said['study_mb'] / 1000:.2f} GB of study:\n\n"
            + table(("stage", "seconds", "peak GB"), rows)
        )
    return "\n\n".join(blocks)


_BLOCKS: Final[dict[str, Callable[[Results], str]]] = {
    "conditions": _conditions,
    "expect": expect,
    "chain": chain_tables.chain,
    "stages": chain_tables.stages,
    "slower": chain_tables.slower,
    "real": chain_tables.real,
    "threads": chain_tables.threads,
    "leiden": _leiden,
    "real-leiden": _real_leiden,
    "betweenness": _betweenness,
    "areas": _areas,
    "intervals": _intervals,
    "posts": _posts,
    "start": _start,
    "beyond": _beyond,
}
