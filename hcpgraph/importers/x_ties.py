"""Who pays attention to whom in posts of X API v2.

* A repost ties its author to the author of the original. The people mentioned in
  it were mentioned by the original, so they are of the layer ``mention_in_repost``;
  the reposted person, whom every repost mentions first, is not counted again.
* A reply ties to the person replied to, whom the platform mentions by itself: that
  mention is not counted again.
* A quote ties to the author of the quoted post.
* Every other mention is a mention. Nobody is tied to themselves.
"""

from __future__ import annotations

from typing import Final

# Each post once, if it is known whose it is.
_USABLE = """
create or replace temp view x_usable as
select * from x_post
where n in (select n from x_first) and id is not null and author_id is not null
"""

_HANDLES = """
create or replace temp table x_handle as
select lower(person.username) as handle, min(id) as id from x_user group by all
"""

# Who wrote the posts that others refer to, as far as they are in the file.
_AUTHORS = """
create or replace temp table x_author as
select id, author_id from x_first
where id in (
    select reposted from x_post union all select quoted from x_post
    union all select replied from x_post)
"""

# Posts that refer to another or answer somebody, and to whom that is attention.
_ACTS = """
create or replace temp table x_act as
select n, reposted, quoted, replied,
    coalesce(original.author_id, lead.id, named.id) as repost_id,
    case when original.author_id is null
        then coalesce(lead.handle, lead_handle) end as repost_handle,
    quotation.author_id as quote_id,
    coalesce(reply_to, parent.author_id) as reply_id
from x_usable
left join x_author as original on original.id = reposted
left join x_author as quotation
    on quotation.id = case when reposted is null then quoted end
left join x_author as parent
    on parent.id = case when reposted is null then replied end
left join x_handle as named
    on named.handle = lower(coalesce(lead.handle, lead_handle))
where coalesce(reposted, quoted, replied, reply_to) is not null
"""

_MENTIONS = """
create or replace temp table x_mention as
select n, coalesce(mention.id, x_handle.id) as id, min(mention.handle) as handle,
    bool_or(mention.start = 3 and reposted is not null) as lead
from (select n, reposted, unnest(mentions) as mention from x_usable)
left join x_handle on x_handle.handle = lower(mention.handle)
where mention.id is not null or mention.handle is not null
group by n, coalesce(mention.id, x_handle.id),
    case when mention.id is null and x_handle.id is null then lower(mention.handle) end
"""

_TIES = """
create or replace temp table x_tie as
with tie as (
    select n, 'repost' as layer, repost_id as target_id, repost_handle as target_handle
    from x_act where repost_id is not null or repost_handle is not null
    union all
    select n, 'reply', reply_id, null from x_act
    where reply_id is not null and reposted is null
    union all
    select n, 'quote', quote_id, null from x_act where quote_id is not null
    union all
    select n, case when reposted is null then 'mention' else 'mention_in_repost' end,
        x_mention.id, x_mention.handle
    from x_mention left join x_act using (n)
    where case
        when reposted is not null then not lead
            and coalesce(x_mention.id != repost_id, true)
            and coalesce(lower(x_mention.handle) != lower(repost_handle), true)
        else coalesce(x_mention.id != reply_id, true) end
)
select tie.*, line, record, x_post.id as post_id, author_id, author_handle, created_at,
    coalesce(target_id = author_id, lower(target_handle) = lower(author_handle), false)
        as to_oneself
from tie join x_post using (n)
"""

STAGE: Final = (_USABLE, _AUTHORS, _HANDLES, _ACTS, _MENTIONS, _TIES)

QUERY: Final = """
select line, false as record, author_id as source_id, author_handle as source_handle,
    target_id, target_handle, layer, created_at as "at", post_id,
    1.0::double as weight, null::varchar as area
from x_tie where not to_oneself
"""

REMARKS: Final = """
select format('{:d} posts refer to posts that are not in the file, so nobody knows '
    'whom they {}: they make no such tie', count(*), act)
from (
    select 'repost' as act from x_act
    where reposted is not null and repost_id is null and repost_handle is null
    union all select 'quote' from x_act
    where quoted is not null and reposted is null and quote_id is null
    union all select 'reply to' from x_act
    where replied is not null and reposted is null and reply_id is null
)
group by act
union all
select format('{:d} ties of accounts to themselves, as in threads, are left out',
    count(*))
from x_tie where to_oneself having count(*) > 0
union all
select format('{:d} posts have no time that can be read: they count in every period',
    count(*))
from x_usable where created_at is null having count(*) > 0
"""
