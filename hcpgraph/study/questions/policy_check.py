"""``policy --check``: outputs read back, and held against the policy for a viewer."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from hcpgraph import policy, progress
from hcpgraph.errors import OutputError, SuppressionKeyError, UnreadableOutput
from hcpgraph.exports.read_back import read_back
from hcpgraph.model.policy import PolicyCheck
from hcpgraph.policy.breaches import Gate, bare
from hcpgraph.policy.folding import words
from hcpgraph.policy.viewers import PROFILE
from hcpgraph.study import suppressing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from hcpgraph.model.table import Cell
    from hcpgraph.policy.breaches import Breach
    from hcpgraph.study.open_study import OpenStudy

_CALLED: Final = ("id", "handle", "name")
_EVERYBODY: Final = "all"  # the audience that sees every person


def answer(opened: OpenStudy, outputs: Sequence[Path]) -> PolicyCheck:
    """What of some outputs breaks the policy for the viewer who asks.

    Raises:
        OutputError: if a file cannot be opened.
    """
    notes: list[str] = []
    gate = _gate(opened, notes)
    rows: list[tuple[Path, Breach]] = []
    for path in progress.each("reading outputs", outputs):
        try:
            rows += [(path, one) for one in gate.breaches(read_back(path))]
        except UnreadableOutput as error:
            notes.append(f"not read back: {error}")
        except OSError as error:
            raise OutputError(path, error.strerror or str(error)) from error
    table: dict[str, Sequence[Cell]] = {
        "output": [str(path) for path, _ in rows],
        "what": [one.what for _, one in rows],
        "where": [one.where for _, one in rows],
        "rule": [one.rule for _, one in rows],
        "times": [one.times for _, one in rows],
    }
    viewer = opened.viewer.name
    asked: dict[str, object] = {"outputs": len(outputs), "viewer": viewer}
    return PolicyCheck(opened.table("policy check", table), viewer, tuple(notes), asked)


def _gate(opened: OpenStudy, notes: list[str]) -> Gate:
    """What the viewer may not find in any output; *notes* gets what nobody can say."""
    store, viewer = opened.store, opened.viewer
    accounts = store.read_fitting({}, None)
    roles = store.read_roles(accounts)
    people = policy.release(roles, audience=_EVERYBODY, policy=opened.rules).mask
    seen = opened.released(roles, _EVERYBODY).mask
    # the id is looked up anyway
    profiles = store.read_profiles(accounts, PROFILE[1:])
    # companies and their like are no people: institutions bear their names
    unseen = _called(profiles, (people & ~seen).tolist())
    held = _called(profiles, (~seen).tolist())
    others = _called(profiles, seen.tolist())
    withheld = {name: profiles[name] for name in PROFILE if not viewer.shows(name)}
    every = [True] * len(accounts)
    terms, rules = store.read_terms(), opened.rules.words
    return Gate(
        viewer,
        policy.Cells([*store.read_unlisted_names(), *unseen], terms, rules),
        frozenset(bare(text) for kind, text in held if kind != "name"),
        frozenset(bare(text) for _, text in others),
        frozenset(bare(text) for kind, text in others if viewer.shows(kind)),
        own={
            kind: policy.Cells(_called({kind: cells}, every), terms, rules)
            for kind, cells in withheld.items()
            if kind in _CALLED
        },
        values=_values(opened, withheld),
        erased=_erased(opened, notes),
    )


def _erased(opened: OpenStudy, notes: list[str]) -> Callable[[str], bool]:
    """Whether a text calls somebody who was erased, by the keyed hashes of them."""
    try:
        people = suppressing.suppressed(opened.store, opened.access)
    except SuppressionKeyError as error:
        notes.append(f"erased people were not looked for: {error}")
        people = None
    if people is None:
        return lambda text: False
    platforms = opened.store.platforms()

    @cache
    def erased(text: str) -> bool:
        return any(
            people.covered(platform, text) != text or people.holds(platform, text, None)
            for platform in platforms
        )

    return erased


def _called(
    profiles: Mapping[str, Sequence[str | None]], chosen: Sequence[bool]
) -> list[tuple[str, str]]:
    """Ids, handles and names of chosen people, each with its kind."""
    return [
        (kind, cell)
        for kind in _CALLED
        for cell, take in zip(profiles.get(kind, ()), chosen, strict=False)
        if cell and take
    ]


def _values(
    opened: OpenStudy, withheld: Mapping[str, Sequence[str | None]]
) -> dict[str, frozenset[tuple[str, ...]]]:
    """The values of withheld columns, but for words that areas are called by."""
    areas = {tuple(words(one)) for pair in opened.area_names().items() for one in pair}
    return {
        name: frozenset(tuple(words(cell)) for cell in cells if cell) - areas - {()}
        for name, cells in withheld.items()
    }
