"""Posts of mapped columns: reposts, replies, quotes and mentions.

* A repost ties its author to the author of the original and to nobody else; the people
  that it mentions are of the layer ``mention_in_repost``.
* A reply ties to the account replied to, a quote to the author of the quoted post, a
  mention to the account mentioned.
* Where the other post is named and its author is not, the tie comes with that post,
  from whichever file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hcpgraph.importers import twarc_csv_posts
from hcpgraph.importers.reading import (
    addresses,
    conversions,
    id_mending,
    sql,
    text_mentions,
)
from hcpgraph.importers.reading.columns import KIND_WORDS
from hcpgraph.importers.reading.record_sources import EACH, RecordSource
from hcpgraph.importers.reading.records import Records, Said
from hcpgraph.model.files import FileDescription, RowType
from hcpgraph.model.mapping import KINDS
from hcpgraph.model.names import DEFAULT_PLATFORM

if TYPE_CHECKING:
    from hcpgraph.importers.reading.head import Head
    from hcpgraph.model.mapping import ColumnMapping
    from hcpgraph.model.statements import Statement

_BY: Final = {
    "source_id": "author_id",
    "source_handle": "author",
    "at": "time",
    "post_id": "post",
    "weight": "weight",
    "area": "area",
}
_QUOTE: Final = {
    "target_id": "quoted_author_id",
    "target_handle": "quoted_author",
    "refers_to": "quote_of",
}
_POSTS: Final = Records(
    name="posts",
    platform=None,
    unit=RowType.POSTS,
    keys=(),
    rows={
        RowType.POSTS: (
            {
                "native_id": "post",
                "author_id": "author_id",
                "author_handle": "author",
                "created_at": "time",
                "kind": "kind",
                "refers_to": "refers_to",
                "lang": "lang",
                "text": "text",
                "hashtags": "hashtags",
            },
        ),
        RowType.ACCOUNTS: (
            {
                "native_id": "author_id",
                "handle": "author",
                "name": "author_name",
                "bio": "bio",
                "followers": "followers",
            },
        ),
        RowType.TIES: (
            {
                **_BY,
                "target_id": "other_id",
                "target_handle": "other",
                "refers_to": "refers_to",
                "layer": "response",
            },
            {**_BY, **_QUOTE, "layer": Said("quote", when="quotes_too")},
            {**_BY, "target_handle": f"mentions{EACH}", "layer": "mention"},
        ),
    },
)

# Ids and handles that a spreadsheet may have damaged, and where they are of people.
_PEOPLE: Final = (
    *("author", "author_id", "parent_author", "parent_author_id", "reposted_author"),
    *("reposted_author_id", "quoted_author", "quoted_author_id"),
)
_OTHERS: Final = ("parent", "repost_of", "quote_of")
_IDS: Final = (*_PEOPLE, *_OTHERS, "id")

# Rows of other platforms, by what they say or where they link to.
_ELSEWHERE: Final = (
    "alter table raw add column elsewhere varchar",
    "update raw set elsewhere = $platform where $platform <> $own",
    """
insert into first_remark
select format('rows of other platforms, not read: {:d} ({}); a mapping of their '
    'platform reads them', count(*),
    string_agg(distinct elsewhere, ', ' order by elsewhere))
from raw where elsewhere is not null having count(*) > 0
""",
    "delete from raw where elsewhere is not null",
)
# Address of a post -> whose post it is.
_BEHIND: Final = {
    "link": "author",
    "parent": "parent_author",
    "repost_of": "reposted_author",
    "quote_of": "quoted_author",
    "id": "author",
}
_ADDRESS: Final = "(?i)^(https?:|www[.]|[a-z0-9-]+([.][a-z0-9-]+)*[.][a-z]+/)"
_AUTHOR: Final = f"""
update raw set $by = $handle
where $by is null and ${{by}}_id is null and regexp_matches($cell, '{_ADDRESS}')
    and lower($handle) <> 'i'
