"""From staged rows to posts, ties and people: the second half of every import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.model.files import RowType
from hcpgraph.store.ingest.resolving import AFFECTED, make_ties
from hcpgraph.store.sql import execute, number

if TYPE_CHECKING:
    import duckdb

# A disease area named by a file is one the study knows, by slug or name, or a new
# one without terms.
_SLUG: Final = (
    "trim(regexp_replace(lower(strip_accents({column})), '[^a-z0-9]+', '-', 'g'), '-')"
)
_NEW_AREAS: Final = f"""
insert into area (area, slug, name, origin)
select (select coalesce(max(area), -1) from area)
       + row_number() over (order by slug), slug, min(name), 'file'
from (select {_SLUG.format(column="area")} as slug, trim(area) as name
      from staged_ties where area is not null)
where slug <> '' and slug not in (select slug from area)
  and slug not in (select {_SLUG.format(column="name")} from area)
group by slug
"""
_AREA_NUMBER: Final = f"""
create temp table area_number as
select said.area as name, min(known.area) as area
from (select distinct area from staged_ties where area is not null) said
join (select area, slug from area
      union all select area, {_SLUG.format(column="name")} from area) known
  on known.slug = {_SLUG.format(column="said.area")}
group by said.area
"""

# A post stands once however often the file holds it: with a text before one that is
# known by its id alone, of an edited post the newest version, a row of the file itself
# before one that came along, then the first line. What is long is left where it is
# staged until it is written.
_ORDER: Final = """(
            ((p.text is null)::bigint << 40) - (coalesce(edit.place, 0) << 1)
                + (not record)::bigint, line, p.place)"""
_POSTS: Final = f"""
create temp table numbered_post as
with first as (
    select p.rowid as place, coalesce(edit.first, native_id) as origin, native_id,
           author_id, author_handle, created_at, record, text is not null as has_text,
           coalesce(edit.place, 0) as version
    from staged_posts p left join edit using (native_id)
    where p.rowid in (
        select arg_min(p.rowid, {_ORDER})
        from staged_posts p left join edit using (native_id)
        group by coalesce(edit.first, native_id))
)
select first.place, first.origin,
       coalesce(known.post, (select coalesce(max(post), -1) from post)
           + row_number() over (
               partition by known.post is null
               order by first.created_at nulls last, first.native_id)) as post,
       known.post is null as fresh,
       known.post is not null and first.has_text
           and (known.text is null or first.version > known.version) as fuller,
       coalesce(by_id.account, by_handle.account) as author, first.record
from first
left join (
    select post, text, coalesce(edit.first, native_id) as origin,
           coalesce(edit.place, 0) as version
    from post left join edit using (native_id) where platform = $platform
) known on known.origin = first.origin
left join id_number by_id on first.author_id = by_id.native_id
left join handle_number by_handle
  on by_handle.handle
     = case when first.author_id is null then lower(first.author_handle) end
"""
_COLUMNS: Final = """
select n.post, $platform as platform, p.native_id, n.author, p.created_at, p.kind,
       p.refers_to, p.lang, p.text, p.hashtags, p.urls, p.reposts, p.replies, p.likes,
       p.quotes, $file as file
"""
_WRITTEN: Final = f"""
{_COLUMNS} from staged_posts p join numbered_post n on n.place = p.rowid
"""
_INSERT_POSTS: Final = f"insert into post by name {_WRITTEN} where n.fresh"
# A post that so far was only named by id gives way to one that brings its text.
_STUBS: Final = """
insert into post_again by name
select post.* from post semi join (from numbered_post where fuller) using (post)
"""
_DROP_STUBS: Final = (
    "delete from post where post in (select post from numbered_post where fuller)"
)
_FULLER: Final = f"insert into post by name {_WRITTEN} where n.fuller"
_INSERT_AGAIN: Final = (
    f"insert into post_again by name {_WRITTEN} where not n.fresh and not n.fuller"
)
# Other versions of a post in the same file.
_INSERT_VERSIONS: Final = f"""
insert into post_again by name
{_COLUMNS}
from staged_posts p join edit using (native_id)
join numbered_post n on n.origin = edit.first
where p.rowid in (
    select arg_min(p.rowid, {_ORDER})
    from staged_posts p join edit using (native_id) group by native_id)
  and p.native_id <> (select native_id from staged_posts where rowid = n.place)
