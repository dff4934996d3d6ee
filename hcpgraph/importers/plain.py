"""Ties between plain numbers: the quick way to read a list of who follows whom.

Most such lists have two columns of long numbers and not one bad row. DuckDB's own
reader takes those a good deal faster than line by line; it stops at the first
row that is anything else, and the file is then read the careful way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.importers import lines, parquet_reading, sql

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from hcpgraph.importers.csv_reading import Header
    from hcpgraph.importers.head import Head

_ENDS: Final = frozenset({"source", "target"})

# A cast alone would also take 007, 1e5 and 1_000 for numbers: what was read must be
# written again as it was.
_CHECKED: Final = """
select $source as source, $target as target
from (
    select *,
        try_cast(source as ubigint) as from_id, try_cast(target as ubigint) as to_id
    from ($texts)
)
"""
_NUMBER: Final = """case
    when $number::varchar = $cell then $number
    when $number::varchar = trim($cell, $blanks) then $number
    else error('an id is no number') end"""

_CSV: Final = """
from read_csv(
    $file, columns = {$columns}, delim = $delimiter, quote = '"', escape = '"',
    comment = '', header = false, skip = 1, auto_detect = false, strict_mode = true,
    compression = $compression, max_line_size = $longest, buffer_size = $buffer
)
"""
_PARQUET: Final = """
select $source::varchar as source, $target::varchar as target
from read_parquet($file, hive_partitioning = false)
"""


def from_csv(head: Head, header: Header, columns: Mapping[str, int]) -> str | None:
    """A query that gives both ends of every tie as numbers, or fails.

    A cell that is a number holds no quote, delimiter or line end, so there is
    nothing that the careful way could split differently.

    Args:
        head: the file.
        header: its header.
        columns: what is to be read -> position in the file.

    Returns:
        The query; None if the file has other columns, or does not begin like this.
    """
    if header.line != 1 or len(header.names) != len(_ENDS) or columns.keys() != _ENDS:
        return None
    if not all(_plain(line, header.delimiter) for line in head.lines()[1:]):
        return None
    names = sorted(columns, key=columns.__getitem__)
    texts = sql.fill(
        _CSV,
        columns=", ".join(f"{sql.text(name)}: 'VARCHAR'" for name in names),
        delimiter=sql.text(header.delimiter),
        **lines.reader(head),
    )
    return _checked(texts, blanks=" \t")


def _plain(line: str, delimiter: str) -> bool:
    """Whether a line is likely to hold nothing but numbers."""
    cells = line.replace('"', "").split(delimiter)
    return all(cell.strip().isdecimal() for cell in cells)


def from_parquet(
    head: Head, schema: pa.Schema, columns: Mapping[str, int]
) -> str | None:
    """Like ``from_csv``; other columns do no harm here, if they are not read."""
    if columns.keys() != _ENDS:
        return None
    ends = {
        name: parquet_reading.quoted(schema.field(position).name)
        for name, position in columns.items()
    }
    return _checked(sql.fill(_PARQUET, file=sql.file(head.path), **ends), blanks=" ")


def _checked(texts: str, *, blanks: str) -> str:
    """Both columns of *texts* as numbers; anything that is none is an error."""
    around = sql.text(blanks)
    return sql.fill(
        _CHECKED,
        texts=texts,
        source=sql.fill(_NUMBER, number="from_id", cell="source", blanks=around),
        target=sql.fill(_NUMBER, number="to_id", cell="target", blanks=around),
    )