"""
# An address that names no post of the platform is itself an id, made short.
_NUMBER: Final = f"""
update raw set $cell = coalesce($found, md5($cell))
where regexp_matches($cell, '{_ADDRESS}')
"""
# Words for posts that respond to nobody.
_ORIGINALS: Final = ("post", "tweet", "status", "toot", "originalpost")
_KIND_REASON: Final = """case when kind is not null and $kind is null
    then 'kind ' || kind || ' is not covered: say what it means in [values.kind]' end"""
_DISPLAY: Final = (
    "; a display name goes to author_name, and to author_id, too, where the file has no"
    " better key"
)
_SAID_TWICE: Final = (
    "list_sort(list_distinct(list_concat(coalesce(list_transform({named},"
    " lambda m: lower(m)), []::varchar[]), coalesce({said}, []::varchar[]))))"
)
_JUDGED: Final = (
    "insert into no_row select line, reason from (select line, $reason as reason"
    " from raw) where reason is not null",
    "delete from raw where line in (select line from no_row)",
)
_ACTING: Final = """
create or replace temp table mapped as
select *,
    case when kind = 'repost' then 'mention_in_repost' else 'mention' end as mention,
    case when kind <> 'original' then kind end as response,
    case kind
        when 'repost' then coalesce(repost_of, if(stated = 'repost', parent, null))
        when 'reply' then parent when 'quote' then quote_of end as refers_to,
    case kind when 'repost' then reposted_author_id when 'reply' then parent_author_id
        when 'quote' then quoted_author_id end as other_id,
    case kind when 'repost' then coalesce(reposted_author, lead,
            if(stated = 'repost' and repost_of is null, parent_author, null))
        when 'reply' then coalesce(parent_author, addressed)
        when 'quote' then quoted_author end as other,
    case when kind = 'reply' then coalesce(quote_of, quoted_author, quoted_author_id)
        end as quotes_too,
    coalesce(id, md5(concat_ws(chr(31), coalesce(author_id, lower(author)), time, text,
        if(time is null and text is null, line::varchar, null)))) as post
from (
    select * exclude (kind), kind as stated,
        case when lead is not null and coalesce(kind, 'original') = 'original'
                then 'repost'
            when kind is not null then kind
            when coalesce(repost_of, reposted_author, reposted_author_id) is not null
                then 'repost'
            when coalesce(parent, parent_author, parent_author_id) is not null
                then 'reply'
            when coalesce(quote_of, quoted_author, quoted_author_id) is not null
                then 'quote'
            else 'original' end as kind
    from (
        select * replace ($cells), $lead as lead, $addressed as addressed from raw
    )
)
"""
# Puts ``mapped`` in the place of ``raw``.
SWAP: Final = ("drop table raw", "alter table mapped rename to raw")
_REMARKS: Final = (
    """
insert into first_remark
select format('posts without an id: {:d}; a digest of author, time and text is their '
    'id, so that the same post in another file is the same', count(*))
from raw where id is null having count(*) > 0
""",
    """
insert into first_remark
select format('{} without the other account or post: {:d}; they make no such tie',
    if(kind = 'reply', 'replies', kind || 's'), count(*))
from raw where response is not null
    and coalesce(refers_to, other_id, other) is null
group by kind order by kind
""",
)
_ELEMENTS: Final = "(select *, unnest($column) as element from raw)"


def described(
    head: Head,
    stage: tuple[Statement, ...],
    mapping: ColumnMapping,
    platform: str | None,
) -> FileDescription:
    """How rows of a post each map onto the study, once they stand in ``raw``."""
    source = RecordSource(
        stage=(
            *stage,
            *_elsewhere(mapping, platform),
            *_linked(platform),
            *id_mending.mend(_IDS),
            *addresses.read(_PEOPLE, platform=platform),
            *_judged(mapping, platform),
            _acting(mapping, platform),
            *SWAP,
            *_REMARKS,
        ),
        cell=lambda place: "element" if EACH in place else f'"{place}"',
        texts=lambda place: f'"{place}"',
        elements=lambda place: sql.fill(_ELEMENTS, column=place),
        there="true",
        rejects="from no_row",
        remarks=(id_mending.remarks(_IDS), addresses.REMARKS),
        checked=True,
    )
    read = replace(_POSTS, platform=mapping.platform)
    return read.described(head, source, platform=platform)


def listed(source: RecordSource, places: tuple[str, ...]) -> str:
    """The words in a list, or in a text that is one, without @ and #; null if none."""
    lists = []
    for place in places:
        if EACH in place:
            words = source.texts(place)
        else:
            cell = source.cell(place)
            names = twarc_csv_posts.named("", "username", "screen_name", "tag", "text")
            words = (
                f"case when contains({cell}, '{{') then list_transform("
                f"{twarc_csv_posts.elements(cell)}, lambda e: {names})"
                f" when lower({cell}) in ('nan', 'none', 'null') then null"
                f" when {cell} is not null then regexp_extract_all({cell},"
                " '[^\\s,;|\\[\\]''\"]+') end"
            )
        bare = f"list_transform({words}, lambda w: ltrim(trim(w), '@#\uff20\uff03'))"
        lists.append(
            f"list_sort(list_distinct(list_filter({bare}, lambda w: w <> '')))"
        )
    return f"coalesce({', '.join((*lists, 'null::varchar[]'))})"


