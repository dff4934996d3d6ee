"""Lists of accounts are follows where somebody says whose, and which way."""

from __future__ import annotations

import pytest

from hcpgraph.errors import UnreadFormat
from hcpgraph.importers import describe
from hcpgraph.model.files import ImportOptions


def ties(found):
    def name(tie, end):
        return tie[f"{end}_id"] or f"@{tie[f'{end}_handle']}"

    return [(name(tie, "source"), name(tie, "target")) for tie in found.ties]


@pytest.mark.parametrize(
    "text",
    ["11\n@ann\n", "\ufeff11\r\n\r\n @ann \r\n", "id\n11\n@ann\n", '"11"\n"@ann"\n'],
)
def test_each_line_is_an_account(staged, write, text):
    """An id or a handle, with a heading or without."""
    followers = staged(write(text), ego="9", relation="followers")
    following = staged(write(text), ego="@me", relation="following")

    assert ties(followers) == [("11", "9"), ("@ann", "9")]
    assert ties(following) == [("@me", "11"), ("@me", "@ann")]
    assert {each["layer"] for each in followers.ties} == {"follow"}
    assert followers.description.notes == ("read as the followers of 9",)
    assert following.description.notes == ("read as accounts followed by @me",)


def test_a_heading_says_that_they_are_handles(staged, write):
    """So does --ids."""
    said = {"ego": "9", "relation": "followers"}
    assert ties(staged(write("username\nann\n"), **said)) == [("@ann", "9")]
    assert ties(
        staged(write("ann\n"), format="follower-list", ids="handle", **said)
    ) == [("@ann", "9")]


@pytest.mark.parametrize("said", [{}, {"ego": "9"}, {"relation": "followers"}], ids=str)
def test_what_the_list_does_not_say_is_asked_for(write, said):
    """Nobody guesses whose they are, or which way they follow."""
    with pytest.raises(UnreadFormat, match=r"--ego.*--relation followers or"):
        describe(write("11\n12\n"), ImportOptions(**said))


def test_an_id_that_was_rounded_is_rejected(staged, write):
    """As everywhere."""
    text = "11\n1.29403E+18\n12\n"
    found = staged(write(text), ego="9", relation="followers")

    assert [line for line, _ in found.rejects] == [2]
    assert "rounded by a spreadsheet" in found.rejects[0][1]


def test_a_relation_is_one_of_two():
    """Anything else is a wrong value."""
    with pytest.raises(ValueError, match="write followers or following"):
        ImportOptions(relation="friends")


def test_pages_of_users_follow_the_way_that_is_said(staged, write):
    """Raw pages of X name neither owner nor direction."""
    page = '{"data": [{"id": "11", "username": "ann"}], "meta": {"result_count": 1}}'

    assert ties(staged(write(page), ego="9")) == [("11", "9")]
    followed = staged(write(page), ego="9", relation="following")
    assert ties(followed) == [("9", "11")]
    assert "accounts followed by 9" in followed.description.notes[0]
