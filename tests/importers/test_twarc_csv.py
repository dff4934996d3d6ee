"""Tables of posts by twarc-csv."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest

from hcpgraph.errors import MissingColumns
from hcpgraph.importers import describe
from hcpgraph.model.files import ImportOptions
from tests.importers.x_made import ties

RETWEETED = "referenced_tweets.retweeted.id"
BASE = {"author_id": "1", "author.username": "ada", "author.name": "Ada"}


def utc(*parts):
    """A staged time: in UTC, without saying so."""
    return datetime(*parts)  # noqa: DTZ001 - columns are TIMESTAMP, which have no zone


def table(*rows):
    """The rows as a CSV with every column that one of them has."""
    rows = [{**BASE, **row} for row in rows]
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", *(n for n in names if n != "id")])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_a_repost_makes_no_mention(staged, write):
    """Its mentions are the original's: one tie, to the author of the original."""
    row = {
        "id": "7",
        RETWEETED: "6",
        "retweeted_user_id": "2",
        "retweeted_username": "bob",
        "entities.mentions": '["@eve", "@sue"]',
    }

    found = staged(write(table(row)))

    assert ties(found) == [("1", "2", "repost")]
    assert (found.posts[0]["kind"], found.posts[0]["refers_to"]) == ("repost", "6")


def test_replies_quotes_and_mentions_make_ties(staged, write):
    """The person replied to is not mentioned a second time."""
    row = {
        "id": "7",
        "referenced_tweets.replied_to.id": "5",
        "in_reply_to_user_id": "2",
        "in_reply_to_username": "bob",
        "referenced_tweets.quoted.id": "4",
        "quoted_user_id": "3",
        "quoted_username": "eve",
        "entities.mentions": '["@Bob", "@sue", "@sue"]',
    }

    found = staged(write(table(row)))

    assert ties(found) == [
        ("1", "2", "reply"),
        ("1", "3", "quote"),
        ("1", "@sue", "mention"),
    ]
    assert (found.posts[0]["kind"], found.posts[0]["refers_to"]) == ("quote", "4")


def test_a_post_keeps_what_it_says(staged, write):
    """Lists are lists again, counts numbers, and line ends line ends."""
    row = {
        "id": "7",
        "created_at": "2021-06-26T19:56:26.000Z",
        "text": 'Hello,\\n"you"',
        "lang": "en",
        "entities.hashtags": '["#BCSM", "#lung"]',
        "entities.urls": '["https://example.org"]',
        "public_metrics.retweet_count": "3",
        "author.public_metrics.followers_count": "12",
        "author.description": "Nurse",
        "unheard.of": "x",
    }

    found = staged(write(table(row)))

    (post,), (account,) = found.posts, found.accounts
    assert post["created_at"] == utc(2021, 6, 26, 19, 56, 26)
    assert post["text"] == 'Hello,\n"you"'
    assert (post["hashtags"], post["urls"]) == (
        ["BCSM", "lung"],
        ["https://example.org"],
    )
    assert (post["reposts"], post["likes"], post["lang"]) == (3, None, "en")
    assert (account["handle"], account["followers"], account["bio"]) == (
        "ada",
        12,
        "Nurse",
    )


def test_nobody_is_tied_to_themselves_and_no_post_ties_twice(staged, write):
    """Threads and repeated rows are posts without further ties."""
    thread = {"id": "7", "in_reply_to_user_id": "1", "entities.mentions": '["@ADA"]'}
    twice = {"id": "8", "entities.mentions": '["@bob"]'}

    found = staged(write(table(thread, twice, twice)))

    assert ties(found) == [("1", "@bob", "mention")]
    assert len(found.records) == 3


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"id": "1.23457E+18"}, "rounded by a spreadsheet"),
        ({"author_id": "12.5"}, "went through a decimal number"),
        ({"author_id": ""}, "author_id is empty"),
        ({"created_at": "26.06.2021"}, "neither ISO 8601"),
    ],
)
def test_damaged_rows_are_rejected(staged, write, cells, reason):
    """A spreadsheet on the way leaves its marks; all other rows are imported."""
    found = staged(write(table({"id": "7"}, {"id": "8", **cells}, {"id": "9"})))

    assert [p["native_id"] for p in found.records] == ["7", "9"]
    assert found.rejected_lines == [3]
    assert reason in found.rejects[0][1]


def test_reposts_of_nobody_are_counted(staged, write):
    """What the table leaves out is said."""
    found = staged(write(table({"id": "7", RETWEETED: "6"})))

    found_ties, notes = found.in_study()
    assert found_ties == []
    assert notes[-1].startswith("1 posts refer to posts that are not in the study")


def test_an_author_is_needed(write):
    """Posts that nobody wrote say nothing of anyone."""
    with pytest.raises(MissingColumns, match="author_id"):
        describe(write("id,text\n1,a\n"), ImportOptions(format="twarc-csv"))


@pytest.mark.parametrize("cell", ["{}.0", '"=""{}"""', "'{}"])
def test_ids_that_a_spreadsheet_changed_are_mended(staged, write, cell):
    """In every column of ids; and it is told."""
    one, two, three, four = (cell.format(n) for n in (91, 92, 93, 94))
    header = "id,author_id,author.username,referenced_tweets.replied_to.id,"
    header += "in_reply_to_user_id\n"

    found = staged(write(f"{header}{one},{two},ann,{three},{four}\n"))

    (post,) = found.posts
    assert (post["native_id"], post["author_id"]) == ("91", "92")
    assert post["refers_to"] == "93"
    assert [t["target_id"] for t in found.ties] == ["94"]
    assert any("4 ids are mended" in remark for remark in found.remarks)


@pytest.mark.parametrize("place", range(4))
def test_ids_that_lost_digits_are_refused(staged, write, place):
    """Whichever column they stand in."""
    cells = ["91", "92", "93", "94"]
    cells[place] = "1.43E+18"
    header = "id,author_id,referenced_tweets.replied_to.id,in_reply_to_user_id\n"

    found = staged(write(f"{header}{','.join(cells)}\n"))

    assert found.posts == found.ties == []
    assert "rounded by a spreadsheet" in found.rejects[0][1]


def test_ids_of_users_are_mended_too(staged, write):
    """A table of users is read by the same rules."""
    found = staged(write("id,username,__twarc.url\n91.0,ann,x\n"))

    assert [a["native_id"] for a in found.accounts] == ["91"]
