"""The reach of prospects, person by person, beside alternative choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.ticker import MaxNLocator

from hcpgraph.errors import FigureError
from hcpgraph.figures.rows import (
    POINTS,
    beside,
    mark_scale,
    people_of,
    row_axes,
    row_page,
    widest,
    write_names,
)
from hcpgraph.figures.style import (
    CONTRIBUTION_COLOURS,
    INK,
    SOFT_INK,
    page_named,
    styled,
)
from hcpgraph.figures.titles import WHOLE, wrapped, write_foot, write_head
from hcpgraph.figures.wording import legible
from hcpgraph.model.words import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from hcpgraph.figures.style import Page
    from hcpgraph.model.prospects import Prospects

    Reals = NDArray[np.float64]

CHOSEN: Final = "chosen"
_ROW: Final = (1.38, 3.2)  # height of a row over type size, least and most
_NAMES: Final = 0.3  # share of the width that names may take
_BAR: Final = 0.66  # of a row
_STEP: Final = CONTRIBUTION_COLOURS["reach"]
_BEFORE: Final = "#d6ebf8"
_BOUND: Final = "#b83a00"
# Other choices: distinguished by dashes as well as by shade.
_QUIET: Final = (
    ("#5f6368", "solid"),
    ("#5f6368", (0, (5, 2))),
    ("#5f6368", (0, (1.5, 1.5))),
    ("#8d939b", (0, (6, 2, 1, 2))),
    ("#8d939b", (0, (3, 3))),
)


def coverage(
    prospects: Prospects,
    *,
    top: int = 40,
    title: str | None = None,
    page: str = "slide",
) -> Figure:
    """Coverage: prospects, and the marginal gain of each.

    A row a person, in the order of the list: a bar for the marginal gain, from the
    share of the area's accounts reached before. Thin lines show the reach of
    alternative choices of the same size; a mark, the upper bound for any choice.

    Args:
        prospects: people of one area, with the curves and the certificate of their
            choice where the list has them.
        top: how many people to show, at least 1. The page grows with more than fit.
        title: the area by default.
        page: ``"slide"`` (13.3 x 7.5 in) or ``"print"`` (7.2 x 4.8 in).

    Returns:
        A figure of its own, unknown to pyplot. The same arguments give the same
        picture.

    Raises:
        FigureError: if nobody is listed.
        ValueError: if *top* is below 1 or there is no such *page*.
    """
    if top < 1:
        raise ValueError(f"top must be at least 1, got {top}")
    paper = page_named(page)
    if not len(prospects):
        raise FigureError(
            "nothing to draw: no prospects; everyone is known, excluded or may not be"
            " listed"
        )
    curve = _curve(prospects)[: top + 1]
    others = _others(prospects, len(curve))
    bound = _bound(prospects, curve)
    with styled():
        figure, axes = _page(prospects, curve, bound, paper)
        _draw_steps(axes, prospects, curve, paper)
        _draw_others(axes, others, paper)
        if bound is not None:
            _draw_bound(axes, float(curve[-1]), bound, paper)
        _scale(axes, curve, others, bound, paper)
        mark_scale(axes, paper)
        where = title or prospects.area or WHOLE
        write_head(axes, where, _headline(prospects, curve), paper)
        said = _sentences(prospects, curve, bound)
        write_foot(axes, wrapped(axes, said, paper), paper)
    return figure


def _curve(prospects: Prospects) -> Reals:
    """Share reached by the known, and by the first 1, 2, ... people with them."""
    if CHOSEN in prospects.reach:
        return np.array(prospects.reach[CHOSEN], np.float64)
    steps = np.array(prospects.table["coverage"], np.float64)
    accounts = _accounts(prospects, steps)
    gain = float(prospects.table["gain"][0] or 0.0)
    start = steps[0] - gain / accounts if accounts else 0.0
    return np.concatenate([[max(start, 0.0)], steps])


def _accounts(prospects: Prospects, steps: Reals) -> float:
    """Accounts of the area, from gains in accounts and as shares; 0 if unknown."""
    gains = np.array([g or 0.0 for g in prospects.table["gain"]], np.float64)
    if len(steps) < 2 or steps[-1] <= steps[0]:
        return 0.0
    return float(gains[1:].sum() / (steps[-1] - steps[0]))


def _others(prospects: Prospects, length: int) -> Mapping[str, Reals]:
    """The curves of other choices, from the one that ends highest."""
    found = {
        name: np.array(values[:length], np.float64)
        for name, values in prospects.reach.items()
        if name != CHOSEN and len(values) > 1
    }
    return dict(sorted(found.items(), key=lambda item: (-item[1][-1], item[0])))


def _page(
    prospects: Prospects, curve: Reals, bound: float | None, paper: Page
) -> tuple[Figure, Axes]:
    """A page with number and name at the left; the first row is the known."""
    rows = len(curve) + (bound is not None)
    figure, low, high = row_page(
        paper,
        rows,
        above=2.0 * paper.text,
        below=3.4 * paper.small,
        lines=2,
        height=_ROW,
    )
    people = people_of(prospects.table)[: len(curve) - 1]
    indent = 2.6 * paper.text
    gap = 1.2 * paper.text
    start, end = "Your contacts", "Upper bound"
    names = widest(figure, [*people, start, end], paper.text) + indent + gap
    names = min(names, _NAMES * paper.width * POINTS)
    left = paper.margin + names / POINTS
    wide = paper.width - paper.margin - left - 1.5 * paper.text / POINTS
    axes = row_axes(figure, (left, low, wide, high), rows)
    for row in range(1, len(curve)):
        beside(axes, row, f"{row}", paper.text, x=-names, colour=SOFT_INK)
    marks = {0: start} if bound is None else {0: start, rows - 1: end}
    for row, words in marks.items():
        beside(axes, row, words, paper.text, x=-names + indent, colour=SOFT_INK)
    room = names - indent - gap
    write_names(axes, ["", *people], paper.text, x=indent - names, room=room)
    return figure, axes


def _draw_steps(axes: Axes, prospects: Prospects, curve: Reals, paper: Page) -> None:
    """What each person adds, from where those before have come."""
    rows = np.arange(len(curve))
    axes.barh(rows, curve, _BAR, color=_BEFORE, zorder=1.5)
    axes.barh(
        rows[1:], np.diff(curve), _BAR, left=curve[:-1], color=_STEP, zorder=2,
        label=CHOSEN,
    )  # fmt: skip
    gains = [gain or 0.0 for gain in prospects.table["gain"]]
    if curve[0] > 0:
        inside = curve[0] > 0.15 * curve[-1]
        _say(axes, 0, float(curve[0]), _percent(curve[0]), paper, before=inside)
    digits = 0 if max(map(float, gains)) >= 10 else 1
    for row, share in enumerate(curve.tolist()[1:], start=1):
        gain = f"+{float(gains[row - 1]):,.{digits}f}"
        if row == len(curve) - 1:
            gain += f"    {_percent(share)}"
        _say(axes, row, share, gain, paper)


def _say(
    axes: Axes, row: int, share: float, words: str, paper: Page, *, before: bool = False
) -> None:
    """Words at the end of a bar, or *before* it."""
    axes.annotate(
        words, (share, row), ((-0.4 if before else 0.4) * paper.small, 0),
        textcoords="offset points", va="center", ha="right" if before else "left",
        fontsize=paper.small, color=INK, zorder=6,
    )  # fmt: skip


def _percent(share: float) -> str:
    """A share with two digits.

    >>> _percent(0.543), _percent(0.0561)
    ('54%', '5.6%')
    """
    return f"{share:.0%}" if share >= 0.0995 or share == 0 else f"{share:.1%}"


def _draw_others(axes: Axes, others: Mapping[str, Reals], paper: Page) -> None:
    """A thin line for each alternative choice, the one that ends highest first."""
    if not others:
        return
    for number, (name, values) in enumerate(others.items()):
        colour, dashes = _QUIET[number % len(_QUIET)]
        axes.plot(
            values, np.arange(len(values)), color=colour, linestyle=dashes,
            lw=0.13 * paper.small, zorder=4,
            label=f"by {legible(name)}: {_percent(values[-1])}",
        )  # fmt: skip
    handles, labels = axes.get_legend_handles_labels()
    kept = [i for i, label in enumerate(labels) if label != CHOSEN]
    axes.legend(
        [handles[i] for i in kept], [labels[i] for i in kept],
        loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.3, ncols=5,
        frameon=False, fontsize=paper.text, handlelength=2.2, columnspacing=1.6,
        handletextpad=0.6, borderpad=0,
    )  # fmt: skip


def _bound(prospects: Prospects, curve: Reals) -> float | None:
    """The upper bound as a share; None without a certificate.

    The certificate counts accounts; the reach of the chosen, known in accounts and as
    a share, converts it.
    """
    certificate = prospects.certificate
    accounts = _accounts(prospects, _curve(prospects)[1:])
    if certificate is None or len(curve) <= len(prospects) or not accounts:
        return None
    # never below what is reached: both are estimates
    return max(min(certificate.upper / accounts, 1.0), float(curve[-1]))


def _draw_bound(axes: Axes, reached: float, bound: float, paper: Page) -> None:
    """A row of its own for the upper bound."""
    row = float(np.floor(axes.get_ylim()[0]))
    axes.barh(row, reached, _BAR, color=_BEFORE, zorder=1.5)
    axes.barh(
        row, bound - reached, _BAR, left=reached, facecolor="white",
        edgecolor=_BOUND, hatch="////", lw=0.8, zorder=2,
    )  # fmt: skip
    _say(axes, int(row), bound, f"at most {_percent(bound)}", paper)


def _scale(
    axes: Axes,
    curve: Reals,
    others: Mapping[str, Reals],
    bound: float | None,
    paper: Page,
) -> None:
    """From nothing to somewhat above the highest; percents beneath."""
    highest = max(
        float(curve.max()), bound or 0.0, *(float(v.max()) for v in others.values())
    )
    end = 1.13 * highest + 1e-9
    ticks = MaxNLocator(6).tick_values(0.0, min(end, 1.0))
    shown = [float(tick) for tick in np.round(ticks, 9) if tick <= min(end, 1.0)]
    axes.set_xticks(shown, [f"{100 * tick:g}%" for tick in shown])
    axes.set_xlim(0, end)
    axes.set_xlabel(
        "share of the area's accounts reached", fontsize=paper.small, color=SOFT_INK
    )


def _headline(prospects: Prospects, curve: Reals) -> str:
    """What the figure shows, in one line."""
    people = count(len(curve) - 1, "person", "people")
    if len(curve) - 1 < len(prospects):
        people = f"the first {len(curve) - 1} of {len(prospects):,} people"
    start, end = _percent(curve[0]), _percent(curve[-1])
    return f"Prospects: {people} raise the share reached from {start} to {end}"


def _sentences(prospects: Prospects, curve: Reals, bound: float | None) -> list[str]:
    """How to read the figure."""
    said = [
        "Bar: expected gain in accounts, given your contacts and the people ranked"
        " above."
    ]
    if len(prospects.reach) > 1:
        said.append("Lines: alternative choices of the same size.")
    certificate = prospects.certificate
    if certificate is not None and bound is not None:
        sure = f"{100 * min(certificate.probability, 0.999):.3g}%"
        said.append(
            f"Upper bound: no choice of {len(curve) - 1} reaches more than"
            f" {_percent(bound)} (probability {sure}); this one reaches at least"
            f" {certificate.ratio:.0%} of the optimum."
        )
    return said
