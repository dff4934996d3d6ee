"""The texts of the page: names made safe to show, and findings as sentences."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.model.words import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.model.backtest import Backtest
    from hcpgraph.model.prospects import Prospects
    from hcpgraph.model.report import AreaReport

# joiners without which some scripts and emoji fall apart
_JOINERS: Final = frozenset("\u200c\u200d")
_LONGEST: Final = 60
OURS: Final = "hcpgraph"
RANDOM: Final = "random"
_SPANNED: Final = 10  # leaders whose ranges are summed up
# a contribution in a few words, for a reader in a hurry
STRENGTHS: Final[Mapping[str, str]] = {
    "reach": "Many followers",
    "resonance": "Many responders",
    "authority": "Followed by active people",
    "brokerage": "Audience across communities",
    "activity": "Frequent and recent posts",
}


def clean(text: object) -> str | None:
    r"""Text of a stranger on one line, without signs that turn or hide the rest.

    >>> clean("a\u202eb\x00c\n d"), clean(None), clean("  ")
    ('abc d', None, None)
    """
    if text is None:
        return None
    kept = [
        " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFC", str(text))
        if sign.isspace()
        or sign in _JOINERS
        or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    ]
    return " ".join("".join(kept).split()) or None


def brief(text: object) -> str:
    """The same, cut where no list could show it.

    >>> brief("x" * 99) == "x" * 59 + "\N{HORIZONTAL ELLIPSIS}", brief(None)
    (True, '')
    """
    whole = clean(text) or ""
    if len(whole) <= _LONGEST:
        return whole
    return whole[: _LONGEST - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def span(first: str | None, last: str | None) -> str:
    """A period as people write it.

    >>> span("2025-01-01", "2025-12-31"), span(None, None)
    ('1 January 2025 to 31 December 2025', 'no tie and no post has a time')
    """
    if not first and not last:
        return "no tie and no post has a time"
    return f"{day(first)} to {day(last)}"


def day(instant: str | None) -> str:
    """A time as people write a day.

    >>> day("2025-06-17T14:58:00Z"), day(None)
    ('17 June 2025', 'unknown')
    """
    if not instant:
        return "unknown"
    at = datetime.fromisoformat(instant)
    return f"{at.day} {at:%B %Y}"


def strength(row: Mapping[str, Any], medians: Mapping[str, float]) -> str:
    """The contribution furthest above the median, in a sentence; empty without any.

    >>> nothing = dict.fromkeys(CONTRIBUTIONS, 0.0)
    >>> strength(nothing | {"reach": 2.0}, nothing)
    'Many followers: reach 2.00 (median 0.00).'
    """
    if not medians:
        return ""
    lead = {name: row[name] - medians[name] for name in CONTRIBUTIONS}
    best = max(CONTRIBUTIONS, key=lambda name: lead[name])
    if lead[best] <= 0:
        return "No contribution above the median."
    return f"{STRENGTHS[best]}: {best} {row[best]:.2f} (median {medians[best]:.2f})."


def probability(share: float) -> str:
    """A probability as a percentage, never 0 or 100.

    >>> probability(0.354), probability(1.0), probability(0.001)
    ('35 %', '> 99 %', '< 1 %')
    """
    if share > 0.99:
        return "> 99 %"
    return "< 1 %" if share < 0.01 else f"{100 * share:.0f} %"


def signed(value: float) -> str:
    """A difference with its sign; none below zero that rounds to it.

    >>> signed(0.0123), signed(-0.0001), signed(-0.03)
    ('+0.012', '+0.000', '-0.030')
    """
    return f"{round(value, 3) + 0.0:+.3f}"


def opening(area: AreaReport) -> str:
    """Size of an area, in a sentence."""
    accounts, ties = area.size
    held = accounts - area.listed
    said = (
        f"{count(accounts, 'account')} and {count(ties, 'tie')};"
        f" {count(area.listed, 'person', 'people')} may be named"
    )
    return f"{said}, {held:,} may not." if held else f"{said}."


def gained(prospects: Prospects) -> str:
    """Reach of all prospects together, in a sentence."""
    many = count(len(prospects), "prospect")
    shares = prospects.reach.get("chosen", ())
    if len(shares) < 2:
        return f"{many} in all."
    first, last = shares[0], shares[-1]
    return (
        f"The {many} would raise the reached share of the area from {first:.0%} to"
        f" {last:.0%}."
    )


def sureness(area: AreaReport) -> list[str]:
    """Uncertainty and validation of a ranking, for a reader in a hurry."""
    said = []
    ends = [n for n in ("rank_low", "rank_high") if n in area.ranking.names]
    first = area.ranking.select(ends).head(_SPANNED)
    ranges: list[Any] = [row for row in first.rows() if None not in row]
    widths = [high - low + 1 for low, high in ranges]
    if widths:
        middle = sorted(widths)[len(widths) // 2]
        said.append(
            f"Ranks have 90 % intervals: among the first {len(widths)} the median"
            f" interval spans {count(middle, 'rank')}."
        )
    said.append(_past(area.backtest) if area.backtest else _no_past(area.lacking))
    return said


def _no_past(lacking: str) -> str:
    return f"No validation on the study's own past: {lacking}."


def _past(found: Backtest) -> str:
    ours = compared(found)[0]
    return (
        f"Validated at {count(len(found.moments), 'cut-off')} of the study's own past"
        " against later responders (NDCG, 1 is the ideal order):"
        f" {ours['ndcg']:.2f}, 90 % interval {ours['low']:.2f} to {ours['high']:.2f}."
        " Beside it the best baseline, and random order:"
    )


def compared(found: Backtest) -> list[dict[str, Any]]:
    """Our ranking, the best baseline, and random order."""
    names = found.table.names
    rows: list[dict[str, Any]] = [
        dict(zip(names, row, strict=True)) for row in found.table.rows()
    ]
    ours = [row for row in rows if row["method"] == OURS]
    at_random = [row for row in rows if row["method"] == RANDOM]
    others = [row for row in rows if row not in at_random and OURS not in row["method"]]
    best = sorted(others, key=lambda row: (-row["ndcg"], row["method"]))[:1]
    return [*ours, *best, *at_random]