"""
_NEW_POSTS: Final = """
create temp table new_post as
select post from numbered_post where fresh or fuller union select post from contested
"""

# Ties of a post, and standing ties, are facts: said twice they are still one. Other
# rows without a post are counts, and repeated rows of one file add up.
FACTS: Final = ("follow", "connection")
# A handle beside the post that is referred to is only needed if that is not in the
# study.
_TIES: Final = f"""
create temp table numbered_tie as
with numbered as (
    select coalesce(si.account, sh.account) as source,
           coalesce(ti.account, th.account) as target,
           layer.layer, t."at", n.post, t.weight, area_number.area, t.record,
           case when n.post is not null then edit.native_id end as version,
           t.refers_to,
           case when t.refers_to is not null and t.target_id is null
               then lower(t.target_handle) end as named,
           t.post_id is not null or t.layer in {FACTS} as fact
    from staged_ties t
    join layer on layer.name = t.layer
    left join id_number si on t.source_id = si.native_id
    left join handle_number sh
      on sh.handle = case when t.source_id is null then lower(t.source_handle) end
    left join id_number ti on t.target_id = ti.native_id
    left join handle_number th
      on th.handle = case when t.target_id is null and t.refers_to is null
             then lower(t.target_handle) end
    left join edit on edit.native_id = t.post_id
    left join numbered_post n on n.origin = coalesce(edit.first, t.post_id)
    left join area_number on t.area = area_number.name
)
select source, target, layer, "at", post, area, version, refers_to, named,
       case when fact then max(weight)
            else list_sum(list_sort(list(weight) filter (not fact))) end as weight,
       case when fact then least(count(*) filter (record), 1)
            else count(*) filter (record) end as rows_used
from numbered
group by source, target, layer, "at", post, area, version, refers_to, named, fact
"""
# Nobody pays attention to themselves: such rows make no tie, but their accounts stay.
_SELF_TIES: Final = "select count(*) from numbered_tie where source = target"
_DROP_SELF_TIES: Final = "delete from numbered_tie where source = target"
_SAME_TIE: Final = """
    tie.source = n.source and tie.target = n.target and tie.layer = n.layer
    and tie."at" is not distinct from n."at" and tie.post is not distinct from n.post
    and tie.area is not distinct from n.area
"""
# Those of posts are compared only where they are rows, to count them.
_KNOWN_TIES: Final = f"""
create temp table known_tie as
select n.* from (from numbered_tie where post is null or rows_used > 0) n
semi join tie on {_SAME_TIE}
"""
_INSERT_TIES: Final = f"""
insert into tie by name
select source, target, layer, "at", post, weight, area, $file as file
from (from numbered_tie where post is null) n anti join known_tie tie on {_SAME_TIE}
"""
_INSERT_TIES_AGAIN: Final = """
insert into tie_again by name
select source, target, layer, "at", post, weight, area, $file as file
from known_tie where post is null
"""
_INSERT_POST_TIES: Final = """
insert into post_tie by name
select post, version, source, layer, target, refers_to, named, "at", weight, area,
       rows_used > 0 as stated, $file as file
from numbered_tie where post is not null
"""

_PEOPLE: Final = """
create temp table numbered_person as
select (select coalesce(max(person), -1) from person)
       + row_number() over (order by p.line) as person,
       coalesce(by_id.account, by_handle.account) as account, p.*
from staged_people p
left join id_number by_id on p.native_id = by_id.native_id
left join handle_number by_handle
  on by_handle.handle = case when p.native_id is null then lower(p.handle) end
