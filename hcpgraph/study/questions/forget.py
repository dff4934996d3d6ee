"""``forget``: erase people for good, and certify it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from hcpgraph import policy
from hcpgraph.errors import UnknownAccount
from hcpgraph.model.erasure import Erasure, ErasureCertificate, Identifiers
from hcpgraph.model.hashed import account_texts
from hcpgraph.model.names import DEFAULT_PLATFORM
from hcpgraph.policy import erasure, trail
from hcpgraph.store import Store, TrailFile, searching
from hcpgraph.study import clock, kept, suppressing, trailing
from hcpgraph.study.persons import find_person, readings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hcpgraph.model.access import Access
    from hcpgraph.model.erasure import Erased
    from hcpgraph.policy import Key

_WITHHELD: Final = "(name withheld, as it called the person)"
_LINGERS: Final = (
    "{} places still hold words of the people, such as the same name of somebody else;"
    " see searched"
)
_BACKUPS: Final = (
    "copies of the study, exports and outputs elsewhere are not searched; outputs that"
    " the audit trail knows are named"
)


def answer(path: Path, persons: Sequence[str], access: Access) -> ErasureCertificate:
    """Erase people from the study at *path*.

    Raises:
        ValueError: if nobody is named.
        SuppressionKeyError: without a key, or with another than before.
        UnknownAccount: if nobody is called so.
        AmbiguousPerson: if several people are.
        TrailError: if the audit trail cannot be continued; then nobody is erased.
        StoreError: if the study cannot be written.
    """
    if not persons:
        raise ValueError("name at least one person to forget")
    at = clock.now()
    with Store.open(path, write=True, must_exist=True) as store:
        key = suppressing.needed_key(store, access)
        people = [_known(store, key, person) for person in persons]
        accounts = sorted({one for person, _ in people for one in person})
        known = Identifiers.joined(called for _, called in people)
        asked = _erasure(store, key, tuple(accounts), known)
        said = tuple(_hash(key, called) for _, called in people)
        identity = store.read_identity()
        hidden = policy.Suppressed(key, asked.hashes, suppressing.common_words(store))
        platforms = (*store.platforms(), DEFAULT_PLATFORM)
        for _, called in people:
            # before, as a trail that cannot be continued must not hide an erasure
            trailing.record_erased(path, access, identity, erasure.hashes(key, called))
        erased = store.erase(asked, at)
    trailing.withhold(
        path, lambda name: any(hidden.covered(one, name) != name for one in platforms)
    )
    return _certified(path.resolve(), erased, asked, said, at)


def _known(store: Store, key: Key, person: str) -> tuple[tuple[int, ...], Identifiers]:
    """The accounts of a person, and how they are called.

    An erased person has no account any more; the study is then searched again.

    Raises:
        UnknownAccount: if nobody is called so, nor was.
        AmbiguousPerson: if several people are.
    """
    try:
        accounts = find_person(store, person)
    except UnknownAccount:
        erased = _erased_before(store, key, person)
        if erased is None:
            raise
        return (), erased
    return accounts, store.read_identifiers(accounts)


def _erased_before(store: Store, key: Key, person: str) -> Identifiers | None:
    """An id or a handle that is among the keyed hashes of the study."""
    known = policy.Suppressed(key, store.read_suppressed())
    platforms = {*store.platforms(), DEFAULT_PLATFORM}
    for reading in readings(person):
        first, _, rest = reading.partition(":")
        named = [(one, reading) for one in sorted(platforms)]
        for platform, said in [(first, rest), *named] if rest else named:
            if said.startswith("@") and known.holds(platform, None, said[1:]):
                return Identifiers(handles=((platform, said[1:]),))
            if known.holds(platform, said, None):
                return Identifiers(ids=((platform, said),))
    return None


def _erasure(
    store: Store, key: Key, accounts: tuple[int, ...], known: Identifiers
) -> Erasure:
    """What the store is to erase."""
    common = suppressing.common_words(store)
    return Erasure(
        accounts=accounts,
        patterns=erasure.patterns(known, common),
        hashes=erasure.hashes(key, known),
        proof=erasure.proof(key),
        words={
            "ids": tuple(one for _, one in known.ids),
            "handles": tuple(
                one if erasure.is_distinct(one, common) else f"@{one}"
                for _, one in known.handles
            ),
            "names": tuple(name for name in known.names if " " in name.strip()),
            "bios": known.bios,
            "texts": known.texts,
        },
    )


def _hash(key: Key, known: Identifiers) -> str:
    """The keyed hash of a person for the certificate."""
    platform, called = (known.ids or known.handles)[0]
    named = (called, None) if known.ids else (None, called)
    (text,) = account_texts(platform, *named)
    return key.digest("account", text)


def _certified(
    study: Path, erased: Erased, asked: Erasure, people: tuple[str, ...], at: datetime
) -> ErasureCertificate:
    kept.remove_others(study)
    beside = [
        search
        for path in kept.lasting(study)
        for search in searching.search_file(path, asked.words, path.name)
    ]
    searched = (*erased.searched, *beside)
    found = sum(search.found for search in searched)
    return ErasureCertificate(
        at=f"{at.isoformat()}Z",
        people=people,
        tables=erased.removed,
        redacted=erased.redacted,
        searched=searched,
        outputs_named=_outputs(study, {*asked.hashes, *people}),
        notes=((_LINGERS.format(found),) if found else ()) + (_BACKUPS,),
        parameters={"persons": list(people)},
    )


def _outputs(study: Path, hashes: set[str]) -> tuple[str, ...]:
    """The outputs that named somebody, as the audit trail has them."""
    lines, _ = TrailFile(study).read()
    return tuple(
        sorted(
            {
                _WITHHELD if trail.is_withheld(output) else str(output["path"])
                for entry in trail.read_entries(lines or b"")
                # of what was written without a key it has only how many are named
                if not hashes.isdisjoint(trail.people_of(entry))
                for output in entry["outputs"]
            }
        )
    )
