"""Who may be listed, as views: one class, whatever puts somebody in it.

An account is closed to lists by its own words, by those of a roster, or by hand; a
correction by hand opens it again, whatever closed it. What is looked up of those who
are closed does not differ by that: they have no role, and work in no area by what a bio
or a roster says of them.
"""

from __future__ import annotations

from typing import Final

UNLISTED: Final = """
    select account from account where not listable and account not in (
        select account from correction where field = 'hidden' and value = 'no')
    union
    select account from correction where field = 'hidden' and value <> 'no'
"""
_UNLISTED: Final = "create or replace {kind} view unlisted as" + UNLISTED
_PROFILE: Final = """
create or replace {kind} view profile as
    select a.account, a.platform, a.native_id, a.handle,
           coalesce(by_hand.name, r.name, a.name) as name,
           a.bio, a.location, a.followers, a.following, a.posts, a.verified,
           a.created_at,
           case when coalesce(by_hand.hidden = 'no', a.listable)
                then coalesce(by_hand.role, of_roster.role, of_bio.role, 'unknown')
                else 'unknown' end as role,
           r.specialty, r.institution, r.country, r.region,
           coalesce(by_hand.hidden = 'no', a.listable) as listable
    from account a
    left join roster r using (account)
    left join (select account, min(role) as role from account_role
               where source = 'roster' group by account) of_roster using (account)
    left join (select account, min(role) as role from account_role
               where source = 'bio' group by account) of_bio using (account)
    left join (select account,
                      max(value) filter (field = 'role') as role,
                      max(value) filter (field = 'name') as name,
                      max(value) filter (field = 'hidden') as hidden
               from correction group by account) by_hand using (account)
"""
_WORKS_IN: Final = """
create or replace {kind} view works_in as
    select distinct account, area from account_area
    where (source in ('roster', 'bio')
           and account not in (select account from unlisted))
       or source = 'file' or (posts >= {posts} and share >= {share})
"""


def views(*, posts: int, share: float, lasting: bool = True) -> tuple[str, ...]:
    """The statements that make them.

    Args:
        posts: so many posts about an area show that somebody works in it,
        share: if they are such a part of all posts.
        lasting: in the study; else for the connection alone, before those of an
            older study that is read as it stands.
    """
    kind = "" if lasting else "temp"
    made = (_UNLISTED, _PROFILE, _WORKS_IN)
    return tuple(one.format(kind=kind, posts=posts, share=share) for one in made)
