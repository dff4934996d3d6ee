"""How values of people are compared."""

from __future__ import annotations


def folded_value(value: str) -> str:
    """A value as values are compared: without case, and blanks that say nothing.

    >>> folded_value(" New  Zealand")
    'new zealand'
    """
    return " ".join(value.split()).casefold()
