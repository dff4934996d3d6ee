"""Times in UTC, from every form of ISO 8601 that is certain, or Unix time, in SQL.

Dates may be written by month and day, by week and day, or by the day of the year, with
hyphens or without; times to the hour, the minute, the second or a part of it. A zone is
needed: Z, UTC, GMT or an offset, and what RFC 9557 puts behind it.

``timed`` reads times as people write them: in formats they name, with zones or without.
Where they name none, it also reads what is certain by itself: a year that comes first,
or a month by its name. Whether the day or the month comes first in 03/04/2025 is never
guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading import sql
from hcpgraph.importers.reading.zones import IANA, OFFSETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


_CLOCKS: Final = (" %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", "")
_YEAR_FIRST: Final = tuple(
    f"%Y{sign}%m{sign}%d{clock}"
    for sign in "/-."
    for clock in (*_CLOCKS, " %H:%M:%S.%f")
)
# %y before %Y, which takes two digits for a year, too
_MONTH_NAMED: Final = (
    *(
        f"{day}{clock}"
        for day in (
            "%d-%b-%y",
            "%d-%b-%Y",
            "%d %b %Y",
            "%d %B %Y",
            "%b %d, %Y",
            "%b %d %Y",
            "%B %d, %Y",
        )
        for clock in (*_CLOCKS, ", %I:%M %p")
    ),
    *("%a %b %d %H:%M:%S %Y", "%a, %d %b %Y %H:%M:%S"),
)
_WITH_OFFSET: Final = (
    "%a %b %d %H:%M:%S %z %Y",
    "%a, %d %b %Y %H:%M:%S %z",
    "%d %b %Y %H:%M:%S %z",
    "%Y/%m/%d %H:%M:%S %z",
)
_ISO_LIKE: Final = "(?i)[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?|[0-9]{4}-?W.*|[0-9]{8}T.*"
_UNIX: Final = "[0-9]{9,14}([.][0-9]*)?"
_DOUBTFUL: Final = "[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}.*"

_TIMED: Final = """
select * exclude (zone_name, bare_time, own_time, local_time, utc_time),
    case when $known then utc_time end as "at",
    coalesce($known and own_time is null and zone_name is null, false) as no_zone,
    case when $cell is null or $known then null
        when utc_time is not null
            then 'time ' || $cell || ' is out of range: before 1990 or after 2100'
        when own_time is null and local_time is not null or $abbreviated then 'time '
            || $cell || ': what zone it names is not certain; say it in [values.zone]'
        when $doubtful then 'time ' || $cell || ': nobody knows whether the day or the'
            || ' month comes first; say it with [time] format'
        else 'time ' || $cell || $unread end as time_reason
