"""Which kind of X API v2 file it is: posts, users, or what cannot be imported."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.errors import UnknownFormat
from hcpgraph.importers import json_reading

if TYPE_CHECKING:
    from hcpgraph.importers.head import Head

FOLLOW_URL: Final = (
    r"^https?://api\.(?:twitter|x)\.com/2/users/([0-9]+)/(followers|following)\b"
)
_USERS_URL: Final = re.compile(
    r"^https?://api\.(?:twitter|x)\.com/2/users(?:\?|/by\b|/[0-9]+/follow(?:ers|ing)\b)"
)

Item = dict[str, Any]


class Shape(Enum):
    """What the rows of a file are."""

    POSTS = "posts"
    USERS = "users"
    INCLUDES = "includes"  # the includes of a page of its own: users beside posts
    COUNTS = "counts"
    LISTS = "lists"
    COMPLIANCE = "compliance"


REFUSED: Final = {
    Shape.COUNTS: "holds counts of posts per period, not posts: there is nobody in it",
    Shape.LISTS: "holds X lists, neither posts nor follows: there are no ties in it",
    Shape.COMPLIANCE: "is a compliance result; its deletions are not applied by this "
    "version. Hide an account with: hcpgraph correct STUDY ID --hide",
}


def shape_of(head: Head) -> Shape | None:
    """What the file holds, or None if it is nothing of X API v2.

    Objects that say nothing, such as errors in a stream, are passed over. An empty
    list, or pages without results, count as posts.
    """
    objects = json_reading.first_objects(head)
    if not objects and json_reading.is_empty_list(head):
        return Shape.POSTS
    shapes = [shape for shape in map(_shape_of_object, objects) if shape is not None]
    if shapes:
        return shapes[0]
    return Shape.POSTS if any(map(_is_page, objects)) else None


def check(head: Head, shape: Shape | None) -> None:
    """Refuse what holds neither posts nor people.

    Raises:
        UnknownFormat: with what it is.
    """
    if shape in REFUSED:
        raise UnknownFormat(head.path, REFUSED[shape])


def names_owner(head: Head) -> bool:
    """Whether one of the first pages says whose followers it holds."""
    objects = json_reading.first_objects(head)
    return any(re.match(FOLLOW_URL, _url(item)) for item in objects)


def _shape_of_object(item: Item) -> Shape | None:
    data = item.get("data", item if "id" in item else None)
    row = data[0] if isinstance(data, list) and data else data
    if isinstance(row, dict) and row:
        return _shape_of_row(row)
    if "data" not in item and ("users" in item or "tweets" in item):
        return Shape.INCLUDES
    url = _url(item)
    if url and _USERS_URL.match(url):
        return Shape.USERS
    return None


def _shape_of_row(row: Item) -> Shape | None:
    if "tweet_count" in row and "start" in row:
        return Shape.COUNTS
    if "action" in row and "id" in row:
        return Shape.COMPLIANCE
    if "username" in row:
        return Shape.USERS
    if "text" in row or "author_id" in row:
        return Shape.POSTS
    if {"owner_id", "member_count", "follower_count", "private"} & row.keys():
        return Shape.LISTS
    return None


def _is_page(item: Item) -> bool:
    return bool({"meta", "includes", "errors"} & item.keys()) or item.get("data") == []


def _url(item: Item) -> str:
    written = item.get("__twarc")
    return str(written.get("url", "")) if isinstance(written, dict) else ""
