"""How accounts and areas are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcpgraph.store import Store
    from hcpgraph.study.core import Study


def call(store: Store, accounts: Iterable[int]) -> dict[int, str]:
    """How accounts are called: by handle, else by id."""
    numbers = sorted(accounts)
    profiles = store.read_profiles(numbers, ("handle",))
    shown = zip(numbers, profiles["handle"], profiles["id"], strict=True)
    return {n: f"@{handle}" if handle else str(printed) for n, handle, printed in shown}


def area_names(study: Study) -> dict[str, str]:
    """Areas by slug, as their vocabulary calls them."""
    table = study.areas(every=True)
    pairs = zip(table["slug"], table["name"], strict=True)
    return {str(slug): str(name) for slug, name in pairs}
