"""Pages, workbooks and figures hold only what their viewer may see, in bytes."""

from __future__ import annotations

import pytest

from tests.viewers import pictures, world
from tests.viewers.judging import Rules

EVERYTHING = Rules(None, (), {})
RULES = {
    "who there is": Rules(("rank", "id", "handle", "role"), (), {}),
    "scores of some, without names": Rules(
        None,
        ("id", "handle", "name", "institution"),
        {"country": ("ZZCOUNTRYAAA", "Zzcountrybbb")},
    ),
    "nothing of people": Rules((), (), {}),
}
QUICK = ("page.html", "book.xlsx", "ranking.svg")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the study and a list of known people."""
    made = tmp_path_factory.mktemp("pictures")
    world.prepare(made)
    return made


def test_the_search_finds_what_is_there(folder):
    """Outputs for whoever sees all hold what rules for fewer withhold."""
    with pictures.set_for(folder, EVERYTHING):
        for name in QUICK:
            assert pictures.made(folder, name)[0], name
    for name in QUICK:
        text = pictures.said(folder / name).lower()
        assert world.EVERYBODY[0].cells["name"].casefold().encode() in text, name
    assert {"score", "reach", "rank_low", "name"} <= pictures.columns_of(
        folder / "page.html"
    )
    assert {"score", "reach", "rank_low", "name"} <= pictures.columns_of(
        folder / "book.xlsx"
    )


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_no_cell_leaks_into_page_workbook_or_figure(folder, rules):
    """Neither texts, nor what is packed, nor columns of what is behind the page."""
    with pictures.set_for(folder, rules):
        found = [one for name in QUICK for one in pictures.faults(folder, rules, name)]

    assert found == []
    assert (folder / "page.html").exists()
    assert (folder / "book.xlsx").exists()


@pytest.mark.parametrize(
    ("kind", "columns"),
    {
        "ranking": "score",
        "network": "attention",
        "timeline": "resonance",
        "coverage": "gain, coverage",
        "families": "rank_social",
    }.items(),
)
def test_a_figure_of_withheld_columns_is_refused(folder, kind, columns):
    """One line names them, and nothing is written."""
    rules = RULES["who there is"]
    with pictures.set_for(folder, rules):
        written, outputs = pictures.made(folder, f"{kind}.pdf")

    said = outputs["stderr"].decode().splitlines()[-1]
    assert not written
    assert said.startswith(f"Error: {'plan' if kind == 'network' else kind} cannot be")
    assert columns in said
    assert f"{kind}.pdf" not in outputs


@pytest.mark.slow
def test_no_cell_leaks_into_any_picture_at_length(folder, capsys):
    """Five policies; ``python -m tests.viewers.pictures 200`` goes on."""
    seen = pictures.search(folder, 5, start=1)

    assert seen["leaks"] == 0, capsys.readouterr().out
    assert min(seen["written"], seen["refused"]) > 5
