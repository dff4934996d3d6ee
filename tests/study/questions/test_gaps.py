"""``Study.gaps`` and ``info --gaps``: what to collect next."""

from __future__ import annotations

import csv
import json
from collections import Counter

import numpy as np
import pytest
from click.testing import CliRunner

from hcpgraph.cli import main
from hcpgraph.errors import UnknownArea
from hcpgraph.model.files import ImportOptions
from hcpgraph.study import Study
from tests.validation.partial import WORLDS, draw_world, ranked, without_lists

AREA = "breast-cancer"


@pytest.fixture(scope="module")
def partly(tmp_path_factory):
    """Follower lists of one person in five, beside the responses to all."""
    world = without_lists(draw_world(WORLDS["alike .5"], 3), 0.8, 3)
    folder = tmp_path_factory.mktemp("partly")
    ranked(world, folder, top=1)
    return Study(folder / "study.duckdb"), {row[1] for row in world.follows}


@pytest.fixture(scope="module")
def found(partly):
    return partly[0].gaps(top=15, audience="all")


def of(found, what):
    rows = zip(*(found.table[n] for n in ("id", "collect", "gain")), strict=True)
    return [(name, gain) for name, collect, gain in rows if collect == what]


def test_lists_of_people_without_one_come_by_their_gain(partly, found):
    """Nobody whose followers are known; never more narrowing than there is width."""
    lists = of(found, "followers")
    gains = [gain for _, gain in lists]

    assert len(lists) == 15
    assert not {name for name, _ in lists} & partly[1]
    assert gains == sorted(gains, reverse=True)
    assert 0 < gains[-1] < gains[0] < found.width
    assert found.notes[1].startswith("gain: expected narrowing of the rank intervals")


def test_profiles_are_asked_for_where_a_list_is_missing(partly, found):
    """And posts only in studies with posts."""
    profiles = [name for name, _ in of(found, "profile")]

    assert profiles
    assert not set(profiles) & partly[1]
    assert not of(found, "posts")


def test_nothing_is_written_and_the_same_is_said_again(partly, found):
    """Reading stays reading."""
    study = partly[0]
    content = study.path.read_bytes()

    again = Study(study.path).gaps(top=15, audience="all")

    assert again.table.columns == found.table.columns
    assert study.path.read_bytes() == content


def test_people_who_may_not_be_listed_are_not_suggested(partly, found, tmp_path):
    """Whatever their lists would narrow."""
    first = str(found.table["id"][0])
    path = tmp_path / "study.duckdb"
    path.write_bytes(partly[0].path.read_bytes())
    study = Study(path)
    study.correct(first, hidden=True)

    again = study.gaps(top=15, audience="all")

    assert first not in again.table["id"]
    assert len(of(again, "followers")) == 15


def test_a_study_without_follows_begins_with_the_first_of_the_list(tmp_path):
    """There is nothing to estimate a gain from, and it is said."""
    path = tmp_path / "ties.csv"
    pairs = [(f"r{i}", f"p{i % 7}") for i in range(60)] + [("r1", "p1"), ("r2", "p1")]
    text = "".join(f"{a},{b},mention,2025-03-01T12:00Z\n" for a, b in pairs)
    path.write_text(f"source,target,kind,time\n{text}", encoding="utf-8")
    study = Study(tmp_path / "study.duckdb")
    study.add(path)

    found = study.gaps(top=3)

    leaders = study.rank(top=3).table["id"]
    assert of(found, "followers") == [(name, None) for name in leaders]
    assert found.notes[0].startswith("gain: not estimated")


def test_complete_follows_leave_nothing_to_collect(tmp_path):
    """An empty list with a note."""
    world = draw_world(WORLDS["follows alone"], 1)
    ranked(world, tmp_path, top=1)

    found = Study(tmp_path / "study.duckdb").gaps(top=10)

    assert len(found) == 0
    assert found.ids() == ()
    assert found.notes[0].startswith("nothing to collect")


