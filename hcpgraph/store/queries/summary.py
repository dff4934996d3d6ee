"""What is in a study, counted, and the ledger of unusable rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hcpgraph.store.queries.reading import UNREAD
from hcpgraph.store.sql import records

if TYPE_CHECKING:
    import duckdb


_COUNTS: Final = """
select (select count(*) from account) as accounts,
       (select count(*) from account where native_id is null) as placeholders,
       (select count(*) from post) as posts,
       (select count(*) from source_file) as files,
       (select count(*) from tie where "at" is null) as ties_without_time,
       (select count(distinct area) from post_area)  as areas_with_posts,
       (select strftime(min("at"), '%Y-%m-%dT%H:%M:%SZ') from (
            select "at" from tie union all select created_at from post)) as first,
       (select strftime(max("at"), '%Y-%m-%dT%H:%M:%SZ') from (
            select "at" from tie union all select created_at from post)) as last
"""
_TIES: Final = """
select name, count(*) from tie join layer using (layer) group by name order by name
"""
# What of posts, ties and people is there at all, counted.
_CONTENTS: Final = """
select (select count(*) from tie) as ties,
       (select count(*) from tie where "at" is not null) as timed_ties,
       (select count(*) from post) as posts,
       (select count(text) from post) as texts,
       (select count(created_at) from post) as timed_posts,
       (select count(lang) from post) as languages,
       (select count(*) from post where len(hashtags) > 0) as hashtags,
       (select count(*) from post where len(urls) > 0) as links,
       (select count(*) from post where kind in ('repost', 'quote', 'reply'))
           as answers,
       (select count(*) from post later semi join post first
            on first.platform = later.platform and first.native_id = later.refers_to
        where later.kind in ('repost', 'quote', 'reply')) as originals,
       (select count(distinct post) from post_tie
        where target is null and named is null and refers_to is not null
            and refers_to not in (select native_id from post_name)) as untied,
       count(*) as accounts, count(native_id) as ids, count(handle) as handles,
       count(name) as names, count(bio) as bios, count(followers) as followers,
       count(*) filter (role <> 'unknown') as roles, count(specialty) as specialties,
       count(institution) as institutions, count(country) as countries,
       (select count(*) from registry_match) as npis,
       (select count(area) from tie) + (select count(*) from post_area)
           + (select count(*) from account_area) as areas
from profile
"""
# Whoever is an end of every tie, and of whom least is known: of the others on a list
# of followers there are profiles.
_OWNER: Final = """
select coalesce(native_id, '@' || handle) from account join (
    select account, count(*) as n from (
        select source as account from tie union all select target from tie
    ) group by account
) using (account)
where n = (select count(*) from tie)
order by name is not null, handle is not null, account limit 1
"""
# Who may not be listed has no role here: it would tell why they may not.
_ROLES: Final = """
select case when listable then role else 'unknown' end as role, count(*)
from profile group by 1 order by 1
"""
_PLATFORMS: Final = "select platform, count(*) from account group by all order by all"
_FILES: Final = """
select path, format, platform, sha256, read, accepted, known, rejected, notes
from source_file order by file
"""
# Studies before version 3 know no areas of files.
_HAS_AREAS: Final = "select 1 from duckdb_tables() where table_name = 'file_area'"
_FILE_AREAS: Final = """
select sha256, slug from file_area
join source_file using (file) join area using (area)
"""
_COUNT_FILES: Final = "select area, count(*) as files from file_area group by area"
_NO_FILES: Final = "select null::smallint as area, 0 as files where false"
_AREAS: Final = f"""
select slug, area.name, mesh,
       coalesce(p.posts, 0) as posts, coalesce(a.accounts, 0) as accounts,
       coalesce(t.ties, 0) as ties, origin, f.files
from area
left join ($files) f using (area)
left join (select area, count(*) as posts from post_area group by area) p using (area)
left join (select area, count(*) as accounts from works_in group by area) a using (area)
left join (
    select area, count(*) as ties from (
        select area from tie where area is not null
        union all
        select post_area.area from tie join post_area using (post)
        where tie.area is null
        union all
        select s.area from tie
        join works_in s on s.account = tie.source
        join works_in t on t.account = tie.target and t.area = s.area
        where tie.area is null and ({UNREAD})
    ) group by area
) t using (area)
order by slug
"""


def summarise(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Counts of everything, the files behind them, and the span of time."""
    row = records(connection, _COUNTS)[0]
    areas = connection.execute(
        "select slug from area where area in (select area from post_area"
        " union select area from tie union select area from account_area)"
        " order by slug"
    ).fetchall()
    return {
        "accounts": row["accounts"],
        "placeholders": row["placeholders"],
        "posts": row["posts"],
        "ties": count_layers(connection),
        "ties_without_time": row["ties_without_time"],
        "areas": [slug for (slug,) in areas],
        "roles": dict(connection.execute(_ROLES).fetchall()),
        "platforms": dict(connection.execute(_PLATFORMS).fetchall()),
        "files": read_files(connection),
        "first": row["first"],
        "last": row["last"],
    }


def read_contents(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How much there is of what a ranking needs, by name."""
    return records(connection, _CONTENTS)[0]


def read_owner(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The account that every tie has in common, as on a list of followers."""
    found = connection.execute(_OWNER).fetchone()
    return None if found is None else str(found[0])


def count_layers(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The ties of each layer of which there are any."""
    return dict(connection.execute(_TIES).fetchall())


def read_files(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Every imported file, in the order of import, with its area, if it has one."""
    files = records(connection, _FILES)
    known = _has_file_areas(connection)
    areas = dict(connection.execute(_FILE_AREAS).fetchall()) if known else {}
    return [{**file, "area": areas.get(file["sha256"])} for file in files]


def _has_file_areas(connection: duckdb.DuckDBPyConnection) -> bool:
    return bool(connection.execute(_HAS_AREAS).fetchall())


def count_areas(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Every area with its posts, the accounts that work in it, its ties and files."""
    files = _COUNT_FILES if _has_file_areas(connection) else _NO_FILES
    return records(connection, _AREAS.replace("$files", files))


def area_slugs(
    connection: duckdb.DuckDBPyConnection, *, with_ties: bool = False
) -> tuple[str, ...]:
    """The slugs of all areas, or of those that have ties; sorted."""
    if with_ties:
        return tuple(row["slug"] for row in count_areas(connection) if row["ties"])
    rows = connection.execute("select slug from area order by slug").fetchall()
    return tuple(slug for (slug,) in rows)


def read_rejects(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int, str]]:
    """Every row that no import could use, as (file, line, reason), in file order."""
    found: list[tuple[str, int, str]] = connection.execute(
        "select path, coalesce(line, 0), reason from reject"
        " join source_file using (file) order by file, line, reason"
    ).fetchall()
    return found
