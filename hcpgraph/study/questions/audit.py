"""``audit``: which outputs name a person, when and why; whether the trail is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from hcpgraph.model.audit import AuditCheck, AuditTrail
from hcpgraph.model.hashed import account_texts
from hcpgraph.model.names import DEFAULT_PLATFORM
from hcpgraph.narrative import times
from hcpgraph.policy import trail, trail_check
from hcpgraph.store import TrailFile
from hcpgraph.study import trailing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from hcpgraph.model.audit import AuditFilter
    from hcpgraph.model.table import Cell
    from hcpgraph.policy import Key
    from hcpgraph.study.open_study import OpenStudy

    Entry = dict[str, Any]

_WHAT: Final = ("n", "at", "user", "viewer", "purpose", "command")
_FORGET: Final = "forget"
_WITHHELD: Final = "(name withheld)"
_NO_KEY: Final = (
    "people stand in the trail as keyed hashes: name the file of the key with --key,"
    " or in HCPGRAPH_KEY_FILE"
)
_NOT_CHECKED: Final = (
    "HMACs were not checked, as no key was given; without it a trail that somebody"
    " made again as a whole looks like any other"
)
_KEEP: Final = (
    "{} entries, the last with digest {}; kept elsewhere, both show later whether"
    " entries or the whole trail were taken away"
)
_NONE: Final = "there is no trail: nothing was written out of this study, or changed"
_UNKEYED: Final = (
    "{} of {} entries carry no HMAC, as no key was given: {}; anybody who may write to"
    " the folder could have made those"
)
_UNKEYED_HEAD: Final = "the head carries no HMAC, as the last writer had no key"
_INTERRUPTED: Final = (
    "the last writer was interrupted before it wrote its output; the next goes on from"
    " there, and nothing is lost"
)
_COUNTED: Final = "{} entries have the number of people alone, as no key was given"
_NO_ENTRY: Final = "{} lines of the trail are no entries; see --verify"
_STRANGER: Final = (
    "the study does not have this person (any more); entries are found by the id or"
    " handle as typed, on platforms other than {} with the platform in front"
)
_SHOWN: Final = 5


def answer(opened: OpenStudy, asked: AuditFilter) -> AuditTrail:
    """The entries that are asked for, in their order.

    Raises:
        ValueError: if a person is asked for and there is no key.
        TrailError: if the trail cannot be read.
    """
    entries, _, notes = _entries(opened, asked)
    columns: dict[str, list[Cell]] = {
        **{name: [one[name] for one in entries] for name in _WHAT},
        "outputs": [_outputs(one) for one in entries],
        "people": [trail.count_of(one) for one in entries],
    }
    table = opened.table("audit", columns)
    return AuditTrail(table, (*notes, *opened.withheld(table)), _parameters(asked))


def people(opened: OpenStudy, asked: AuditFilter) -> AuditTrail:
    """The same, a row per entry and person; who may be listed by id, handle and name.

    Raises:
        ValueError: if there is no key.
        TrailError: if the trail cannot be read.
    """
    key = _key(opened)
    entries, wanted, notes = _entries(opened, asked)
    rows = [
        (entry, person)
        for entry in entries
        for person in trail.people_of(entry)
        if asked.person is None or person in wanted
    ]
    called = _called(opened, key, {person for _, person in rows})
    nobody = (None, None, None)
    shown = [called.get(person, nobody) for _, person in rows]
    columns: dict[str, list[Cell]] = {
        **{name: [one[name] for one, _ in rows] for name in _WHAT},
        "outputs": [_outputs(one) for one, _ in rows],
        "person": [person for _, person in rows],
        **{
            name: [who[place] for who in shown]
            for place, name in enumerate(("id", "handle", "name"))
        },
    }
    table = opened.table("audit people", columns)
    return AuditTrail(table, (*notes, *opened.withheld(table)), _parameters(asked))


def check(opened: OpenStudy) -> AuditCheck:
    """Whether every entry is there as it was written.

    Raises:
        TrailError: if the trail cannot be read.
    """
    key = opened.key
    lines, head = TrailFile(opened.store.path).read()
    starts = trailing.starts(opened.store.read_identity())
    found = trail_check.check(lines, head, key, starts)
    table = opened.table(
        "audit check",
        {
            "entry": [one.entry for one in found.findings],
            "finding": [one.what for one in found.findings],
        },
    )
    return AuditCheck(
        table,
        found.entries,
        found.digest,
        tuple(_said_of(found, keyed=key is not None)),
    )


def _parameters(asked: AuditFilter) -> dict[str, object]:
    """What was asked in plain values; ``origin`` hashes the person, as of all."""
    return {
        "person": asked.person,
        "since": times.stamp(asked.since),
        "until": times.stamp(asked.until),
        "user": asked.user,
        "viewer": asked.viewer,
    }


def _said_of(found: trail_check.Checked, *, keyed: bool) -> Iterable[str]:
    """What a reader of a check must know."""
    if not found.entries and not found.findings:
        yield _NONE
        return
    if found.digest is not None and not found.findings:
        yield _KEEP.format(found.entries, found.digest)
    if found.interrupted:
        yield _INTERRUPTED
    if found.unkeyed:
        shown = ", ".join(map(str, found.unkeyed[:_SHOWN]))
        more = ", ..." if len(found.unkeyed) > _SHOWN else ""
        yield _UNKEYED.format(len(found.unkeyed), found.entries, f"{shown}{more}")
    if found.unkeyed_head:
        yield _UNKEYED_HEAD
    if not keyed and len(found.unkeyed) < found.entries:
        yield _NOT_CHECKED


def _entries(
    opened: OpenStudy, asked: AuditFilter
) -> tuple[list[Entry], set[str], tuple[str, ...]]:
    """The entries asked for, hashes of the person asked for, and notes."""
    lines, _ = TrailFile(opened.store.path).read()
    every = trail.read_entries(lines or b"")
    notes = []
    if not every:
        notes.append(_NONE)
    strays = (lines or b"").count(b"\n") - len(every)
    if strays > 0:
        notes.append(_NO_ENTRY.format(strays))
    shown = [entry for entry in every if _fits(entry, asked)]
    wanted: set[str] = set()
    if asked.person is not None:
        wanted = _hashes_of(opened, _key(opened), asked.person.strip(), every)
        shown = [one for one in shown if wanted & set(trail.people_of(one))]
        if not opened.store.read_named([asked.person.strip()]):
            platforms = sorted({DEFAULT_PLATFORM, *opened.store.platforms()})
            notes.append(_STRANGER.format(", ".join(platforms)))
    counted = sum(isinstance(entry["people"], int) for entry in every)
    if counted:
        notes.append(_COUNTED.format(counted))
    return shown, wanted, tuple(notes)


def _fits(entry: Entry, asked: AuditFilter) -> bool:
    """Whether an entry is of the time, the user and the viewer that are asked for."""
    at = str(entry["at"])
    return not (
        (asked.since is not None and at < str(times.stamp(asked.since)))
        or (asked.until is not None and at >= str(times.stamp(asked.until)))
        or (asked.user is not None and entry["user"] != asked.user)
        or (asked.viewer is not None and entry["viewer"] != asked.viewer)
    )


def _hashes_of(
    opened: OpenStudy, key: Key, person: str, entries: Iterable[Entry]
) -> set[str]:
    """Every keyed hash that a person has, though the study may have her no more."""
    store = opened.store
    texts = {text for one in store.read_named([person]) for text in one.texts()}
    platforms = {DEFAULT_PLATFORM, *store.platforms()}
    texts |= set(_as_typed(person, platforms))
    hashes = {key.digest("account", text) for text in texts}
    for entry in entries:
        of_one = set(trail.people_of(entry))
        if entry["command"] == _FORGET and hashes & of_one:
            hashes |= of_one  # one person an entry, by all her hashes
    return hashes


def _as_typed(person: str, platforms: Collection[str]) -> Iterable[str]:
    """What hashes of a person are made of, by what was typed alone."""
    first, colon, own = person.partition(":")
    if colon:
        is_handle = own.startswith("@")
        yield from account_texts(first, *((None, own) if is_handle else (own, None)))
    is_handle = person.startswith("@")
    for platform in platforms:
        yield from account_texts(platform, None if is_handle else person, person)


def _called(
    opened: OpenStudy, key: Key, wanted: set[str]
) -> dict[str, tuple[Cell, Cell, Cell]]:
    """Id, handle and name of hashes whose person is in the study and may be listed."""
    of: dict[int, list[str]] = {}
    for one in opened.store.read_named():
        hashes = [key.digest("account", text) for text in one.texts()]
        found = [person for person in hashes if person in wanted]
        if found:
            of[one.account] = found
    roles = opened.store.read_roles(np.array(sorted(of), np.int32))
    free = roles.account[opened.released(roles, "all").mask]
    profiles, _ = opened.profiles(free, ("handle", "name"))
    cells = zip(*(profiles[name] for name in ("id", "handle", "name")), strict=True)
    return {
        person: row
        for account, row in zip(free.tolist(), cells, strict=True)
        for person in of[account]
    }


def _outputs(entry: Entry) -> str | None:
    """The outputs of an entry as one text."""
    said = []
    for one in entry["outputs"]:
        name = _WITHHELD if trail.is_withheld(one) else one["path"]
        failed = one.get("error")
        said.append(f"{name} (not written: {failed})" if failed else name)
    return "|".join(said) or None


def _key(opened: OpenStudy) -> Key:
    if opened.key is None:
        raise ValueError(_NO_KEY)
    return opened.key
