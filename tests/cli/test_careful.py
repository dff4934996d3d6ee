"""What a slip of the hand must not cost: studies, lists, and posts of a page."""

from __future__ import annotations

import json

import pytest


def post(number, **more):
    return {"id": str(number), "author_id": "7", "text": "hello", **more}


def info(hcpgraph):
    return json.loads(hcpgraph("info", hcpgraph.study, "--format", "json").stdout)


@pytest.mark.parametrize("command", ["rank", "communities", "find"])
def test_a_result_never_overwrites_its_study(hcpgraph, study, command):
    """-o onto the study is refused, and the study is what it was."""
    before = study.read_bytes()
    words = ["nina"] if command == "find" else []

    result = hcpgraph(command, study, *words, "--format", "csv", "-o", study)

    assert result.exit_code == 1
    assert "that is the study itself" in result.stderr
    assert study.read_bytes() == before


def test_a_figure_never_overwrites_its_study(hcpgraph, study):
    """A study may bear any name, a picture's too."""
    path = study.rename(study.with_suffix(".png"))
    before = path.read_bytes()

    result = hcpgraph("figure", path, "ranking", "-o", path)

    assert result.exit_code == 1
    assert "that is the study itself" in result.stderr
    assert path.read_bytes() == before


def test_every_post_of_a_page_counts_by_itself(hcpgraph):
    """A page with many unusable posts is not one unusable row."""
    posts = [post(n) for n in range(90)]
    bad = [{"id": str(n), "text": "nobody's"} for n in range(90, 100)]
    path = hcpgraph.write("page.jsonl", json.dumps({"data": [*posts, *bad]}))

    refused = hcpgraph("import", hcpgraph.study, path)
    allowed = hcpgraph("import", hcpgraph.study, path, "--max-rejected", "0.1")

    assert "10 of 100 rows are unusable" in refused.stderr
    assert allowed.exit_code == 0, allowed.output
    (entry,) = info(hcpgraph)["files"]
    assert (entry["read"], entry["accepted"], entry["rejected"]) == (100, 90, 10)


def test_a_mention_of_nobody_makes_no_tie(hcpgraph):
    """The platform may leave id and name of a mention out."""
    mentions = [
        {"start": 0, "end": 3},
        {"start": 4, "end": 6, "id": "", "username": ""},
    ]
    path = hcpgraph.write(
        "post.jsonl", json.dumps({"data": [post(1, entities={"mentions": mentions})]})
    )

    result = hcpgraph("import", hcpgraph.study, path)

    assert result.exit_code == 0, result.output
    assert info(hcpgraph)["ties"] == {}


def test_posts_of_nobody_are_rejected(hcpgraph):
    """An empty author is no author."""
    good = "\n".join(json.dumps({"data": [post(n)]}) for n in range(200))
    nobody = json.dumps({"data": [post(999, author_id="")]})
    path = hcpgraph.write("posts.jsonl", f"{good}\n{nobody}\n{good[:50]}")

    result = hcpgraph("import", hcpgraph.study, path)

    assert "post 999 has no author_id" in result.stderr
    assert info(hcpgraph)["accounts"] == 1


def test_a_user_without_a_name_keeps_the_handle(hcpgraph):
    """Names are optional, handles are how people find each other."""
    users = [{"id": "7", "username": "Ann"}]
    page = {"data": [post(1)], "includes": {"users": users}}
    path = hcpgraph.write("page.jsonl", json.dumps(page))

    hcpgraph("import", hcpgraph.study, path)

    found = hcpgraph("find", hcpgraph.study, "ann", "--format", "csv").stdout
    assert found.splitlines()[1].startswith("7,Ann,")


def test_the_last_name_of_a_user_wins(hcpgraph):
    """People rename themselves between two pages."""
    pages = [
        {
            "data": [post(n)],
            "includes": {"users": [{"id": "7", "username": handle, "name": handle}]},
        }
        for n, handle in enumerate(["Ann", "AnnNew"])
    ]
    path = hcpgraph.write("pages.jsonl", "\n".join(map(json.dumps, pages)))

    hcpgraph("import", hcpgraph.study, path)

    found = hcpgraph("find", hcpgraph.study, "ann", "--format", "csv").stdout
    assert found.splitlines()[1].startswith("7,AnnNew,")


