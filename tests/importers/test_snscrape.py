"""Posts of snscrape: each record with its author and the posts it responds to."""

from __future__ import annotations

import json

import pytest

from hcpgraph.errors import ExportError
from hcpgraph.importers import describe
from hcpgraph.model.files import ImportOptions

BASE = 1594030472427835000  # above what a floating number holds exactly


def user(number):
    return {
        "_type": "snscrape.modules.twitter.User",
        "username": f"u{number}",
        "id": BASE + number,
        "displayname": f"U {number}",
        "rawDescription": "oncology",
        "followersCount": number,
    }


def post(number, by, **more):
    return {
        "_type": "snscrape.modules.twitter.Tweet",
        "url": f"https://twitter.com/u{by}/status/{BASE + number}",
        "date": "2022-12-03T17:33:21+00:00",
        "rawContent": "hi",
        "id": BASE + number,
        "user": user(by),
        "mentionedUsers": None,
        "inReplyToTweetId": None,
        "inReplyToUser": None,
        "quotedTweet": None,
        "retweetedTweet": None,
        "hashtags": ["nsclc"],
        **more,
    }


RECORDS = [
    post(1, 1, mentionedUsers=[user(2), user(3)]),
    post(
        *(2, 2),
        inReplyToTweetId=BASE + 1,
        inReplyToUser=user(1),
        mentionedUsers=[user(1), user(4)],
    ),
    post(
        *(3, 3),
        retweetedTweet=post(9, 9, mentionedUsers=[user(5)]),
        mentionedUsers=[user(9), user(5)],
    ),
    post(4, 4, quotedTweet=post(8, 8, inReplyToTweetId=77, inReplyToUser=user(7))),
    post(5, 5, inReplyToTweetId=BASE + 5, inReplyToUser=user(5)),
]


@pytest.mark.parametrize("old", [False, True])
def test_posts_make_ties_by_the_rules_of_all_platforms(staged, write, old):
    """Counted by hand, also where the text has the name of older versions."""
    lines = "".join(json.dumps(record) + "\n" for record in RECORDS)
    found = staged(write(lines.replace("rawContent", "content") if old else lines))

    ties, notes = found.in_study()
    assert sorted((int(s) - BASE, int(t) - BASE, layer) for s, t, layer in ties) == [
        (1, 2, "mention"),
        (1, 3, "mention"),
        (2, 1, "reply"),
        (2, 4, "mention"),
        (3, 5, "mention_in_repost"),
        (3, 9, "repost"),
        (4, 8, "quote"),
        (8, 7, "reply"),
        (9, 5, "mention"),
    ]
    assert any("1 self tie" in note for note in notes)
    assert {p["text"] for p in found.posts} == {"hi"}


def test_posts_inside_posts_are_posts(staged, write):
    """With kind, author and time; records of the file are those that count as rows."""
    found = staged(write("".join(json.dumps(record) + "\n" for record in RECORDS)))

    kinds = {int(p["native_id"]) - BASE: p["kind"] for p in found.posts}
    assert kinds == {
        1: "original",
        2: "reply",
        3: "repost",
        4: "quote",
        5: "reply",
        8: "reply",
        9: "original",
    }
    assert len(found.records) == len(RECORDS)
    assert found.posts[0]["hashtags"] == ["nsclc"]
    assert {a["bio"] for a in found.accounts} == {"oncology"}


def test_a_record_without_an_author_is_rejected(staged, write):
    """With its line, as in every format."""
    bad = {**post(6, 6), "user": {"username": None, "id": None}}
    lines = "".join(json.dumps(record) + "\n" for record in [*RECORDS, bad])

    assert staged(write(lines)).rejected_lines == [6]


def test_a_table_is_no_dump_whatever_it_is_said_to_be(write):
    """It has none of the places of a post, and is refused with those it has."""
    with pytest.raises(
        ExportError, match=r"missing columns: .*; found: source, target"
    ):
        describe(write("source,target\n1,2\n"), ImportOptions(format="snscrape"))


def test_a_table_without_authors_is_none(write):
    """Under the format by name as well: it says which columns are missing."""
    with pytest.raises(ExportError, match=r"missing columns: user.id"):
        describe(write(b"date;lang\n2025-03-01;en\n"), ImportOptions(format="snscrape"))


def test_a_file_is_planned_in_no_time(write):
    """What names of places stand for is taken out once, not in each of the maps."""
    description = describe(
        write("\n".join(map(json.dumps, RECORDS)).encode()), ImportOptions()
    )

    assert sum(map(len, description.queries.values())) < 600_000
