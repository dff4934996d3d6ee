"""Results as Markdown tables, between the markers of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tests.benchmarks.chain import OURS, TOP
from tests.benchmarks.results import WHOLE, Measurement, Spread, by_who, ratios, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tests.benchmarks.results import Results

# what a program that stops early is compared with
_NO_COMMUNITIES: Final = ("scipy",)
_LABELS: Final = {
    OURS: "**hcpgraph**",
    "networkit": "networkit (PLM)",
    "networkit-int": "networkit (PLM), ids read as integers",
    "igraph": "igraph (Leiden)",
    "networkx": "networkx (Louvain)",
    "scipy": "scipy (PageRank only)",
}
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
        page = f"{before}\n{block(results) or _NOTHING}\n\n{after}"
    return page


def plain(results: Results) -> str:
    """All tables one after the other, for a terminal."""
    return "\n\n".join(text for b in _BLOCKS.values() if (text := b(results)))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Text left, numbers right; nothing at all without rows."""
    body = [f"| {' | '.join(row)} |" for row in rows]
    if not body:
        return ""
    rule = "|".join(["---", *["--:"] * (len(head) - 1)])
    return "\n".join([f"| {' | '.join(head)} |", f"|{rule}|", *body])


def _number(value: float) -> str:
    """Three digits that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _spread(found: Spread | None, unit: str = "") -> str:
    if found is None:
        return "-"
    middle = f"{_number(found.middle)}{unit}"
    if found.low == found.high:
        return middle
    return f"{middle} ({_number(found.low)}-{_number(found.high)})"


def _gb(found: Spread | None) -> str:
    return "-" if found is None else f"{found.middle / 1000:.2f}"


def _conditions(results: Results) -> str:
    known = results.conditions
    machine, versions = known["machine"], known["versions"]
    said = (
        f"Measured on {machine['cores']} cores and {machine['memory_gb']} GB of "
        f"memory, `--size {known['size']} --runs {known['rounds']}`. "
        "Versions: " + ", ".join(f"{k} {v}" for k, v in versions.items()) + "."
    )
    if known["absent"]:
        said += f" Not installed or not asked for: {', '.join(known['absent'])}."
    return said


def _amounts(found: Iterable[Measurement]) -> list[int]:
    return sorted({one.amount for one in found})


def _names(found: Iterable[Measurement], amount: int) -> list[str]:
    return list(dict.fromkeys(one.who for one in found if one.amount == amount))


def _listed(names: Iterable[str]) -> list[str]:
    """In the order of the labels, which is that of every table."""
    return sorted(names, key=list(_LABELS).index)


def ours_up_to(
    results: Results, amount: int, stages: Sequence[str]
) -> list[Measurement]:
    """What some of hcpgraph's commands cost together, round by round."""
    parts = [
        one
        for stage in stages
        for one in results.of("chain", stage)
        if one.who == OURS and one.amount == amount
    ]
    together = []
    for turn in sorted({one.round for one in parts}):
        those = [one for one in parts if one.round == turn]
        seconds = sum(one.seconds for one in those)
        peak = max(one.peak_mb or 0.0 for one in those)
        together.append(
            Measurement("chain", OURS, amount, "+".join(stages), turn, seconds, peak)
        )
    return together


def _rival_stages(who: str, *, imported: bool) -> tuple[str, ...]:
    """The commands of hcpgraph that do what the other program does."""
    stages = ("rank",) if who in _NO_COMMUNITIES else ("rank", "communities")
    return stages if imported else ("import", *stages)


def chain_ratio(
    results: Results, who: str, amount: int, *, imported: bool = False
) -> Spread | None:
    """How many times as long as hcpgraph a program took for the same job."""
    theirs = [m for m in results.of("chain") if m.who == who and m.amount == amount]
    ours = ours_up_to(results, amount, _rival_stages(who, imported=imported))
    return ratios(ours, theirs)


def memory_ratio(results: Results, who: str, amount: int) -> float | None:
    """How many times hcpgraph's peak memory a program needed for the same job."""
    theirs = by_who(results.of("chain"), lambda m: m.peak_mb).get((amount, who))
    ours = ours_up_to(results, amount, _rival_stages(who, imported=False))
    if theirs is None or not ours:
        return None
    return theirs.middle / spread(one.peak_mb or 0.0 for one in ours).middle


def _chain(results: Results) -> str:
    found = results.of("chain")
    seconds, peak = by_who(found, lambda m: m.seconds), by_who(found, _peak)
    same = by_who(found, lambda m: m.said.get("same_leaders"))
    rows = []
    for amount in _amounts(found):
        for who in _listed(_names(found, amount)):
            key, ours = (amount, who), who == OURS
            memory = memory_ratio(results, who, amount)
            alike = same.get(key)
            rows.append(
                (
                    f"{amount:,}",
                    _LABELS[who],
                    _spread(seconds[key]),
                    "1" if ours else _spread(chain_ratio(results, who, amount)),
                    "" if ours else _spread(_imported(results, who, amount)),
                    _gb(peak[key]),
                    "1" if ours or memory is None else _number(memory),
                    "" if alike is None else f"{alike.low:.0f} of {TOP}",
                )
            )
    head = (
        "ties",
        "program",
        "seconds",
        "x hcpgraph",
        "x hcpgraph, imported",
        "peak GB",
        "x hcpgraph",
        "same leaders",
    )
    return _table(head, rows)


def _peak(one: Measurement) -> float | None:
    return one.peak_mb


def _imported(results: Results, who: str, amount: int) -> Spread | None:
    return chain_ratio(results, who, amount, imported=True)


