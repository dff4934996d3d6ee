"""Words that figures, pages and notes share."""

from __future__ import annotations


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "tie"), count(12345, "tie"), count(2, "community", "communities")
    ('1 tie', '12,345 ties', '2 communities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def signed(value: float) -> str:
    """A difference with its sign.

    >>> signed(0.0512), signed(-0.0001)
    ('+0.051', '+0.000')
    """
    # rounded first, so that no zero is below zero
    return f"{round(value, 3) + 0.0:+.3f}"
