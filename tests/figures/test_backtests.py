"""Backtests as dots and intervals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hcpgraph import figures
from hcpgraph.errors import FigureError
from hcpgraph.model.backtest import Backtest
from hcpgraph.model.table import Table

METHODS = (
    "hcpgraph", "in-degree, recent", "recent responders x log(1+posts)", "PageRank",
    "random",
)  # fmt: skip


@pytest.fixture
def found():
    """An invented backtest of five methods at two of three moments."""
    ndcg = [0.9, 0.88, 0.85, 0.7, 0.1]
    table = {
        "method": list(METHODS),
        "ndcg": ndcg,
        "low": [value - 0.06 for value in ndcg],
        "high": [value + 0.04 for value in ndcg],
        "precision": [0.6, 0.6, 0.5, 0.4, 0.05],
        "precision_low": [0.5, 0.5, 0.4, 0.3, 0.0],
        "precision_high": [0.7, 0.7, 0.6, 0.5, 0.1],
        "difference": [None, -0.0001, 0.05, 0.2, 0.8],
        "difference_low": [None, -0.01, 0.01, 0.1, 0.7],
        "difference_high": [None, 0.05, 0.1, 0.3, 0.9],
        "verdict": [None, "level", "ahead", "ahead", "ahead"],
        "at_35": [value + 0.02 for value in ndcg],
        "at_35_low": [value - 0.1 for value in ndcg],
        "at_35_high": [value + 0.1 for value in ndcg],
        "at_50": [value - 0.02 for value in ndcg],
        "at_65": [None] * 5,
    }
    moments = Table(
        {
            "share": [0.35, 0.5],
            "at": ["2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z"],
            "known": [90, 120],
            "judged": [80, 100],
            "responded": [40, 50],
        }
    )
    return Backtest(Table(table), moments, None, 20)


def dots(figure):
    """Where the dot of each method stands."""
    return {
        c.get_label(): tuple(c.get_offsets()[0])
        for c in figure.axes[0].collections
        if c.get_label() in METHODS
    }


def test_dots_and_whiskers_stand_where_the_table_says(found):
    """A row a method, hcpgraph at the top; whiskers from low to high."""
    figure = figures.backtest(found)

    table = found.table
    assert dots(figure) == {
        name: (table["ndcg"][row], row) for row, name in enumerate(METHODS[:4])
    }
    spans = [
        tuple(c.get_segments()[0][:, 0])
        for c in figure.axes[0].collections
        if hasattr(c, "get_segments")
    ]
    assert spans == list(zip(table["low"], table["high"], strict=True))[:4]
    low, high = figure.axes[0].get_xlim()
    assert low < min(start for start, _ in spans)
    assert high > max(end for _, end in spans)


def test_each_moment_is_a_line_and_a_missing_one_is_none(found):
    """Through the methods on the scale, at their NDCG then."""
    lines = figures.backtest(found).axes[0].get_lines()

    drawn = [tuple(line.get_xdata()) for line in lines if len(line.get_xdata()) > 2]
    assert drawn == [tuple(found.table[name][:4]) for name in ("at_35", "at_50")]


def test_chance_is_written_at_the_rim_unless_it_is_among_the_others(found):
    """It would squeeze the rest; but where it is as good as others, it is drawn."""
    columns = dict(found.table.columns)
    columns["high"] = [*columns["high"][:4], 0.95]
    near = replace(found, table=Table(columns))

    words = [text.get_text() for text in figures.backtest(found).axes[0].texts]

    assert "\N{LEFTWARDS ARROW} 0.10 (0.04 to 0.14)" in words
    assert "random" in words
    assert dots(figures.backtest(near))["random"] == (0.1, 4)


def test_differences_and_verdicts_are_those_of_the_table(found):
    """With a sign and an interval; nothing beside hcpgraph itself."""
    words = [text.get_text() for text in figures.backtest(found).axes[0].texts]

    shown = [word for word in words if word.startswith(("+", "-"))]
    assert shown == [
        "+0.000 (-0.010 to +0.050)  level",
        "+0.050 (+0.010 to +0.100)  ahead",
        "+0.200 (+0.100 to +0.300)  ahead",
        "+0.800 (+0.700 to +0.900)  ahead",
    ]


def test_the_negative_control_stands_at_the_rim_like_chance(found):
    """It is as low as random order, and would squeeze the rest as much."""
    columns = {n: list(c) for n, c in found.table.columns.items()}
    columns["method"][3] = "negative control"
    for name in ("ndcg", "low", "high"):
        columns[name][3] = columns[name][4] + 0.01
    low = replace(found, table=Table(columns))

    words = [text.get_text() for text in figures.backtest(low).axes[0].texts]

    assert "\N{LEFTWARDS ARROW} 0.11 (0.05 to 0.15)" in words
    assert figures.backtest(low).axes[0].get_xlim()[0] > 0.5


@pytest.mark.parametrize("page", ["slide", "print"])
def test_words_stand_apart_and_on_the_page(found, boxes, assert_apart, page):
    """Names, differences and the lines around them overlap nothing."""
    figure = figures.backtest(found, page=page, title="Heart failure " * 12)

    figure.canvas.draw()
    told = [(text.get_text(), text.get_window_extent()) for text in figure.texts]
    words = [*boxes(figure.axes[0]), *told]
    assert_apart(words)
    width, height = figure.get_size_inches() * figure.dpi
    assert min(box.x0 for _, box in words) >= 0
    assert min(box.y0 for _, box in words) >= 0
    assert max(box.x1 for _, box in words) <= width
    assert max(box.y1 for _, box in words) <= height


def test_the_same_backtest_gives_the_same_bytes(found, tmp_path):
    """A picture is data, too."""
    first, second = (
        figures.save(figures.backtest(found), tmp_path / f"{name}.svg").read_bytes()
        for name in "ab"
    )

    assert first == second


def test_several_areas_are_refused(found):
    """Rows of different areas do not share one page."""
    columns = {"area": ["copd"] * len(METHODS), **found.table.columns}

    with pytest.raises(FigureError, match="several areas; draw one of them"):
        figures.backtest(replace(found, table=Table(columns)))


def test_one_moment_is_enough(found):
    """Thin studies may have no more."""
    columns = {n: c for n, c in found.table.columns.items() if n != "at_50"}
    one = replace(found, table=Table(columns), moments=found.moments.head(1))

    figure = figures.backtest(one)

    assert "mean over 1 past cut-off, after 35% of" in figure.texts[-1].get_text()
    assert np.isfinite(figure.axes[0].get_xlim()).all()
