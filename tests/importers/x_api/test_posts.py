"""Posts of X API v2: what they hold, and who pays attention to whom."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime

import pytest

from tests.importers.x_made import (
    ADA,
    AT,
    BOB,
    EVE,
    SUE,
    mentions,
    page,
    post,
    refers,
    ties,
)


def utc(*parts):
    """A staged time: in UTC, without saying so."""
    return datetime(*parts)  # noqa: DTZ001 - columns are TIMESTAMP, which have no zone


@pytest.fixture
def read(staged, write):
    """Import the given objects, one a line."""

    def read_objects(*objects, **options):
        return staged(write("\n".join(map(json.dumps, objects))), **options)

    return read_objects


def test_a_post_keeps_what_it_says(read):
    """Text, time, tags, addresses and counts stand in the columns."""
    original = post(
        7,
        ADA,
        "Hello 😀",
        lang="en",
        entities={
            "hashtags": [{"tag": "BCSM"}, {"tag": "oncology"}],
            "urls": [{"url": "https://t.co/a", "expanded_url": "https://example.org"}],
        },
        public_metrics={
            "retweet_count": 1,
            "reply_count": 2,
            "like_count": 3,
            "quote_count": 4,
        },
    )

    (row,) = read(page(original)).posts

    assert row == {
        "line": 1,
        "record": True,
        "native_id": "7",
        "author_id": "1",
        "author_handle": None,
        "created_at": utc(2024, 5, 1, 10),
        "kind": "original",
        "refers_to": None,
        "lang": "en",
        "text": "Hello 😀",
        "hashtags": ["BCSM", "oncology"],
        "urls": ["https://example.org"],
        "reposts": 1,
        "replies": 2,
        "likes": 3,
        "quotes": 4,
        "edits": None,
    }


def test_accounts_are_the_users_of_the_file(read):
    """With the name, the biography and the counts the platform gave."""
    user = {
        **ADA,
        "description": "Oncologist",
        "location": "Bern",
        "verified": True,
        "created_at": AT,
        "public_metrics": {
            "followers_count": 5,
            "following_count": 6,
            "tweet_count": 7,
        },
    }

    (account,) = read(page(post(7, ADA), users=[user])).accounts

    assert account["record"] is False
    assert [account[k] for k in ("native_id", "handle", "name", "bio", "location")] == [
        "1",
        "ada",
        "Ada",
        "Oncologist",
        "Bern",
    ]
    assert [account[k] for k in ("followers", "following", "posts", "verified")] == [
        5,
        6,
        7,
        True,
    ]
    assert account["created_at"] == utc(2024, 5, 1, 10)


def test_a_mention_ties_author_to_mentioned(read):
    """Twice the same person in one post is one mention."""
    found = read(page(post(7, ADA, entities=mentions(BOB, EVE, BOB))))

    assert ties(found) == [("1", "2", "mention"), ("1", "3", "mention")]
    assert {(t["post_id"], t["at"], t["weight"]) for t in found.ties} == {
        ("7", utc(2024, 5, 1, 10), 1.0)
    }


def test_a_mention_without_id_is_found_by_its_handle(read):
    """Older exports name handles only; a user of the file gives the id."""
    named = {"mentions": [{"start": 0, "end": 4, "username": "BOB"}]}
    stranger = {"mentions": [{"start": 0, "end": 4, "username": "Zoe"}]}

    found = read(page(post(7, ADA, entities=named), post(8, ADA, entities=stranger)))

    assert [(t["target_id"], t["target_handle"]) for t in found.ties] == [
        ("2", "BOB"),
        (None, "Zoe"),
    ]


def test_a_repost_ties_to_the_author_and_its_mentions_are_the_originals(read):
    """The reposted person is mentioned first by every repost: not counted again."""
    repost = post(
        8,
        ADA,
        "RT @bob: @eve look",
        referenced_tweets=refers("retweeted", 7),
        entities=mentions(BOB, EVE, start=3),
    )
    original = post(7, BOB, "@eve look", entities=mentions(EVE))

    found = read(page(repost, tweets=[original]))

    assert ties(found) == [
        ("1", "2", "repost"),
        ("1", "3", "mention_in_repost"),
        ("2", "3", "mention"),
    ]
    assert [(p["native_id"], p["kind"], p["refers_to"], p["record"])
            for p in found.posts] == [
        ("8", "repost", "7", True),
        ("7", "original", None, False),
    ]  # fmt: skip


@pytest.mark.parametrize("entities", [mentions(BOB, EVE, start=3), {}])
def test_a_repost_of_a_deleted_post_falls_back_to_its_text(read, entities):
    """The text "RT @bob:" still says who wrote it."""
    repost = post(
        8,
        ADA,
        "RT @Bob: @eve look",
        referenced_tweets=refers("retweeted", 7),
        entities=entities,
    )

    found = read(page(repost))

    assert ("1", "2", "repost") in ties(found)
    assert Counter(layer for _, _, layer in ties(found))["repost"] == 1
    assert ("1", "2", "mention_in_repost") not in ties(found)
    assert found.in_study()[1] == ()


def test_a_reply_is_not_a_mention_as_well(read):
    """The platform mentions the person replied to by itself."""
    reply = post(
        8,
        ADA,
        in_reply_to_user_id="2",
        referenced_tweets=refers("replied_to", 7),
        entities=mentions(BOB, EVE, start=0),
    )

    found = read(page(reply))

    assert ties(found) == [("1", "2", "reply"), ("1", "3", "mention")]
    assert (found.posts[0]["kind"], found.posts[0]["refers_to"]) == ("reply", "7")


def test_a_quote_ties_to_the_quoted_author(read):
    """A quote inside a reply makes both ties; the post counts as a quote."""
    quote = post(
        8,
        ADA,
        in_reply_to_user_id="3",
        referenced_tweets=[*refers("replied_to", 6), *refers("quoted", 7)],
    )

    found = read(page(quote, tweets=[post(7, BOB)]))

    assert ties(found) == [("1", "2", "quote"), ("1", "3", "reply")]
    assert (found.posts[0]["kind"], found.posts[0]["refers_to"]) == ("quote", "7")


def test_the_author_may_stand_on_another_page(read):
    """Whatever the order, every post of the file is known to the others."""
    quote = post(8, ADA, referenced_tweets=refers("quoted", 7))

    assert ties(read(page(quote), page(post(7, BOB)))) == [("1", "2", "quote")]


def test_ties_that_cannot_be_known_are_counted(read):
    """A quote of a deleted post makes no tie, and the user hears of it."""
    found = read(
        page(
            post(8, ADA, referenced_tweets=refers("quoted", 7)),
            post(9, ADA, "gone", referenced_tweets=refers("retweeted", 6)),
            post(10, ADA, referenced_tweets=refers("replied_to", 5)),
        )
    )

    assert ties(found) == []
    assert len(found.records) == 3
    _, notes = found.in_study()
    assert [note.split(" posts ")[0] for note in notes] == ["1"] * 3
    assert all("not in the study so far" in note for note in notes)


def test_nobody_is_tied_to_themselves(read):
    """A thread is a reply to oneself: a post, and no tie."""
    thread = post(
        8,
        ADA,
        in_reply_to_user_id="1",
        referenced_tweets=refers("replied_to", 7),
        entities=mentions(ADA),
    )

    found = read(page(thread))

    found_ties, notes = found.in_study()
    assert found_ties == []
    assert found.posts[0]["kind"] == "reply"
    assert any("2 self ties are left out" in note for note in notes)


def test_a_post_on_two_pages_ties_once(read):
    """Both rows are rows of the file; the second brings nothing new."""
    same = post(7, ADA, entities=mentions(BOB))

    found = read(page(same), page(same))

    assert [row["line"] for row in found.records] == [1, 2]
    assert ties(found) == [("1", "2", "mention")]


def flattened():
    """What ``twarc2 flatten`` makes of a repost and a reply."""
    repost = post(
        8,
        ADA,
        "RT @bob: look",
        author=ADA,
        referenced_tweets=[{"type": "retweeted", **post(7, BOB), "author": BOB}],
        entities={"mentions": [{"start": 3, "end": 7, **BOB}]},
    )
    reply = post(
        9,
        EVE,
        author=EVE,
        in_reply_to_user_id="4",
        in_reply_to_user=SUE,
        referenced_tweets=refers("replied_to", 6),
        entities={"mentions": [{"start": 0, "end": 4, **SUE}]},
    )
    return [repost, reply]


def test_flattened_posts_hold_the_same_as_pages(read):
    """Users and posts stand inside the posts instead of beside them."""
    found = read(*flattened())

    assert ties(found) == [("1", "2", "repost"), ("3", "4", "reply")]
    assert {a["native_id"]: a["handle"] for a in found.accounts} == {
        "1": "ada",
        "2": "bob",
        "3": "eve",
        "4": "sue",
    }
    assert [(p["native_id"], p["record"]) for p in found.posts] == [
        ("8", True),
        ("7", False),
        ("9", True),
    ]


def test_posts_nobody_wrote_are_rejected(read):
    """Without an author a post says nothing of anyone; the message helps."""
    found = read(
        {"data": [post(7, ADA)]},
        {"data": [{"id": "8", "text": "a"}]},
        {"data": [{"text": "a"}]},
    )

    assert [p["native_id"] for p in found.posts] == ["7"]
    assert found.rejects == [
        (2, "post 8 has no author_id; ask the API for that field"),
        (3, "a post has no id"),
    ]


def test_long_posts_are_kept_whole(read):
    """The long form stands in a field of its own."""
    (row,) = read(
        page(post(7, ADA, "begins", note_tweet={"text": "begins, ends"}))
    ).posts

    assert row["text"] == "begins, ends"


def test_surprising_values_harm_nobody(read):
    """Wrong types and nulls in places that do not matter are passed over."""
    odd = post(
        7,
        ADA,
        entities={"mentions": None, "hashtags": [{}], "urls": [{"url": "u"}]},
        public_metrics=None,
        referenced_tweets=None,
        lang=None,
    )

    (row,) = read(page(odd, users=[{"id": "1"}], tweets=[])).posts

    assert (row["native_id"], row["urls"], row["likes"]) == ("7", ["u"], None)