from (
    select *, $at as utc_time from (
        select *, $own as own_time, $local as local_time
        from (
            select *, nullif(regexp_extract($cell, $zones, 1), '') as zone_name,
                case when regexp_matches($cell, $zones) then trim(regexp_replace(
                    regexp_replace($cell, $zones, ' '), ' +', ' ', 'g'))
                    else $cell end as bare_time
            from $source
        )
    )
)
"""
_RANGE: Final = "utc_time between timestamp '1990-01-01' and timestamp '2100-01-01'"


def timed(
    source: str,
    cell: str,
    *,
    formats: Iterable[str] = (),
    zone: str | None = None,
    names: Iterable[tuple[str, str]] = (),
) -> str:
    """A query over *source* that adds the columns ``at``, ``no_zone``, ``time_reason``.

    Args:
        source: a query in brackets, or a table.
        cell: the column of the times, as text.
        formats: how they are written, as for strptime; "iso" and "unix" are others.
        zone: of times without one; None for UTC.
        names: names of zones that stand in cells, and zones of IANA.
    """
    formats = tuple(formats)
    meant = dict(names)
    known = "|".join(
        sorted(map(_escaped, {*OFFSETS, *meant}), key=lambda name: (-len(name), name))
    )
    doubtful = f"regexp_full_match({cell}, {sql.text(_DOUBTFUL)})"
    parts = {
        "cell": cell,
        "source": source,
        "zones": sql.text(f"(?:^|[ (])({known}|{IANA})[)]?(?:$| )"),
        "own": _own(formats),
        "local": _local(formats),
        "at": _in_utc(zone, meant),
        "known": _RANGE,
        "doubtful": "false" if formats else doubtful,
        "abbreviated": f"regexp_matches({cell}, '[0-9] [A-Z]{{3,5}}$$')",
        "unread": sql.text(_unread(formats)),
    }
    return sql.fill(_TIMED, **parts)


def _escaped(name: str) -> str:
    r"""A name as a pattern.

    >>> print(_escaped("W. Europe"))
    W[.] Europe
    """
    return "".join(f"[{sign}]" if sign in ".+*?|()" else sign for sign in name)


def _own(formats: tuple[str, ...]) -> str:
    """The time in UTC of a cell that says its offset, or is Unix time."""
    offsets = [one for one in formats or _WITH_OFFSET if "%z" in one]
    tried = [f"({_strptime('bare_time', [one])}) at time zone 'UTC'" for one in offsets]
    said = {one.lower() for one in formats}
    if not formats or "unix" in said:
        tried.append(
            f"case when regexp_full_match(bare_time, '{_UNIX}') then"
            f" {at('bare_time')} end"
        )
    if _reads_iso(formats):
        tried.append(
            f"case when regexp_full_match(bare_time, {sql.text(_ISO_LIKE)}) then"
            f" {at('bare_time')} end"
        )
    return f"coalesce({', '.join((*tried, 'null::timestamp'))})"


def _local(formats: tuple[str, ...]) -> str:
    """The time that a cell without an offset says, in whatever zone."""
    plain = [one for one in formats if "%z" not in one and one.lower() not in _WORDS]
    plain = [" ".join(one.replace("%Z", " ").split()) for one in plain]
    tried = [_strptime("bare_time", plain)] if plain else []
    if not formats:
        tried.append(_strptime("bare_time", _MONTH_NAMED))
        tried.append(
            "case when regexp_matches(bare_time, '^[0-9]{4}[./-]') then"
            f" {_strptime('bare_time', _YEAR_FIRST)} end"
        )
    if _reads_iso(formats):
        moment = at("(bare_time || 'Z')")
        tried.append(
            f"case when regexp_full_match(bare_time, {sql.text(_ISO_LIKE)})"
            f" then {moment} end"
        )
    return f"coalesce({', '.join((*tried, 'null::timestamp'))})"


_WORDS: Final = ("unix", "iso")


def _reads_iso(formats: tuple[str, ...]) -> bool:
    """Whether ISO 8601 is read: none of the formats begins with a year as well."""
    return not any(one.startswith(("%Y", "%y", "%G")) for one in formats)


def _strptime(cell: str, formats: Iterable[str]) -> str:
    return f"try_strptime({cell}, {sql.texts(formats)})"


def _in_utc(zone: str | None, meant: Mapping[str, str]) -> str:
    """The time in UTC: by its offset, by the zone in the cell, or by the one given."""
    named = " ".join(
        f"when {sql.text(name)} then {_in_zone(zone_)}"
        for name, zone_ in (
            *meant.items(),
            *((n, n) for n in OFFSETS if n not in meant),
        )
    )
    iana = (
        "when zone_name in (select name from pg_timezone_names()) then"
        " timezone(zone_name, local_time) at time zone 'UTC'"
    )
    return (
        "coalesce(own_time, case when local_time is null then null"
        f" when zone_name is null then {_in_zone(zone or 'UTC')}"
        f" else case zone_name {named} else case {iana} end end end)"
    )


def _in_zone(zone: str) -> str:
    if zone in OFFSETS:
        return f"local_time - interval ({OFFSETS[zone]}) minute"
    return f"timezone({sql.text(zone)}, local_time) at time zone 'UTC'"


def _unread(formats: tuple[str, ...]) -> str:
    if formats:
        return f" fits no [time] format: {', '.join(formats)}"
    return (
        " is neither ISO 8601 nor Unix time; say how it is written with [time] format"
    )
