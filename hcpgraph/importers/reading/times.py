"""Times in UTC, from every form of ISO 8601 that is certain, or Unix time, in SQL.

Dates may be written by month and day, by week and day, or by the day of the year, with
hyphens or without; times to the hour, the minute, the second or a part of it. A zone is
needed: Z, UTC, GMT or an offset, and what RFC 9557 puts behind it.
"""

from __future__ import annotations

from typing import Final

from hcpgraph.importers.reading import sql

_DATE: Final = (
    "(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}|[0-9]{4}-?W[0-9]{2}-?[1-7]"
    "|[0-9]{4}-?[0-9]{3})"
)
_CLOCK: Final = "(?:[T ][0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2}(?:[.,][0-9]+)?)?)?)?"
# No clock is a day or more away from UTC. ISO 8601 prefers U+2212 as the minus.
_ZONE: Final = r"[ ]*(?:Z|UTC|GMT|[+\x{2212}-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)"
# What RFC 9557 puts behind a time with its offset: [Europe/Paris], [u-ca=gregory].
_SUFFIX: Final = "(?:[[]!?[a-z0-9_+/=.-]+[]])*"

# A date as year, month and day; null if there is no such week or day.
_DAY: Final = """case
    when regexp_full_match($date, '[0-9]{8}')
        then $date[1:4] || '-' || $date[5:6] || '-' || $date[7:8]
    when contains($date, 'W') then case
        when strftime($week, '%G') = $date[1:4] then strftime($week, '%Y-%m-%d') end
    when regexp_full_match($date, '[0-9]{4}-?[0-9]{3}') then case
        when strftime($nth, '%Y') = $date[1:4] then strftime($nth, '%Y-%m-%d') end
    else $date end"""
# Of years that have no such week or day, the last would be one of the next year.
_WEEK: Final = "try_strptime(replace($date, '-', ''), '%GW%V%u')"
_NTH: Final = "try_strptime($date[1:4] || right($date, 3), '%Y%j')"
# Hours, minutes and seconds with colons between, and Z or an offset.
_HOURS: Final = """regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        $rest,
    '^(Z|[+-].*)$$', 'T00:00:00\\1'),
    '^[T ]([0-9]{2})(Z|[+-].*)$$', 'T\\1:00:00\\2'),
    '^[T ]([0-9]{2}):?([0-9]{2})(Z|[+-].*)$$', 'T\\1:\\2:00\\3'),
    '^[T ]([0-9]{2}):?([0-9]{2}):?([0-9]{2})', 'T\\1:\\2:\\3')"""
_PLAIN: Final = f"""regexp_replace(regexp_replace(translate(
        regexp_replace(upper($cell), '{_SUFFIX.replace("a-z", "A-Z")}$$', ''),
    ',\u2212', '.-'), '[ ]*(UTC|GMT|Z)$$', 'Z'), '[ ]+([+-])', '\\1')"""

# The 60th second is the first of the next minute, the 24th hour that of the next day.
_MOMENT: Final = """case
    when regexp_matches($clean, 'T24:00:00([.]0+)?(Z|[+-])')
        then try_cast(replace($clean, 'T24:', 'T00:') as timestamptz)
            at time zone 'UTC' + interval 1 day
    when regexp_matches($clean, ':60([.][0-9]+)?(Z|[+-][0-9:]+)$$')
        then try_cast(regexp_replace(
            $clean, ':60([.][0-9]+)?(Z|[+-][0-9:]+)$$', ':59\\2'
        ) as timestamptz) at time zone 'UTC' + interval 1 second
    else try_cast($clean as timestamptz) at time zone 'UTC' end"""
# Seconds are told from milliseconds by their size: 10 digits end in 2286.
_AT: Final = f"""case
    when $cell is null then null
    when suffix($cell, 'Z') and strlen($cell) >= 20 and $cell[18] != '6'
        and try_cast($cell as timestamp) is not null then try_cast($cell as timestamp)
    when try_cast($cell as ubigint)::varchar = $cell then make_timestamp(
        case when strlen($cell) <= 10 then 1000000 when strlen($cell) <= 14 then 1000
        end * try_cast($cell as bigint)
    )
    when regexp_full_match($cell, '[0-9]{{1,14}}[.][0-9]*')
        then make_timestamp(round(try_cast($cell as double) * case
            when try_cast($cell as double) < 1e10 then 1000000 else 1000 end)::bigint)
    when regexp_full_match($cell, '(?i){_DATE}{_CLOCK}{_ZONE}{_SUFFIX}')
        then $clean
    end"""

_KNOWN: Final = "$at between timestamp '1990-01-01' and timestamp '2100-01-01'"
_AT_REASON: Final = f"""case
    when $cell is null then null
    when {_KNOWN} then null
    when $at is not null
        then 'time ' || $cell || ' is out of range: before 1990 or after 2100'
    when regexp_full_match($cell, '(?i){_DATE}{_CLOCK}{_SUFFIX}')
        then 'time ' || $cell || ' has no time zone: add Z or an offset such as +02:00'
    else 'time ' || $cell || ' is neither ISO 8601 nor Unix time'
    end"""


def at(cell: str) -> str:
    """A time in UTC from ISO 8601 with a zone, Unix seconds or milliseconds."""
    week, nth = (sql.fill(each, date="date_text") for each in (_WEEK, _NTH))
    day = sql.fill(_DAY, date="date_text", week=week, nth=nth)
    hours = sql.fill(_HOURS, rest="substr(plain_text, 1 + strlen(date_text))")
    date = f"regexp_extract(plain_text, '^{_DATE}')"
    clean = _once(date, "date_text", f"({day}) || {hours}")
    moment = _once(clean, "clean_text", sql.fill(_MOMENT, clean="clean_text"))
    plain = sql.fill(_PLAIN, cell=cell)
    return sql.fill(_AT, cell=cell, clean=_once(plain, "plain_text", moment))


def _once(value: str, name: str, result: str) -> str:
    """*result* with *name* bound to *value*, which the query evaluates once."""
    return f"list_transform([{value}], lambda {name}: {result})[1]"


def at_or_null(cell: str) -> str:
    """The same; null also where it is out of range."""
    return sql.fill(f"case when {_KNOWN} then $at end", at=at(cell))


def at_reason(cell: str) -> str:
    """Why a time cannot be used; an empty one is merely unknown."""
    return sql.fill(_AT_REASON, cell=cell, at=at(cell))
