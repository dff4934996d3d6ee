"""Queries that find the areas of short texts, whatever the texts belong to.

They read the temporary view ``area_document(document, text, hashtags)``, which the
caller makes, and leave the temporary table ``area_found(document, area, evidence)``,
one row per pair. ``area_term`` holds the vocabulary.

No text is searched for every term. A term is filed under its rarest word, its
anchor; the words of all texts meet the anchors in one hash join, and only phrases
whose anchor was met are looked up in the text.
"""

from __future__ import annotations

from typing import Final

from hcpgraph.areas.folding import HASHTAG_IN_TEXT, bare_sql, folded_sql, prose_sql

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
