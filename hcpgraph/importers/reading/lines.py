"""Text files line by line, with true line numbers, in SQL.

Every line becomes one row: what a line holds is found out afterwards, where a
bad one can be told from a good one. Two kinds of lines cannot even be read:
those that are not UTF-8 and those longer than ``LONGEST``. The reader leaves
them out and lists them, so the lines after them are numbered anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from hcpgraph.errors import ExportError
from hcpgraph.importers.reading import sql

if TYPE_CHECKING:
    from pathlib import Path

    from hcpgraph.importers.reading.head import Head

LONGEST: Final = 32 * 2**20
_PIECE: Final = 2**16  # bytes; most lines end in the first that is looked at

# Four separators that no text holds in a row: a line is a single column.
_LINES = """(
    select row_number() over () as line, text
    from read_csv(
        $file, columns = {'text': 'VARCHAR'}, delim = '\x1c\x1d\x1e\x1f',
        quote = '', escape = '', comment = '', header = false, auto_detect = false,
        strict_mode = false, compression = $compression, max_line_size = $longest,
        buffer_size = $buffer, store_rejects = true,
        rejects_table = 'unread', rejects_scan = 'unread_scan'
    )
)"""

CLEAR: Final = (
    "drop table if exists unread",
    "drop table if exists unread_scan",
)

# What the reader would list, where it has not been asked.
NONE: Final = ("create or replace temp table unread (line bigint, error_type varchar)",)

# The i-th line left out stands before every line that was numbered from
# (its own number - i + 1) on.
_RENUMBER: Final = """
update $table set line = line + gap.width
from (
    select
        width,
        bad - width + 1 as first,
        lead(bad, 1, 9223372036854775807) over (order by bad) - width as next
    from (
        select line as bad, row_number() over (order by line) as width
        from (select distinct line from $left_out)
    )
) as gap
where line >= gap.first and line < gap.next
"""

UNREAD: Final = """
select line, case error_type
    when 'INVALID ENCODING' then 'the line is not valid UTF-8'
    when 'LINE SIZE OVER MAXIMUM' then 'the line is longer than 32 MB'
    else lower(error_type) end as reason
from unread
"""


def renumber(table: str, left_out: str) -> str:
    """A statement that counts lines into the numbers of *table* that it left out.

    Args:
        table: its column ``line`` counts from 1 as if the others were not there.
        left_out: table whose ``line`` says where they stand in the file.
    """
    return sql.fill(_RENUMBER, table=table, left_out=left_out)


def numbered_lines(head: Head) -> str:
    """A relation with the columns ``line`` and ``text``; blank lines are null.

    Raises:
        ExportError: if a line is longer than the reader can even report.
    """
    if not head.gzipped:
        _check_length(head.path)
    return sql.fill(_LINES, **reader(head))


def reader(head: Head) -> dict[str, str]:
    """What every way to read the file must tell DuckDB's reader."""
    return {
        "file": sql.file(head.path),
        "compression": "'gzip'" if head.gzipped else "'none'",
        "longest": str(LONGEST),
        "buffer": str(2 * LONGEST),
    }


def fits(head: Head, size: int) -> bool:
    """Whether no line is longer than *size* bytes, as far as can be seen.

    Looks from line end to line end, as far apart as *size* allows. How long lines
    are inside a compressed file cannot be seen from outside.
    """
    if head.gzipped:
        return True
    total = head.path.stat().st_size
    with head.path.open("rb") as stream:
        start = 0
        while total - start > size:
            end = _last_line_end(stream, start, start + size)
            if end is None:
                return False
            start = end + 1
    return True


def too_long(start: int) -> str:
    """Why a file is refused that has too long a line after the byte *start*."""
    return (
        f"has a line longer than 32 MB after byte {start}; write one record a line and"
        " import again"
    )


def _check_length(path: Path) -> None:
    """Lines of two buffers vanish without a word, so they are looked for here.

    Such a line fills at least one window of its length.
    """
    size = path.stat().st_size
    if size < 2 * LONGEST:
        return
    with path.open("rb") as stream:
        for start in range(0, size - LONGEST, LONGEST):
            if _last_line_end(stream, start, start + LONGEST) is None:
                raise ExportError(path, too_long(start))


def _last_line_end(stream: BinaryIO, start: int, end: int) -> int | None:
    """Where the last line end from *start* to before *end* stands, if one does."""
    while end > start:
        begin = max(start, end - _PIECE)
        stream.seek(begin)
        found = stream.read(end - begin).rfind(b"\n")
        if found != -1:
            return begin + found
        end = begin
    return None
