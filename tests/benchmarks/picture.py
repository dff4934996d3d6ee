"""Cost against ties, hcpgraph and the others in one picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from matplotlib.ticker import LogLocator, NullLocator

from hcpgraph.figures.style import HAIRLINE, INK, SOFT_INK, blank, styled
from tests.benchmarks.chain import OURS, SCRIPT
from tests.benchmarks.chain_tables import own, whole_job
from tests.benchmarks.results import WHOLE, by_who, same

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from matplotlib.axes import Axes

    from tests.benchmarks.results import Measurement, Results, Spread


class Look(NamedTuple):
    """Colours of Okabe and Ito; marker and dashes say the same without colour."""

    label: str
    colour: str
    marker: str
    line: str


_BEYOND: Final = "beyond"
_LOOKS: Final = {
    OURS: Look("hcpgraph, three commands", "#0072b2", "o", "-"),
    SCRIPT: Look("hcpgraph, one script", "#56b4e9", "P", "-"),
    _BEYOND: Look("hcpgraph, Parquet, leaders only", "#0072b2", "*", "none"),
    "networkit": Look("networkit", "#d55e00", "s", "--"),
    "networkit-int": Look("networkit, integer ids", "#e69f00", "D", ":"),
    "igraph": Look("igraph", "#009e73", "^", "-."),
    "scipy": Look("scipy, leaders only", "#5b4a3a", "v", ":"),
    "networkx": Look("networkx", "#cc79a7", "X", "--"),
}
_OURSELVES: Final = (OURS, SCRIPT, _BEYOND)


def draw(results: Results, path: Path) -> None:
    """Write the picture; the same results give the same bytes."""
    found = same(whole_job(results), stage=WHOLE) + _beyond(results)
    seconds = by_who(found, lambda m: m.seconds)
    peak = by_who(found, lambda m: None if m.peak_mb is None else m.peak_mb / 1000)
    with styled():
        figure = blank(10, 5)
        left, right = figure.subplots(1, 2)
        _panel(left, seconds, "Seconds, from file to leaders and communities")
        _panel(right, peak, "Peak memory in GB, of the largest process")
        handles, labels = left.get_legend_handles_labels()
        figure.legend(
            handles, labels, loc="lower center", ncols=4, frameon=False, fontsize=10
        )
        figure.tight_layout(rect=(0, 0.11, 1, 1), w_pad=3)
        figure.savefig(path, dpi=150, metadata={"Software": None})


def _beyond(results: Results) -> list[Measurement]:
    """Import and rank of the graphs that are written in parts, as one point each."""
    found = [m for m in results.measurements if m.job == "beyond"]
    return [
        replace(one, who=_BEYOND, stage=WHOLE)
        for amount in sorted({m.amount for m in found})
        for one in own(same(found, amount=amount), OURS, ("import", "rank"))
    ]


def _panel(axes: Axes, values: Mapping[tuple[int, str], Spread], title: str) -> None:
    """One cost; both scales are logarithmic, bars span all rounds."""
    for who, look in _LOOKS.items():
        amounts = sorted(amount for amount, name in values if name == who)
        if not amounts:
            continue
        mine = [values[amount, who] for amount in amounts]
        middle = [one.middle for one in mine]
        below = [one.middle - one.low for one in mine]
        above = [one.high - one.middle for one in mine]
        axes.errorbar(
            amounts,
            middle,
            yerr=(below, above),
            label=look.label,
            color=look.colour,
            marker=look.marker,
            linestyle=look.line,
            linewidth=2.4 if who == OURS else 1.6,
            markersize=_size(who),
            markerfacecolor="white" if who == _BEYOND else look.colour,
            capsize=2.5,
            zorder=3 if who in _OURSELVES else 2,
        )
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_title(title, loc="left", fontsize=12, color=INK)
    axes.set_xlabel("follows in the file", fontsize=11, color=SOFT_INK)
    axes.set_xlim(left=0.7 * min(amount for amount, _ in values))
    axes.xaxis.set_major_locator(LogLocator(numticks=20))
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 3), numticks=20))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.yaxis.set_minor_locator(NullLocator())
    axes.tick_params(labelsize=11, colors=SOFT_INK)
    axes.grid(visible=True, which="major", color=HAIRLINE, linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)


def _size(who: str) -> float:
    """Of a marker: what is ours, and what stands alone, is seen first."""
    return {OURS: 7.5, _BEYOND: 13}.get(who, 6)
