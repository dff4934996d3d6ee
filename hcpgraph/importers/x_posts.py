"""Posts of X API v2, as twarc2, academictwitteR and plain clients save them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.importers import x_ids, x_pages, x_shapes, x_tables, x_ties
from hcpgraph.importers.x_shapes import Shape
from hcpgraph.model.files import FileDescription, Unit

if TYPE_CHECKING:
    from hcpgraph.importers.head import Head
    from hcpgraph.importers.likeness import Likeness
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

_ACCOUNTS = f"select line, $record as record, {x_tables.ACCOUNT} from x_user"


def likeness(head: Head) -> Likeness:
    """How much the file looks like posts of X API v2, or what only that API writes."""
    return x_shapes.likeness(head, frozenset(Shape) - {Shape.USERS})


def describe(head: Head, options: ImportOptions) -> FileDescription:
    """How posts map onto the study: posts, accounts, and the ties between them.

    Raises:
        UnknownFormat: if the file holds counts, lists or deletions, and nobody
            said that they are posts.
    """
    shape = x_shapes.shape_of(head)
    if options.format is None:
        x_shapes.check(head, shape)
    alone = shape is Shape.INCLUDES
    rows = "x_user" if alone else "x_post where record"
    return FileDescription(
        path=head.path,
        format=NAME,
        platform=PLATFORM,
        unit=Unit.ACCOUNTS if alone else Unit.POSTS,
        stage=(*x_tables.stage_posts(head), *x_ties.STAGE),
        queries={
            Unit.ACCOUNTS: _ACCOUNTS.replace("$record", "true" if alone else "false"),
            Unit.POSTS: _POSTS,
            Unit.TIES: x_ties.QUERY,
        },
        rejects=f"{x_pages.rejects(head, rows)} union all {x_tables.UNUSABLE}",
        broken=x_pages.broken(head),
        remarks=f"{x_pages.MESSAGES} union all {x_ties.REMARKS}"
        f" union all {x_ids.REMARKS}",
    )