"""
_INSERT_PEOPLE: Final = (
    "insert into person by name select person, $file as file, line, name, role,"
    " specialty, institution, country, region, area, listable from numbered_person",
    "insert into person_account (person, account)"
    " select person, account from numbered_person",
    "insert into registry_match by name select account, 'npi' as registry,"
    " npi as number, min(match_basis) as match_basis, $file as file"
    " from numbered_person where npi is not null group by account, npi",
    "insert into touched_account (account) select account from numbered_person",
)


def write_posts(
    connection: duckdb.DuckDBPyConnection, *, file: int, platform: str
) -> None:
    """Write the staged posts, each once, and list those to label in ``new_post``."""
    execute(connection, _POSTS, {"platform": platform})
    for statement in (
        _INSERT_POSTS,
        _STUBS,
        _DROP_STUBS,
        _FULLER,
        _INSERT_AGAIN,
        _INSERT_VERSIONS,
    ):
        execute(connection, statement, {"file": file, "platform": platform})
    connection.execute(_NEW_POSTS)
    connection.execute(
        "insert into touched_account (account)"
        " select distinct author from numbered_post where fresh or fuller"
    )


def write_ties(
    connection: duckdb.DuckDBPyConnection, *, file: int, platform: str
) -> int:
    """Write the staged ties that the study does not hold yet.

    Those of posts are made of what all files say; ``aimed`` is left of that.

    Returns:
        How many ties were left out, as they tie an account to itself.
    """
    connection.execute(_NEW_AREAS)
    connection.execute(_AREA_NUMBER)
    connection.execute(_TIES)
    left_out = number(connection, _SELF_TIES)
    connection.execute(_DROP_SELF_TIES)
    connection.execute(_KNOWN_TIES)
    for statement in AFFECTED:
        execute(connection, statement, {"file": file, "platform": platform})
    for statement in (_INSERT_TIES, _INSERT_TIES_AGAIN, _INSERT_POST_TIES):
        execute(connection, statement, {"file": file})
    make_ties(connection, platform=platform)
    return left_out


def write_people(connection: duckdb.DuckDBPyConnection, *, file: int) -> None:
    """Write the staged roster rows and whose accounts they are."""
    connection.execute(_PEOPLE)
    for statement in _INSERT_PEOPLE:
        execute(connection, statement, {"file": file})


# Rows of the file that brought something the study did not have.
_ACCEPTED: Final = {
    RowType.TIES: """
        select coalesce(sum(rows_used), 0)
               - (select coalesce(sum(rows_used), 0) from known_tie)
        from numbered_tie""",
    RowType.POSTS: """
        select count(*) from numbered_post where record and (fresh or fuller)""",
    RowType.ACCOUNTS: """
        select count(*) from (
            select native_id, handle from staged_accounts where record group by all
        ) said
        left join id_number by_id on said.native_id = by_id.native_id
        left join handle_number by_handle
          on by_handle.handle
             = case when said.native_id is null then lower(said.handle) end
        join (
            select * from account_seen fresh where file = $file and not exists (
                select 1 from account_seen old where old.file <> $file
                and old.account = fresh.account
                and (old.handle, old.name, old.bio, old.followers)
                    is not distinct from
                    (fresh.handle, fresh.name, fresh.bio, fresh.followers))
        ) fresh on fresh.account = coalesce(by_id.account, by_handle.account)""",
    RowType.PEOPLE: """
        select count(*) from (
            select account, name, role, specialty, institution, country, region, area
            from numbered_person group by all
            except
            select account, name, role, specialty, institution, country, region, area
            from person join person_account using (person) where file <> $file
        )""",
}


def count_accepted(
    connection: duckdb.DuckDBPyConnection, unit: RowType, *, file: int
) -> int:
    """How many rows of the file, which counts in *unit*, brought something new."""
    return number(connection, _ACCEPTED[unit], {"file": file})
