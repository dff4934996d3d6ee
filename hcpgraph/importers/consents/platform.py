"""Results of the compliance jobs of X: which accounts are gone, or no longer public.

One object a line: ``{"id", "action", "created_at", "redacted_at", "reason"}``. Whoever
deleted or protected an account, or whose account was suspended, is to be left alone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.importers.consents.days import day_of
from hcpgraph.importers.consents.persons import names_of
from hcpgraph.model.consent import ALL, ID, NO, ConsentRow, Statement

if TYPE_CHECKING:
    from pathlib import Path

_HEAD: Final = 2**16
_WITHOUT: Final = {"username", "text", "author_id", "data"}
# What the platform says of an account, and no longer lets be used.
_GONE: Final = frozenset(
    {"deleted", "deactivated", "suspended", "protected", "offboarded", "withheld"}
)
_SCRUBBED: Final = frozenset({"scrub_geo", "scrubgeo"})


def is_platform_result(path: Path) -> bool:
    """Whether a file can be read, and begins as the result of a compliance job."""
    try:
        with path.open("rb") as stream:
            start = stream.read(_HEAD)
        first = next((line for line in start.splitlines() if line.strip()), b"")
        return is_result(json.loads(first))
    except (OSError, ValueError, RecursionError):
        return False


def is_result(item: object) -> bool:
    """Whether a JSON value is a row of such a result."""
    return (
        isinstance(item, dict)
        and {"id", "action"} <= item.keys()
        and item.keys().isdisjoint(_WITHOUT)
    )


def read_result(line: int, item: dict[str, Any]) -> ConsentRow | None:
    """The objection that a row states; None if it takes no account away.

    Raises:
        ValueError: if it is none, or its words are unknown.
    """
    names = names_of([(ID, str(item.get("id", "")))], "x")
    if not names:
        raise ValueError("names nobody")
    action = str(item.get("action", "")).casefold()
    reason = str(item.get("reason", "")).casefold()
    if action in _SCRUBBED or reason in _SCRUBBED:
        return None
    if action != "delete" or (reason and reason not in _GONE):
        raise ValueError("unknown word for action or reason")
    when = item.get("redacted_at")
    said = Statement(
        channel=ALL,
        purpose=ALL,
        status=NO,
        basis="platform",
        given=day_of(when) if isinstance(when, str) else None,
        said_in=f"X: {reason}" if reason else "X",
    )
    return ConsentRow(line, names, (said,))
