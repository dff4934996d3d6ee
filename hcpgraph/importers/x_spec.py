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

INCLUDES: Final[Spec] = {"users": [USER], "tweets": [_PLAIN_POST]}
_WRITER: Final[Spec] = {"url": "VARCHAR"}  # twarc names the address it asked


def literal(spec: Mapping[str, Any]) -> str:
    """The specification as the SQL literal that ``from_json`` takes."""
    return "'" + json.dumps(spec) + "'"


def layouts(row: Spec) -> dict[str, Spec]:
    """What a line is read as, by the kind of line it is.

    Args:
        row: what the rows are, ``POST`` or ``USER``.
    """
    around: Spec = {"includes": INCLUDES, "__twarc": _WRITER}
    return {
        "page": {"data": [row], **around},
        "single": {"data": row, **around},
        "bare": {**row, "__twarc": _WRITER},
        "includes": INCLUDES,
    }


# ``message`` marks what the platform says about a stream, such as an error.
KIND: Final = """case
        when not json_valid(text) then 'broken'
        when json_type(text, '$.data') = 'ARRAY' then 'page'
        when json_type(text, '$.data') = 'OBJECT' then 'single'
        when json_exists(text, '$.id') then 'bare'
        when json_exists(text, '$.users') or json_exists(text, '$.tweets')
            then 'includes'
        when json_exists(text, '$.errors')
            or json_exists(text, '$.title') and json_exists(text, '$.status')
            then 'message'
        when json_exists(text, '$.includes') or json_exists(text, '$.meta') then 'page'
        else 'other' end"""
