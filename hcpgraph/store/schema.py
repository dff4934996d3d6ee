"""The tables of a study, and the steps from one version of them to the next.

A column never changes its meaning; what changes is a new step in ``MIGRATIONS``.
Numbers (account, post, file, area) are the study's own and dense; ids are the
platforms'. Big tables carry no index: DuckDB scans and hashes them faster than it
would keep an index up to date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import duckdb

from hcpgraph.errors import NewerStudy, NotAStudy, StoreError
from hcpgraph.model.names import LAYERS
from hcpgraph.store import listing_views, policy_tables
from hcpgraph.store.sql import number

if TYPE_CHECKING:
    from pathlib import Path

_FILES: Final = """
create table source_file (
    file integer primary key,
    path varchar not null,
    sha256 varchar not null unique,
    format varchar not null,
    platform varchar not null,
    bytes bigint not null,
    read bigint not null,
    accepted bigint not null,
    known bigint not null,
    rejected bigint not null,
    notes varchar[] not null,
    imported_at timestamp not null
);
create table reject (file integer not null, line bigint, reason varchar not null);
"""

# An account without native_id is a placeholder: known by its handle alone.
# account_seen keeps what each file said, so that a file can be taken back out.
_ACCOUNTS: Final = """
create table account (
    account integer not null,
    platform varchar not null,
    native_id varchar,
    handle varchar,
    name varchar,
    bio varchar,
    location varchar,
    followers bigint,
    following bigint,
    posts bigint,
    verified boolean,
    created_at timestamp,
    listable boolean not null default true
);
create table account_seen (
    account integer not null,
    file integer not null,
    handle varchar,
    name varchar,
    bio varchar,
    location varchar,
    followers bigint,
    following bigint,
    posts bigint,
    verified boolean,
    created_at timestamp
);
create table account_role (
    account integer not null, role varchar not null,
    source varchar not null, evidence varchar
);
create table correction (
    account integer not null, field varchar not null, value varchar not null,
    primary key (account, field)
);
"""

_POST_COLUMNS: Final = """
    post integer not null,
    platform varchar not null,
    native_id varchar not null,
    author integer not null,
    created_at timestamp,
    kind varchar not null,
    refers_to varchar,
    lang varchar,
    text varchar,
    hashtags varchar[],
    urls varchar[],
    reposts bigint,
    replies bigint,
    likes bigint,
    quotes bigint,
    file integer not null
"""

_TIE_COLUMNS: Final = """
    source integer not null,
    target integer not null,
    layer tinyint not null,
    "at" timestamp,
    post integer,
    weight float not null,
    area smallint,
    file integer not null
"""

# post and tie hold each post and each tie once, as the first file brought it.
# What a later file brings again waits in post_again and tie_again, and takes the
# place of the first if that file is taken back out. Nothing else reads them.
_POSTS_AND_TIES: Final = f"""
create table post ({_POST_COLUMNS});
create table post_again ({_POST_COLUMNS});
create table tie ({_TIE_COLUMNS});
create table tie_again ({_TIE_COLUMNS});
create table layer (layer tinyint primary key, name varchar not null unique);
"""

_PEOPLE: Final = """
create table person (
    person integer not null,
    file integer not null,
    line bigint,
    name varchar,
    role varchar,
    specialty varchar,
    institution varchar,
    country varchar,
    region varchar,
    area varchar,
    listable boolean
);
create table person_account (person integer not null, account integer not null);
create table registry_match (
    account integer not null, registry varchar not null, number varchar not null,
    match_basis varchar not null, file integer not null
);
"""

_AREAS: Final = """
create table area (
    area smallint primary key,
    slug varchar not null unique,
    name varchar not null,
    mesh varchar,
    origin varchar not null
);
create table area_term (
    area smallint not null, kind varchar not null, term varchar not null
);
create table post_area (
    post integer not null, area smallint not null, evidence varchar
);
create table account_area (
    account integer not null, area smallint not null, source varchar not null,
    posts integer, share double, evidence varchar
);
"""

# Someone works in an area if a roster or their own bio says so, or if they post
# about it more than in passing. A follow belongs to the areas both ends work in.
WORKS_POSTS: Final = 2
WORKS_SHARE: Final = 0.1

_VIEWS: Final = f"""
create view works_in as
    select distinct account, area from account_area
    where source in ('roster', 'bio')
       or (posts >= {WORKS_POSTS} and share >= {WORKS_SHARE});
create view roster as
    select account,
           arg_max(person.name, (file, line)) as name,
           arg_max(person.specialty, (file, line)) as specialty,
           arg_max(person.institution, (file, line)) as institution,
           arg_max(person.country, (file, line)) as country,
           arg_max(person.region, (file, line)) as region
    from person join person_account using (person)
    group by account;
create view profile as
    select a.account, a.platform, a.native_id, a.handle,
           coalesce(by_hand.name, r.name, a.name) as name,
           a.bio, a.location, a.followers, a.following, a.posts, a.verified,
           a.created_at,
           coalesce(by_hand.role, of_roster.role, of_bio.role, 'unknown') as role,
           r.specialty, r.institution, r.country, r.region,
           a.listable and coalesce(by_hand.hidden, 'no') = 'no' as listable
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
               from correction group by account) by_hand using (account);
