"""One study from its first file to its last correction."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from hcpgraph.errors import NotAStudy, UnknownAccount, UnknownFile, VocabularyError
from hcpgraph.model.files import ImportOptions
from hcpgraph.study import Study

EVERYONE = 10_000
MINE = re.compile(r"\b(careful work|most careful)\b", re.IGNORECASE)

VOCABULARY = """\
[careful-work]
name = "Careful work"
mesh = "D000001"
terms = ["most careful"]
"""


def answers(study, area):
    """Everything that a study lists, as plain values."""
    return (
        study.rank("all", top=EVERYONE).table,
        study.rank(top=EVERYONE, by="pagerank").table,
        study.communities(area).table,
        study.prospects(area).table,
        study.areas(every=True),
        study.find("dr"),
    )


def test_posts_and_ties_are_those_of_the_exports(full):
    """Counted in the files with nothing but json and csv, to the last tie."""
    posts, ties = full.posts, Counter()
    for post in posts.values():
        author = post["author_id"]
        linked = {x["type"]: x["id"] for x in post.get("referenced_tweets", ())}
        named = {x["id"] for x in post.get("entities", {}).get("mentions", ())}
        if "retweeted" in linked:
            named.discard(posts[linked["retweeted"]]["author_id"])
            ties["repost"] += 1
            ties["mention_in_repost"] += len(named - {author})
            continue
        replied = post.get("in_reply_to_user_id")
        ties["reply"] += replied not in {None, author}
        if "quoted" in linked:
            # a quoted post may have been deleted; nobody knows whose it was
            quoted = posts.get(linked["quoted"], {"author_id": author})
            ties["quote"] += quoted["author_id"] != author
        ties["mention"] += len(named - {author, replied})
    ties["follow"] = len(full.follows)

    found = full.study.summary()

    assert found["posts"] == len(posts)
    assert found["ties"] == dict(ties)
    assert found["ties_without_time"] == len(full.follows)
    assert found["accounts"] == len(full.truth)
    assert found["placeholders"] == 0
    times = sorted(post["created_at"] for post in posts.values())
    assert found["first"] == times[0].replace(".000Z", "Z")
    assert found["last"] == times[-1].replace(".000Z", "Z")


def test_files_are_recorded_with_what_became_of_their_rows(full):
    """In order, with format and digest; the rows of each file add up."""
    found = full.study.summary()["files"]

    assert [entry["path"] for entry in found] == [str(path) for path in full.files]
    for entry in found:
        assert entry["read"] == sum(
            entry[part] for part in ("accepted", "known", "rejected")
        )
        assert len(entry["sha256"]) == 64
    roster = found[-1]
    assert (roster["format"], roster["read"]) == (
        "roster",
        len(full.table("roster.csv")),
    )


def test_areas_are_those_planted_and_their_parents(full):
    """Only what occurs is listed, unless every area is asked for."""
    found, every = full.study.areas(), full.study.areas(every=True)

    assert set(full.areas) <= set(found["slug"])
    assert set(found["slug"]) < set(every["slug"])
    assert set(every["origin"]) == {"built-in"}
    silent = set(every["slug"]) - set(found["slug"])
    for row in every.rows():
        if row[0] in silent:
            assert row[3:6] == (0, 0, 0)


def test_two_studies_of_the_same_files_answer_alike(tiny, tmp_path):
    """A study is what its files say: neither clock nor path shows."""
    again = Study(tmp_path / "again.duckdb")

    again.add(*tiny.files)

    assert answers(again, tiny.areas[0]) == answers(tiny.study, tiny.areas[0])


def test_the_order_of_files_does_not_show(tiny, tmp_path):
    """Exports arrive in any order; the lists are the same people and scores."""
    again = Study(tmp_path / "again.duckdb")

    again.add(*reversed(tiny.files))

    for area in tiny.areas:
        one = tiny.study.rank(area, top=EVERYONE).table
        two = again.rank(area, top=EVERYONE).table
        scores = dict(zip(one["id"], one["score"], strict=True))
        assert dict(zip(two["id"], two["score"], strict=True)) == pytest.approx(scores)


@pytest.mark.parametrize("place", range(5))
def test_a_file_removed_and_added_again_leaves_no_trace(own, place):
    """The lists are the same as before, whichever file it was."""
    path = own.files[place]
    before = {
        area: own.study.rank(area, top=EVERYONE).table for area in (*own.areas, None)
    }
    counts = own.study.summary()

    removed = own.study.remove(path.name)
    without = own.study.summary()
    own.study.add(path)

    assert removed == str(path)
    assert len(without["files"]) == len(counts["files"]) - 1
    for area, table in before.items():
        after = own.study.rank(area, top=EVERYONE).table
        assert after["id"] == table["id"]
        assert after["score"] == pytest.approx(table["score"])
    again = own.study.summary()
    for field in ("accounts", "posts", "ties", "roles", "first", "last"):
        assert again[field] == counts[field], field


def test_removing_every_file_leaves_nothing(own):
    """What the files brought goes with them."""
    for path in own.files:
        own.study.remove(path.name)

    found = own.study.summary()
    assert (found["accounts"], found["posts"], found["ties"]) == (0, 0, {})
    assert len(own.study.rank()) == 0


def test_a_file_that_is_not_there_cannot_be_removed(own):
    """The message names the closest."""
    with pytest.raises(UnknownFile, match=r"did you mean '.*roster\.csv'"):
        own.study.remove(f"{own.folder}/rooster.csv")


def test_corrections_survive_files_that_say_otherwise(own, tmp_path):
    """What is said by hand wins over every file, also over later ones."""
    first = own.study.rank(top=2).table
    person, other = first["id"]
    own.study.correct(person, role="nurse", name="Name By Hand")
    own.study.correct(f"@{first['handle'][1]}", hidden=True)
    roster = tmp_path / "later.csv"
    with roster.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ("id", "name", "role"),
                (person, "Name Of File", "pharmacist"),
                (other, "Somebody", "nurse"),
            ]
        )

    reports = own.study.add(roster)

    assert reports[0].accepted == 2
    table = own.study.rank(top=EVERYONE).table
    row = list(table["id"]).index(person)
    assert (table["name"][row], table["role"][row]) == ("Name By Hand", "nurse")
    assert other not in table["id"]


def test_hidden_people_vanish_from_every_list_and_come_back(own):
    """One word takes a person off all lists; one word takes it back."""
    study, area = own.study, own.areas[0]
    before = answers(study, area)
    person, handle = (study.rank(area, top=1).table[x][0] for x in ("id", "handle"))

    study.correct(person, hidden=True)
    hidden = answers(study, area)
    found = study.find(handle)
    study.correct(person, hidden=False)

    for table in hidden:
        assert person not in table.columns.get("id", ())
    assert len(found) == 0
    assert answers(study, area) == before


def test_a_correction_of_role_changes_who_is_listed(own):
    """A company taken for a clinician is gone once it is said."""
    person = own.study.rank(top=1).table["id"][0]

    own.study.correct(person, role="company")

    for audience in ("hcp", "all"):
        listed = own.study.rank(top=EVERYONE, audience=audience).table["id"]
        assert person not in listed


def test_unknown_accounts_and_roles_are_refused(own):
    """Nothing is written for a slip."""
    handle = own.study.rank(top=1).table["handle"][0]
    with pytest.raises(UnknownAccount, match=f"did you mean '@{handle}'"):
        own.study.correct(f"@{handle}x", hidden=True)
    with pytest.raises(ValueError, match="did you mean 'nurse'"):
        own.study.correct(f"@{handle}", role="nurze")


def test_own_areas_label_what_is_there_and_what_comes(own, tmp_path):
    """A vocabulary of one's own adds an area, and every post is labelled anew."""
    path = tmp_path / "mine.toml"
    path.write_text(VOCABULARY, encoding="utf-8")
    said = {p["id"] for p in own.posts.values() if MINE.search(p["text"])}
    assert said

    own.study.add_vocabulary(path)

    table = own.study.areas()
    row = dict(zip(table["slug"], table.rows(), strict=True))["careful-work"]
    named = dict(zip(table.columns, row, strict=True))
    assert row[1:3] == ("Careful work", "D000001")
    assert row[3] == len(said)
    assert (named["origin"], named["files"]) == ("mine.toml", None)
    assert own.study.rank("careful-work").area == "careful-work"
    assert own.study.rank("all").table["area"][0] == own.areas[0]


