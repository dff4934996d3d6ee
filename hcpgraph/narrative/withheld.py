"""What a reader must know of what a viewer may not see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.model.note import Note

if TYPE_CHECKING:
    from collections.abc import Sequence


def columns(viewer: str, names: Sequence[str]) -> tuple[Note, ...]:
    """The columns of a list that its reader may not see.

    >>> columns("sales", ("score", "tier")), columns("medical", ())
    (('withheld from sales: score, tier',), ())
    """
    if not names:
        return ()
    said = f"withheld from {viewer}: {', '.join(names)}"
    return (Note(said, "withheld", {"viewer": viewer, "columns": tuple(names)}),)
