"""Which kind of X API v2 file it is: posts, users, or what cannot be imported.

Users and posts are told from others by their keys.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.errors import UnknownFormat
from hcpgraph.importers.reading import json_values
from hcpgraph.importers.recognition import nothing
from hcpgraph.importers.recognition.likeness import (
    NOTHING_ALIKE,
    SURE,
    Likeness,
    doubtful,
    lacking,
)

if TYPE_CHECKING:
    from hcpgraph.importers.reading.head import Head


def _set(*lines: str) -> frozenset[str]:
    return frozenset(key for line in lines for key in line.split())


USER_KEYS: Final = _set(
    "id username name created_at description location url entities protected verified",
    "verified_type verified_followers_count profile_image_url profile_banner_url",
    "pinned_tweet_id most_recent_tweet_id public_metrics withheld affiliation parody",
    "subscription subscription_type connection_status receives_your_dm",
    "is_identity_verified pinned_tweet __twarc",
)
POST_KEYS: Final = _set(
    "id text author_id created_at conversation_id in_reply_to_user_id lang source",
    "reply_settings possibly_sensitive public_metrics non_public_metrics",
    "organic_metrics promoted_metrics referenced_tweets entities context_annotations",
    "attachments geo edit_history_tweet_ids edit_controls withheld note_tweet article",
    "card_uri community_id display_text_range media_metadata scopes",
    "suggested_source_links username author in_reply_to_user matching_rules __twarc",
)
# What no other platform calls so.
USER_MARKS: Final = _set("public_metrics pinned_tweet_id __twarc")
POST_MARKS: Final = _set(
    "public_metrics referenced_tweets edit_history_tweet_ids conversation_id __twarc"
)
# What users and posts of other platforms have, whatever else they look like.
ELSEWHERE: Final = _set(
    "acct did handle screen_name id_str account user pk _type $type uri web_url"
)

FOLLOW_URL: Final = (
    r"^https?://api\.(?:twitter|x)\.com/2/users/([0-9]+)/(followers|following)\b"
)
_USERS_URL: Final = re.compile(
    r"^https?://api\.(?:twitter|x)\.com/2/users(?:\?|/by\b|/[0-9]+/follow(?:ers|ing)\b)"
)

_ALONG: Final = ("users", "tweets")  # what comes along with the posts of a page

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
    Shape.COMPLIANCE: "is a compliance result: it says which accounts are gone. Apply "
    "it to a study: hcpgraph consent STUDY FILE",
}


def shape_of(head: Head) -> Shape | None:
    """What the file holds, or None if it is nothing of X API v2.

    Objects that say nothing, such as errors in a stream, are passed over. An empty
    list, or pages without results, count as posts.
    """
    objects = json_values.first_objects(head)
    if not objects and json_values.is_empty_list(head):
        return Shape.POSTS
    shapes = [shape for shape in map(_shape_of_object, objects) if shape is not None]
    if shapes:
        return shapes[0]
    return Shape.POSTS if objects and nothing.said_by(objects) else None


def likeness(head: Head, shapes: frozenset[Shape]) -> Likeness:
    """How much the file looks like X API v2 with rows of one of *shapes*."""
    shape = shape_of(head)
    if shape is not None and shape not in shapes:
        return NOTHING_ALIKE
    objects = json_values.first_objects(head)
    if shape is None:
        return _partly(objects, shapes)
    if shape in REFUSED:
        return SURE
    if any(_has_marks(item) for item in objects):
        return _without(objects, ELSEWHERE)
    if shape is Shape.INCLUDES:
        rows = [r for o in objects for of in _ALONG for r in _list(o.get(of))]
        return _of_rows(rows) if rows else NOTHING_ALIKE
    return _of_rows([row for item in objects for row in _rows_of(item)])


def _of_rows(rows: list[Item]) -> Likeness:
    """How much rows without a page around them look like X API v2."""
    strange = next((found for found in map(_strange, rows) if found), None)
    if strange:
        return doubtful(*sorted(strange)[:5])
    # other platforms have users of whom they say no more than an id and a username
    bare = [row for row in rows if "username" in row and not _says_more(row)]
    return lacking("name") if bare and len(bare) == len(rows) else SURE


def _says_more(row: Item) -> bool:
    return bool((USER_MARKS | {"name", "text", "author_id"}) & row.keys())


def _without(objects: list[Item], foreign: frozenset[str]) -> Likeness:
    rows = [row for item in objects for row in _rows_of(item)]
    found = sorted({key for row in rows for key in row.keys() & foreign})
    return doubtful(*found) if found else SURE


def _partly(objects: list[Item], shapes: frozenset[Shape]) -> Likeness:
    """Of objects that lack the keys which tell what they are."""
    rows = [row for item in objects for row in _rows_of(item)]
    if not any("id" in row for row in rows):
        return NOTHING_ALIKE
    wanted = "username" if Shape.USERS in shapes else "text or author_id"
    return lacking(wanted)


def _has_marks(item: Item) -> bool:
    """Whether a page is one of X API v2, whatever its rows are."""
    if "data" not in item:
        return False
    meta = item.get("meta")
    counted = isinstance(meta, dict) and "result_count" in meta
    return counted or bool({"includes", "__twarc"} & item.keys())


def _strange(row: Item) -> set[str]:
    """Keys of a row that X API v2 does not give, unless others show that it is."""
    user = "text" not in row and "author_id" not in row
    known, marks = (USER_KEYS, USER_MARKS) if user else (POST_KEYS, POST_MARKS)
    found = row.keys() - known
    if found and marks & row.keys() and not found & ELSEWHERE:
        return set()
    return set(found)


def _rows_of(item: Item) -> list[Item]:
    data = item.get("data", item if "id" in item else None)
    return _list(data if isinstance(data, list) else [data])


def _list(values: Any) -> list[Item]:
    found = values if isinstance(values, list) else []
    return [value for value in found if isinstance(value, dict) and value]


def check(head: Head, shape: Shape | None) -> None:
    """Refuse what holds neither posts nor people.

    Raises:
        UnknownFormat: with what it is.
    """
    if shape in REFUSED:
        raise UnknownFormat(head.path, REFUSED[shape])


def names_owner(head: Head) -> bool:
    """Whether one of the first pages says whose followers it holds."""
    objects = json_values.first_objects(head)
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


def _url(item: Item) -> str:
    written = item.get("__twarc")
    return str(written.get("url", "")) if isinstance(written, dict) else ""
