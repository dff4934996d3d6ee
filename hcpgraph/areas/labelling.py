"""Queries that label posts and accounts with disease areas.

They run inside the transaction of an import, after the file's rows are in. The
posts to label are in the temporary table ``new_post``, the accounts in
``touched_account``; labels those had before are replaced. Run ``label_posts``, then
the roles of ``identity``, then ``label_accounts``: what a bio is about is only asked
for accounts that ``identity`` knows as professional and has not closed to lists.

An area of an account is what it posts about or works in, never a condition it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.areas.matching import find_areas
from hcpgraph.model.statements import ROSTERED, IfAny

if TYPE_CHECKING:
    from hcpgraph.model.statements import Statement

# Posts to label, and for a repost the post it repeats, if the study knows it. A
# repost imported before its original is labelled again when the original comes, so
# that the order of files does not matter.
_POSTS: Final = """
create or replace temp table label_post as
with fresh as (
    select distinct post from new_post
), waiting as (
    select repost.post
    from fresh
    join post_name as original using (post)
    join post as repost
        on repost.platform = original.platform
        and repost.refers_to = original.native_id
    where repost.kind = 'repost'
)
select chosen.post, any_value(post.author) as author, min(original.post) as original
from (select post from fresh union select post from waiting) as chosen
join post using (post)
left join (
    select name.post, name.platform, name.native_id
    from post_name as name join post using (post) where kind <> 'repost'
) as original
    -- conditions on one side only keep DuckDB from hashing the join
    on original.platform = post.platform
    and original.native_id = case when post.kind = 'repost' then post.refers_to end
group by chosen.post
"""

# The authors of such reposts have new labels, too.
_AUTHORS: Final = """
insert into touched_account (account)
select distinct author from label_post
where author is not null and author not in (select account from touched_account)
"""

_FORGET_POSTS: Final = """
delete from post_area where post in (select post from label_post)
"""

# A repost of a known post is not read: its own text is cut.
_POST_DOCUMENTS: Final = """
create or replace temp view area_document as
select post as document, text, hashtags
from label_post join post using (post)
where original is null
"""

_LABEL_POSTS: Final = """
insert into post_area (post, area, evidence)
select document, area, evidence from area_found order by document, area
"""

_LABEL_REPOSTS: Final = """
insert into post_area (post, area, evidence)
select label_post.post, area, 'repost of ' || evidence
from label_post join post_area on post_area.post = label_post.original
order by label_post.post, area
"""

label_posts: Final[tuple[str, ...]] = (
    _POSTS,
    _AUTHORS,
    _FORGET_POSTS,
    _POST_DOCUMENTS,
    *find_areas,
    _LABEL_POSTS,
    _LABEL_REPOSTS,
    "drop table area_found",
    "drop table label_post",
)

_FORGET_ACCOUNTS: Final = """
delete from account_area where account in (select account from touched_account)
"""

# How many of an account's posts, reposts included, are about an area, and what part
# of all it posted that is. Evidence: what labelled most of them.
_FROM_POSTS: Final = """
insert into account_area (account, area, source, posts, share, evidence)
with own as (
    select author as account, post from post
    where author in (select account from touched_account)
), total as (
    select account, count(*) as posts from own group by account
), reason as (
    select account, area, evidence, count(*) as posts
    from own join post_area using (post)
    group by account, area, evidence
), chosen as (
    select account, area, sum(posts) as posts,
        first(evidence order by posts desc, evidence) as evidence
    from reason
    group by account, area
)
select account, area, 'posts', chosen.posts, chosen.posts / total.posts, evidence
from chosen join total using (account)
order by account, area
"""

# What a roster says in words: its area column and the specialty.
_ROSTER_DOCUMENTS: Final = """
create or replace temp view area_document as
select person as document, concat_ws(' . ', area, specialty) as text,
    []::varchar[] as hashtags
from person
where person in (
    select person from person_account
    where account in (select account from touched_account)
)
"""

_FROM_ROSTER: Final = """
insert into account_area (account, area, source, evidence)
select account, area, 'roster', min(evidence)
from area_found join person_account on person = document
where account in (select account from touched_account)
group by account, area
order by account, area
"""

# Bios of professionals only. The words of anybody else's bio could be about their
# own health, and so could those of an account that is closed to lists.
_PROFESSIONALS: Final = """
from account
where account in (select account from touched_account)
    and account in (select account from account_role where role <> 'bot')
    and listable is not false
"""
_BIO_DOCUMENTS: Final = f"""
create or replace temp view area_document as
select account as document, concat_ws(' . ', name, bio) as text,
    []::varchar[] as hashtags
{_PROFESSIONALS}
"""

_FROM_BIO: Final = """
insert into account_area (account, area, source, evidence)
select document, area, 'bio', evidence
from area_found
order by document, area
"""

label_accounts: Final[tuple[Statement, ...]] = (
    _FORGET_ACCOUNTS,
    _FROM_POSTS,
    IfAny(
        ROSTERED,
        (_ROSTER_DOCUMENTS, *find_areas, _FROM_ROSTER, "drop table area_found"),
    ),
    IfAny(
        f"select account {_PROFESSIONALS} limit 1",
        (_BIO_DOCUMENTS, *find_areas, _FROM_BIO, "drop table area_found"),
    ),
    "drop table if exists area_anchor",
)
