"""Whom to approach: never the known, the excluded, or whoever may not be listed."""

from __future__ import annotations

import re

import pytest

from hcpgraph.errors import ExportError, UnknownArea
from hcpgraph.store import Store


@pytest.fixture(scope="module")
def plan(full):
    """Prospects of one area, all there are, given both lists of the company."""
    return full.study.prospects(
        "asthma",
        known=full.folder / "known.csv",
        exclude=full.folder / "exclude.csv",
        budget=10_000,
    )


def test_known_and_excluded_people_are_never_suggested(full, plan):
    """Not one of them, however long the list."""
    suggested = set(plan.table["id"])

    assert suggested
    assert not full.ids("known.csv") & suggested
    assert not full.ids("exclude.csv") & suggested


def test_only_people_of_the_ranking_are_suggested(full, plan):
    """The same release decides; whoever is not on the list is no prospect."""
    listed = set(full.study.rank("asthma", top=10_000).table["id"])

    assert set(plan.table["id"]) <= listed
    assert not full.who(listable="false") & set(plan.table["id"])
    assert {"clinician"} < set(plan.table["role"])


def test_nobody_else_is_named_on_the_way_to_a_suggestion(full, plan):
    """Only people of the ranking, and those known who may be listed at all."""
    known = full.ids("known.csv") - full.who(listable="false")
    may = known | set(full.study.rank("asthma", top=10_000, resamples=0).table["id"])
    called = {row["handle"]: account for account, row in full.truth.items()}
    table = plan.table

    words = [text for name in ("reason", "introducer", "path") for text in table[name]]
    named = {h for text in words if text for h in re.findall(r"@(\w+)", text)}
    posts = [link.rpartition("/")[2] for link in table["evidence"] if link]

    assert named
    assert {called[handle] for handle in named} <= may
    assert posts
    assert {full.posts[post]["author_id"] for post in posts} <= may


def test_only_people_introduce(full):
    """A bot or a company may be on the list of the known; it is not named for that."""
    no_people = {"organisation", "company", "media", "bot"}
    with Store.open(full.study.path) as store:
        found = [next(iter(one.values())) for one in store.resolve_many(full.truth)]
        told = store.read_profiles(found, ("role",))
    roles = zip(told["id"], told["role"], strict=True)
    known = [account for account, role in roles if role in no_people]

    plan = full.study.prospects("asthma", known=known, budget=25)

    called = {f"@{full.truth[account]['handle']}" for account in known}
    assert known
    assert len(plan) == 25
    assert not called & set(plan.table["introducer"])
    assert not any(name in words for name in called for words in plan.table["reason"])


def test_notes_count_the_lists(full, plan):
    """What was brought, and how much of it the study knows."""
    known, excluded = (len(full.ids(f"{x}.csv")) for x in ("known", "exclude"))

    for what, count in (("known", known), ("excluded", excluded)):
        start = f"{what}: {count} people found in the study, "
        assert any(note.startswith(start) for note in plan.notes)


def test_every_suggestion_has_a_reason_and_gains(plan):
    """Coverage rises by what each one gains, best first."""
    table = plan.table

    assert all(table["reason"])
    assert list(table["rank"]) == list(range(1, len(plan) + 1))
    assert list(table["coverage"]) == sorted(table["coverage"])
    assert max(table["coverage"]) <= 1
    assert set(table["kind"]) <= {"leader", "rising", "broker", "voice"}


def test_planted_leaders_who_are_not_known_are_suggested(full):
    """With a budget of 25, at least half of them."""
    plan = full.study.prospects(
        "asthma",
        known=full.folder / "known.csv",
        exclude=full.folder / "exclude.csv",
    )

    free = full.who(planted_kind="leader", area="asthma") - full.ids("known.csv")
    assert len(plan) == 25
    assert 2 * len(free & set(plan.table["id"])) >= len(free)


def test_lists_may_be_values_as_well_as_files(full, plan):
    """Ids or handles, from a file or from Python: the same plan."""
    handles = [f"@{row['handle']}" for row in full.table("known.csv")]

    same = full.study.prospects(
        "asthma", known=handles, exclude=sorted(full.ids("exclude.csv")), budget=10_000
    )

    assert same.table == plan.table


def test_whoever_is_missing_is_counted_not_named(tiny):
    """A list may hold people whom the study does not know."""
    plan = tiny.study.prospects("breast-cancer", known=["@nobody", "12"])

    assert (
        "known: none of 2 entries is in the study; are ids damaged (1.0E+18), or of"
        " another platform?"
    ) in plan.notes


def test_nothing_of_a_list_is_stored(own, tmp_path):
    """The file of the study has the bytes it had."""
    path = tmp_path / "crm.csv"
    path.write_text("id\n31415926535\n", encoding="utf-8")
    before = own.study.path.read_bytes()

    own.study.prospects("breast-cancer", known=path)

    assert own.study.path.read_bytes() == before


def test_the_budget_is_how_many_are_suggested(full):
    """A longer plan begins with the shorter."""
    three = full.study.prospects("asthma", budget=3)
    five = full.study.prospects("asthma", budget=5)

    assert len(three) == 3
    assert list(five.table["id"][:3]) == list(three.table["id"])
    assert len(full.study.prospects("asthma", budget=0)) == 0


def test_filters_hold_for_prospects_too(full):
    """Only nurses of a country, if that is what is asked for."""
    plan = full.study.prospects("asthma", role="nurse", country="US")

    assert len(plan)
    assert set(plan.table["role"]) == {"nurse"}
    assert set(plan.table["country"]) == {"US"}


def test_what_is_not_there_is_refused(tiny):
    """A slip is an error, not an empty plan."""
    with pytest.raises(UnknownArea):
        tiny.study.prospects("astma")
    with pytest.raises(ValueError, match="name one"):
        tiny.study.prospects("all")
    with pytest.raises(ValueError, match="budget"):
        tiny.study.prospects("breast-cancer", budget=-1)
    with pytest.raises(ExportError, match=r"nowhere\.csv"):
        tiny.study.prospects("breast-cancer", known="nowhere.csv")