def _elsewhere(mapping: ColumnMapping, platform: str | None) -> tuple[Statement, ...]:
    """Statements that leave out rows of other platforms, and say how many."""
    own = platform or DEFAULT_PLATFORM
    if mapping.means("platform"):
        said = (
            "case lower(platform) when 'twitter' then 'x' when 'twitter.com' then 'x'"
            " when 'x.com' then 'x' else lower(platform) end"
        )
    elif mapping.means("link") and own in addresses.SITES:
        said = addresses.site("link")
    else:
        return ()
    return tuple(sql.fill(one, platform=said, own=sql.text(own)) for one in _ELSEWHERE)


def _linked(platform: str | None) -> tuple[Statement, ...]:
    """Statements that read ids and handles out of the addresses of posts."""
    steps = []
    for cell, by in _BEHIND.items():
        handle = f"nullif({addresses.of_post(cell, platform, handle=True)}, '')"
        found = f"nullif({addresses.of_post(cell, platform)}, '')"
        steps += [
            sql.fill(_AUTHOR, cell=cell, by=by, handle=handle),
            sql.fill(_NUMBER, cell=cell, found=found),
        ]
    return (*steps, "update raw set id = link where id is null")


def _judged(mapping: ColumnMapping, platform: str | None) -> tuple[Statement, ...]:
    """Statements that take out what cannot be used."""
    named = {c: places[0] for c, places in mapping.columns.items()}

    def reason(column: str, *, handles: bool = False) -> str:
        what = named.get(column, column)
        return conversions.id_reason(column, what, handles=handles, platform=platform)

    by = named.get("author_id", named.get("author", "author"))
    author = f"""case when author_id is not null then {reason("author_id")}
        when author is null then {sql.text(f"{by} is empty")}
        when {reason("author", handles=True)} like '% is no handle'
        then {reason("author", handles=True)} || {sql.text(_DISPLAY)}
        else {reason("author", handles=True)} end"""
    reasons = [author, sql.fill(_KIND_REASON, kind=_kind("kind"))]
    reasons += [
        f"case when {column} is not null then {reason(column)} end"
        for column in ("id", *_OTHERS, *(c for c in _PEOPLE if c.endswith("_id")))
        if column in named
    ]
    if mapping.means("weight"):
        reasons.append(conversions.weight_reason("weight"))
    return tuple(
        sql.fill(one, reason=conversions.first_reason(reasons)) for one in _JUDGED
    )


def _kind(cell: str) -> str:
    """The kind that a word means; null for an unknown one."""
    words = {**{word: kind for word, kind in KIND_WORDS.items() if kind in KINDS}}
    words |= {**{kind: kind for kind in KINDS}, **dict.fromkeys(_ORIGINALS, "original")}
    cases = " ".join(f"when '{word}' then '{kind}'" for word, kind in words.items())
    return f"case regexp_replace(lower({cell}), '[\\s_.-]+', '', 'g') {cases} end"


def _acting(mapping: ColumnMapping, platform: str | None) -> str:
    """The statement that says what each post does."""
    fits = conversions.is_handle("m")
    cells = {
        "kind": _kind("kind"),
        "parent": "nullif(parent, id)",
        "mentions": f"list_filter(mentions, lambda m: {fits})",
    }
    for column in ("author", "parent_author", "reposted_author", "quoted_author"):
        none = conversions.id_reason(column, column, handles=True, platform=platform)
        cells[column] = f"case when {none} is null then ltrim({column}, '@ ') end"
    lead = addressed = "null::varchar"
    if mapping.from_text:
        lead = text_mentions.reposted("text", platform)
        addressed = text_mentions.addressed("text", platform)
        said = text_mentions.handles("text", platform)
        cells["mentions"] = _SAID_TWICE.format(named=cells["mentions"], said=said)
    if not mapping.means("hashtags"):
        cells["hashtags"] = text_mentions.hashtags("text")
    each = ", ".join(f"{value} as {name}" for name, value in cells.items())
    return sql.fill(_ACTING, cells=each, lead=lead, addressed=addressed)
