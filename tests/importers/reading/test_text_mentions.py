"""Mentions, reposts and hashtags in texts, against what the platforms make of them."""

from __future__ import annotations

import duckdb
import pytest

from hcpgraph.importers.reading import text_mentions


def value(expression, text):
    """What an expression over the column ``t`` gives for one text."""
    query = f"select {expression} from (select $1::varchar as t)"
    return duckdb.sql(query, params=[text]).fetchone()[0]


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("hi @ann, @Bob/@carl", ["ann", "bob", "carl"]),
        ("@ann @ann @ANN", ["ann"]),
        ("mail ann@mail.org or jos\u00e9@web.de, a.b+c@x-y.co.uk", []),
        ("https://medium.com/@ann/x?y=@bob and tiktok.com/@eve, not @dan", ["dan"]),
        ("www.example.org/@ann @bob", ["bob"]),
        ("\uff20ann and \u8a71@bob\u3055\u3093", ["ann", "bob"]),
        ("@m\u00fcller @\u7530\u4e2d @ann\u00e9", []),
        ("@a. (@b) \u201c@c\u201d @d's @e\u2019s @f!", list("abcdef")),
        (".@ann @bob\u2026", ["ann", "bob"]),
        ("@" + "a" * 21 + " @" + "b" * 20, ["b" * 20]),
        ("@@ann ann@ @ann@mastodon.social", []),
        ("no sign", []),
        ("", []),
    ],
)
def test_handles_of_x_in_texts(text, handles):
    """As X reads its posts: no addresses, no other scripts, no dots, no possessives."""
    assert value(text_mentions.handles("t", "x"), text) == handles


@pytest.mark.parametrize(
    ("platform", "text", "handles"),
    [
        ("instagram", "@ann.lee. and a@mail.org", ["ann.lee"]),
        ("bluesky", "@ann.bsky.social. and @bob", ["ann.bsky.social"]),
        ("mastodon", "@ann@mastodon.social, @bob", ["ann@mastodon.social", "bob"]),
        ("weibo", "@\u7530\u4e2d @ann-lee.", ["ann-lee", "\u7530\u4e2d"]),
    ],
)
def test_handles_of_other_platforms(platform, text, handles):
    """Dots, servers and other scripts, where the platform has them."""
    assert value(text_mentions.handles("t", platform), text) == handles


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("RT @Ann: hi", "Ann"),
        (" RT @ann hi", "ann"),
        ("RT\uff20ann", None),
        ("so RT @ann: hi", None),
        ("rt @ann: hi", None),
        ("RT @\u7530\u4e2d: hi", None),
        (None, None),
    ],
)
def test_a_repost_by_its_text(text, handle):
    """Only what a post begins with in the form of X is one."""
    assert value(text_mentions.reposted("t", "x"), text) == handle


def test_hashtags_in_texts():
    """Without their sign; no numbers, no anchors of pages."""
    text = "#LungCancer, \uff03\u304c\u3093 #1 a#b https://x.org/#c #Krebs2025"

    found = value(text_mentions.hashtags("t"), text)

    assert found == ["LungCancer", "\u304c\u3093", "Krebs2025"]
