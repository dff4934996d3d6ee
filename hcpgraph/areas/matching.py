"""Queries that find the areas of short texts, whatever the texts belong to.

They read the temporary view ``area_document(document, text, hashtags)``, which the
caller makes, and leave the temporary table ``area_found(document, area, evidence)``,
one row per pair. ``area_term`` holds the vocabulary.

No text is searched for every term. A term is filed under its longest word, its
anchor; the words of all texts meet the anchors in one hash join, and only phrases
whose anchor was met are looked up in the text.
"""

from __future__ import annotations

from typing import Final

from hcpgraph.areas.folding import HASHTAG_IN_TEXT, bare_sql, folded_sql, prose_sql

# Tags stand in the text as well in most exports, but not in all.
_PROSE: Final = prose_sql("concat_ws(' ', text, array_to_string(hashtags, ' '))")

# Under which word each term and each excluded word is filed: its longest.
_ANCHORS: Final = """
create or replace temp table area_anchor as
select row_number() over ()::integer as entry, *
from (
    select area, kind, term, arg_max(word, length(word)) as anchor
    from (
        select area, kind, term, unnest(string_split(term, ' ')) as word
        from area_term where kind <> 'hashtag'
    )
    group by area, kind, term
)
"""

# Hashtags: of the column, or of the text where an export has no such column. Each
# spelling is folded once, however many texts bear it.
_TAGS: Final = f"""
create or replace temp table area_tag as
with tagged as (
    select document, unnest(case
        when len(hashtags) > 0 then hashtags
        when contains(text, '#') or contains(text, chr(65283))
        then regexp_extract_all(text, '{HASHTAG_IN_TEXT}', 1)
    end) as spelling
    from area_document
), spelled as (
    select spelling, area, term
    from (
        select spelling, {folded_sql("spelling")} as term
        from (select distinct spelling from tagged)
    )
    join area_term using (term)
    where kind = 'hashtag'
)
select document, area, min('#' || replace(term, ' ', '_')) as tag
from tagged join spelled using (spelling)
group by document, area
"""

# Terms and excluded words whose anchor is in the text.
_CANDIDATES: Final = f"""
create or replace temp table area_candidate as
select distinct document, entry
from (
    select document,
        strip_accents(unnest(string_split({_PROSE}, ' '))) as word
    from area_document
)
join area_anchor on anchor = word
"""

# A single word is found by its anchor; a phrase must stand in the text as a whole.
_WORDS: Final = f"""
create or replace temp table area_word as
with candidate as (
    select document, area, kind, term, term = anchor as sure
    from area_candidate join area_anchor using (entry)
), line as materialized (
    select document, ' ' || {bare_sql(_PROSE)} || ' ' as line
    from area_document
    where document in (select document from candidate where not sure)
)
select document, area, kind, term from candidate where sure
union all
select document, area, kind, term
from candidate join line using (document)
where not sure and contains(line, ' ' || term || ' ')
"""

# One row per text and area. A hashtag counts always, a term unless the text holds a
# word that its area excludes. Evidence: the first hashtag, else the first term.
_FOUND: Final = """
create or replace temp table area_found as
with term as (
    select document, area, min(term) as term
    from area_word
    group by document, area
    having count(*) filter (kind = 'exclude') = 0
)
select document, area, coalesce(tag, term) as evidence
from area_tag full join term using (document, area)
"""

_CLEAN: Final = (
    "drop table area_anchor",
    "drop table area_tag",
    "drop table area_candidate",
    "drop table area_word",
    "drop view area_document",
)

# In this order; the caller reads ``area_found`` afterwards and drops it.
find_areas: Final = (_ANCHORS, _TAGS, _CANDIDATES, _WORDS, _FOUND, *_CLEAN)
