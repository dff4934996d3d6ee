"""The smallest file that still shows a fault."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_TRIES: Final = 120
_SECONDS: Final = 15.0


def smallest(data: bytes, shows: Callable[[bytes], bool]) -> bytes:
    """Drop lines, then pieces of bytes, for as long as the fault is still shown.

    Args:
        data: a file that shows it.
        shows: whether another file does, too.
    """
    limit = time.monotonic() + _SECONDS
    left = _TRIES

    def still(candidate: bytes) -> bool:
        nonlocal left
        left -= 1
        return left >= 0 and time.monotonic() < limit and shows(candidate)

    lines = data.splitlines(keepends=True)
    data = b"".join(_reduced(lines, lambda kept: still(b"".join(kept))))
    pieces = [data[i : i + 1] for i in range(len(data))]
    return b"".join(_reduced(pieces, lambda kept: still(b"".join(kept))))


def _reduced(parts: list[bytes], still: Callable[[list[bytes]], bool]) -> list[bytes]:
    """*parts* without the runs that are not needed, longer runs tried first."""
    size = len(parts) // 2
    while size >= 1:
        start = 0
        while start < len(parts):
            kept = parts[:start] + parts[start + size :]
            if kept and still(kept):
                parts = kept
            else:
                start += size
        size //= 2
    return parts
