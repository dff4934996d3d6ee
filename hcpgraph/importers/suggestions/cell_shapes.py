"""What the cells of a column are, whatever it is called: shares of its filled cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from hcpgraph.importers.suggestions.columns import SampledColumn

_MOST: Final = 0.9
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9 .,']*")
_LINK: Final = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_POST_LINK: Final = re.compile(
    r"(https?://|www\.)\S*/(status(es)?/|posts?/|p/|reel/|videos?/|watch\?v=|@[\w.]+/)"
    r"[\w-]+.*|at://\S+/app\.bsky\.feed\.post/\S+",
    re.IGNORECASE,
)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_WORD: Final = re.compile(r"[^\W\d_]")
_BARE: Final = re.compile(r"[@\w.:+-]+")
_PREFIXED: Final = re.compile(r"([a-z]{1,8}):[0-9]{3,}")
_AT: Final = re.compile(r"@[\w.-]+(@[\w.-]+)?")

# Scripts that write no blanks between words.
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]{4,}")

_CLOCK: Final = (
    r"([ T,]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(\.[0-9]+)?( ?[AaPp]\.?[Mm]\.?)?)?"
)
_ZONE: Final = r"( ?(Z|UTC|GMT|[A-Z]{3,4}|[+-][0-9]{2}:?[0-9]{2}))?"
_YEAR_FIRST: Final = re.compile(
    rf"[12][0-9]{{3}}([-/.])[0-9]{{1,2}}\1[0-9]{{1,2}}{_CLOCK}{_ZONE}"
)
_UNIX: Final = re.compile(r"1[0-9]{9}([0-9]{3})?(\.[0-9]+)?")
_NAMED: Final = re.compile(
    r"([A-Za-z]{3,9},? )?([0-9]{1,2}[ -][A-Za-z]{3,9}\.?[ -][0-9]{2,4}"
    rf"|[A-Za-z]{{3,9}}\.? [0-9]{{1,2}},? [0-9]{{4}}){_CLOCK}{_ZONE}"
    r"|[A-Za-z]{3} [A-Za-z]{3} [0-9]{1,2} [0-9:]{8} \+[0-9]{4} [0-9]{4}"
)
_DAY_OR_MONTH: Final = re.compile(
    r"(?P<one>[0-9]{1,2})(?P<sign>[./-])(?P<two>[0-9]{1,2})(?P=sign)"
    r"(?P<year>[0-9]{4}|[0-9]{2})"
    r"((?P<gap>,? )(?P<clock>[0-9]{1,2}:[0-9]{2}(?P<seconds>:[0-9]{2})?)"
    r"(?P<noon> ?[AaPp][Mm])?)?"
)
# A month by its name, and noon without a blank before it, which needs to be said.
_NOON: Final = re.compile(
    r"[0-9]{1,2}(?P<one>[ -])(?P<month>[A-Za-z]{3,9})(?P<two>[ -])(?P<year>[0-9]{2,4})"
    r"(?P<gap>,? )[0-9]{1,2}:[0-9]{2}(?P<seconds>:[0-9]{2})?[AaPp][Mm]"
)
_MONTHS: Final = 12


@dataclass(frozen=True)
class CellShape:
    """What stands in the cells of a column.

    Attributes:
        column: the column.
    """

    column: SampledColumn

    def share(self, is_such: Callable[[str], object]) -> float:
        """Share of the filled cells that are such."""
        cells = self.column.cells
        return sum(1 for cell in cells if is_such(cell)) / max(len(cells), 1)

    @cached_property
    def distinct(self) -> int:
        """How many different cells there are."""
        return len(set(self.column.cells))

    @cached_property
    def few(self) -> bool:
        """Whether few values come again and again."""
        return 0 < self.distinct <= max(3, min(20, len(self.column.cells) // 3))

    @cached_property
    def differ(self) -> bool:
        """Whether no value comes twice, as in a table of few rows."""
        return self.distinct == len(self.column.cells)

    @cached_property
    def numbers(self) -> bool:
        """Whether nearly all are numbers."""
        return self.share(_NUMBER.fullmatch) >= _MOST

    @cached_property
    def links(self) -> bool:
        """Whether nearly all are addresses of the web."""
        return self.share(_LINK.fullmatch) >= _MOST

    @cached_property
    def post_links(self) -> bool:
        """Whether nearly all are addresses of posts."""
        return self.share(_POST_LINK.fullmatch) >= _MOST

    @cached_property
    def handles(self) -> bool:
        """Whether nearly all may be handles: one word, and no mere number."""
        bare = self.share(lambda cell: _BARE.fullmatch(cell) and _WORD.search(cell))
        return bare >= _MOST and not self.links and self.share(_MAIL.fullmatch) < _MOST

    @cached_property
    def ats(self) -> bool:
        """Whether nearly all are handles with their @."""
        return self.share(_AT.fullmatch) >= _MOST

    @cached_property
    def ids(self) -> bool:
        """Whether nearly all may be ids: one word or number, and not a count."""
        bare = self.share(_BARE.fullmatch)
        return bare >= _MOST and not self.links and self.share(_MAIL.fullmatch) < _MOST

    @cached_property
    def prefix(self) -> str:
        """What stands before a colon in front of all ids, such as ``tw``."""
        found = {
            hit[1] if (hit := _PREFIXED.fullmatch(cell)) else ""
            for cell in self.column.cells
        }
        return found.pop() if len(found) == 1 else ""

    @cached_property
    def dids(self) -> bool:
        """Whether nearly all are ids of Bluesky."""
        return self.share(lambda cell: cell.startswith("did:")) >= _MOST

    @cached_property
    def counts_rows(self) -> bool:
        """Whether a column called id, and no more, counts the rows from 0 or 1."""
        if self.column.name.casefold() != "id":
            return False
        cells = self.column.cells
        numbers = [int(cell) for cell in cells if cell.isdecimal() and len(cell) < 10]
        steps = {after - before for before, after in pairwise(numbers)}
        return len(numbers) == len(cells) and numbers[:1] < [2] and steps == {1}

    @cached_property
    def words(self) -> bool:
        """Whether most hold several words, as texts and names do."""
        return self.share(lambda c: len(c.split()) > 1 or _UNSPACED.search(c)) >= 0.5

    @cached_property
    def length(self) -> float:
        """Mean number of letters."""
        return sum(map(len, self.column.cells)) / max(len(self.column.cells), 1)

    @cached_property
    def texts(self) -> bool:
        """Whether they can be nothing but texts: long, of words, hardly one twice."""
        many = self.distinct > 0.5 * len(self.column.cells)
        return self.words and many and self.length >= 30 and not self.links

    @cached_property
    def times(self) -> bool:
        """Whether nearly all are times or days."""
        return self.share(is_time) >= _MOST


def is_time(cell: str) -> bool:
    """Whether a cell is a time in one of the ways that people and programs write them.

    >>> is_time("22/09/17 11:00"), is_time("7 Dec 2025"), is_time("12:30")
    (True, True, False)
    """
    kinds = (_YEAR_FIRST, _UNIX, _NAMED, _DAY_OR_MONTH)
    return any(kind.fullmatch(cell) for kind in kinds)


@dataclass(frozen=True, slots=True)
class TimeFormats:
    """How times are written, where that has to be said.

    Attributes:
        formats: in the directives of strptime; none where the times speak for
            themselves.
        certain: whether a cell shows that the day comes first, or the month.
    """

    formats: tuple[str, ...] = ()
    certain: bool = True


def time_formats(cells: tuple[str, ...]) -> TimeFormats:
    """How the cells of a column of times are written, by evidence alone.

    >>> time_formats(("22/09/17 11:00", "01/02/17 9:05")).formats
    ('%d/%m/%y %H:%M',)
    >>> time_formats(("01/02/2017",)).certain
    False
    """
    found = [hit for cell in cells if (hit := _DAY_OR_MONTH.fullmatch(cell))]
    day_first = any(int(hit["one"]) > _MONTHS for hit in found)
    month_first = any(int(hit["two"]) > _MONTHS for hit in found)
    certain = not found or day_first != month_first
    order = ("m", "d") if month_first and not day_first else ("d", "m")
    formats = dict.fromkeys(_format(hit, order) for hit in found)
    noon = (_NOON.fullmatch(cell) for cell in cells)
    formats |= dict.fromkeys(_with_month(hit) for hit in noon if hit)
    return TimeFormats(tuple(formats), certain)


def _with_month(hit: re.Match[str]) -> str:
    month = "%b" if len(hit["month"]) == len("Mar") else "%B"
    year = "%Y" if len(hit["year"]) > len("99") else "%y"
    seconds = ":%S" if hit["seconds"] else ""
    return f"%d{hit['one']}{month}{hit['two']}{year}{hit['gap']}%I:%M{seconds}%p"


def _format(hit: re.Match[str], order: tuple[str, str]) -> str:
    sign = hit["sign"]
    year = "Y" if len(hit["year"]) > len("99") else "y"
    day = f"%{order[0]}{sign}%{order[1]}{sign}%{year}"
    if not hit["clock"]:
        return day
    hour = "%I" if hit["noon"] else "%H"
    seconds = ":%S" if hit["seconds"] else ""
    noon = hit["noon"] or ""
    blank = " " if noon.startswith(" ") else ""
    return f"{day}{hit['gap']}{hour}:%M{seconds}{blank}{'%p' if noon else ''}"
