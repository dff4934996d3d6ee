"""Delimited text: header, delimiter, and the SQL that turns lines into columns.

A line that is a complete row by itself is split there and then. The few others
are looked at together: lines that follow each other are joined while a quote is
open, since a quoted field may hold line ends. What still is no row is rejected
line by line, so a quote that is never closed costs one line and not the rest of
the file.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError
from hcpgraph.importers.reading import lines, sql
from hcpgraph.importers.reading.columns import fold
from hcpgraph.importers.reading.headings import DELIMITERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.importers.reading.head import Head


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a delimited file, as they stand in its first line.

    Attributes:
        delimiter: what separates them.
        names: their names, without blanks around.
        line: its line number, from 1.
    """

    delimiter: str
    names: tuple[str, ...]
    line: int

    @property
    def folded(self) -> dict[str, int]:
        """Folded name -> position, the first of two columns that fold alike."""
        positions: dict[str, int] = {}
        for position, name in enumerate(self.names):
            positions.setdefault(fold(name), position)
        return positions

    @property
    def needed(self) -> int:
        """Fields a row must have: those behind the last name may be missing."""
        return max((i + 1 for i, name in enumerate(self.names) if name), default=0)


# Excel's own line above the header, which says what separates the cells.
_SAID: Final = re.compile(r'"?sep=([,;|\t])"?[,;|\t]*', re.IGNORECASE)
_QUOTED_CELL: Final = re.compile(r'"[^"]*"')


