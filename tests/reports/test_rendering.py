"""The page: whole, safe, small, the same each time; its curves; its notebook frame."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from hcpgraph import reports
from hcpgraph.reports import Frame
from hcpgraph.reports.curves import HEIGHT, WIDTH, coverage

_VOID = {"meta", "link", "input", "br", "img"}


class Outline(HTMLParser):
    """The elements of a page, and whether they are closed in order."""

    def __init__(self):
        super().__init__()
        self.tags, self.open, self.faults, self.attributes = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append((tag, self.getpos()))


def outline(html):
    parser = Outline()
    parser.feed(html)
    parser.close()
    return parser


def test_the_same_report_gives_the_same_bytes(report, html):
    """No clock, no chance."""
    assert reports.render(report) == html


def test_elements_are_closed_in_order(html):
    """Hostile names open and close nothing."""
    found = outline(html)

    assert found.faults == []
    assert found.open == []
    assert found.tags.count("script") == 2
    assert "img" not in found.tags


def test_nothing_is_fetched(html):
    """No address but anchors and data; and the page's own policy forbids the rest."""
    found = outline(html)
    addresses = [value for name, value in found.attributes if name in {"src", "href"}]

    assert {address[0] for address in addresses} <= {"#", "d"}
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    assert "default-src 'none'" in html
    assert "url(" not in html.split("<body>")[0]


def test_only_the_shipped_program_may_run(html):
    """The policy holds its digest."""
    program = re.search(r"<script>(.*?)</script>", html, re.DOTALL)[1]
    digest = b64encode(sha256(program.encode()).digest()).decode()

    assert f"script-src 'sha256-{digest}'" in html


def test_unkind_names_are_shown_as_they_are(html):
    """Escaped, isolated, and on one line."""
    assert "&lt;/script&gt;&lt;script&gt;document.title=" in html
    assert "{{ 7 * 7 }}" in html
    assert "\u202e" not in html
    assert "<bdi>د. ليلى حداد</bdi>" in html


def test_the_page_says_where_it_comes_from(html):
    """Files by name and digest, never where they lay."""
    assert "ab" * 32 in html
    assert "follows.csv" in html
    assert "secret-folder" not in html
    assert "tiny area (2 people may be listed)" in html


def test_prospects_show_paths_and_what_is_certain(html):
    """Also columns that the page was not written for, but no link to a stranger."""
    assert "Introduction: <bdi>handle_9, then handle_1</bdi>" in html
    assert "at least 75 % of the optimum, with probability 99 %" in html
    assert "<td><bdi>as new as this</bdi></td>" in html
    assert "example.invalid/post" not in html
    assert "chosen 70%" in html


def test_three_thousand_accounts_stay_under_two_megabytes(make_report):
    """Three maps of 3,000 accounts and 10,000 ties each."""
    found = make_report(accounts=3000, named=2200, ties=14_000, areas=2)
    html = reports.render(found)

    assert min(len(area.map) for area in found.areas) > 2990
    assert {len(area.map.source) for area in found.areas} == {10_000}
    assert len(html.encode()) < 2_000_000


def test_an_area_in_which_nobody_may_be_named_has_a_page(make_report):
    """Dots, and sentences that say so."""
    html = reports.render(make_report(accounts=20, named=3, ties=0))

    assert "Nobody here may be named" in html
    assert outline(html).faults == []


def test_curves_stay_in_their_box_and_their_names_apart():
    """However close their ends are."""
    found = coverage({n: (0.1, 0.3, 0.50 + i / 500) for i, n in enumerate("abcd")})

    heights = sorted(curve.label[1] for curve in found.curves)
    assert all(b - a >= 14.9 for a, b in pairwise(heights))
    left, top, right, bottom = found.box
    for curve in found.curves:
        for point in curve.points.split():
            x, y = map(float, point.split(","))
            assert left <= x <= right
            assert top <= y <= bottom
    assert right < WIDTH
    assert bottom < HEIGHT


def test_the_axis_counts_from_the_first_value():
    """A curve that begins with one person says so."""
    assert [said for _, said in coverage({"chosen": (0.4, 0.5)}, 1).across] == [
        "1",
        "2",
    ]


@pytest.mark.parametrize("series", [{}, {"chosen": ()}, {"chosen": (0.4,)}])
def test_no_curve_without_two_points(series):
    """One person is no curve."""
    assert coverage(series) is None


def test_a_page_cannot_break_out_of_its_frame():
    """Quotes and tags of the page are text of one attribute."""
    shown = Frame('<p title="a">&amp;</p></iframe>', height=300)._repr_html_()

    assert shown.count("</iframe>") == 1
    assert "&lt;p title=&quot;a&quot;&gt;&amp;amp;&lt;/p&gt;" in shown
    assert 'height="300"' in shown


def test_a_frame_has_some_height():
    """Nothing that cannot be seen."""
    with pytest.raises(ValueError, match="1 pixel or more"):
        Frame("", height=0)


def test_a_framed_page_works_as_the_file_does(browser, tmp_path, html):
    """Drawn, searched and clicked, apart from the notebook, without a complaint."""
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html>{Frame(html)._repr_html_()}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text))

    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html.alive").wait_for()
    frame.locator("#theme").click()
    frame.locator(".area:not(.away) .leaders .person").first.click()

    assert frame.locator("canvas").first.is_visible()
    assert errors == []
    page.close()
