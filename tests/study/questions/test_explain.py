"""``Study.explain``: the rank that the list shows, and who may be named."""

from __future__ import annotations

import json
import re

import pytest

from hcpgraph.errors import AmbiguousAccount, UnknownAccount, UnknownArea
from hcpgraph.model.files import ImportOptions
from hcpgraph.study import Study

AREA = "breast-cancer"


@pytest.fixture(scope="module")
def ranking(full):
    return full.study.rank(AREA, top=1000)


@pytest.fixture(scope="module")
def leader(full, ranking):
    return full.study.explain(ranking.table["id"][0], AREA)


def test_rank_score_and_interval_are_those_of_the_list(full, ranking):
    """An explanation that told of another rank would explain nothing."""
    listed = full.study.rank(AREA, top=25)
    for place in (0, 11, 24):
        row = {name: listed.table[name][place] for name in listed.table.names}

        found = full.study.explain(row["id"], AREA)

        assert (found.rank, found.of) == (row["rank"], len(ranking))
        assert found.score == pytest.approx(row["score"])
        assert (found.rank_low, found.rank_high) == (row["rank_low"], row["rank_high"])
        parts = found.contributions.table
        added = dict(zip(parts["contribution"], parts["adds"], strict=True))
        for name, value in added.items():
            assert value == pytest.approx(row[name])


def test_evidence_links_posts_to_or_about_the_person(full, leader):
    """Each link leads to a post of the exports, by the author named."""
    posts = leader.evidence.table
    assert len(posts) == 10
    for link, author in zip(posts["post"], posts["author"], strict=True):
        post = full.posts[link.removeprefix("https://x.com/i/web/status/")]
        assert f"@{full.truth[post['author_id']]['handle']}" == author


def test_nobody_is_named_who_may_not_be_listed(full, ranking):
    """Every handle in any explanation is on the list of its area."""
    allowed = set(full.study.rank(AREA, top=5000).table["handle"])
    for place in (0, 7, 40, 200):
        found = full.study.explain(ranking.table["id"][place], AREA, resamples=0)

        named = set(re.findall(r"@(\w+)", json.dumps(found.to_dict())))

        assert named <= allowed


def test_filters_narrow_the_list_but_not_the_endorsers(full, ranking):
    """Among people of a country, others may still carry the score."""
    row = next(i for i, name in enumerate(ranking.table["country"]) if name)
    found = full.study.explain(
        ranking.table["id"][row],
        AREA,
        country=ranking.table["country"][row],
        resamples=0,
    )

    assert found.of < len(ranking)
    assert len(found.endorsers) == 10


def test_whole_study_and_areas_agree_with_their_lists(full, ranking):
    """The ranks over areas are those that each list prints."""
    person = ranking.table["id"][3]
    every = full.study.rank("all", top=5000, resamples=0).table
    expected = {
        (area, rank)
        for area, rank, who in zip(
            every["area"], every["rank"], every["id"], strict=True
        )
        if who == person
    }

    found = full.study.explain(person, resamples=0)

    table = found.areas.table
    assert set(zip(table["area"], table["rank"], strict=True)) == expected
    assert found.area is None


def test_the_same_question_gets_the_same_answer(full, leader):
    """To the last digit, interval included."""
    assert full.study.explain(leader.id, AREA).to_dict() == leader.to_dict()


def test_people_who_must_not_be_listed_are_as_unknown_as_strangers(own, tmp_path):
    """The message for a hidden person is that for a name nobody bears."""
    person = own.study.rank(top=1, audience="all", resamples=0).table
    handle = f"@{person['handle'][0]}"
    own.study.correct(handle, hidden=True)

    with pytest.raises(UnknownAccount) as hidden:
        own.study.explain(handle)
    with pytest.raises(UnknownAccount) as stranger:
        own.study.explain("@nobody_bears_this")

    shape = re.compile(r"no account '@\w+'; (did you mean '@\w+'\?|choose from: .*)")
    assert shape.fullmatch(str(hidden.value))
    assert shape.fullmatch(str(stranger.value))
    assert handle not in str(hidden.value).split(";")[1]


