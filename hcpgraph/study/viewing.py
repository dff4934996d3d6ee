"""What a viewer sees: columns of lists, and people.

Decided by the policy, applied here to whatever leaves ``OpenStudy``.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph import policy
from hcpgraph.errors import (
    UnknownPurpose,
    UnknownViewer,
    WithheldColumn,
    WithheldList,
)
from hcpgraph.model.columns import ORDERED_BY
from hcpgraph.model.names import CONTRIBUTIONS, DEFAULT_LAYERS, LAYER_FAMILIES
from hcpgraph.model.query import SCORE
from hcpgraph.model.quotas import TEAM
from hcpgraph.model.table import Table
from hcpgraph.store import SEARCHED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.access import Access
    from hcpgraph.model.query import Query
    from hcpgraph.model.quotas import Quotas
    from hcpgraph.model.table import Cell
    from hcpgraph.store import Store

    Columns = dict[str, list[str | None]]


def find_viewer(rules: policy.Policy, access: Access) -> policy.Viewer:
    """The viewer who reads, according to the policy.

    Raises:
        UnknownViewer: if the policy has no such viewer.
        UnknownPurpose: if that viewer does not read for the purpose that is given.
    """
    found = rules.viewers.get(access.viewer)
    if found is None:
        raise UnknownViewer(access.viewer, tuple(rules.viewers))
    if access.purpose is not None and access.purpose not in found.purposes:
        raise UnknownPurpose(found.name, access.purpose, found.purposes)
    return found


def project(
    viewer: policy.Viewer, listing: str, columns: Mapping[str, Sequence[Cell]]
) -> Table:
    """The columns of a list that a viewer sees, in their declared order.

    Raises:
        WithheldList: if the viewer sees none of them.
    """
    whole = Table.of(listing, columns)
    if viewer.everything:
        return whole
    seen = [name for name in whole.names if viewer.sees(listing, name)]
    if not seen and whole.names:
        raise WithheldList(viewer.name, listing)
    left = tuple(name for name in whole.names if name not in seen)
    found = whole.select(seen)
    if ORDERED_BY.get(listing) in left:
        found = _sorted(found)
    return replace(found, withheld=left)


def _sorted(table: Table) -> Table:
    """The rows by what stands in them, as their order would tell what is withheld."""
    # members of a community stay together
    first = sorted(table.names, key=lambda name: name != "community")
    cells = [[_place(cell) for cell in table[name]] for name in first]
    order = sorted(range(len(table)), key=lambda row: [column[row] for column in cells])
    columns = {name: [table[name][row] for row in order] for name in table.names}
    return Table(columns, table.listing)


def _place(cell: Cell) -> tuple[float, str]:
    """Numbers by size, then texts, then what is empty."""
    if cell is None:
        return float("inf"), "\U0010ffff"
    return (float("inf"), cell) if isinstance(cell, str) else (float(cell), "")


def hold_back(
    released: policy.Released, seen: NDArray[np.bool_], viewer: policy.Viewer
) -> policy.Released:
    """Those of some people that a viewer sees, and how many others there are."""
    held = int((released.mask & ~seen).sum())
    if not held:
        return released
    reasons = {**released.held, f"withheld from {viewer.name}": held}
    return replace(released, mask=released.mask & seen, held=MappingProxyType(reasons))


def read_people(
    store: Store,
    viewer: policy.Viewer,
    accounts: Sequence[int] | NDArray[np.int32],
    fields: Sequence[str],
) -> Columns:
    """Id and *fields* of people; what is withheld from a viewer is not read.

    Such columns are empty, so that whatever is made of them says nothing of anybody.
    """
    shown = [field for field in fields if viewer.shows(field)]
    if viewer.everything:
        return store.read_profiles(accounts, shown)
    nobody: list[str | None] = [None] * len(accounts)
    found: Columns = dict.fromkeys(("id", *fields), nobody)
    if shown:
        found |= store.read_profiles(accounts, shown)
    elif viewer.shows("id"):
        found["id"] = list(store.read_ids(np.asarray(accounts, np.int32)))
    found["id"] = [shown_id(viewer, own) for own in found["id"]]
    return found


def shown_id(viewer: policy.Viewer, own: str | None) -> str | None:
    """An id as a viewer sees it; that of an account known by handle is its handle."""
    if own is None or not viewer.shows("id"):
        return None
    is_handle = own.startswith("@") or ":@" in own
    return None if is_handle and not viewer.shows("handle") else own


def called(people: Columns, may: Sequence[bool]) -> list[str | None]:
    """What is printed of people: the id, else the handle; None for neither.

    Args:
        people: id and handle, as a viewer sees them.
        may: whether each of them may be called at all.
    """
    rows = zip(people["id"], people["handle"], may, strict=True)
    return [
        (own or (handle and f"@{handle}")) if one else None for own, handle, one in rows
    ]


def searched(viewer: policy.Viewer) -> list[str]:
    """What a viewer may look into; bios are no column, and for who sees all of them."""
    whole = viewer.columns is None and not viewer.without
    return [
        name for name in SEARCHED if (whole if name == "bio" else viewer.shows(name))
    ]


def may_ask(viewer: policy.Viewer, name: str) -> bool:
    """Whether a viewer may look somebody up by this name: an id or a handle.

    Who does not see a column could try its values out.
    """
    return viewer.shows("handle" if name.startswith("@") or ":@" in name else "id")


def check_query(viewer: policy.Viewer, query: Query) -> None:
    """Refuse a question whose answer tells of what is withheld from a viewer.

    Raises:
        WithheldColumn: if it does.
    """
    for asked, columns in _telling(query):
        for column in columns:
            if not viewer.shows(column):
                raise WithheldColumn(viewer.name, column, asked)


def _telling(query: Query) -> Iterator[tuple[str, Sequence[str]]]:
    """What a question asks for, and of which columns that tells."""
    for column in ("country", "specialty", "role"):
        if getattr(query, column) is not None:
            yield f"a filter by {column}", (column,)
    if query.audience == "all":
        yield "a list for audience 'all'", ("role",)
    if query.weights:
        yield "a score with weights of your own", CONTRIBUTIONS
    if query.by != SCORE:
        yield f"a ranking by {query.by}", (SCORE,)


def check_layers(viewer: policy.Viewer, query: Query) -> None:
    """Refuse a ranking by layers of one's own where that by one family is withheld.

    Raises:
        WithheldColumn: if it is.
    """
    if dict(query.layers) == dict(DEFAULT_LAYERS):
        return
    for family in LAYER_FAMILIES:
        if not viewer.shows(f"rank_{family}"):
            raise WithheldColumn(viewer.name, f"rank_{family}", "a ranking by layers")


def check_limits(viewer: policy.Viewer, limits: Quotas) -> None:
    """Refuse limits by what is withheld from a viewer.

    Raises:
        WithheldColumn: if there is such a limit.
    """
    for limited in limits.columns:
        for column in TEAM if limited == "team" else (limited,):
            if not viewer.shows(column):
                raise WithheldColumn(viewer.name, column, f"a limit by {limited}")
