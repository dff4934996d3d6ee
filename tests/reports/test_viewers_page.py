"""The page of a viewer who may not see everything: whole, quiet, and it says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hcpgraph import reports
from hcpgraph.model.table import Table

WITHHELD = ("Columns withheld from sales: score.", "Left out: the map.")


def without_parts(area):
    """An area for somebody who sees ranks alone: no map, score, interval, endorser."""
    return replace(
        area,
        ranking=area.ranking.select(("person", "rank")),
        medians={},
        leaders=None,
        endorsed=None,
        map=None,
        communities=None,
        prospects=replace(
            area.prospects,
            table=area.prospects.table.select(("rank", "handle")),
            reach={},
            certificate=None,
        ),
    )


def without_scores(area):
    """An area with a map, without scores, intervals and endorsers."""
    suggested = area.prospects.table.select(("rank", "handle", "kind"))
    return replace(
        area,
        prospects=replace(area.prospects, table=suggested, reach={}, certificate=None),
        ranking=area.ranking.select(("person", "rank", "tier")),
        medians={},
        leaders=replace(area.leaders, score=None, contribution={}),
        endorsed=None,
    )


def without_people(area):
    """An area for somebody who sees nobody."""
    bare = without_parts(area)
    return replace(bare, ranking=Table({"person": []}), prospects=None)


def page_of(report, change, *, names=("handle", "role")):
    people = report.people
    numbers = {"number": list(range(1, len(people) + 1))}
    seen = {name: people[name] for name in names}
    made = replace(
        report,
        areas=tuple(map(change, report.areas)),
        people=Table({**numbers, **seen}),
        summary={**report.summary, "roles": {}},
        withheld=WITHHELD,
    )
    return reports.render(made)


PAGES = {
    "ranks": lambda report: page_of(report, without_parts),
    "a map": lambda report: page_of(report, without_scores),
    "numbers": lambda report: page_of(report, without_scores, names=()),
    "nobody": lambda report: page_of(report, without_people, names=()),
}
every_page = pytest.mark.parametrize("make", PAGES.values(), ids=PAGES)


@every_page
def test_the_page_says_what_is_withheld(report, make):
    """Once, at its head, and where a part is left out."""
    html = make(report)

    assert html.index(WITHHELD[0]) < html.index('class="opening"')
    assert WITHHELD[1] in html
    assert ("The map is withheld" in html) != ("<canvas" in html)


def test_a_page_for_everybody_says_nothing_of_it(html):
    """Where nothing is withheld, nothing is said."""
    assert "withheld" not in html


@every_page
def test_what_is_withheld_is_not_behind_the_page(report, make):
    """Neither names nor scores are among the values that the program reads."""
    html = make(report)
    values = html.split('id="report-values">')[1].split("</script>")[0]

    for said in ("Person Number 20", "Clinic 1", "Oncology", str(9 * 10**18 + 20)):
        assert said not in html
    assert '"score":"' not in values
    assert '"reach":' not in values
    assert "rank_low" not in values


@every_page
@pytest.mark.parametrize("width", [390, 1280])
def test_the_program_does_not_miss_what_is_withheld(report, make, open_page, width):
    """No error, no scroll sideways; profiles open where there is a map."""
    opened = open_page(make(report))
    page = opened.page
    page.set_viewport_size({"width": width, "height": 900})
    buttons = page.locator("button.person")
    if buttons.count():
        buttons.first.click()
        page.wait_for_selector("[data-part=profile]:not([hidden]) h4")
        told = page.locator("[data-part=profile]").first.inner_text()
        assert "Rank 1 of" in told
        assert "Contributions" not in told
        page.get_by_role("button", name="Close").click()
        page.locator("[data-part=search]").first.fill("handle_2")

    assert opened.errors == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
