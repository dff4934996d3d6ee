"""``find``: accounts by part of a name, handle, bio or institution."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hcpgraph.model.table import NotedTable
    from hcpgraph.study.open_study import OpenStudy


def answer(opened: OpenStudy, text: str, *, most: int) -> NotedTable:
    """Accounts with *text* in what the viewer sees of them, the most followed first.

    Raises:
        WithheldList: if the viewer sees nothing of people.
    """
    columns, notes = opened.search(text, most=most)
    return opened.noted("find", columns, notes)