def test_a_vocabulary_may_come_before_the_first_file(tiny, tmp_path):
    """The order of vocabulary and files does not show."""
    path = tmp_path / "mine.toml"
    path.write_text(VOCABULARY, encoding="utf-8")
    early, late = Study(tmp_path / "early.duckdb"), Study(tmp_path / "late.duckdb")

    early.add_vocabulary(path)
    early.add(tiny.files[2])
    late.add(tiny.files[2])
    late.add_vocabulary(path)

    assert early.areas(every=True) == late.areas(every=True)
    assert early.rank("all").table == late.rank("all").table


def test_a_broken_vocabulary_changes_nothing(own, tmp_path):
    """The study has the areas it had."""
    path = tmp_path / "mine.toml"
    path.write_text("[careful-work]\nname = 'Nothing'\n", encoding="utf-8")
    before = own.study.areas(every=True)

    with pytest.raises(VocabularyError):
        own.study.add_vocabulary(path)

    assert own.study.areas(every=True) == before


def test_find_lists_no_one_who_may_not_be_listed(full):
    """The most followed first; patients are not found by any word."""
    hidden = full.who(listable="false")

    for text in ("", "a", "patient", "living with", "dr"):
        found = full.study.find(text, most=EVERYONE)
        assert not hidden & set(found["id"])
    for account in sorted(hidden)[:5]:
        assert len(full.study.find(account)) == 0
        handle = full.truth[account]["handle"]
        assert handle not in full.study.find(handle, most=EVERYONE)["handle"]


