"""The boundaries of a study's changes, reported to a callback.

Tests alone set one, and end the process there: at whatever boundary a study is
left at, the next command must find it whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _go_on(moment: str) -> None:
    """The callback by default: it does nothing."""


listener: Callable[[str], None] = _go_on


def reach(moment: str) -> None:
    """Report that a boundary, such as "before commit", is reached."""
    listener(moment)
