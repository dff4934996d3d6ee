"""Queries that label posts and accounts with disease areas.

They run inside the transaction of an import, after the file's rows are in. The
posts to label are in the temporary table ``new_post``, the accounts in
``touched_account``; labels those had before are replaced. Run ``label_posts``, then
the roles of ``identity``, then ``label_accounts``: what a bio is about is only asked
for accounts that ``identity`` knows as professional and has not closed to lists.

An area of an account is what it posts about or works in, never a condition it has.

``find_areas`` finds the areas of short texts, whatever the texts belong to. It reads
the temporary view ``area_document(document, text, hashtags)``, which the caller makes,
and leaves the temporary table ``area_found(document, area, evidence)``, one row per
pair. ``area_term`` holds the vocabulary.

No text is searched for every term. A term is filed under its rarest word, its
anchor; the words of all texts meet the anchors in one hash join, and only phrases
whose anchor was met are looked up in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.areas.folding import HASHTAG_IN_TEXT, bare_sql, folded_sql, prose_sql
from hcpgraph.model.statements import ROSTERED, IfAny

if TYPE_CHECKING:
    from hcpgraph.model.statements import Statement


# Tags stand in the text as well in most exports, but not in all.
_PROSE: Final = prose_sql("concat_ws(' ', text, array_to_string(hashtags, ' '))")

# Each text once, however many documents repeat it.
_TEXTS: Final = """
create or replace temp table area_text as
select min(document) as first, list(document) as documents, text, hashtags
from area_document
group by text, hashtags
"""

# Under which word each term and each excluded word is filed: the one that the fewest
# terms share, so that "lung cancer" is no candidate wherever "cancer" is said. Once
# for all texts of an import.
_ANCHORS: Final = """
create temp table if not exists area_anchor as
with spelled as (
    select area, kind, term, unnest(string_split(term, ' ')) as word
    from area_term where kind <> 'hashtag'
), shared as (
    select word, count(distinct term) as terms from spelled group by word
)
select area, kind, term,
    arg_min(word, (terms, -length(word), word)) as anchor
from spelled join shared using (word)
group by area, kind, term
"""

# Hashtags: of the column, or of the text where an export has no such column. Each
# spelling is folded once, however many texts bear it.
_TAGS: Final = f"""
create or replace temp table area_tag as
with tagged as (
    select first, unnest(case
        when len(hashtags) > 0 then hashtags
        when contains(text, '#') or contains(text, chr(65283))
        then regexp_extract_all(text, '{HASHTAG_IN_TEXT}', 1)
    end) as spelling
    from area_text
), spelled as (
    select spelling, area, term
    from (
        select spelling, {folded_sql("spelling")} as term
        from (select distinct spelling from tagged)
    )
    join area_term using (term)
    where kind = 'hashtag'
)
select first, area, min('#' || replace(term, ' ', '_')) as tag
from tagged join spelled using (spelling)
group by first, area
"""

# The words of each text, one blank before and after each.
_LINES: Final = f"""
create or replace temp table area_line as
select first, ' ' || {bare_sql(_PROSE)} || ' ' as line from area_text
"""

# Terms and excluded words whose anchor is in the text, as often as it is.
_CANDIDATES: Final = """
create or replace temp table area_candidate as
select first, area, kind, term, term = anchor as sure
from (select first, unnest(string_split(line, ' ')) as word from area_line)
join area_anchor on anchor = word
"""

# A single word is found by its anchor; a phrase must stand in the text as a whole.
_WORDS: Final = """
create or replace temp table area_word as
select first, area, kind, term from area_candidate where sure
union all
select first, area, kind, term
from area_candidate join area_line using (first)
where not sure and contains(line, ' ' || term || ' ')
"""

# One row per document and area. A hashtag counts always, a term unless the text holds a
# word that its area excludes. Evidence: the first hashtag, else the first term.
_FOUND: Final = """
create or replace temp table area_found as
with term as (
    select first, area, min(term) as term
    from area_word
    group by first, area
    having count(*) filter (kind = 'exclude') = 0
)
select unnest(documents) as document, area, coalesce(tag, term) as evidence
from (from area_tag full join term using (first, area)) join area_text using (first)
"""

_CLEAN: Final = (
    "drop table area_text",
    "drop table area_tag",
    "drop table area_line",
    "drop table area_candidate",
    "drop table area_word",
    "drop view area_document",
)

# In this order; the caller reads ``area_found`` afterwards and drops it, and at last
# ``area_anchor``.
find_areas: Final = (
    _TEXTS,
    _ANCHORS,
    _TAGS,
    _LINES,
    _CANDIDATES,
    _WORDS,
    _FOUND,
    *_CLEAN,
)

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

# A file may be of an area as a whole. Where each of its rows on a post has an area of
# its own, those win.
_ANY_FILE: Final = "select file from file_area limit 1"
_LABEL_FILES: Final = """
insert into post_area (post, area, evidence)
select post, area, 'post in a file imported for ' || slug
from (
    select distinct post, area
    from (select post, file from post union all select post, file from post_again)
    join file_area using (file) semi join label_post using (post)
    anti join (
        select post, file from post_tie group by post, file
        having count(area) = count(*)
    ) own using (post, file)
) join area using (area) anti join post_area known using (post, area)
order by post, area
"""

_LABEL_REPOSTS: Final = """
insert into post_area (post, area, evidence)
select label_post.post, area, 'repost of ' || evidence
from label_post join post_area on post_area.post = label_post.original
anti join post_area known
  on known.post = label_post.post and known.area = post_area.area
order by label_post.post, area
"""

label_posts: Final[tuple[Statement, ...]] = (
    _POSTS,
    _AUTHORS,
    _FORGET_POSTS,
    _POST_DOCUMENTS,
    *find_areas,
    _LABEL_POSTS,
    IfAny(_ANY_FILE, (_LABEL_FILES,)),
    _LABEL_REPOSTS,
    "drop table area_found",
    "drop table label_post",
)

# What a file as a whole says of its accounts stays until that file is removed.
_FORGET_ACCOUNTS: Final = """
delete from account_area
where account in (select account from touched_account) and source <> 'file'
"""

# How many of an account's posts, reposts included, are about an area, and what part
# that is of all it posted, but for posts without a text. Evidence: what labelled most
# of them.
_FROM_POSTS: Final = """
insert into account_area (account, area, source, posts, share, evidence)
with own as (
    select author as account, post from post
    where author in (select account from touched_account)
), total as (
    select account, count(*) as posts from own join post using (post)
    where text is not null or post in (select post from post_area)
    group by account
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
