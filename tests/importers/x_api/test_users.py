"""Users of X API v2, as JSON pages and as tables of twarc-csv."""

from __future__ import annotations

import json

import pytest

from hcpgraph.model.files import RowType

URL = "https://api.{host}.com/2/users/99/{side}?max_results=1000"


def users_page(*people, host="twitter", side="followers", named=True):
    data = [{"id": str(n), "username": f"u{n}", "name": f"U {n}"} for n in people]
    written = {"__twarc": {"url": URL.format(host=host, side=side)}} if named else {}
    return {"data": data, "meta": {"result_count": len(data)}, **written}


def as_lines(*pages):
    return "\n".join(map(json.dumps, pages))


def follows(found):
    return [
        (
            t["source_id"] or f"@{t['source_handle']}",
            t["target_id"] or f"@{t['target_handle']}",
            t["layer"],
        )
        for t in found.ties
    ]


@pytest.mark.parametrize("host", ["twitter", "x"])
@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ("followers", [("1", "99", "follow"), ("2", "99", "follow")]),
        ("following", [("99", "1", "follow"), ("99", "2", "follow")]),
    ],
)
def test_the_address_names_the_owner_and_the_direction(
    staged, write, host, side, expected
):
    """Followers pay attention to the owner; the owner to those followed."""
    found = staged(write(as_lines(users_page(1, 2, host=host, side=side))))

    assert follows(found) == expected
    assert found.description.unit is RowType.TIES
    assert len(found.records) == 2
    assert [a["handle"] for a in found.accounts] == ["u1", "u2"]


@pytest.mark.parametrize(
    ("ego", "expected"),
    [("99", ("1", "99", "follow")), ("@Ada", ("1", "@Ada", "follow"))],
)
def test_the_user_can_name_the_owner(staged, write, ego, expected):
    """Pages that name nobody are then that account's followers, and it is said."""
    found = staged(write(as_lines(users_page(1, named=False))), ego=ego)

    assert follows(found) == [expected]
    assert ego in found.description.notes[0]


def test_the_address_is_believed_before_the_user(staged, write):
    """``--ego`` fills what the file leaves open."""
    pages = [users_page(1), users_page(2, named=False)]

    found = staged(write(as_lines(*pages)), ego="@ada")

    assert follows(found) == [("1", "99", "follow"), ("2", "@ada", "follow")]


def test_users_of_nobody_are_accounts(staged, write):
    """A list of users makes no ties; the user is told what to do if it should."""
    found = staged(write(as_lines(users_page(1, 2, named=False))))

    assert found.description.unit is RowType.ACCOUNTS
    assert [a["native_id"] for a in found.records] == ["1", "2"]
    assert found.ties == []
    assert "--ego" in found.description.notes[0]


def test_a_page_without_owner_among_others_is_rejected(staged, write):
    """Its users would otherwise be dropped without a word."""
    found = staged(write(as_lines(users_page(1), users_page(2, named=False))))

    assert follows(found) == [("1", "99", "follow")]
    assert found.rejected_lines == [2]


def test_an_empty_page_of_followers_is_a_file_of_no_rows(staged, write):
    """Somebody without followers is no error."""
    page = {"meta": {"result_count": 0}, "__twarc": users_page(1)["__twarc"]}

    found = staged(write(json.dumps(page)))

    assert (found.description.format, found.records) == ("x-api-v2-users", [])


def test_users_on_lines_of_their_own_are_read(staged, write):
    """As ``twarc2 flatten`` leaves them."""
    page = users_page(1, 2)
    lines = [{**user, "__twarc": page["__twarc"]} for user in page["data"]]

    assert follows(staged(write(as_lines(*lines)))) == [
        ("1", "99", "follow"),
        ("2", "99", "follow"),
    ]


TABLE = """
id,username,name,public_metrics.followers_count,verified,created_at,__twarc.url
1,u1,"U, 1",5,True,2010-03-03T12:49:24Z,https://api.twitter.com/2/users/99/followers
2,u2,U 2,,False,,https://api.twitter.com/2/users/99/following?x=1
3.5,u3,U 3,,,,https://api.twitter.com/2/users/99/followers
"""


def test_tables_of_users_say_the_same(staged, write):
    """Each row names the address it came from."""
    found = staged(write(TABLE))

    assert found.description.format == "twarc-csv"
    assert follows(found) == [("1", "99", "follow"), ("99", "2", "follow")]
    assert [(a["name"], a["followers"], a["verified"]) for a in found.accounts] == [
        ("U, 1", 5, True),
        ("U 2", None, False),
    ]
    assert found.rejected_lines == [5]


def test_tables_of_users_without_addresses_are_accounts(staged, write):
    """Unless the owner is named."""
    text = "id,username,public_metrics.followers_count\n1,u1,5\n"

    assert staged(write(text)).description.unit is RowType.ACCOUNTS
    assert follows(staged(write(text), ego="7")) == [("1", "7", "follow")]
