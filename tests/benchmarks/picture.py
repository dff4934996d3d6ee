"""Cost against ties, hcpgraph and the others in one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from matplotlib.ticker import LogLocator, NullLocator

from hcpgraph.figures.style import HAIRLINE, INK, SOFT_INK, blank, styled
from tests.benchmarks.chain import OURS
from tests.benchmarks.results import by_who

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from matplotlib.axes import Axes

    from tests.benchmarks.results import Results, Spread


class Look(NamedTuple):
    """Colours of Okabe and Ito; marker and dashes say the same without colour."""

    label: str
    colour: str
    marker: str
    line: str


_LOOKS: Final = {
    OURS: Look("hcpgraph", "#0072b2", "o", "-"),
    "networkit": Look("networkit", "#d55e00", "s", "--"),
    "networkit-int": Look("networkit, integer ids", "#e69f00", "D", ":"),
    "igraph": Look("igraph", "#009e73", "^", "-."),
    "scipy": Look("scipy, PageRank only", "#5b4a3a", "v", ":"),
    "networkx": Look("networkx", "#cc79a7", "X", "--"),
}


def draw(results: Results, path: Path) -> None:
    """Write the picture; the same results give the same bytes."""
    found = results.of("chain")
    seconds = by_who(found, lambda m: m.seconds)
    peak = by_who(found, lambda m: None if m.peak_mb is None else m.peak_mb / 1000)
    with styled():
        figure = blank(10, 4.6)
        left, right = figure.subplots(1, 2)
        _panel(left, seconds, "Seconds, from CSV to leaders and communities")
        _panel(right, peak, "Peak memory in GB, of the largest process")
        handles, labels = left.get_legend_handles_labels()
        figure.legend(
            handles, labels, loc="lower center", ncols=6, frameon=False, fontsize=9
        )
        figure.tight_layout(rect=(0, 0.08, 1, 1), w_pad=3)
        figure.savefig(path, dpi=150, metadata={"Software": None})


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
            linewidth=2.4 if who == OURS else 1.4,
            markersize=7 if who == OURS else 5.5,
            capsize=2.5,
            zorder=3 if who == OURS else 2,
        )
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_title(title, loc="left", fontsize=11, color=INK)
    axes.set_xlabel("follows in the file", fontsize=9.5, color=SOFT_INK)
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.yaxis.set_minor_locator(NullLocator())
    axes.tick_params(labelsize=9, colors=SOFT_INK)
    axes.grid(visible=True, which="major", color=HAIRLINE, linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
