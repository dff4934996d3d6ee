"""Whatever twarc-csv was told, its table makes the ties of the JSON it was made of."""

from __future__ import annotations

import csv
import io
import json
from itertools import product

import pytest

from hcpgraph.importers import describe
from hcpgraph.model.files import ImportOptions
from tests.importers.x_made import ADA, BOB, EVE, SUE, mentions, page, post, refers

PEOPLE = {person["id"]: person for person in (ADA, BOB, EVE, SUE)}
KINDS = {"replied_to": "in_reply_to", "retweeted": "retweeted", "quoted": "quoted"}

# The last parents are not there: one reply names its person, one its post alone.
POSTS = (
    post(1, ADA, "@bob and @bob", entities=mentions(BOB, BOB, start=0)),
    post(
        2,
        BOB,
        "@ada @eve yes",
        in_reply_to_user_id="1",
        referenced_tweets=refers("replied_to", 1),
        entities=mentions(ADA, EVE, start=0),
    ),
    post(
        3,
        BOB,
        "2/ @ada",
        in_reply_to_user_id="2",
        referenced_tweets=refers("replied_to", 2),
        entities=mentions(ADA, start=3),
    ),
    post(
        4,
        EVE,
        "@ada wow",
        in_reply_to_user_id="1",
        referenced_tweets=[*refers("replied_to", 1), *refers("quoted", 2)],
        entities=mentions(ADA, start=0),
    ),
    post(
        5,
        SUE,
        "RT @bob: @ada @eve yes",
        referenced_tweets=refers("retweeted", 2),
        entities=mentions(BOB, ADA, EVE, start=3),
    ),
    post(
        6,
        SUE,
        "@nobody so @ada",
        in_reply_to_user_id="77",
        referenced_tweets=refers("replied_to", 70),
        entities=mentions({"id": "77", "username": "nobody"}, ADA, start=0),
    ),
    post(7, ADA, "hm", referenced_tweets=refers("quoted", 71)),
    post(8, ADA, 'said "so"\nand @ada', entities=mentions(ADA, start=15)),
)


def listed(values, style):
    """A list as the tool, an older one or Python writes it."""
    if not values:
        return ""
    return str(values) if style == "python" else json.dumps(values)


def mention_cell(row, style):
    people = row.get("entities", {}).get("mentions", [])
    if style == "objects":
        return listed(people, style)
    if style == "python objects":
        return listed(people, "python")
    sign = "" if style == "bare" else "@"
    return listed([sign + person["username"] for person in people], style)


def cells(row, mention_style, reference_style, *, merged):
    """One row of the table."""
    by_id = {one["id"]: one for one in POSTS}
    person = PEOPLE[row["author_id"]]
    shown, found = row, {"id": row["id"], "author_id": row["author_id"]}
    for reference in row.get("referenced_tweets", ()):
        kind, number = reference["type"], reference["id"]
        other = by_id.get(number)
        if reference_style == "columns":
            found[f"referenced_tweets.{kind}.id"] = number
        if other and mention_style == "handles":
            found[f"{KINDS[kind]}_user_id"] = other["author_id"]
            found[f"{KINDS[kind]}_username"] = PEOPLE[other["author_id"]]["username"]
        if kind == "retweeted" and merged:
            shown = other
    if reference_style != "columns":
        found["referenced_tweets"] = listed(
            row.get("referenced_tweets", []), reference_style
        )
    if "in_reply_to_user_id" in row:
        found["in_reply_to_user_id"] = row["in_reply_to_user_id"]
    return {
        **found,
        "created_at": row["created_at"],
        "text": shown["text"].replace("\n", "\\n"),
        "entities.mentions": mention_cell(shown, mention_style),
        "author.username": person["username"],
        "author.name": person["name"],
        "input.note": "a column of one's own",
    }


def table(rows, *, encoded=()):
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    for row in rows:
        every = {name: row.get(name, "") for name in names}
        writer.writerow({
            name: json.dumps(cell or float("nan"))
            if "all" in encoded and (cell or name != "text")
            else json.dumps(cell) if name in encoded else cell
            for name, cell in every.items()
        })  # fmt: skip
    return out.getvalue()