"""

# Posts refer to posts by id, in whatever file those come; an edited post has several.
# post_tie keeps what every file says of the ties of its posts: whom a post attends to
# (target), or which post it refers to and, if that is not in the study, the handle it
# names (named). The ties of posts in tie follow from it; tie_again holds none.
# version is null as long as a post has one, stated is true for rows of a table of ties.
_REFERENCES: Final = """
create table post_edit (
    platform varchar not null,
    native_id varchar not null,
    first varchar not null,
    file integer not null
);
create table post_tie (
    post integer not null,
    version varchar,
    source integer not null,
    layer tinyint not null,
    target integer,
    refers_to varchar,
    named varchar,
    "at" timestamp,
    weight float not null,
    area smallint,
    stated boolean not null,
    file integer not null
);
create view post_name as
    select platform, native_id, post from post
    union all
    select distinct other.platform, other.native_id, post.post
    from post
    join post_edit own using (platform, native_id)
    join post_edit other
      on other.platform = own.platform and other.first = own.first
    where other.native_id <> post.native_id;
"""

# What version 1 knew: a placeholder that is reposted was named in the text alone, and
# a post that refers to another without a tie of that kind waits for the other. Ties of
# an account to itself count no more.
_KNOWN_REFERENCES: Final = """
insert into post_tie (
    post, version, source, layer, target, refers_to, named, "at", weight, area,
    stated, file)
select post, null, source, layer, case when not by_name then target end,
       case when refers then refers_to end, case when by_name then handle end,
       "at", weight, area, stated, file
from (
    select said.*, post.refers_to, lower(account.handle) as handle,
           format = 'ties' as stated,
           layer.name = 'repost' and post.kind = 'repost'
               and post.refers_to is not null as refers,
           refers and account.native_id is null as by_name
    from (select * from tie union all select * from tie_again) said
    join (select post, kind, refers_to from post) post on post.post = said.post
    join layer on layer.layer = said.layer
    join account on account.account = said.target
    join source_file on source_file.file = said.file
);
insert into post_tie (
    post, version, source, layer, target, refers_to, named, "at", weight, area,
    stated, file)
select said.post, null, said.author, layer.layer, null, said.refers_to, null,
       said.created_at, 1, null, false, said.file
from (select * from post union all select * from post_again) said
join layer on layer.name = said.kind
anti join post_tie known
  on known.post = said.post and known.file = said.file and known.layer = layer.layer
where said.refers_to is not null;
delete from tie_again where post in (select post from post);
delete from tie where source = target;
delete from tie_again where source = target;
"""

# A file may be of one area as a whole: then its accounts work in the area, and its
# posts are about it. The accounts stand in account_area with the file that names them.
_AREAS_OF_FILES: Final = f"""
create table file_area (file integer not null, area smallint not null);
alter table account_area add column file integer;
create or replace view works_in as
    select distinct account, area from account_area
    where source in ('roster', 'bio', 'file')
       or (posts >= {WORKS_POSTS} and share >= {WORKS_SHARE});
"""

_LAYERS: Final = "insert into layer (layer, name) values " + ", ".join(
    f"({code}, '{name}')" for code, name in enumerate(LAYERS)
)

# One entry per version: what turns version i into version i + 1.
MIGRATIONS: Final = (
    (_FILES, _ACCOUNTS, _POSTS_AND_TIES, _LAYERS, _PEOPLE, _AREAS, _VIEWS),
    (_REFERENCES, _KNOWN_REFERENCES),
    (_AREAS_OF_FILES,),
    (
        *policy_tables.TABLES,
        *listing_views.views(posts=WORKS_POSTS, share=WORKS_SHARE),
    ),
)

_WITH_LISTING: Final = 4  # the version with the views of who may be listed

# The oldest version that reading commands understand as it stands. A step that
# changes what they read raises it to the version that the step makes.
READABLE: Final = 1

EMPTY: Final = "the study is empty; fill it with: hcpgraph import"

_RECORD: Final = """
create table if not exists study (version integer);
delete from study;
insert into study (version) values ({version});
"""


def migrate(connection: duckdb.DuckDBPyConnection, version: int) -> None:
    """Bring the tables from *version* to the newest; inside one transaction."""
    steps = MIGRATIONS[version:]
    for reached, step in enumerate(steps, start=version + 1):
        for statements in step:
            connection.execute(statements)
        connection.execute(_RECORD.format(version=reached))


def read_by_new_rules(connection: duckdb.DuckDBPyConnection, version: int) -> None:
    """Read an older study by the views of the newest version; nothing is written."""
    if version < _WITH_LISTING:
        views = listing_views.views(posts=WORKS_POSTS, share=WORKS_SHARE, lasting=False)
        for statement in views:
            connection.execute(statement)


def refuse_older(version: int, path: Path) -> None:
    """Raise ``NotAStudy`` or ``StoreError`` for tables that cannot be read as they are.

    Reading commands do not write, so they cannot upgrade a study either.
    """
    if version == 0:
        raise NotAStudy(path, EMPTY)
    if version < READABLE:
        raise StoreError(
            path,
            f"an older hcpgraph wrote this study; upgrade it: hcpgraph import {path}",
        )


def read_version(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The version of the tables; 0 for an empty database.

    Raises:
        NewerStudy: if a later hcpgraph wrote the study.
        NotAStudy: if the database holds tables of somebody else.
    """
    try:
        version = number(connection, "select version from study")
    except duckdb.CatalogException:
        if connection.execute("select 1 from duckdb_tables()").fetchall():
            raise NotAStudy(
                path, "a DuckDB file, but not one that hcpgraph made"
            ) from None
        return 0
    if version > len(MIGRATIONS):
        raise NewerStudy(
            path,
            f"a newer hcpgraph wrote this study (tables of version {version}, this "
            f"one knows {len(MIGRATIONS)}); upgrade: pip install -U hcpgraph",
        )
    return version
