"""However the JSON of posts is laid out, and whatever is broken, the rest is read."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from hcpgraph.model.files import RowType
from tests.importers.x_made import (
    ADA,
    BOB,
    EVE,
    mentions,
    page,
    post,
    ties,
)

LAYOUTS = {
    "pages on lines": lambda pages: "\n".join(map(json.dumps, pages)),
    "byte order mark": lambda pages: "\ufeff" + "\n".join(map(json.dumps, pages)),
    "windows": lambda pages: "\r\n\r\n".join(map(json.dumps, pages)) + "\r\n",
    "a list of pages": json.dumps,
    "lists on lines": lambda pages: "\n".join(json.dumps([p]) for p in pages),
    "a printed list": lambda pages: json.dumps(pages, indent=2),
    "printed pages": lambda pages: "\n".join(json.dumps(p, indent=1) for p in pages),
    "a list over lines": lambda pages: "[" + ",\n".join(map(json.dumps, pages)) + "]",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("compress", [False, True])
def test_the_layout_does_not_matter(staged, write, layout, compress):
    """The same posts are read however the JSON is laid out, compressed or not."""
    pages = [
        page(post(7, ADA, entities=mentions(BOB))),
        page(post(8, BOB, entities=mentions(EVE))),
    ]

    found = staged(write(layout(pages), compress=compress))

    assert ties(found) == [("1", "2", "mention"), ("2", "3", "mention")]
    assert [p["native_id"] for p in found.posts] == ["7", "8"]
    assert len(found.accounts) == 4
    assert found.rejects == []


def test_a_printed_single_page_is_one_page(staged, write):
    """A document of one object is no list, and has no lines."""
    found = staged(write(json.dumps(page(post(7, ADA)), indent=2)))

    assert [p["native_id"] for p in found.posts] == ["7"]


def test_lists_of_posts_alone_are_read(staged, write):
    """As academictwitteR saves them: no users beside them."""
    posts = [post(7, ADA, entities=mentions(BOB)), post(8, BOB)]

    found = staged(write(json.dumps(posts)))

    assert ties(found) == [("1", "2", "mention")]
    assert len(found.records) == 2


def test_the_users_beside_such_lists_are_read_too(staged, write):
    """The includes of a page in a file of their own give accounts and posts."""
    includes = {"users": [ADA, BOB], "tweets": [post(7, ADA)], "places": []}

    found = staged(write(json.dumps(includes)))

    assert found.description.unit is RowType.ACCOUNTS
    assert [a["handle"] for a in found.records] == ["ada", "bob"]
    assert [(p["native_id"], p["record"]) for p in found.posts] == [("7", False)]


def test_a_stream_is_read_past_its_errors(staged, write):
    """A broken line is rejected, an error message is no row, a bad sign is mended."""
    lines = [
        json.dumps({"data": post(7, ADA), "includes": {"users": [ADA]}}),
        "",
        '{"data": {"id": "8", "te',
        json.dumps({"errors": [{"title": "operational-disconnect"}]}),
        json.dumps({"data": post(9, BOB)}),
        json.dumps({"hello": "world"}),
        json.dumps({"data": post(10, ADA, text="half a sign: \ud83d")}),
    ]

    found = staged(write("\n".join(lines)))

    assert [(p["line"], p["native_id"]) for p in found.records] == [
        (1, "7"),
        (5, "9"),
        (7, "10"),
    ]
    assert found.posts[-1]["text"] == "half a sign: \ufffd"
    assert found.rejected_lines == [3, 6]
    assert found.remarks == ["1 lines are error messages of the platform, not results"]


def test_undecodable_lines_keep_their_number(staged, write):
    """And so do the lines after them."""
    good = json.dumps(page(post(7, ADA))).encode()

    found = staged(write(b"\n".join([good, b'{"data": "\xff"}', good, b"nonsense"])))

    assert found.rejected_lines == [2, 4]
    assert [p["line"] for p in found.records] == [1, 3]


@pytest.mark.parametrize("layout", ["a list of pages", "a printed list", "windows"])
@pytest.mark.parametrize("odd", [None, [], 5, "words", {"data": None}])
def test_what_is_no_page_costs_one_row(staged, write, layout, odd):
    """It holds nothing; the good pages around it are read."""
    pages = [page(*(post(10 * k + i, ADA) for i in range(5))) for k in range(4)]
    pages.insert(1, odd)

    found = staged(write(LAYOUTS[layout](pages)))

    assert len(found.records) == 20
    assert [reason for _, reason in found.rejects] == [
        "neither a page nor a row of X API v2"
    ]


@pytest.mark.parametrize("layout", ["pages on lines", "a list of pages"])
@pytest.mark.parametrize(
    ("time", "known"),
    [
        ("2025-03-01T12:00:00.000Z", True),
        ("2025-03-01T12Z", True),
        ("20250301T120000Z", True),
        ("2025-060T12:00:00Z", True),
        ("2025-W09-6T12:00Z", True),
        ("2025-03-01T07:00:00\u221205:00", True),
        (1740830400, True),
        ("2025-03-01T12:00:00", False),
        ("2025-366T12:00:00Z", False),
        (12, False),
    ],
)
def test_times_are_read_as_in_tables(staged, write, layout, time, known):
    """On every path through JSON; what is not certain is unknown, and counted."""
    text = LAYOUTS[layout]([page({**post(7, ADA), "created_at": time})])

    found = staged(write(text))

    (one,) = found.posts
    at = datetime.fromisoformat("2025-03-01T12:00:00") if known else None
    assert one["created_at"] == at
    assert len(found.remarks) == (not known)


@pytest.mark.parametrize("layout", ["pages on lines", "a list of pages"])
def test_accounts_begin_at_a_time_of_any_form(staged, write, layout):
    """As posts do."""
    ada = {**ADA, "created_at": "20100102T030405Z"}

    found = staged(write(LAYOUTS[layout]([page(post(7, ADA), users=[ada])])))

    assert found.accounts[0]["created_at"] == datetime.fromisoformat(
        "2010-01-02T03:04:05"
    )
