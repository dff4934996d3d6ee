"""Numbers and tables as Markdown shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.benchmarks.results import Spread


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, texts: int = 1) -> str:
    """The first columns left, numbers right; nothing at all without rows."""
    body = [f"| {' | '.join(row)} |" for row in rows]
    if not body:
        return ""
    rule = "|".join(["---"] * texts + ["--:"] * (len(head) - texts))
    return "\n".join([f"| {' | '.join(head)} |", f"|{rule}|", *body])


def number(value: float) -> str:
    """Three digits that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def shown(found: Spread | None) -> str:
    """The median, and how far the rounds lie apart."""
    if found is None:
        return "-"
    middle = number(found.middle)
    if found.low == found.high:
        return middle
    return f"{middle} ({number(found.low)}-{number(found.high)})"


def gb(found: Spread | None) -> str:
    """The median of numbers of MB, as GB."""
    return "-" if found is None else f"{found.middle / 1000:.2f}"
