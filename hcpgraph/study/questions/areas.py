"""``areas``: disease areas with their posts, accounts and ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.model.columns import LISTS

if TYPE_CHECKING:
    from hcpgraph.model.table import Table
    from hcpgraph.study.open_study import OpenStudy


def answer(opened: OpenStudy, *, every: bool = False) -> Table:
    """The areas that may be named.

    Args:
        opened: the study.
        every: also those that occur nowhere in the study.
    """
    rows = opened.areas()
    if not every:
        rows = [r for r in rows if r["posts"] or r["accounts"] or r["ties"]]
    names = [column.name for column in LISTS["areas"]]
    return opened.table("areas", {name: [row[name] for row in rows] for name in names})