def by_the_api(staged, write, *, merged):
    """The ties of the JSON; a merged table does not say whom a repost repeats."""
    found = staged(write(json.dumps(page(*POSTS)), "page.json")).in_study()[0]
    return [tie for tie in found if not merged or tie[2] != "mention_in_repost"]


MENTIONS = ("handles", "bare", "objects", "python", "python objects")
REFERENCES = ("columns", "json", "python")


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(("mention", "reference"), [*product(MENTIONS, REFERENCES)])
def test_a_table_makes_the_ties_of_its_json(staged, write, mention, reference, merged):
    """With processed entities and without, with reposts merged or left alone."""
    rows = [cells(row, mention, reference, merged=merged) for row in POSTS]

    found = staged(write(table([*rows, rows[1]]), "posts.csv"), format="twarc-csv")

    ties, notes = found.in_study()
    assert ties == by_the_api(staged, write, merged=merged)
    assert any(
        "left out: nobody pays attention to themselves" in note for note in notes
    )


@pytest.mark.parametrize("encoded", ["text", "all"])
def test_cells_may_be_json_throughout(staged, write, encoded):
    """The tool escapes text, or every cell, on demand."""
    rows = [cells(row, "handles", "columns", merged=False) for row in POSTS]

    found = staged(write(table(rows, encoded=(encoded,)), "p.csv"), format="twarc-csv")

    assert found.rejects == []
    assert found.in_study()[0] == by_the_api(staged, write, merged=False)
    assert found.posts[0]["text"] == "@bob and @bob"
    assert {account["handle"] for account in found.accounts} == {
        "ada", "bob", "eve", "sue",
    }  # fmt: skip


def test_a_table_without_handles_makes_what_ids_say(staged, write):
    """Mentions then stand alone, for nobody knows whose handle it is."""
    rows = [cells(row, "handles", "columns", merged=True) for row in POSTS[:2]]
    for row in rows:
        del row["author.username"]

    found = staged(write(table(rows), "posts.csv"), format="twarc-csv")

    assert ("2", "1", "reply") in found.in_study()[0]


@pytest.mark.parametrize(
    "cell",
    ['[{"start": 0, "end": 4}]', '{"a": 1}', "[[", "['it''s", '["a b"]', '["{x}"]'],
)
def test_a_handle_that_no_platform_allows_is_nobody(staged, write, cell):
    """JSON, blanks and braces are no names, and no account is made of them."""
    row = {**cells(POSTS[0], "handles", "columns", merged=True), "author.username": ""}
    row["entities.mentions"] = cell

    found = staged(write(table([row]), "posts.csv"), format="twarc-csv")

    assert found.in_study()[0] == []
    assert {tie["target_handle"] for tie in found.ties} <= {None}


def test_other_ids_are_refused_like_those_of_the_post(staged, write):
    """An id that went through a decimal number would tie to a stranger."""
    rows = [cells(row, "handles", "columns", merged=True) for row in POSTS]
    rows[1]["in_reply_to_user_id"] = "1.43e+18"

    found = staged(write(table(rows), "p.csv"), format="twarc-csv", max_rejected=0.5)

    assert found.rejected_lines == [3]
    assert "rounded by a spreadsheet" in found.rejects[0][1]


def test_the_platforms_own_names_are_recognised(write):
    """A table with its references as JSON is no roster."""
    rows = [cells(row, "objects", "json", merged=True) for row in POSTS]

    described = describe(write(table(rows), "posts.csv"), ImportOptions())

    assert described.format == "twarc-csv"


def test_entities_may_stand_in_one_cell(staged, write):
    """Mentions and tags are read where the table does not part them."""
    entities = (
        '{"mentions": [{"username": "bob", "id": "2"}], "hashtags": [{"tag": "a"}]}'
    )
    cell = '"' + entities.replace('"', '""') + '"'
    header = "id,author_id,created_at,text,author.username,entities"
    row = f"1,1,2025-01-01T10:00:00Z,hello,ada,{cell}"

    found = staged(write(f"{header}\n{row}\n", "posts.csv"), format="twarc-csv")

    assert found.in_study()[0] == [("1", "2", "mention")]
    assert found.posts[0]["hashtags"] == ["a"]
