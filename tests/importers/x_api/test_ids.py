"""Ids that a program took for decimal numbers."""

from __future__ import annotations

import json

import pytest

from tests.importers.x_made import ADA, BOB, page, post, ties

MENDED = {
    "11": "11",
    "1294030472427835393": "1294030472427835393",
    "123456789012345678901": "123456789012345678901",
    "11.0": "11",
    "11.": "11",
    "1.1e1": "11",
    "9007199254740991.0": "9007199254740991",
}
REFUSED = {
    "9007199254740992.0": "rounded",
    "1.43e+18": "rounded",
    "1430000000000000000.0": "rounded",
    "1.5": "rounded",
    "true": "none",
    "NaN": "none",
    "[1]": "none",
    '"1.43e+18"': "rounded",
    '"1\\u202e"': "none",
    '"1\\u0000"': "none",
}
IN_JSON = [written for written in MENDED if written != "11."]


def with_id(written, where, **more):
    """A page with one post whose id, or that of its author, is *written*."""
    odd = {**post(8, ADA), where: "ODD", **more}
    return json.dumps(page(post(7, BOB), odd)).replace('"ODD"', written)


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("where", ["id", "author_id"])
@pytest.mark.parametrize("written", [*IN_JSON, '"11."'])
def test_an_id_that_is_certain_is_read(staged, write, written, where, start):
    """Below 2^53 a decimal number is exactly one whole number."""
    found = staged(write(start + with_id(written, where)))

    key = "native_id" if where == "id" else where
    assert found.records[1][key] == MENDED[written.strip('"')]
    assert found.rejects == []


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("where", ["id", "author_id"])
@pytest.mark.parametrize(("written", "reason"), REFUSED.items())
def test_an_id_that_may_be_several_is_refused(
    staged, write, written, where, reason, start
):
    """The post is rejected with the reason, the rest of the page is read."""
    found = staged(write(start + with_id(written, where)))

    assert [p["native_id"] for p in found.records] == ["7"]
    assert len(found.rejects) == 1
    assert reason in found.rejects[0][1]


def test_a_mention_without_a_certain_id_is_known_by_its_handle(staged, write):
    """And one without a handle makes no tie, which is said."""
    entities = {
        "mentions": [
            {"start": 5, "id": 1.43e18},
            {"start": 15, "id": 1.43e18, "username": "bob"},
            {"start": 25, "id": 3.0, "username": "eve"},
        ]
    }

    found = staged(write(json.dumps(page(post(7, ADA, entities=entities)))))

    assert ties(found) == [("1", "2", "mention"), ("1", "3", "mention")]
    assert any("2 mentions of" in remark for remark in found.remarks)


def test_users_are_mended_and_refused_alike(staged, write):
    """One of a list of followers whose id was rounded is rejected."""
    users = [
        {"id": number, "username": f"u{number}", "name": "Ann"}
        for number in (11.0, 1.43e18, 12)
    ]

    found = staged(write(json.dumps({"data": users})), ego="7")

    assert sorted(t["source_id"] for t in found.ties) == ["11", "12"]
    assert "rounded" in found.rejects[0][1]


def test_a_profile_beside_posts_that_names_nobody_for_certain_is_counted(staged, write):
    """What comes along is not the file's own row, and still is not lost in silence."""
    page = {
        "data": [{"id": "1", "author_id": "11", "text": "hello"}],
        "includes": {"users": [{"id": 1.43e18, "username": "ann", "name": "Ann"}]},
    }

    found = staged(write(json.dumps(page)))

    assert [account["native_id"] for account in found.accounts] == []
    assert any("1 mentions of, references to and profiles" in r for r in found.remarks)