@pytest.mark.parametrize("profiles", [True, False])
def test_follows_alone_begin_with_the_most_followed(tmp_path, profiles):
    """By profiles, as nothing else is known; without profiles these come first."""
    draw = np.random.default_rng(8)
    fame = draw.lognormal(3, 1, 200)
    pairs = sorted(
        {
            (int(a) + 1, int(b) + 1)
            for a, b in zip(
                draw.integers(0, 200, 4000),
                draw.choice(200, 4000, p=fame / fame.sum()),
                strict=True,
            )
            if b % 5 == 0
        }
    )
    rows = "".join(f"{one},{two}\n" for one, two in pairs)
    path = tmp_path / "follows.csv"
    path.write_text(f"follower,followed\n{rows}", encoding="utf-8")
    files = [path]
    if profiles:
        users = [
            {"id": str(i + 1), "username": f"u{i + 1}", "name": f"U {i + 1}",
             "public_metrics": {"followers_count": int(1000 * fame[i]),
                                "following_count": 1, "tweet_count": 1,
                                "listed_count": 0}}
            for i in range(200)
        ]  # fmt: skip
        post = {"id": "9", "author_id": "1", "text": "hi",
                "created_at": "2025-03-01T12:00:00.000Z"}  # fmt: skip
        files.append(tmp_path / "page.json")
        files[-1].write_text(json.dumps({"data": [post], "includes": {"users": users}}))
    study = Study(tmp_path / "study.duckdb")
    study.add(*files)

    found = study.gaps(top=6, audience="all")

    table, unlisted = found.table, [i for i in range(200) if i % 5]
    first = sorted(unlisted, key=lambda i: -int(1000 * fame[i]))[:6]
    wanted = [str(i + 1) for i in first]
    if profiles:
        cost = [-(-int(1000 * fame[i]) // 1000) for i in first]
        assert list(found.ids()) == wanted
        assert table["collect"][0] == "followers"
        assert list(table["cost"][:6]) == cost
        assert table["gain"][0] is None
    else:
        assert set(table["collect"]) == {"profile"}
        assert len(found) == 6
    assert "nothing but such lists ranks people" in " ".join(found.notes)


def test_pages_are_counted_from_profiles(tmp_path):
    """Of 250 posts by the profile one is there: three pages; nobody else's count."""
    users = [
        {"id": str(i), "username": f"u{i}", "name": f"U {i}",
         "public_metrics": {"followers_count": 2500, "following_count": 1,
                            "tweet_count": posts, "listed_count": 0}}
        for i, posts in ((1, 250), (2, 1))
    ]  # fmt: skip
    posts = [
        {"id": f"9{i}", "author_id": str(i), "text": f"#bcsm @u{3 - i}",
         "created_at": "2025-03-01T12:00:00.000Z",
         "entities": {"mentions": [{"username": f"u{3 - i}", "id": str(3 - i)}]}}
        for i in (1, 2)
    ]  # fmt: skip
    path = tmp_path / "page.json"
    path.write_text(json.dumps({"data": posts, "includes": {"users": users}}))
    study = Study(tmp_path / "study.duckdb")
    study.add(path)

    table = study.gaps(AREA, top=5, audience="all").table

    rows = zip(*(table[n] for n in ("id", "collect", "cost", "reason")), strict=True)
    assert [row for row in rows if row[1] == "posts"] == [
        ("1", "posts", 3, "1 of 250 own posts in the study")
    ]


def test_areas_must_be_there(partly):
    """One of them, that the study has."""
    with pytest.raises(UnknownArea):
        partly[0].gaps("brest-cancer")
    with pytest.raises(ValueError, match="gaps are of one area"):
        partly[0].gaps("all")
    with pytest.raises(ValueError, match="top must be 1 or more"):
        partly[0].gaps(top=0)


@pytest.fixture
def run(tmp_path):
    """A study of an area with four of five lists missing, and the command."""
    world = without_lists(draw_world(WORLDS["alike .5"], 4), 0.8, 4)
    rows = [(*row, "follow", "") for row in world.follows]
    path = tmp_path / "ties.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(("source", "target", "kind", "timestamp"))
        csv.writer(file).writerows([*world.acts, *rows])
    Study(tmp_path / "s.duckdb").add(path, options=ImportOptions(area=AREA))

    def ask(*words):
        return CliRunner().invoke(main, ["info", str(tmp_path / "s.duckdb"), *words])

    return ask


def test_the_command_writes_a_table_and_a_file_of_ids(run, tmp_path):
    """The ids of the text file are those of the first kind in the table."""
    table, plain = tmp_path / "ids.csv", tmp_path / "ids.txt"

    done = run("--gaps", AREA, "--top", "5", "-o", str(table))
    run("--gaps", AREA, "--top", "5", "-o", str(plain))

    assert done.exit_code == 0, done.output
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert Counter(row["collect"] for row in rows)["followers"] == 5
    wanted = [row["id"] for row in rows if row["collect"] == rows[0]["collect"]]
    assert plain.read_text(encoding="utf-8").splitlines() == wanted
    assert (tmp_path / "ids.txt.provenance.json").exists()


def test_the_summary_takes_no_file(run, tmp_path):
    """Options of the list are refused without it, as wrong usage."""
    assert run("-o", str(tmp_path / "x.csv")).exit_code == 2
    assert run("--format", "csv").exit_code == 2
    assert run("--gaps", "brest-cancer").exit_code == 1
