"""Posts of X API v2, as twarc2, academictwitteR and plain clients save them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.importers.x_api import ids, pages, shapes, tables, ties
from hcpgraph.importers.x_api.shapes import Shape
from hcpgraph.model.files import FileDescription, RowType

if TYPE_CHECKING:
    from hcpgraph.importers.reading.head import Head
    from hcpgraph.importers.recognition.likeness import Likeness
    from hcpgraph.model.files import ImportOptions

NAME: Final = "x-api-v2"
PLATFORM: Final = "x"

# Every row of the file; of the posts that come along, the first of each.
_POSTS = """
select line, n as place, record, id as native_id, author_id, author_handle, created_at,
    case when reposted is not null then 'repost' when quoted is not null then 'quote'
        when coalesce(replied, reply_to) is not null then 'reply'
        else 'original' end as kind,
    coalesce(reposted, quoted, replied) as refers_to,
    lang, text, hashtags, urls, reposts, replies, likes, quotes, edits
from x_post
where id is not null and author_id is not null
    and (record or n in (select n from x_first))
"""

_ACCOUNTS = f"select line, $record as record, {tables.ACCOUNT} from x_user"


def likeness(head: Head) -> Likeness:
    """How much the file looks like posts of X API v2, or what only that API writes."""
    return shapes.likeness(head, frozenset(Shape) - {Shape.USERS})


def describe(head: Head, options: ImportOptions) -> FileDescription:
    """How posts map onto the study: posts, accounts, and the ties between them.

    Raises:
        UnknownFormat: if the file holds counts, lists or deletions, and nobody
            said that they are posts.
    """
    shape = shapes.shape_of(head)
    if options.format is None:
        shapes.check(head, shape)
    alone = shape is Shape.INCLUDES
    rows = "x_user" if alone else "x_post where record"
    return FileDescription(
        path=head.path,
        format=NAME,
        platform=PLATFORM,
        unit=RowType.ACCOUNTS if alone else RowType.POSTS,
        stage=(*tables.stage_posts(head), *ties.STAGE),
        queries={
            RowType.ACCOUNTS: _ACCOUNTS.replace(
                "$record", "true" if alone else "false"
            ),
            RowType.POSTS: _POSTS,
            RowType.TIES: ties.QUERY,
        },
        rejects=f"{pages.rejects(head, rows)} union all {tables.UNUSABLE}",
        broken=pages.broken(head),
        remarks=f"{pages.MESSAGES} union all {ties.REMARKS} union all {ids.REMARKS}",
    )
