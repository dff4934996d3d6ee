"""``consent``: what people allow, brought in from files and listed for officers."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.columns import profile_fields
from hcpgraph.narrative import consent as wording
from hcpgraph.narrative import notes
from hcpgraph.policy import consent as policy
from hcpgraph.study import consent_files, releasing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from hcpgraph.model.access import Access
    from hcpgraph.model.files import FileReport
    from hcpgraph.model.table import Cell, NotedTable
    from hcpgraph.study.open_study import OpenStudy

# Who sees people that object to profiling: whoever answers for it that they are not.
OFFICER: Final = "compliance"
_EVERYBODY: Final = "all"  # the audience: nobody's rights depend on a profession


def add(study: Path, files: Sequence[Path], access: Access) -> list[FileReport]:
    """Bring in files of consent; one report each, in order.

    Raises:
        ConsentKeyError: if the key is not that of the hashes in the study.
        SuppressionKeyError: if people were erased and their key is not given.
        KeyFileError: if the key cannot be read.
        StoreError: if the study cannot be written.
    """
    return consent_files.add_files(study, files, access)


def answer(opened: OpenStudy) -> NotedTable:
    """Each statement of each person who may be listed, and whether it is in force."""
    known = opened.consents
    accounts, held = _listed(opened, np.array(sorted(known.said), np.int32))
    rows = [
        (place, account, one)
        for place, account in enumerate(accounts.tolist())
        for one in known.statements(account)
    ]
    profiles, emptied = opened.profiles(accounts, _fields("consent"))
    said = opened.words()
    cells: dict[str, list[Cell]] = {
        **{name: [column[at] for at, *_ in rows] for name, column in profiles.items()},
        "channel": [one.channel for *_, one in rows],
        "purpose": [one.purpose for *_, one in rows],
        "status": [one.status for *_, one in rows],
        "basis": [one.basis or None for *_, one in rows],
        "date": [_text(one.given) for *_, one in rows],
        "source": [
            releasing.release_line(said, one.said_in) if one.said_in else None
            for *_, one in rows
        ],
        "expiry": [_text(one.until) for *_, one in rows],
        "in_force": [known.holds(account, one) for _, account, one in rows],
    }
    told = (*held, *emptied, *wording.absent(known.waiting), wording.as_of(known.on))
    return opened.noted("consent", cells, told)


def notices(opened: OpenStudy) -> NotedTable:
    """People whose data came from files and who were not informed yet (art. 14)."""
    known = opened.consents
    everyone = np.array([row[0] for row in opened.store.read_all_accounts()], np.int32)
    listed, held = _listed(opened, everyone)
    asked = [n for n in listed.tolist() if not policy.informed(known.statements(n))]
    origins = opened.store.read_origins(asked)
    accounts = np.array([n for n in asked if n in origins], np.int32)
    profiles, emptied = opened.profiles(accounts, _fields("notices"))
    shown = _shown_files(opened)
    since = [origins[n][0].date() for n in accounts.tolist()]
    cells: dict[str, list[Cell]] = {
        **{name: list(column) for name, column in profiles.items()},
        "sources": [
            " | ".join(shown[file] for file in origins[n][1]) for n in accounts.tolist()
        ],
        "first_imported": [_text(day) for day in since],
        "due": [_text(month_after(day)) for day in since],
        "basis": [", ".join(sorted(known.bases(n))) or None for n in accounts.tolist()],
    }
    told = (*held, *emptied, wording.as_of(known.on))
    return opened.noted("notices", cells, told)


def month_after(day: date) -> date:
    """The same day of the next month, or the last day of it.

    >>> month_after(date(2026, 1, 31)), month_after(date(2026, 12, 5))
    (datetime.date(2026, 2, 28), datetime.date(2027, 1, 5))
    """
    year, month = divmod(day.year * 12 + day.month, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _listed(
    opened: OpenStudy, accounts: NDArray[np.int32]
) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Those of some accounts who may be on a list of records, and notes on the others.

    Officers see those who object to profiling as well: that is what the record is for.
    """
    if not len(accounts):
        return accounts, ()
    roles = opened.store.read_roles(accounts)
    if opened.viewer.name == OFFICER:
        roles = replace(roles, listable=roles.listable | opened.is_left_out(accounts))
    released = opened.released(roles, _EVERYBODY)
    said = notes.held_back(released.audience, released.held, None)
    return accounts[released.mask], said


def _fields(listing: str) -> tuple[str, ...]:
    return tuple(name for name in profile_fields(listing) if name != "id")


def _shown_files(opened: OpenStudy) -> dict[str, str]:
    """The names of files that may be said, by digest."""
    entries = opened.store.read_files()
    shown = releasing.release_files(opened.words(), entries)
    return {one["sha256"]: PurePath(one["path"]).name for one in shown}


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
