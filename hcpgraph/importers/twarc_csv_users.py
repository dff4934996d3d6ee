"""Tables of users that twarc-csv makes: followers, following, or a plain list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading import conversions, delimited, id_mending, sql
from hcpgraph.importers.x_api import users
from hcpgraph.importers.x_api.shapes import FOLLOW_URL
from hcpgraph.model.files import FileDescription

if TYPE_CHECKING:
    from hcpgraph.importers.reading.delimited import Header
    from hcpgraph.importers.reading.head import Head
    from hcpgraph.model.files import ImportOptions

_CELLS: Final = {
    "id": "id",
    "username": "username",
    "name": "name",
    "description": "description",
    "location": "location",
    "verified": "verified",
    "created": "created_at",
    "followers": "public_metrics.followers_count",
    "following": "public_metrics.following_count",
    "posts": "public_metrics.tweet_count",
    "url": "__twarc.url",
}

_BAD = """
create or replace temp table unusable as
select line, reason from (
    select line, $reason as reason from raw where broken is null
) where reason is not null
"""

# The same shape as a user of the API, so that both are read alike from here on.
_ROWS = """
    select line, url, {
        'id': id, 'username': username, 'name': name,
        'description': replace(description, '\\n', chr(10)), 'location': location,
        'verified': try_cast(verified as boolean), 'created_at': created,
        'public_metrics': {
            'followers_count': try_cast(followers as bigint),
            'following_count': try_cast(following as bigint),
            'tweet_count': try_cast(posts as bigint)
        }
    } as row
    from raw anti join unusable using (line)
    where broken is null
"""


def recognises(header: Header) -> bool:
    """Whether a header is that of a table of users."""
    names = set(header.folded)
    return {"id", "username"} <= names and bool(
        {"twarcurl", "publicmetricsfollowerscount"} & names
    )


def describe(
    head: Head, header: Header, options: ImportOptions, *, name: str
) -> FileDescription:
    """How such a table maps onto the study."""
    named = any(re.search(FOLLOW_URL[1:], line) for line in head.lines()[1:])
    bad = sql.fill(_BAD, reason=conversions.id_reason("id", "id"))
    return users.description(
        head,
        options,
        name=name,
        names_owner=named,
        stage=(
            *delimited.stage_named(head, header, _CELLS),
            *id_mending.mend(("id",)),
            bad,
            users.users(_ROWS, options),
        ),
        rejects=f"{delimited.rejects(header)} union all from unusable",
        remarks=id_mending.remarks(("id",)),
    )
