"""A file of an area: its accounts work there, and its posts are about it."""

from __future__ import annotations

import csv
import json
from itertools import permutations

import numpy as np
import pytest
from click.testing import CliRunner

from hcpgraph.cli import main
from hcpgraph.errors import UnknownArea
from hcpgraph.model.files import ImportOptions
from hcpgraph.study import Study

BREAST, LUNG = "breast-cancer", "lung-cancer"


@pytest.fixture
def study(tmp_path):
    return Study(tmp_path / "study.duckdb")


@pytest.fixture
def write(tmp_path):
    def written(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def follows(pairs):
    return "follower,followed\n" + "".join(f"{one},{two}\n" for one, two in pairs)


def bring(study, path, area=None, **options):
    [report] = study.add(path, options=ImportOptions(area=area, **options))
    assert report.error is None, report.error
    return report


def counted(study):
    """Area -> posts, accounts, ties and files."""
    table = study.areas()
    names = ("posts", "accounts", "ties", "files")
    rows = zip(*([c or 0 for c in table[name]] for name in names), strict=True)
    return dict(zip(table["slug"], rows, strict=True))


def page(*posts):
    users = [{"id": str(i), "username": f"user{i}", "name": f"U {i}"} for i in range(9)]
    rows = [
        {
            "id": f"90{number}",
            "author_id": str(author),
            "text": text,
            "created_at": f"2025-03-01T12:0{number}:00.000Z",
            "entities": {"mentions": [{"username": f"user{to}", "id": str(to)}]},
        }
        for number, author, to, text in posts
    ]
    return json.dumps({"data": rows, "includes": {"users": users[:7]}})


def test_follows_of_an_area_rank_as_an_independent_count_does(study, tmp_path):
    """Nothing but a list of follows: its area is ranked by distinct followers."""
    draw = np.random.default_rng(3)
    pairs = [
        (int(a), int(b))
        for a, b in zip(
            draw.integers(0, 60, 400),
            (60 * draw.random(400) ** 2).astype(int),
            strict=True,
        )
    ]
    path = tmp_path / "follows.csv"
    path.write_text(follows(pairs), encoding="utf-8")
    bring(study, path, BREAST, layer="follow")

    ranked = study.rank(BREAST, top=100).table

    distinct = {(one, two) for one, two in pairs if one != two}
    people = {one for pair in pairs for one in pair}
    followers = {person: sum(t == person for _, t in distinct) for person in people}
    ties = {i for pair in distinct for i in pair}
    assert counted(study)[BREAST] == (0, len(people), len(distinct), 1)
    assert set(ranked["id"]) == {str(i) for i in ties}
    better = [1 + sum(followers[o] > followers[int(i)] for o in ties)
              for i in ranked["id"]]  # fmt: skip
    assert ranked["rank"] == better


def test_a_follow_that_two_files_hold_is_in_the_areas_of_both(study, write):
    """And counts once outside of them; either file takes only its own area back."""
    one = write("one.csv", follows([(1, 2), (2, 3)]))
    two = write("two.csv", follows([(2, 3), (3, 4)]))
    bring(study, one, BREAST)
    report = bring(study, two, LUNG)

    assert report.known == 1
    assert counted(study) == {BREAST: (0, 3, 2, 1), LUNG: (0, 3, 2, 1)}
    assert study.summary()["ties"] == {"follow": 3}

    study.remove("one.csv")

    assert counted(study) == {LUNG: (0, 3, 2, 1)}
    assert study.summary()["ties"] == {"follow": 2}

    study.remove("two.csv")

    assert counted(study) == {}


def test_two_files_of_one_area_are_taken_out_one_by_one(study, write):
    """An account that both name stays until the second leaves."""
    bring(study, write("one.csv", follows([(1, 2)])), BREAST)
    bring(study, write("two.csv", follows([(1, 3)])), BREAST)
    assert counted(study) == {BREAST: (0, 3, 2, 2)}

    study.remove("one.csv")

    assert counted(study) == {BREAST: (0, 2, 1, 1)}


def test_the_ledger_names_the_area_and_the_same_file_comes_once(study, write):
    """The area of a file can be read, and a second import says how to change it."""
    path = write("one.csv", follows([(1, 2)]))
    bring(study, path, BREAST)

    [again] = study.add(path, options=ImportOptions(area=LUNG))

    assert [file["area"] for file in study.summary()["files"]] == [BREAST]
    assert "to read it in another way, remove it first" in again.notes[0]
    study.remove("one.csv")
    bring(study, path, LUNG)
    assert [file["area"] for file in study.summary()["files"]] == [LUNG]
    assert counted(study) == {LUNG: (0, 2, 1, 1)}


def test_an_area_that_is_not_there_is_refused_before_anything_is_read(study, write):
    """With the nearest one, and the command that adds another; no study is left."""
    path = write("one.csv", follows([(1, 2)]))

    with pytest.raises(UnknownArea) as caught:
        study.add(path, options=ImportOptions(area="brest-cancer"))

    assert str(caught.value) == (
        "no area 'brest-cancer'; did you mean 'breast-cancer'? (areas of your own:"
        f" hcpgraph areas {study.path} --add VOCABULARY.toml)"
    )
    assert not study.path.exists()


def test_an_area_in_a_row_wins(study, write):
    """The accounts of such rows alone are not in the area of the file."""
    path = write("ties.csv", "source,target,area\n1,2,\n2,3,lung-cancer\n3,4,asthma\n")

    bring(study, path, BREAST, layer="follow")

    found = counted(study)
    assert found[BREAST] == (0, 2, 1, 1)
    assert found[LUNG] == (0, 0, 1, 0)
    assert found["asthma"] == (0, 0, 1, 0)


def test_people_of_a_roster_work_in_the_area_of_it(study, write):
    """But for those whose row names one; follows of other files count between them."""
    roster = "id,name,role,area\n1,A,nurse,\n2,B,nurse,\n3,C,nurse,lung cancer\n"
    bring(study, write("roster.csv", roster), BREAST)
    bring(study, write("follows.csv", follows([(1, 2), (2, 3), (3, 1)])))

    found = counted(study)

    assert found[BREAST] == (0, 2, 1, 1)
    assert found[LUNG][1] == 1


def test_posts_are_about_the_area_of_their_file_beside_what_they_say(study, write):
    """Whichever file comes first, and until the file is removed."""
    posts = page((1, 1, 2, "good morning @user2"), (2, 2, 3, "#lcsm @user3"))
    more = page((2, 2, 3, "#lcsm @user3"), (3, 3, 1, "hello @user1"))
    paths = [write("plain.json", more), write("ours.json", posts)]

    for order in permutations([(paths[0], None), (paths[1], BREAST)]):
        for path, area in order:
            bring(study, path, area)
        found = counted(study)
        assert found[BREAST][::2] == (2, 2)
        assert found[LUNG][::2] == (1, 1)
        study.remove("ours.json")
        assert BREAST not in counted(study)
        assert counted(study)[LUNG][::2] == (1, 1)
        study.remove("plain.json")


def test_new_words_of_areas_leave_those_of_files(study, write):
    """All posts and accounts are labelled again, and files still have their areas."""
    bring(study, write("one.csv", follows([(1, 2)])), BREAST)
    bring(study, write("ours.json", page((1, 1, 2, "hi @user2"))), BREAST)
    before = counted(study)

    study.add_vocabulary(write("mine.toml", '[gout]\nname = "Gout"\nterms = ["gout"]'))

    assert counted(study) == before


def test_an_account_known_by_handle_keeps_the_area_once_its_id_is_known(study, write):
    """The placeholder and the account are one."""
    bring(study, write("one.csv", follows([("user1", "user2")])), BREAST, ids="handle")
    bring(study, write("two.csv", follows([("user2", "user3")])), BREAST, ids="handle")
    bring(study, write("three.csv", follows([(1, 3)])), BREAST)

    bring(study, write("people.json", page((1, 1, 2, "hi @user2"))))

    assert counted(study)[BREAST][1] == 3
    study.remove("one.csv")
    assert counted(study)[BREAST][1] == 3
    study.remove("three.csv")
    assert counted(study)[BREAST][1] == 2


@pytest.mark.parametrize("kind", ["mention", "connection"])
def test_other_ties_without_a_post_are_in_the_area_too(study, write, kind):
    """As a follow is: both ends work in it."""
    text = "source,target,time\n1,2,2025-01-01T10:00Z\n1,2,2025-01-02T10:00Z\n"
    bring(study, write("ties.csv", text), BREAST, layer=kind)

    assert counted(study)[BREAST][:3] == (0, 2, 2)


def test_explain_says_why(study, write):
    """The areas of a person with the file as the reason."""
    bring(study, write("one.csv", follows([(1, 2), (3, 2)])), BREAST)

    section = study.explain("2", BREAST).areas

    assert section.says == (
        "Works in breast-cancer: in a file imported for breast-cancer.",
    )


def test_a_long_list_is_in_its_area_as_a_short_one_is(tmp_path, monkeypatch):
    """The fast path for integer edges: same areas, same list, same ledger."""
    draw = np.random.default_rng(1)
    pairs = draw.integers(1, 300, (2000, 2)).tolist()
    path = tmp_path / "follows.csv"
    path.write_text(follows(pairs), encoding="utf-8")
    found = []
    for name, least in (("long", 0), ("short", 2**30)):
        where = "hcpgraph.store.ingest.importing._MANY_BYTES"
        monkeypatch.setattr(where, least)
        study = Study(tmp_path / f"{name}.duckdb")
        bring(study, path, BREAST)
        bring(study, _other(tmp_path), LUNG)
        found.append((counted(study), study.rank(BREAST, resamples=0).table.columns,
                      [file["area"] for file in study.summary()["files"]]))  # fmt: skip
        study.remove("follows.csv")
        found[-1] += (counted(study),)

    assert found[0] == found[1]
    assert found[0][0][BREAST][1] == len({one for pair in pairs for one in pair})


def _other(folder):
    path = folder / "other.csv"
    path.write_text(follows([(1, 2), (2, 5000)]), encoding="utf-8")
    return path


def test_the_command_takes_the_area(tmp_path):
    """``import --area`` is what the library's option is."""
    path = tmp_path / "follows.csv"
    path.write_text(follows([(1, 2), (3, 2)]), encoding="utf-8")
    study = str(tmp_path / "s.duckdb")
    run = CliRunner().invoke
    done = run(main, ["import", study, str(path), "--layer", "follow",
                      "--area", BREAST])  # fmt: skip
    ranked = run(main, ["rank", study, "--area", BREAST, "--format", "csv"])
    info = run(main, ["info", study])

    assert done.exit_code == ranked.exit_code == 0, done.output + ranked.output
    rows = list(csv.DictReader(ranked.stdout.splitlines()))
    assert (rows[0]["rank"], rows[0]["id"]) == ("1", "2")
    assert "(ties, of breast-cancer)" in info.stdout
