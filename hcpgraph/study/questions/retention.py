"""``policy --retain``: what is kept for longer than the policy allows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from hcpgraph.model.query import utc_time
from hcpgraph.model.retention import Expired, Limit
from hcpgraph.model.table import Table
from hcpgraph.policy import region_of
from hcpgraph.store import Store
from hcpgraph.study import clock, kept, releasing
from hcpgraph.study.importing import LABELLING

if TYPE_CHECKING:
    from pathlib import Path

_COLUMNS: Final = ("region", "what", "before", "rows", "oldest")
_LISTED: Final = "nothing was removed; remove it with --apply"
_NO_LIMIT: Final = "the policy sets no limit (retention_days) for any region"


def answer(
    path: Path, *, apply: bool, days: int | None = None, at: datetime | None = None
) -> Expired:
    """List what is too old, and with *apply* remove it.

    Args:
        path: the study.
        apply: remove it, and write the study anew.
        days: for how long data are kept in every region; None for what the policy in
            force says of each.
        at: the day from which is counted; None for now.

    Raises:
        StoreError: if the study cannot be read, or with *apply* be written.
    """
    now = utc_time(at) or clock.now()
    with Store.open(path, write=apply, must_exist=apply) as store:
        limits = _limits(store, days, now)
        found = store.read_expired(limits)
        cells = {name: [_cell(row[name]) for row in found] for name in _COLUMNS}
        table = Table(cells, "policy retain")
        if not apply or not found:
            notes = (_LISTED,) if found else () if limits else (_NO_LIMIT,)
            return Expired(table, notes=notes)
        removed = store.expire(limits, LABELLING)
    kept.remove_others(path.resolve())
    return Expired(table, removed)


def _limits(store: Store, days: int | None, now: datetime) -> list[Limit]:
    """The limit of every country of the rosters, and of people of none."""
    regions = releasing.read_rules(store).regions
    found = []
    for country in (*store.read_countries(), None):
        region = region_of(regions, country)
        allowed = region.retention_days if days is None else days
        if allowed is not None:
            found.append(Limit(country, region.name, now - timedelta(days=allowed)))
    return found


def _cell(value: str | int | datetime) -> str | int:
    return value.date().isoformat() if isinstance(value, datetime) else value