@pytest.mark.parametrize("role", ["organisation", "company", "media", "bot"])
def test_what_is_no_person_is_held_back_with_the_reason_of_the_policy(own, role):
    """Whatever the audience."""
    person = own.study.rank(top=1, audience="all", resamples=0).table["id"][0]
    own.study.correct(person, role=role)

    with pytest.raises(ValueError, match=f"not listed .*: {role}"):
        own.study.explain(person, audience="all")


def test_wrong_questions_are_told_apart(full, leader):
    """No such area, no area at all, a filter that leaves the person out."""
    with pytest.raises(UnknownArea):
        full.study.explain(leader.id, "breast-cancerr")
    with pytest.raises(ValueError, match="name one"):
        full.study.explain(leader.id, "all")
    with pytest.raises(ValueError, match="not among the people asked for"):
        full.study.explain(leader.id, AREA, country="Nowhere", resamples=0)


def study_of(tmp_path, content, **names):
    path = tmp_path / "ties.csv"
    path.write_text(content)
    study = Study(tmp_path / "study.duckdb")
    (report,) = study.add(path)
    assert report.imported, report.error
    return study


def test_follows_alone_can_be_explained(tmp_path):
    """No times, no posts, no areas, no responses: what there is, is told."""
    study = study_of(
        tmp_path, "source,target,kind\n1,9,follow\n2,9,follow\n2,8,follow\n"
    )

    found = study.explain("9")

    assert found.rank == 1
    assert found.evidence.says == ("No posts known that respond to this person.",)
    assert len(found.periods.table) == len(found.areas.table) == 0
    assert found.boosting.says == ("No responders.",)
    assert "follow" in found.gaps.says[0]
    assert any(note.startswith("sparse data: follows") for note in found.notes)


def test_nominations_alone_can_be_explained(tmp_path):
    """They are responses that do not age."""
    study = study_of(
        tmp_path, "source,target,kind\n1,9,nomination\n2,9,nomination\n2,8,nomination\n"
    )

    found = study.explain("8")

    assert found.rank == 2
    assert found.endorsers.table["endorser"] == ["2"]
    assert "nominate this person" in found.gaps.says[0]


def test_someone_with_ties_to_themselves_alone_has_no_rank(tmp_path):
    """A tie to oneself is none, and no number is made up."""
    study = study_of(tmp_path, "source,target,kind\n1,9,mention\n5,5,mention\n")

    with pytest.raises(
        ValueError, match="'5' has no ties in the study, and so no rank"
    ):
        study.explain("5", resamples=0)


def test_someone_without_ties_has_no_rank(full, own):
    """The message says where they have one."""
    asked = full.study.rank(AREA, top=500, resamples=0).table["id"]
    others = [area for area in full.areas if area != AREA]
    for area in others:
        listed = full.study.rank(area, top=5000, resamples=0).table["id"]
        stranger = next((who for who in asked if who not in listed), None)
        if stranger:
            with pytest.raises(
                ValueError, match=f"no ties in {area}.*ranked in .*{AREA}"
            ):
                full.study.explain(stranger, area)
            return
    pytest.fail("everyone works in every area")


def test_a_handle_on_two_platforms_must_be_told_apart(tmp_path):
    """The message names both."""
    study = Study(tmp_path / "study.duckdb")
    for platform in ("x", "forum"):
        path = tmp_path / f"{platform}.csv"
        path.write_text(f"source,target,kind\n@{platform}_fan,@bea,mention\n")
        options = ImportOptions(platform=platform, ids="handle")
        (report,) = study.add(path, options=options)
        assert report.imported, report.error

    with pytest.raises(AmbiguousAccount, match="x:@bea"):
        study.explain("@bea")

    assert study.explain("forum:@bea", resamples=0).id == "forum:@bea"