def header_of(head: Head) -> Header | None:
    """The header, or None if the first line cannot be one."""
    if head.parquet or not head.lines():
        return None
    first, *more = head.lines()
    if first.lstrip()[:1] in "{[<":
        return None
    bare = _QUOTED_CELL.sub("", first)
    delimiter = max(DELIMITERS, key=lambda d: (bare.count(d), -DELIMITERS.index(d)))
    said = _SAID.fullmatch(first.strip())
    if said and more:
        first, delimiter = more[0], said[1]
    delimiter = head.separator or delimiter
    try:
        names = next(csv.reader([first], delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):
        return None
    line = head.first_line + (1 if said and more else 0)
    return Header(delimiter, tuple(name.strip() for name in names), line)


def check_header(head: Head, header: Header) -> None:
    """Refuse a header that names a column twice.

    Raises:
        ExportError: naming the column.
    """
    seen: set[str] = set()
    for name in header.names:
        if name and name.casefold() in seen:
            raise ExportError(
                head.path, f"has two columns {name!r}; remove or rename one of them"
            )
        seen.add(name.casefold())


# A field with its delimiter before it: quoted, or without a quote at its start.
_FIELD: Final = '[D]([ \t]*"(?:[^"]|"")*"[ \t]*|[^"D][^D]*|)'
# A line whose quotes only surround fields that could do without.
_SIMPLE: Final = "(S([D]S)*)".replace("S", '(?:[ \t]*"[^"D]*"[ \t]*|[^"D]*)')

# Fields found one after the other must make up the whole text.
_BALANCED = """array_to_string(regexp_extract_all($delimiter || text, $field), '')
        = $delimiter || text"""
_QUOTED = """list_transform(
        list_transform(
            regexp_extract_all($delimiter || text, $field, 1), lambda c: $trimmed
        ),
        lambda c: case when starts_with(c, '"')
            then trim(replace(c[2:-2], '""', '"')) else c end
    )"""

# Trimming every cell is the dearest step: only lines with a blank at the edge of a
# cell go through it.
_TRIMMED = "trim(c, ' \t')"
_UNTRIMMED = """(contains(text, ' ') or contains(text, $tab)) and (
        contains($delimiter || text, $delimiter || ' ')
        or contains(text || $delimiter, ' ' || $delimiter)
        or contains($delimiter || text, $delimiter || $tab)
        or contains(text || $delimiter, $tab || $delimiter)
    )"""

# ``broken`` holds the text of a line that is no complete row by itself.
_SPLIT = """
create or replace temp table raw as
select line, $cells,
    case when $complete then null else coalesce(text, '') end as broken
from (
    select line, text, case
        when not contains(text, '"') and not ($untrimmed)
            then string_split(text, $delimiter)
        when not contains(text, '"')
            then list_transform(string_split(text, $delimiter), lambda c: $trimmed)
        when regexp_full_match(text, $simple) then list_transform(
            string_split(replace(text, '"', ''), $delimiter), lambda c: $trimmed
        )
        when $balanced then $quoted
    end as cells
    from $lines
    where line > $header and not (
        left(text, 1) in ($delimiter, '"', ' ', $tab) and trim(text, $empty) = ''
        and (len(text) - len(replace(text, '"', ''))) % 2 = 0
    ) is true
)
"""

# Spreadsheets write cells that nobody filled, or leave out those at the end.
_COMPLETE = """(len(cells) between $needed and $width or (len(cells) > $width
        and len(list_filter(cells[$width + 1:], lambda c: c <> '')) = 0))"""

# Runs of broken lines, cut into records where no quote is open.
_JOIN = """
create or replace temp table joined as
with broken_line as (
    select line, broken as text, line - row_number() over (order by line) as run,
        len(broken) - len(replace(broken, '"', '')) as quotes
    from raw where broken is not null
),
started as (
    select *, coalesce(sum(quotes) over (partition by run order by line
        rows between unbounded preceding and 1 preceding), 0) % 2 = 0 as starts
    from broken_line
),
numbered as (
    select *, sum(starts::integer) over (order by line) as record from started
),
record as (
    select min(line) as line, max(line) as last, string_agg(text, chr(10) order by line)
        as text
    from numbered group by record
    having count(*) between 2 and 1000
),
split as (
    select line, last, case when $balanced then $quoted end as cells from record
)
select line, last, $cells from split where $complete
"""

_TAKE_IN = """
delete from raw using joined
where raw.line between joined.line and joined.last
"""
_PUT_BACK = "insert into raw by name select line, $names from joined"
_NO_BLANKS = "delete from raw where broken is not null and trim(broken, ' \t') = ''"

_BROKEN = """
select line, case
    when (len(broken) - len(replace(broken, '"', ''))) % 2 = 1
        then 'a quote is opened and not closed'
    when contains(broken, '"')
        then 'the quotes are misplaced, or fields are missing or too many'
    else format('{} fields instead of {}',
        len(string_split(broken, $delimiter)), $width)
    end as reason
from raw where broken is not null
"""


def stage(
    head: Head,
    header: Header,
    columns: Mapping[str, int],
    *,
    text: str = "text",
    cells: str = "",
) -> tuple[str, ...]:
    """Statements that make ``raw``: line, the *columns* as trimmed text, broken.

    Args:
        head: the file.
        header: its header.
        columns: name in ``raw`` -> position in the file; at least one. Empty
            cells become null.
        text: what is read of a line, over its ``text``; null for nothing.
        cells: name of a further column, the list of all cells behind the first.
    """
    delimiter = sql.text(header.delimiter)
    all_cells = (f"cells[2:] as {cells}",) if cells else ()
    tab = "' '" if header.delimiter == "\t" else "chr(9)"
    field = sql.text(_around(_FIELD, header.delimiter))
    parts = {
        "lines": f"(select line, {text} as text from {lines.numbered_lines(head)})",
        "header": str(header.line),
        "complete": sql.fill(
            _COMPLETE, needed=str(header.needed), width=str(len(header.names))
        ),
        "delimiter": delimiter,
        "tab": "chr(9)",
        "empty": f"{delimiter} || ' \"' || chr(9)",
        "cells": ",\n    ".join(
            (
                *(
                    f"nullif(cells[{position + 1}], '') as {name}"
                    for name, position in columns.items()
                ),
                *all_cells,
            )
        ),
        "balanced": sql.fill(_BALANCED, delimiter=delimiter, field=field),
        "quoted": sql.fill(_QUOTED, delimiter=delimiter, field=field, trimmed=_TRIMMED),
        "trimmed": _TRIMMED,
        "simple": sql.text(_around(_SIMPLE, header.delimiter)),
        "untrimmed": sql.fill(_UNTRIMMED, delimiter=delimiter, tab=tab),
        "names": ", ".join((*columns, *((cells,) if cells else ()))),
    }
    statements = (_JOIN, _TAKE_IN, _PUT_BACK, _NO_BLANKS)
    return (
        *lines.CLEAR,
        sql.fill(_SPLIT, **parts),
        lines.renumber("raw", "unread"),
        *(sql.fill(statement, **parts) for statement in statements),
    )


def _around(pattern: str, delimiter: str) -> str:
    """A pattern of fields for one delimiter, which is no blank beside a quote."""
    blanks = pattern.replace("[ \t]", "[ ]") if delimiter == "\t" else pattern
    # within brackets, these are no signs of their own
    escaped = f"\\{delimiter}" if delimiter in r"\^-[]" else delimiter
    return blanks.replace("D", escaped)


def stage_named(
    head: Head, header: Header, columns: Mapping[str, str]
) -> tuple[str, ...]:
    """Like ``stage``, for columns known by name; those that are absent become null.

    Args:
        head: the file.
        header: its header.
        columns: name in ``raw`` -> name in the file; at least one is there.
    """
    folded = header.folded
    present = {
        name: folded[fold(column)]
        for name, column in columns.items()
        if fold(column) in folded
    }
    absent = columns.keys() - present.keys()
    added = (f"alter table raw add column {name} varchar" for name in sorted(absent))
    return (*stage(head, header, present), *added)


def rejects(header: Header) -> str:
    """A query that gives line and reason of what is no row at all."""
    broken = sql.fill(
        _BROKEN,
        delimiter=sql.text(header.delimiter),
        width=str(len(header.names)),
    )
    return f"{lines.UNREAD} union all {broken}"
