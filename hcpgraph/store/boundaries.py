"""The moments between which a study stands as it is, told to whoever listens.

Nobody listens but tests, which end the process there: whatever moment a study is
left at, the next command must find it whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _go_on(moment: str) -> None:
    """Where nobody listens."""


listener: Callable[[str], None] = _go_on


def reach(moment: str) -> None:
    """Say that *moment*, such as "before commit", has come."""
    listener(moment)
