"""``export evidence``: the posts behind ties, never what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.names import LAYERS
from hcpgraph.model.query import EVERY_AREA
from hcpgraph.model.ties import NO_POST
from hcpgraph.narrative import notes, phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hcpgraph.model.evidence import Post
    from hcpgraph.model.query import Query
    from hcpgraph.model.table import Table
    from hcpgraph.model.ties import Ties
    from hcpgraph.study.open_study import OpenStudy

    # source, target, layer, post: what makes two ties one
    Tie = tuple[int, int, int, int]

COLUMNS: Final = (
    *("source", "source_handle", "target", "target_handle", "layer", "at"),
    *("platform", "post", "link", "area"),
)


def answer(opened: OpenStudy, query: Query) -> tuple[Table, tuple[str, ...]]:
    """A row per post and tie, in the order of ids and times, and what was left out.

    Ties of an area have its name; ties of the whole study name every area they are
    in, joined by ``|``.
    """
    areas: dict[Tie, list[str]] = {}
    found = opened.ties(query)
    asked = [ties for _, ties in found]
    if query.area is None:
        found = opened.ties(replace(query, area=EVERY_AREA))
    for slug, ties in found:
        for tie in set(_with_post(ties)):
            areas.setdefault(tie, []).append(str(slug))
    held, said = _released(opened, query, asked)
    made = sorted({tie for ties in asked for tie in _with_post(ties)})
    shown = [tie for tie in made if not held & {tie[0], tie[1]}]
    left = notes.evidence_left_out(len(made) - len(shown), _without_post(asked))
    table = _table(opened, shown, areas, one_each=query.area == EVERY_AREA)
    return table, (*said, *left, *opened.withheld(table))


def _with_post(ties: Ties) -> Iterable[Tie]:
    made = ties.where((ties.post != NO_POST) & (ties.source != ties.target))
    columns = (made.source, made.target, made.layer, made.post)
    return zip(*(column.tolist() for column in columns), strict=True)


def _without_post(asked: Sequence[Ties]) -> int:
    """How many ties no post made; one that is in several areas counts once."""
    made = [ties.where(ties.post == NO_POST) for ties in asked]
    if len(made) < 2:
        return sum(map(len, made))
    # the columns that tell ties without a post apart
    columns = [
        np.concatenate([getattr(ties, name) for ties in made])
        for name in ("source", "target", "layer", "at")
    ]
    order = np.lexsort(columns)
    changes = [np.diff(column[order]) != 0 for column in columns]
    return int(np.any(changes, axis=0).sum()) + int(len(order) > 0)


def _released(
    opened: OpenStudy, query: Query, asked: Iterable[Ties]
) -> tuple[set[int], tuple[str, ...]]:
    """The accounts that may not be named, and how many for which reason."""
    ends = [end for ties in asked for end in (ties.source, ties.target)]
    accounts = np.unique(np.concatenate([np.empty(0, np.int32), *ends]))
    allowed, said = opened.release(query, opened.store.read_roles(accounts))
    return set(accounts[~allowed].tolist()), said


def _table(
    opened: OpenStudy, made: list[Tie], areas: dict[Tie, list[str]], *, one_each: bool
) -> Table:
    """The ties with their posts; with *one_each*, a row for each area."""
    store = opened.store
    posts = {
        post.post: post
        for post in store.read_posts(np.array([tie[3] for tie in made], np.int32))
    }
    accounts = sorted({end for tie in made for end in tie[:2]})
    profiles = opened.people(accounts, ("handle",))
    people = dict(
        zip(accounts, zip(profiles["id"], profiles["handle"], strict=True), strict=True)
    )
    rows = []
    for tie in made:
        source, target, layer, number = tie
        said = (*people[source], *people[target], LAYERS[layer], *_told(posts[number]))
        found = areas.get(tie, [])
        joined = "|".join(found) or None
        rows += [(*said, area) for area in (found if one_each else [joined])]
    # by area last, so that one area reads like another
    rows.sort(key=lambda row: tuple("" if cell is None else cell for cell in row))
    columns = {name: [row[i] for row in rows] for i, name in enumerate(COLUMNS)}
    return opened.table("evidence", columns)


def _told(post: Post) -> tuple[str | None, ...]:
    """When, on which platform, its id there, and where it can be read."""
    link = phrases.link(post.platform, post.native_id)
    known = post.platform in phrases.LINKS
    at = None if post.at is None else datetime.fromtimestamp(post.at, UTC)
    return (
        None if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        post.platform,
        post.native_id,
        link if known else None,
    )