def test_what_the_tables_cannot_hold_refuses_one_file_alone(hcpgraph):
    """The next file of the same command is imported all the same."""
    good = b"follower,followed\n1,2\n"
    bad = b"follower,followed,weight\n1,2,1e308\n"
    paths = hcpgraph.write("bad.csv", bad), hcpgraph.write("good.csv", good)

    result = hcpgraph("import", hcpgraph.study, *paths)

    assert result.exit_code == 1
    assert [entry["path"] for entry in info(hcpgraph)["files"]] == [str(paths[1])]


def test_one_name_on_two_platforms_asks_which(hcpgraph):
    """A correction never hits somebody else by chance."""
    path = hcpgraph.write("x.csv", "follower,followed\nann,bob\n")
    other = hcpgraph.write("b.csv", "follower,followed\nbob,ann\n")
    hcpgraph("import", hcpgraph.study, path, "--ids", "handle")
    hcpgraph(
        "import", hcpgraph.study, other, "--ids", "handle", "--platform", "bluesky"
    )

    either = hcpgraph("correct", hcpgraph.study, "@bob", "--hide")
    one = hcpgraph("correct", hcpgraph.study, "bluesky:@bob", "--hide")

    assert either.exit_code == 1
    assert "write bluesky:@bob or x:@bob" in either.stderr
    assert one.exit_code == 0, one.output
    listed = hcpgraph("rank", hcpgraph.study, "--format", "csv").stdout
    assert "x:@bob" in listed
    assert "bluesky:@bob" not in listed


def test_a_hidden_person_is_not_named_in_a_reason(hcpgraph, study):
    """Hiding holds for reasons too, for people the user knows as well."""
    known = hcpgraph.write("known.csv", "id\n2\n")
    before = hcpgraph("prospects", study, "--known", known, "--format", "csv").stdout
    hcpgraph("correct", study, "@tara", "--hide")

    after = hcpgraph("prospects", study, "--known", known, "--format", "csv").stdout

    assert "@tara" in before
    assert "@tara" not in after


def test_lists_of_people_come_with_semicolons_too(hcpgraph, study):
    """Spreadsheets of half of Europe write them."""
    known = hcpgraph.write("known.csv", "id;name\n9;Nina\n")

    result = hcpgraph("prospects", study, "--known", known, "--format", "csv")

    assert result.exit_code == 0, result.output
    assert "known: 1 people found in the study" in result.stderr


def test_provenance_holds_the_digest_of_the_known_list(hcpgraph, study):
    """Which list of known people was used can be shown on Monday."""
    known = hcpgraph.write("known.csv", "id\n9\n")
    out = hcpgraph.folder / "prospects.csv"

    hcpgraph("prospects", study, "--known", known, "-o", out)

    beside = json.loads(out.with_name("prospects.csv.provenance.json").read_text())
    assert beside["parameters"]["known"]["entries"] == 1
    assert len(beside["parameters"]["known"]["sha256"]) == 64


def test_a_period_without_dated_ties_says_so(hcpgraph, study):
    """Undated follows alone make a list, and the list says that."""
    result = hcpgraph("rank", study, "--since", "2030-01-01", "--audience", "all")

    assert "no dated ties in this period" in result.stderr


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["--seed", "-1"], "--seed"),
        (["-o", "list.xyz"], "use --format"),
    ],
)
def test_wrong_usage_is_named(hcpgraph, study, words, answer):
    """Code 2, and the option that is wrong."""
    result = hcpgraph("rank", study, *words)

    assert result.exit_code == 2
    assert answer in result.stderr


def test_a_platform_needs_a_name(hcpgraph):
    """It stands in front of ids, so it is plain."""
    path = hcpgraph.write("ties.csv", "follower,followed\n1,2\n")

    result = hcpgraph("import", hcpgraph.study, path, "--platform", "Blue sky:")

    assert result.exit_code == 1
    assert "is no platform" in result.stderr


def test_names_cannot_break_a_table(hcpgraph, study):
    """Line ends become blanks; marks that turn the writing direction are shown."""
    hcpgraph("correct", study, "@nina", "--name", "Nina\n\u202eNine")

    lines = hcpgraph("rank", study, "--area", "asthma").stdout.splitlines()

    assert sum("Nina \\u202eNine" in line for line in lines) == 1
    assert "\u202e" not in "".join(lines)
