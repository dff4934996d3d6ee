"""Tables in a notebook: text as text, numbers as numbers, never a page too long."""

from __future__ import annotations

import re

import numpy as np
import pytest

from hcpgraph.model.communities import Communities
from hcpgraph.model.notebook import as_html, brief, show
from hcpgraph.model.ranking import Ranking
from hcpgraph.model.scores import Partition, Scores
from hcpgraph.model.table import Table


def widths(html):
    return [float(width) for width in re.findall(r'<rect width="([\d.]+)"', html)]


def test_cells_are_text():
    """What a cell holds is never taken for HTML, nor is the name of a column."""
    html = Table({"<rank>": [1, 2], "name": ["Ann", "<b>Bob</b>"]})._repr_html_()

    left = ' style="text-align:left"'
    assert html == (
        f"<table><thead><tr><th>&lt;rank&gt;</th><th{left}>name</th></tr></thead><tbody>"
        f"<tr><td>1</td><td{left}>Ann</td></tr>"
        f"<tr><td>2</td><td{left}>&lt;b&gt;Bob&lt;/b&gt;</td></tr>"
        "</tbody></table>"
    )


def test_columns_without_any_value_are_left_out():
    """As on screen; an empty table keeps its header."""
    html = as_html({"rank": [1], "rank_low": [None]})

    assert "rank_low" not in html
    assert "<th>rank</th>" in as_html({"rank": []})


def test_a_long_table_is_cut_and_says_so():
    """A notebook of thousands of rows opens in no browser."""
    html = as_html({"rank": list(range(120))})

    assert html.count("<tr>") == 51
    assert html.endswith("<p>70 more rows: to_pandas() has them all.</p>")


def test_amounts_have_bars_as_long_as_they_are_large():
    """Beside the number, relative to the largest shown."""
    html = as_html({"score": [4.0, 1.0, None, 0.0], "rank": [1, 2, 3, 4]})

    assert widths(html) == [60, 15, 0, 0]
    assert html.count("aria-hidden") == 4


@pytest.mark.parametrize("cells", [[], [0.0, 0.0], [None, None], ["a", "b"]])
def test_nothing_has_no_bar(cells):
    """Neither zeros, nor empty cells, nor texts."""
    assert "<svg" not in as_html({"score": cells})


def test_a_ranking_shows_its_table_bars_and_notes():
    """All that a reader must know, in one cell; nothing that a name brings along."""
    table = Table({"rank": [1, 2], "name": ["<i>Ann", "Bob"], "score": [5.6543, 1.0]})

    html = Ranking(table, "asthma", "score", notes=("thin: <2 acts",))._repr_html_()

    assert html.startswith("<p>Ranking(asthma, by score, 2 people)</p><table>")
    assert "5.65 <svg" in html
    assert "&lt;i&gt;Ann" in html
    assert html.endswith("<p><small>thin: &lt;2 acts</small></p>")


def test_communities_show_their_sizes_first():
    """The members of the largest alone would fill a page."""
    partition = Partition("leiden", np.arange(3), np.array([0, 0, 1], np.int32))
    table = Table({"id": ["7", "8"], "community": [1, 2]})

    html = Communities(table, partition, notes=("audience: hcp",))._repr_html_()

    assert widths(html) == [60, 30]
    assert html.index("members") < html.index(">7</td>") < html.index("audience: hcp")


def test_scores_show_bars_under_the_name_of_their_measure():
    """Whatever it is called."""
    html = Scores("<pagerank>", np.arange(2), np.array([0.75, 0.25]))._repr_html_()

    assert widths(html) == [60, 20]
    assert "<pagerank>" not in html


SHOWN = {
    "a score": (5.6543, "5.65"),
    "a share": (0.012345, "0.0123"),
    "a whole number": (12.0, "12"),
    "a large number": (12345.678, "12346"),
    "no number": (float("nan"), "nan"),
    "a truth": (True, "yes"),
    "nothing": (None, ""),
    "a long id": ("9000000000000281323", "9000000000000281323"),
}


@pytest.mark.parametrize(("cell", "text"), SHOWN.values(), ids=SHOWN)
def test_numbers_are_brief(cell, text):
    """Three digits are what one compares by."""
    assert brief(cell) == text


def test_whole_cells_have_six_digits():
    """Where a number stands alone, as in a file."""
    assert show(5.65432198) == "5.65432"
