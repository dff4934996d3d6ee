"""Where the headings of a table stand, if titles or notes stand above them.

LinkedIn puts notes above its connections, NodeXL groups of headings above the headings,
and many reports a title and a date.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DELIMITERS: Final = (",", "\t", ";", "|")

SHOWN: Final = 40  # lines that are looked at
_MOST_ABOVE: Final = 12  # rows
_BELOW: Final = 5  # rows that must fit the headings
_LONGEST: Final = 80  # letters of a heading
# No heading: ids, handles, addresses, numbers, dates, and lines of letters and chats.
_NO_HEADING: Final = re.compile(
    r"@.*|\W*[\d\W]*|.*://.*|.*\d{5,}.*|[^:]*: .*|.*\S@\S.*", re.DOTALL
)
# How networks and references in text begin, which have lines of their own kind, and
# Excel's own line, which the reader of tables knows.
_NO_TABLE: Final = re.compile(
    r"\s*([*%<{\[]|\"?sep=|[A-Z][A-Z0-9]{1,3} {0,2}- |\"?nodedef|dl\b"
    r"|(di|strict )?graph\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row near the beginning of a table.

    Attributes:
        line: where it begins, from 1.
        end: where it ends.
        cells: without those at the end in which nothing stands.
    """

    line: int
    end: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> int:
        """How many cells are."""
        return sum(1 for cell in self.cells if cell)


def line_below_titles(lines: Sequence[str], separator: str | None) -> int | None:
    """The line of the headings; None if the first row is, or it is not clear.

    Args:
        lines: the first lines of the file, blank ones as well.
        separator: what stands between cells, if that is known.

    >>> line_below_titles(["My followers", "", "id,name", "11,Ann"], None)
    3
    """
    if not lines or _NO_TABLE.match(next(filter(str.strip, lines), "")):
        return None
    delimiters = (separator,) if separator else DELIMITERS
    tables = [list(_rows(lines[:SHOWN], delimiter)) for delimiter in delimiters]
    if any(
        rows and _are_headings(rows[0]) and _fit(rows[0], rows[1:]) for rows in tables
    ):
        return None
    found = [row for rows in tables if (row := _headings(rows)) is not None]
    return max(found, key=lambda row: row.filled).line if found else None


def _rows(lines: Sequence[str], delimiter: str) -> Iterator[ShownRow]:
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            plain = [cell.strip() for cell in cells]
            while plain and not plain[-1]:
                del plain[-1]
            if plain:
                yield ShownRow(begins, reader.line_num, tuple(plain))
            begins = reader.line_num + 1
    except csv.Error:
        return


def _headings(rows: Sequence[ShownRow]) -> ShownRow | None:
    for place in range(1, min(_MOST_ABOVE, len(rows) - 1)):
        row, above = rows[place], rows[:place]
        parted = row.line > above[-1].end + 1
        if not all(_is_title(each, row, parted=parted) for each in above):
            continue
        if _are_headings(row) and _fit(row, rows[place + 1 :]):
            return row
    return None


def _is_title(above: ShownRow, row: ShownRow, *, parted: bool) -> bool:
    """Whether a row has too few cells for headings, or a blank line behind it."""
    if above.filled == 1 < row.filled:
        return True
    if 2 * above.filled <= row.filled and len(above.cells) > above.filled:
        return True  # groups of headings, each above several
    return parted and above.filled < row.filled


def _are_headings(row: ShownRow) -> bool:
    return (
        row.filled > 1
        and row.filled == len(row.cells)
        and len({cell.casefold() for cell in row.cells}) == len(row.cells)
        and not any(
            len(cell) > _LONGEST or _NO_HEADING.fullmatch(cell) for cell in row.cells
        )
    )


def _fit(row: ShownRow, below: Sequence[ShownRow]) -> bool:
    """Whether rows below headings have no more cells, and most about as many."""
    below = below[:_BELOW]
    full = sum(2 * each.filled >= row.filled and each.filled > 1 for each in below)
    return 2 * full > len(below) and all(
        len(each.cells) <= len(row.cells) for each in below
    )
