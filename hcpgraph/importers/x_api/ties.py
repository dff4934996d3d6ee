"""Ties in posts of X API v2: reposts, replies, quotes and mentions.

* A repost ties its author to the author of the original. The people mentioned in
  it were mentioned by the original, so they are of the layer ``mention_in_repost``;
  the reposted person, whom every repost mentions first, is not counted again.
* A reply ties to the person replied to, a quote to the author of the quoted post.
* Every other mention is a mention.

Whose the other post is may stand in another file: such ties name it by its id, and the
store knows when its author is known. It leaves out mentions that the platform makes by
itself and what people do to themselves.
"""

from __future__ import annotations

from typing import Final

from hcpgraph.importers.reading import sql
from hcpgraph.importers.reading.staged_rows import staged_rows
from hcpgraph.model.files import RowType

# What posts do whose author is known. Rows of one post count together as its first.
_USABLE = """
create or replace temp table x_usable as
with acting as (
    select * from x_post where coalesce(reposted, quoted, replied, reply_to) is not null
        or len(mentions) > 0
)
select n, $acts from acting semi join x_first using (n)
union all
select x_first.n, $acts
from (from acting anti join x_first using (n)) join x_first using (id)
"""
_ACTS = "reposted, quoted, replied, reply_to, lead, lead_handle, mentions"

_HANDLES = """
create or replace temp table x_handle as
select lower(person.username) as handle, min(id) as id from x_user group by all
"""

# An id-less handle that no platform allows is nobody's.
_MENTIONS = """
create or replace temp table x_mention as
select n, coalesce(mention.id, x_handle.id) as id, min(mention.handle) as handle,
    bool_or(mention.start = 3 and reposted is not null) as lead,
    bool_or(reposted is not null) as in_repost
from (select n, reposted, unnest(mentions) as mention from x_usable)
left join x_handle on x_handle.handle = lower(mention.handle)
where mention.id is not null or regexp_full_match(mention.handle, '[A-Za-z0-9_]{1,30}')
group by n, coalesce(mention.id, x_handle.id),
    case when mention.id is null and x_handle.id is null then lower(mention.handle) end
"""

# A repost may be of a deleted post; its text still says who wrote it.
_TIES = """
create or replace temp table x_tie as
with tie as (
    select distinct n, 'repost' as layer, reposted as refers_to,
        coalesce(lead.id, named.id) as target_id,
        coalesce(lead.handle, lead_handle) as target_handle
    from x_usable
    left join x_handle as named
        on named.handle = lower(coalesce(lead.handle, lead_handle))
    where reposted is not null
    union all
    select distinct n, 'reply', case when reply_to is null then replied end, reply_to,
        null
    from x_usable
    where reposted is null and coalesce(reply_to, replied) is not null
    union all
    select distinct n, 'quote', quoted, null, null from x_usable
    where reposted is null and quoted is not null
    union all
    select n, case when in_repost then 'mention_in_repost' else 'mention' end, null,
        id, handle
    from x_mention where not lead
)
select tie.*, line, x_post.id as post_id, author_id, author_handle, created_at
from tie join x_post using (n)
"""

STAGE: Final = (sql.fill(_USABLE, acts=_ACTS), _HANDLES, _MENTIONS, _TIES)

QUERY: Final = staged_rows(
    RowType.TIES,
    {
        "record": "false",
        "source_id": "author_id",
        "source_handle": "author_handle",
        "at": "created_at",
        "weight": "1.0::double",
        **{
            name: name
            for name in (
                *("line", "target_id", "target_handle", "layer", "post_id"),
                "refers_to",
            )
        },
    },
    "x_tie",
)

REMARKS: Final = """
select format('{:d} posts have no time that can be read: they count in every period',
    count(*))
from x_post semi join x_first using (n)
where author_id is not null and created_at is null having count(*) > 0
"""