def test_find_folds_accents_and_case(full):
    """'Éloi' is found as eloi."""
    found = full.study.find("eLOI", most=EVERYONE)

    assert "Éloi" in {str(name).split()[-2] for name in found["name"]}
    assert full.study.find("éloi", most=EVERYONE) == found
    assert len(full.study.find("eloi", most=2)) == 2
    with pytest.raises(ValueError, match="most must be 0 or more"):
        full.study.find("eloi", most=-1)


QUESTIONS = {
    "rank": lambda study: study.rank(),
    "communities": lambda study: study.communities(),
    "prospects": lambda study: study.prospects(),
    "graph": lambda study: study.graph(),
    "summary": lambda study: study.summary(),
    "areas": lambda study: study.areas(),
    "find": lambda study: study.find("x"),
    "rejects": lambda study: study.rejects(),
    "remove": lambda study: study.remove("x.csv"),
    "correct": lambda study: study.correct("x", hidden=True),
    "provenance": lambda study: study.provenance({}),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_no_question_makes_a_study(tmp_path, ask):
    """Asked of a file that is not there, every call says so and creates nothing."""
    study = Study(tmp_path / "nowhere.duckdb")

    with pytest.raises(NotAStudy, match="no such study"):
        ask(study)

    assert list(tmp_path.iterdir()) == []


def test_rejected_rows_are_kept_with_their_line(tmp_path):
    """Every row that could not be used can be looked up later."""
    path = tmp_path / "ties.csv"
    rows = "".join(f"{n},{n + 1}\n" for n in range(200))
    path.write_text(f"follower,followed\n{rows},7\n", encoding="utf-8")
    study = Study(tmp_path / "study.duckdb")

    study.add(path)

    table = study.rejects()
    assert table.names == ("file", "line", "reason")
    assert list(table["line"]) == [202]
    assert list(table["file"]) == [str(path)]


def test_two_platforms_keep_apart_and_print_their_names(tmp_path):
    """The same id on two platforms is two accounts, told apart in every list."""
    study = Study(tmp_path / "study.duckdb")
    for platform in ("x", "bluesky"):
        path = tmp_path / f"{platform}.csv"
        path.write_text(
            f"follower,followed\n1,9\n2,9\n{platform}7,9\n", encoding="utf-8"
        )
        study.add(path, options=ImportOptions(platform=platform))

    found = study.summary()
    table = study.rank(by="in_degree").table

    assert found["platforms"] == {"bluesky": 4, "x": 4}
    assert set(table["id"][:2]) == {"x:9", "bluesky:9"}
    assert list(table["score"][:2]) == [3.0, 3.0]
    study.correct("bluesky:9", hidden=True)
    assert "bluesky:9" not in study.rank().table["id"]
    assert "x:9" in study.rank().table["id"]


def test_the_platform_of_a_study_is_that_of_its_plain_files(tmp_path):
    """A roster names no platform; in a study of one it is that one's."""
    study = Study(tmp_path / "study.duckdb")
    ties, roster = tmp_path / "ties.csv", tmp_path / "roster.csv"
    ties.write_text("follower,followed\n1,9\n", encoding="utf-8")
    roster.write_text("id,name,role\n9,Nina,nurse\n", encoding="utf-8")

    study.add(ties, options=ImportOptions(platform="bluesky"))
    study.add(roster)

    assert study.summary()["platforms"] == {"bluesky": 2}
    assert study.rank().table["name"][0] == "Nina"
