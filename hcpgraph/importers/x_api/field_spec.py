"""What is read of the objects of X API v2; every other key is ignored.

Posts and users come in two layouts that are read as one: in pages, where a post
names its people by id and ``includes`` holds them, and flattened, where each post
carries whole users and posts inside it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

Spec = dict[str, Any]

USER: Final[Spec] = {
    "id": "VARCHAR",
    "username": "VARCHAR",
    "name": "VARCHAR",
    "description": "VARCHAR",
    "location": "VARCHAR",
    "verified": "BOOLEAN",
    "created_at": "VARCHAR",
    "public_metrics": {
        "followers_count": "BIGINT",
        "following_count": "BIGINT",
        "tweet_count": "BIGINT",
    },
}

_PLAIN_POST: Final[Spec] = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "note_tweet": {"text": "VARCHAR"},
    "author_id": "VARCHAR",
    "author": USER,
    "created_at": "VARCHAR",
    "lang": "VARCHAR",
    "edit_history_tweet_ids": ["VARCHAR"],
    "in_reply_to_user_id": "VARCHAR",
    "in_reply_to_user": USER,
    "referenced_tweets": [{"type": "VARCHAR", "id": "VARCHAR"}],
    "entities": {
        "mentions": [{"start": "BIGINT", **USER}],
        "hashtags": [{"tag": "VARCHAR"}],
        "urls": [{"url": "VARCHAR", "expanded_url": "VARCHAR"}],
    },
    "public_metrics": {
        "retweet_count": "BIGINT",
        "reply_count": "BIGINT",
        "like_count": "BIGINT",
        "quote_count": "BIGINT",
    },
}

POST: Final[Spec] = {
    **_PLAIN_POST,
    "referenced_tweets": [{"type": "VARCHAR", **_PLAIN_POST}],
}

# Posts of a page, where people are ids and a post that is referred to is one, too.
# What only flattened posts hold is kept as it is, to tell whether one is among them.
SLIM_POST: Final[Spec] = {
    **_PLAIN_POST,
    "author": "JSON",
    "in_reply_to_user": "JSON",
    "referenced_tweets": [
        {"type": "VARCHAR", "id": "VARCHAR", "author_id": "JSON", "author": "JSON"}
    ],
    "entities": {
        **_PLAIN_POST["entities"],
        "mentions": [
            {"start": "BIGINT", "id": "VARCHAR", "username": "VARCHAR", "name": "JSON"}
        ],
    },
}

INCLUDES: Final[Spec] = {"users": [USER], "tweets": [_PLAIN_POST]}
_WRITER: Final[Spec] = {"url": "VARCHAR"}  # twarc names the address it asked


def literal(spec: Mapping[str, Any]) -> str:
    """The specification as the SQL literal that ``from_json`` takes."""
    return "'" + json.dumps(spec) + "'"


def columns(spec: Spec) -> str:
    """The specification as the columns that DuckDB's reader of JSON takes.

    >>> columns({"id": "VARCHAR", "urls": ["VARCHAR"]})
    "{'id': 'VARCHAR', 'urls': 'VARCHAR[]'}"
    """
    each = (f"'{name}': '{type_of(value)}'" for name, value in spec.items())
    return "{" + ", ".join(each) + "}"


def type_of(value: Any) -> str:
    """The type of a value in DuckDB's words.

    >>> type_of([{"id": "VARCHAR"}])
    'STRUCT("id" VARCHAR)[]'
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return f"{type_of(value[0])}[]"
    fields = (f'"{name}" {type_of(field)}' for name, field in value.items())
    return f"STRUCT({', '.join(fields)})"


def layouts(row: Spec) -> dict[str, Spec]:
    """What a line is read as, by the kind of line it is.

    Args:
        row: what the rows are, ``POST``, ``SLIM_POST`` or ``USER``.
    """
    includes = {**INCLUDES, "tweets": [row]} if row is SLIM_POST else INCLUDES
    around: Spec = {"includes": includes, "__twarc": _WRITER}
    return {
        "page": {"data": [row], **around},
        "single": {"data": row, **around},
        "bare": {**row, "__twarc": _WRITER},
        "includes": INCLUDES,
    }


# ``message`` marks what the platform says about a stream, such as an error.
KIND: Final = """case
        when text is null or not json_valid(text) then 'broken'
        when json_type(text, '$.data') = 'ARRAY' then 'page'
        when json_type(text, '$.data') = 'OBJECT' then 'single'
        when json_exists(text, '$.id') then 'bare'
        when json_exists(text, '$.users') or json_exists(text, '$.tweets')
            then 'includes'
        when json_exists(text, '$.errors')
            or json_exists(text, '$.title') and json_exists(text, '$.status')
            then 'message'
        when json_exists(text, '$.includes')
            or json_exists(text, '$.meta.result_count') then 'page'
        else 'other' end"""
