"""Coverage: each person's step, other choices, and what none can pass."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph import figures
from hcpgraph.errors import FigureError
from hcpgraph.model.prospects import Certificate, Prospects
from hcpgraph.model.table import Table

ACCOUNTS = 200


def plan(gains, *, known=40.0, others=None, upper=None, names=None, curves=True):
    """Invented prospects of an area of 200 accounts."""
    count = len(gains)
    reached = (known + np.concatenate([[0], np.cumsum(gains)])) / ACCOUNTS
    table = Table(
        {
            "rank": list(range(1, count + 1)),
            "id": [str(i) for i in range(count)],
            "handle": [None] * count,
            "name": names or [f"Person {i}" for i in range(count)],
            "kind": ["leader"] * count,
            "gain": list(gains),
            "coverage": reached[1:].tolist(),
            "reason": ["heard"] * count,
        }
    )
    reach = {"chosen": tuple(reached.tolist()), **(others or {})} if curves else {}
    certificate = None if upper is None else Certificate(90.0, upper, 0.95)
    return Prospects(table, "asthma", reach=reach, certificate=certificate)


def words(figure):
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    legend = figure.axes[0].get_legend()
    found = [t.get_text() for t in [*texts, *(legend.texts if legend else ())]]
    return " ".join(" ".join(found).split())


def steps(figure):
    """Where the dark bars begin and end."""
    (found,) = [c for c in figure.axes[0].containers if c.get_label() == "chosen"]
    return [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in found]


@pytest.mark.parametrize("curves", [True, False])
def test_steps_run_from_what_is_reached_to_what_is_added(curves):
    """The bar of each person begins where the one above ends, known people first."""
    figure = figures.coverage(plan([40.0, 20.0, 10.0], curves=curves))

    expected = [(0.2, 0.4), (0.4, 0.5), (0.5, 0.55)]
    np.testing.assert_allclose(steps(figure), expected)
    shown = words(figure)
    assert "3 people raise the share reached from 20% to 55%" in shown
    assert "+40" in shown
    assert "Person 2" in shown


def test_other_choices_are_lines_the_highest_first():
    """Each line is the curve that was given; the legend says where it ends."""
    others = {"in-degree": (0.2, 0.3, 0.34), "ranking": (0.2, 0.35, 0.4)}

    figure = figures.coverage(plan([40.0, 20.0], others=others))

    lines = [line.get_xdata().tolist() for line in figure.axes[0].get_lines()]
    assert lines == [list(others["ranking"]), list(others["in-degree"])]
    legend = [text.get_text() for text in figure.axes[0].get_legend().texts]
    assert legend == ["by ranking: 40%", "by in-degree: 34%"]


def test_the_certificate_is_a_row_of_its_own():
    """What no choice can pass is drawn in shares, and said with its probability."""
    shown = words(figures.coverage(plan([40.0, 20.0], upper=120.0)))

    assert "Upper bound" in shown
    assert "at most 60%" in shown
    assert "no choice of 2 reaches more than 60% (probability 95%)" in shown
    assert "at least 75% of the optimum" in shown


def test_without_a_certificate_nothing_is_certified():
    """No row and no sentence where none was given."""
    assert "optimum" not in words(figures.coverage(plan([40.0, 20.0])))


def test_more_people_than_rows_are_said():
    """The first of a long list are shown, and the bound of all is not."""
    figure = figures.coverage(plan([1.0] * 60, upper=150.0), top=25)

    assert len(steps(figure)) == 25
    assert "the first 25 of 60 people" in words(figure)
    assert "Upper bound" not in words(figure)


@pytest.mark.parametrize("count", [1, 2, 40])
@pytest.mark.parametrize("page", ["slide", "print"])
def test_words_stay_on_the_page(count, page):
    """Long names are cut; numbers at the end of bars stay within."""
    names = ["Prof. Wolfeschlegelsteinhausenbergerdorff, 肺 🧬"] * count
    figure = figures.coverage(
        plan([160.0 / count] * count, names=names, upper=200.0), page=page
    )
    figure.canvas.draw()

    for text in [*figure.texts, *figure.axes[0].texts]:
        box = text.get_window_extent()
        assert box.x0 >= 0, text.get_text()
        assert box.x1 <= figure.bbox.x1 + 1, text.get_text()


def test_nobody_to_approach_is_said():
    """An empty list is one line that says why."""
    with pytest.raises(FigureError, match="nothing to draw: no prospects"):
        figures.coverage(plan([]))
