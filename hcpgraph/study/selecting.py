"""What a selection means in a study: which ties, and who may be listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph import policy
from hcpgraph.errors import UnknownArea
from hcpgraph.model.query import EVERY_AREA
from hcpgraph.model.ties import NO_TIME
from hcpgraph.store import Scope
from hcpgraph.study import releasing

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from hcpgraph.model.query import Selection
    from hcpgraph.model.ties import Roles, Ties
    from hcpgraph.store import Store


def ties_by_area(
    store: Store, selection: Selection
) -> Iterator[tuple[str | None, Ties]]:
    """The ties of each area that was asked for, or of the whole study."""
    slugs = area_slugs(store, selection)
    if selection.area == EVERY_AREA and not slugs:
        return
    ties = store.read_ties(scope_of(selection, slugs))
    if not slugs:
        yield None, ties
    for i, slug in enumerate(slugs):
        yield slug, ties.where(ties.area == i)


def scope_of(selection: Selection, slugs: tuple[str, ...]) -> Scope:
    """The part of a study that is asked about; no areas mean all of it."""
    layers = tuple(selection.layers)
    return Scope(slugs, layers, selection.since, selection.until)


def area_slugs(store: Store, selection: Selection) -> tuple[str, ...]:
    """The areas a selection asks for; none means the whole study.

    Raises:
        UnknownArea: if the study has no such area.
    """
    if selection.area is None:
        return ()
    if selection.area == EVERY_AREA:
        return releasing.area_slugs(store, with_ties=True)
    known = releasing.area_slugs(store)
    if selection.area not in known:
        raise UnknownArea(selection.area, known)
    return (selection.area,)


def release(
    store: Store, selection: Selection, accounts: Roles
) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """Who of *accounts* may be listed, and in words who was held back."""
    released = policy.release(
        accounts, audience=releasing.audience_of(store, selection)
    )
    notes = [f"audience: {released.audience}"]
    notes += [f"not listed: {n} {reason}" for reason, n in released.held.items()]
    allowed = released.mask
    if selection.has_filter:
        fits = store.read_matching(
            accounts.account,
            country=selection.country,
            specialty=selection.specialty,
            role=selection.role,
        )
        notes.append(f"other people filtered out: {int((allowed & ~fits).sum())}")
        allowed = allowed & fits
    return allowed, tuple(notes)


def time_notes(ties: Ties, selection: Selection) -> tuple[str, ...]:
    """What a reader must know of ties without a time, if a period was asked for."""
    timeless = int((ties.at == NO_TIME).sum())
    if not timeless or not (selection.since or selection.until):
        return ()
    if timeless == len(ties):
        return (
            f"no tie of this period has a time; {timeless} without one, which count"
            " in every period, are all there is",
        )
    return (f"{timeless} ties without a time are kept in every period",)