def _stages(results: Results) -> str:
    whole = results.of("chain")
    if not whole:
        return ""
    most = max(_amounts(whole))
    rows = []
    for who in _listed(_names(whole, most)):
        mine = [m for m in results.measurements if (m.job, m.who) == ("chain", who)]
        mine = [m for m in mine if m.amount == most and m.stage != WHOLE]
        stages = dict.fromkeys(one.stage for one in mine)
        told = ", ".join(
            f"{stage} {_number(spread(m.seconds for m in mine if m.stage == stage)[0])}"
            for stage in stages
        )
        rows.append((_LABELS[who], told))
    table = _table(("program", "median seconds by stage"), rows)
    return f"At {most:,} ties:\n\n" + table.replace("|--:|", "|---|")


def _slower(results: Results) -> str:
    """Everything of the chain at which another program was better, said plainly."""
    found = results.of("chain")
    rows = []
    for amount in _amounts(found):
        for who in _listed(_names(found, amount)):
            ratio, memory = (
                chain_ratio(results, who, amount),
                memory_ratio(results, who, amount),
            )
            if who == OURS or ratio is None or memory is None:
                continue
            told = []
            if ratio.middle < 0.995:  # else it would read 1.00 times as fast
                told.append(f"{_number(1 / ratio.middle)} times as fast")
            if memory < 1:
                told.append(f"in {100 * memory:.0f} % of the memory")
            if told:
                rows.append(f"* {amount:,} ties: {_LABELS[who]} was {', '.join(told)}.")
    if found and not rows:
        return "In this run no program was faster or needed less memory."
    return "\n".join(rows)


def _leiden(results: Results) -> str:
    found = results.of("leiden")
    seconds = by_who(found, lambda m: m.seconds)
    quality = by_who(found, lambda m: m.said.get("modularity"))
    pieces = by_who(found, lambda m: m.said.get("pieces"))
    rows = []
    for amount in _amounts(found):
        for who in _names(found, amount):
            key, ours = (amount, who), who == OURS
            mine = [m for m in found if (m.amount, m.who) == (amount, OURS)]
            theirs = [m for m in found if (m.amount, m.who) == key]
            rows.append(
                (
                    f"{amount:,}",
                    "**hcpgraph** Leiden" if ours else who,
                    _spread(seconds[key]),
                    "1" if ours else _spread(ratios(mine, theirs)),
                    f"{quality[key].middle:.4f}",
                    f"{quality[key].low:.4f}-{quality[key].high:.4f}",
                    f"{pieces[key].high:.0f}",
                )
            )
    head = ("ties", "method", "seconds", "x hcpgraph", "modularity", "range", "cut off")
    return _table(head, rows)


def _betweenness(results: Results) -> str:
    found = results.of("betweenness")
    seconds = by_who(found, lambda m: m.seconds)
    wrong = by_who(found, lambda m: m.said.get("largest_error"))
    rows = []
    for amount in _amounts(found):
        names = _names(found, amount)
        exact = seconds.get((amount, "igraph, exact"))
        for who in sorted(names, reverse=True):
            mine = seconds[amount, who]
            faster = "" if exact is None else f"{_number(exact.middle / mine.middle)}"
            error = wrong.get((amount, who))
            shown = "" if error is None else f"{error.high:.5f}"
            rows.append((f"{amount:,}", who, _spread(mine), faster, shown))
    return _table(("ties", "method", "seconds", "times as fast", "largest error"), rows)


def _areas(results: Results) -> str:
    found = results.of("areas")
    rows = []
    for amount in _amounts(found):
        for who in _names(found, amount):
            mine = [m for m in found if m.who == who]
            whole = [m for m in found if m.who == "whole study"]
            seconds = spread(m.seconds for m in mine)
            counted = str(amount) if who != "whole study" else "all at once"
            ratio = _spread(ratios(whole, mine)) if mine != whole else "1"
            rows.append((who, counted, _spread(seconds), ratio))
    return _table(("ranked", "areas", "seconds", "x whole study"), rows)


def _posts(results: Results) -> str:
    found = results.of("posts")
    speed = by_who(found, lambda m: m.amount / 1e6 / m.seconds)
    seconds, peak = by_who(found, lambda m: m.seconds), by_who(found, _peak)
    posts = by_who(found, lambda m: m.said.get("posts"))
    rows = [
        (
            f"{amount / 1e6:.0f} MB",
            f"{posts[amount, OURS].middle:,.0f}",
            _spread(seconds[amount, OURS]),
            _spread(speed[amount, OURS]),
            _gb(peak[amount, OURS]),
        )
        for amount in _amounts(found)
    ]
    return _table(("file", "posts in it", "seconds", "MB/s", "peak GB"), rows)


def _start(results: Results) -> str:
    found = results.of("start")
    seconds, peak = by_who(found, lambda m: m.seconds), by_who(found, _peak)
    names = {who: f"`hcpgraph demo`, {who.split()[0]} run" for _, who in seconds}
    names["--help"] = "`hcpgraph --help`"
    rows = [
        (names[who], _spread(seconds[1, who]), _gb(peak[1, who]))
        for who in _names(found, 1)
    ]
    return _table(("command", "seconds", "peak GB"), rows)


_BLOCKS: Final[dict[str, Callable[[Results], str]]] = {
    "conditions": _conditions,
    "chain": _chain,
    "stages": _stages,
    "slower": _slower,
    "leiden": _leiden,
    "betweenness": _betweenness,
    "areas": _areas,
    "posts": _posts,
    "start": _start,
}
