"""What to expect, in a few lines: one for each thing that people wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.benchmarks.cells import gb, number, shown, table
from tests.benchmarks.chain import OURS
from tests.benchmarks.chain_tables import graphs_of, times, whole_job
from tests.benchmarks.results import WHOLE, Spread, ratios, same, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.results import Measurement, Results

    Row = tuple[str, str, str, str]

_SHOWN: Final = {
    "networkit": "networkit",
    "networkit-int": "networkit",
    "igraph": "igraph",
}


def expect(results: Results) -> str:
    """What one does, how long it takes, in how much memory, and beside what."""
    rows = [
        *_chain(whole_job(results)),
        *_beyond([m for m in results.measurements if m.job == "beyond"]),
        *_sampled(results),
        *_areas(results),
        *_posts(results),
        *_start(results),
    ]
    return table(("what", "seconds", "peak GB", "beside others"), rows)


def _row(what: str, found: Sequence[Measurement], beside: str = "") -> Row:
    peaks = [one.peak_mb for one in found if one.peak_mb]
    memory = gb(spread(peaks)) if peaks else ""
    return what, shown(spread(one.seconds for one in found)), memory, beside


def _chain(found: Sequence[Measurement]) -> list[Row]:
    rows = []
    for ties, _ in graphs_of(found):
        here = same(found, amount=ties)
        beside = []
        for who, name in _SHOWN.items():
            ratio = times(here, who)
            known = who != "networkit-int" or not same(
                here, who="networkit", stage=WHOLE
            )
            if ratio is not None and known:
                beside.append(f"{name} {number(ratio.middle)} x")
        what = f"CSV of {ties:,} follows to leaders and communities"
        rows.append(_row(what, same(here, who=OURS, stage=WHOLE), ", ".join(beside)))
    return rows


def _beyond(found: Sequence[Measurement]) -> list[Row]:
    rows = []
    for ties, _ in graphs_of(found):
        here = same(found, amount=ties)
        for stage, what in (("import", "import of"), ("rank", "100 leaders among")):
            rows.append(
                _row(f"{what} {ties:,} follows, Parquet", same(here, stage=stage))
            )
    return rows


def _sampled(results: Results) -> list[Row]:
    rows = []
    for ties in sorted({m.amount for m in results.of("betweenness")}):
        found = [m for job in ("exact", "betweenness") for m in results.of(job)]
        here = same(found, amount=ties)
        mine = same(here, who="hcpgraph, sampled")
        exact = [one.seconds for one in same(here, who="igraph, exact")]
        beside = ""
        if exact:
            middle = spread(one.seconds for one in mine).middle
            beside = f"igraph, exact, {number(spread(exact).middle / middle)} x"
        rows.append(_row(f"betweenness within 0.005, {ties:,} ties", mine, beside))
    return rows


def _areas(results: Results) -> list[Row]:
    rows = []
    found = results.of("areas")
    for on in dict.fromkeys(one.on for one in found):
        here = same(found, on=on)
        whole, every = same(here, who="whole study"), same(here, who="every area")
        ratio = ratios(whole, every) or Spread(0, 0, 0)
        beside = f"{number(ratio.middle)} x one ranking of the whole study"
        what = f"leaders of all {every[0].amount} areas of a study"
        rows.append(_row(what, every, beside))
    return rows


def _posts(results: Results) -> list[Row]:
    found = results.of("posts")
    if not found:
        return []
    most = same(found, amount=max(one.amount for one in found))
    speed = spread(one.amount / 1e6 / one.seconds for one in most).middle
    what = f"import of {most[0].amount / 1e6:.0f} MB of posts"
    return [_row(what, most, f"{number(speed)} MB a second")]


def _start(results: Results) -> list[Row]:
    found = results.of("start")
    names = {
        "--help": "`hcpgraph --help`",
        "first demo": "`hcpgraph demo`, the first time",
        "second demo": "`hcpgraph demo`, later",
    }
    return [
        _row(what, mine)
        for who, what in names.items()
        if (mine := same(found, who=who))
    ]
