"""Lines laid out like the first are read at once, and give what each alone gives."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcpgraph.errors import ExportError
from hcpgraph.importers.reading import head, lines

BOM = b"\xef\xbb\xbf"  # a file that begins with it is read line by line
PEOPLE = [
    {"id": str(n), "username": f"u{n}", "name": f"Name {n}", "verified": n == 1}
    for n in range(1, 5)
]


def post(number, author):
    """A post that repeats, quotes or answers another, by its number."""
    kind = ("retweeted", "quoted", "replied_to")[number % 3]
    mentioned = PEOPLE[number % 4]
    return {
        "id": str(number),
        "author_id": PEOPLE[author]["id"],
        "text": f"RT @u3: words {number}",
        "created_at": datetime(2024, 1, 1 + number % 28, tzinfo=UTC).isoformat(),
        "lang": "en",
        "referenced_tweets": [{"type": kind, "id": str(number // 2)}],
        "entities": {
            "mentions": [
                {"start": 3, "username": mentioned["username"], "id": mentioned["id"]}
            ],
            "hashtags": [{"tag": "BCSM"}],
            "urls": [{"url": "https://example.org", "expanded_url": None}],
        },
        "public_metrics": {"retweet_count": number, "like_count": "7"},
    }


def flattened(number, author):
    """The same with whole people and posts inside."""
    whole = post(number, author)
    whole["author"] = PEOPLE[author]
    whole["referenced_tweets"] = [
        {**whole["referenced_tweets"][0], **post(number // 2, 3), "author": PEOPLE[3]}
    ]
    return whole


def page(number, author):
    """A page of two posts, a third beside them, and their people, renamed."""
    people = [{**person, "name": f"{person['name']} {number}"} for person in PEOPLE]
    data = [post(number, author), post(number + 1, author)]
    return {
        "data": data,
        "includes": {"users": people, "tweets": [post(number // 2, 2)]},
    }


def line(value):
    return json.dumps(value).encode()


numbers = st.builds(lambda n, a: (n, a), st.integers(1, 30), st.integers(0, 3))
rows = {
    "page": numbers.map(lambda each: line(page(*each))),
    "flattened page": numbers.map(lambda each: line({"data": [flattened(*each)]})),
    "single": numbers.map(lambda each: line({**page(*each), "data": post(*each)})),
    "bare": numbers.map(lambda each: line(post(*each))),
    "flattened": numbers.map(lambda each: line(flattened(*each))),
}
odd = st.sampled_from(
    [
        b"",
        b" \t",
        b'{"data": [{"id": "5"',
        b"\xff\xfe",
        b'{"data": [{"text": "no id"}, {"id": "6", "text": "no author"}]}',
        b'{"data": {"id": "6", "text": "no author"}}',
        b'{"id": "6", "text": "no author"}',
        b'{"title": "ConnectionException", "status": 503}',
        b'{"meta": {"result_count": 0}, "includes": {"users": [{"id": "9"}]}}',
        b'{"data": [7, null], "includes": [1]}',
        b"[1, 2]",
        b"{}",
    ]
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    first=st.one_of(*rows.values()),
    rest=st.lists(st.one_of(*rows.values(), odd), max_size=8),
    end=st.sampled_from([b"\n", b"\r\n"]),
    last=st.booleans(),
)
def test_both_ways_give_the_same(staged, write, first, rest, end, last):
    """Posts, people, ties, rejected lines and remarks do not depend on the way."""
    content = end.join([first, *rest]) + end * last

    quick = staged(write(content))
    one_by_one = staged(write(BOM + content))

    assert any("read_ndjson(" in str(step) for step in quick.description.stage)
    assert not any("read_ndjson(" in str(step) for step in one_by_one.description.stage)
    assert without_lines(quick) == without_lines(one_by_one)
    assert quick.rejects == one_by_one.rejects
    assert sorted(quick.remarks) == sorted(one_by_one.remarks)


def without_lines(found):
    """All rows, sorted; the line matters to nobody but the rejected."""
    return {
        unit: sorted(
            repr({name: cell for name, cell in row.items() if name != "line"})
            for row in rows
        )
        for unit, rows in found.rows.items()
    }


@pytest.mark.parametrize("compress", [False, True])
def test_the_order_of_the_file_counts_however_many_read_it(staged, write, compress):
    """Of a post that stands twice the first counts, of a person the last line."""
    padding = "x" * 1000
    pages = [
        {
            "data": [{**post(1, 0), "text": f"{number} {padding}"}],
            "includes": {"users": [{**PEOPLE[0], "name": str(number)}]},
        }
        for number in range(10_000)
    ]

    found = staged(write("\n".join(map(json.dumps, pages)), compress=compress))

    in_order = [p["text"].split()[0] for p in found.posts]
    assert in_order == [str(number) for number in range(10_000)]
    assert [row["line"] for row in found.posts] == list(range(1, 10_001))
    assert [account["name"] for account in found.accounts] == ["9999"]


@pytest.mark.parametrize(
    ("content", "size", "fits"),
    [
        (b"aaaa\nbb\n", 5, True),
        (b"aaaa\nbb\n", 4, False),
        (b"a\nbbbb", 4, True),
        (b"a\nbbbbb", 4, False),
        (b"bbbb\n", 5, True),
        (b"a" * 200_000 + b"\n" + b"b" * 150_000, 200_001, True),
        (b"a" * 200_000 + b"\n" + b"b" * 150_000, 200_000, False),
    ],
)
def test_the_longest_line_counts_with_its_end(write, content, size, fits):
    """A line fits if it and its end are no longer than the size."""
    found = head.Head(write(content), False, False, "", whole=True)

    assert lines.fits(found, size) is fits


def test_a_line_longer_than_two_buffers_is_found(write, monkeypatch):
    """The reader of lines would pass over it without a word."""
    monkeypatch.setattr(lines, "LONGEST", 1000)
    found = head.peek(write(BOM + b"{}\n" * 500 + b"x" * 2500 + b"\n{}\n"))

    with pytest.raises(ExportError, match="longer than 32 MB after byte"):
        lines.numbered_lines(found)
