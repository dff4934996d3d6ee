"""Words that figures and pages share."""

from __future__ import annotations


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "tie"), count(12345, "tie"), count(2, "community", "communities")
    ('1 tie', '12,345 ties', '2 communities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
