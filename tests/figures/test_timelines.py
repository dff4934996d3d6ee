"""Attention over time as bars, bursts and momentum."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

from hcpgraph import figures
from hcpgraph.errors import FigureError
from hcpgraph.model.table import Table
from hcpgraph.model.timeline import Burst, Timeline

START = datetime(2025, 1, 6, tzinfo=UTC)


def course(heard, *, bursts=(), unit="week", change=None, names=None, dated=50):
    """An invented course of one row of numbers a person."""
    heard = np.array(heard, np.int64)
    count, periods = heard.shape
    table = Table(
        {
            "id": [str(i) for i in range(count)],
            "handle": [None] * count,
            "name": names or [f"Person {i}" for i in range(count)],
            "recent": heard[:, -1].tolist(),
            "before": heard[:, -2].tolist() if periods > 1 else [0] * count,
            "change": change or [1.5] * count,
            "sure": [i == 0 for i in range(count)],
        }
    )
    starts = tuple(START + timedelta(7 * i) for i in range(periods + 1))
    return Timeline(
        table, "asthma", unit, starts, heard, heard.sum(axis=0), tuple(bursts), 1,
        dated, 7,
    )  # fmt: skip


def words(figure):
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return " ".join(text.get_text() for text in texts)


def heights(figure):
    """Heights of the bars of each row, everyone first."""
    return [
        [float(np.ptp(path.vertices[:, 1])) for path in bars.get_paths()]
        for bars in drawn(figure)
    ]


def drawn(figure):
    """The bars of each row, everyone first."""
    found = figure.axes[0].collections
    return [bars for bars in found if isinstance(bars, PolyCollection)]


def test_bars_go_by_the_square_root_to_one_scale():
    """Four times the responders, twice the height; nobody, no bar."""
    figure = figures.timeline(course([[16, 4, 0], [1, 4, 16]]))

    everyone, first, second = heights(figure)
    assert first[0] == pytest.approx(2 * first[1])
    assert first[2] == 0
    assert second[::-1][:2] == pytest.approx(first[:2])
    assert everyone[0] > everyone[2] > everyone[1]  # 17, 16 and 8


def test_bursts_carry_date_and_number():
    """What stands out is dated, in a colour of its own."""
    burst = Burst(0, 1, START + timedelta(9), 1234, 2.0)

    figure = figures.timeline(course([[2, 1234, 2], [3, 3, 3]], bursts=[burst]))

    assert "15 Jan 2025: 1,234" in words(figure)
    colours = [tuple(colour) for colour in drawn(figure)[1].get_facecolors()]
    assert colours[1] != colours[0] == colours[2]


def test_bursts_side_by_side_do_not_overlap():
    """Of two labels that would collide the more outstanding is written."""
    bursts = [
        Burst(0, 1, START + timedelta(9), 20, 2.0),
        Burst(0, 2, START + timedelta(16), 40, 2.0),
    ]

    shown = words(figures.timeline(course([[1, 20, 40, *[1] * 47]], bursts=bursts)))

    assert "22 Jan 2025: 40" in shown
    assert "15 Jan 2025" not in shown


def test_momentum_is_said_and_bold_only_where_it_is_sure():
    """Recent responders, their change, and nothing before as such."""
    figure = figures.timeline(
        course([[2, 9], [0, 3], [2, 0]], change=[2.25, None, None])
    )

    found = {t.get_text(): t.get_fontweight() for t in figure.axes[0].texts}
    assert found["9  +125%"] == "bold"
    assert found["3  from 0"] == "normal"
    assert found["none"] == "normal"


def test_ties_without_a_time_are_said():
    """What no period can hold is counted in the foot."""
    assert "Not shown: 7 ties without a time" in words(
        figures.timeline(course([[1, 2]]))
    )


@pytest.mark.parametrize(("people", "periods"), [(1, 1), (5, 3), (30, 60)])
@pytest.mark.parametrize("page", ["slide", "print"])
def test_words_stay_on_the_page(people, periods, page):
    """From one person in one period to sixty in sixty, nothing leaves the page."""
    names = ["Prof. Wolfeschlegelsteinhausenbergerdorff 肺"] * people
    heard = np.arange(people * periods).reshape(people, periods) % 17

    figure = figures.timeline(course(heard, names=names), top=60, page=page)
    figure.canvas.draw()

    for text in [*figure.texts, *figure.axes[0].texts]:
        box = text.get_window_extent()
        assert box.x0 >= 0, text.get_text()
        assert box.x1 <= figure.bbox.x1 + 1, text.get_text()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (course(np.empty((0, 3))), "nobody is listed"),
        (course([[0, 0]], dated=0), "no response to anybody has a time"),
    ],
)
def test_nothing_to_draw_is_said(given, said):
    """Nobody, or nothing with a time, is one line."""
    with pytest.raises(FigureError, match=f"^nothing to draw: {said}$"):
        figures.timeline(given)


def test_a_course_of_another_shape_is_refused():
    """Rows and periods must be those of the table and of the dates."""
    good = course([[1, 2]])

    with pytest.raises(ValueError, match="do not fit 1 people and 2 periods"):
        Timeline(
            good.table, None, "week", good.starts, np.zeros((2, 2), np.int64),
            good.everyone, (), 1, 1, 0,
        )  # fmt: skip
