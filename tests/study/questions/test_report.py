"""A report names those whom the policy releases, and nobody else."""

from __future__ import annotations

import pytest

from hcpgraph import progress, reports
from hcpgraph.errors import UnknownArea
from hcpgraph.model.report import UNNAMED


@pytest.fixture(scope="module")
def page(tiny):
    """The report of the tiny study."""
    return tiny.study.report(top=5, budget=4)


def test_no_unnamed_account_is_in_the_page(tiny, page):
    """Neither its id nor its handle, not even in what the program reads."""
    html = reports.render(page)
    named = set(page.people["id"])
    others = {one: row["handle"] for one, row in tiny.truth.items() if one not in named}

    assert others
    assert named == set(tiny.study.rank(top=10_000, resamples=0).table["id"])
    assert not [one for one in others if one in html]
    assert not [handle for handle in others.values() if f"@{handle}<" in html]
    assert not [handle for handle in others.values() if f'"{handle}"' in html]


def test_no_cell_of_a_rejected_row_is_in_the_page(own, tmp_path):
    """A reason may hold an id: the page counts rejected rows by file alone."""
    path = tmp_path / "late.csv"
    rows = "".join(f"{n},{n + 1}\n" for n in range(200))
    path.write_text(
        f"follower,followed\n{rows}7.654E+18,7\n8.765E+18,7\n", encoding="utf-8"
    )
    own.study.add(path)

    html = reports.render(own.study.report(areas=own.areas[:1], top=1, budget=1))

    assert "7.654E+18" in own.study.rejects()["reason"][0]
    assert "E+18" not in html
    assert "2 rejected (numbers per file: under Provenance" in html


def test_the_ranking_is_the_one_that_rank_gives(tiny, page):
    """The same people, scores and intervals."""
    expected = tiny.study.rank(top=5).table
    found = page.areas[0].ranking
    people = [page.people["id"][row] for row in found["person"]]

    assert people == list(expected["id"])
    for name in ("score", "rank_low", "rank_high", "tier", "resonance"):
        assert list(found[name]) == list(expected[name])


def test_the_map_has_everyone_and_the_communities_of_the_study(tiny, page):
    """Named by rank, the others without a name."""
    area = page.areas[0]
    listed = tiny.study.communities().table
    community = dict(zip(listed["id"], listed["community"], strict=True))
    named = area.map.person[: area.map.named].tolist()

    assert area.map.accounts == len(area.map)
    assert (area.map.person[area.map.named :] == UNNAMED).all()
    found = [page.people["id"][row] for row in named]
    assert [community[one] for one in found] == (
        area.map.community[: area.map.named] + 1
    ).tolist()


def test_endorsers_are_those_that_explain_gives(tiny, page):
    """For the first on the list, in the same order."""
    area = page.areas[0]
    first = page.people["id"][area.ranking["person"][0]]
    expected = tiny.study.explain(str(first)).endorsers.table
    handles = [page.people["handle"][one.person] for one in area.endorsed[0]]

    assert [f"@{handle}" for handle in handles] == list(expected["endorser"])[:8]


def test_areas_are_those_asked_for(tiny):
    """In the order asked; an area that does not exist is named in the error."""
    one, other = tiny.areas
    page = tiny.study.report(areas=[other, one, other], top=2, budget=1)

    assert [area.area for area in page.areas] == [other, one]
    assert page.parameters["areas"] == [other, one]
    with pytest.raises(UnknownArea):
        tiny.study.report(areas=["nowhere"])


def test_thin_areas_are_left_out_and_said_to_be(own):
    """Unless somebody asks for them."""
    for row in own.study.rank("all", top=10_000, resamples=0).table["id"]:
        own.study.correct(str(row), hidden=True)
    page = own.study.report()

    assert [area.area for area in page.areas] == [None]
    assert len(page.left_out) > len(own.areas)  # and the area above them
    assert "0 people may be listed" in page.left_out[0]
    assert "Nobody here may be named" in reports.render(page)


def test_the_same_study_gives_the_same_page(tiny, page):
    """Byte for byte."""
    assert reports.render(tiny.study.report(top=5, budget=4)) == reports.render(page)


def test_known_and_excluded_people_are_never_suggested(tiny):
    """The lists are read once per area, also from an iterator."""
    listed = list(tiny.study.rank(top=50, resamples=0).table["id"])
    page = tiny.study.report(known=iter(listed[:3]), exclude=listed[3:5], top=2)

    for area in page.areas:
        assert not set(area.prospects.table["id"]) & set(listed[:5])
    assert page.parameters["known"]["entries"] == 3


def test_steps_are_told(tiny):
    """To whoever listens, one for each area."""
    said = []
    with progress.report_to(lambda *step: said.append(step)):
        tiny.study.report(areas=tiny.areas[:2], top=1, budget=1)

    assert [step for step in said if step[0] == "reporting"] == [
        ("reporting", 0, 2),
        ("reporting", 1, 2),
        ("reporting", 2, 2),
        ("reporting", 2, 2),
    ]


@pytest.mark.parametrize("wrong", [{"top": 0}, {"budget": 0}])
def test_senseless_numbers_are_refused(tiny, wrong):
    """Before anything is computed."""
    with pytest.raises(ValueError, match="must be 1 or more"):
        tiny.study.report(**wrong)


def test_a_report_is_saved_with_its_origin(tiny, page, tmp_path):
    """The page, and beside it what it was made of."""
    beside = tiny.study.save_report(page, tmp_path / "page.html")

    assert (tmp_path / "page.html").read_text(encoding="utf-8") == reports.render(page)
    assert '"budget": 4' in beside.read_text(encoding="utf-8")


def test_an_area_without_ties_is_refused(tiny):
    """An empty page would help nobody."""
    with pytest.raises(ValueError, match="no ties in obesity"):
        tiny.study.report(areas=["obesity"])
