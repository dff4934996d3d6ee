"""``info``: what is in a study, and which rows no import could use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.model.table import Table
from hcpgraph.store import WORKS_POSTS, WORKS_SHARE
from hcpgraph.study import releasing

if TYPE_CHECKING:
    from hcpgraph.study.open_study import OpenStudy


def answer(opened: OpenStudy) -> dict[str, Any]:
    """Counts, layers, areas, files, span of time."""
    found = opened.store.summarise()
    free = opened.area_names()
    found["areas"] = [slug for slug in found["areas"] if slug in free]
    found["files"] = releasing.release_files(opened.words(), found["files"])
    viewer = opened.viewer
    if viewer.some_people or not viewer.shows("role"):
        found["roles"] = {}  # counted over people who may be withheld
    found["default_layers"] = dict(DEFAULT_LAYERS)
    found["works_in_area"] = {"posts": WORKS_POSTS, "share": WORKS_SHARE}
    return found


def rejects(opened: OpenStudy) -> Table:
    """Every row that no import could use: file, line, reason.

    A reason may hold cells of the row; it is for those who see all of them.
    """
    rows = releasing.read_rejects(opened.store, opened.words())
    if not opened.viewer.everything:
        rows = [(file, line, releasing.UNSAID) for file, line, _ in rows]
    names = ("file", "line", "reason")
    return Table({name: [row[i] for row in rows] for i, name in enumerate(names)})
