"""The audit trail of a study: what is written out of it or changed in it, recorded.

An entry is down on the disk before the output is written. So a file without an entry
cannot be, and an entry without a file can: it says that the file was about to be
written. Reading that writes no output leaves no entry.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import TrailError
from hcpgraph.policy import Key, trail
from hcpgraph.store import TrailFile
from hcpgraph.study import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from hcpgraph.model.access import Access
    from hcpgraph.store import OpenTrail, Store

_SEE: Final = (
    "it was changed since the last entry; see: hcpgraph audit STUDY --verify. To begin"
    " another, move both files of it away"
)
_OTHER_KEY: Final = (
    "its last entry was written with another key; give that one (--key, else"
    " HCPGRAPH_KEY_FILE), or move both files of the trail away to begin another"
)
_DONE: Final = "{}; what was asked for is done, but has no entry"


def record_output(
    store: Store,
    access: Access,
    parameters: Mapping[str, object],
    output: trail.TrailOutput,
    people: Iterable[str] = (),
) -> None:
    """Record that a file is about to be written, or why it was not after all.

    Args:
        store: the study that it comes from.
        access: who writes it, for which viewer and purpose.
        parameters: what was asked; ``command`` of them is recorded.
        output: the file.
        people: everybody who is named in it: ids, ``platform:id`` or ``@handles``;
            what nobody in the study is called is passed over.

    Raises:
        TrailError: if the trail cannot be continued; the file must not be written.
        KeyFileError: if the key cannot be read.
    """
    key = Key.read(access.key)
    facts = _facts(
        access,
        str(parameters.get("command", "")),
        (output,),
        _hashed(store, key, people),
    )
    append(store.path, facts, key, store.read_identity())


def record_change(
    store: Store,
    access: Access,
    command: str,
    people: Iterable[str] = (),
    *,
    done: bool = False,
    begins: bool = False,
) -> None:
    """Record a change of what is known of people.

    Args:
        store: the study.
        access: who changes it.
        command: what was run.
        people: whom it is about: ids, ``platform:id`` or ``@handles``.
        done: whether the change is made already, which an error then says.
        begins: whether it made the study, perhaps where there was another.

    Raises:
        TrailError: if the trail cannot be continued.
        KeyFileError: if the key cannot be read.
    """
    key = Key.read(access.key)
    facts = _facts(access, command, (), _hashed(store, key, people))
    try:
        append(store.path, facts, key, store.read_identity(), begins=begins)
    except TrailError as error:
        if done:
            raise TrailError(error.path, _DONE.format(error.reason)) from error
        raise


def record_erased(
    study: Path, access: Access, identity: str, hashes: Iterable[str]
) -> None:
    """Record that one person was erased, by all keyed hashes of the person.

    One entry a person: whoever asks for the person later by one name finds what was
    recorded under another.

    Args:
        study: the study.
        access: who erases.
        identity: of the study.
        hashes: keyed hashes of ids and handles (kind ``account``).
    """
    facts = _facts(access, "forget", (), tuple(hashes))
    append(study, facts, Key.read(access.key), identity)


def withhold(study: Path, names: Callable[[str], bool]) -> int:
    """Put names of outputs out of a trail, whose chain stays as it is.

    Args:
        study: the study.
        names: whether the name of an output names a person who was erased.

    Returns:
        How many names were put out.
    """
    file = TrailFile(study)
    if not file.path.exists():
        return 0
    with file.alone() as held:
        places = list(trail.withheld(held.read(), names))
        for start, content in places:
            held.overwrite(start, content)
    return len(places)


def append(
    study: Path,
    facts: trail.TrailFacts,
    key: Key | None,
    identity: str,
    *,
    begins: bool = False,
) -> None:
    """Add an entry to the trail of a study.

    The head says which entry comes before the entry does, and what the last one is
    after it: whatever breaks off in between can be told from a cut or another end.
    Where a study is made in the place of one that had a trail, that trail goes on, and
    the entry says which study it is from there.

    Raises:
        TrailError: if it cannot be written, was damaged, or is kept with another key.
    """
    file = TrailFile(study)
    with file.alone() as held:
        head = _continued(file, held, identity)
        if key is not None and head.mac is not None and not head.is_of(key):
            raise TrailError(file.path, _OTHER_KEY)
        if begins and head.count:
            command = trail.beginning(facts.command, identity)
            facts = replace(facts, command=command)
        line = trail.sealed(facts, head, key)
        head = head.before(trail.digest_of(trail.read_entries(line)[0]))
        held.write_head(head.line(key))
        held.append(line)
        held.write_head(head.after(line).line(key))


def starts(identity: str) -> tuple[str, ...]:
    """What the first entry of a study may have for the digest of the one before."""
    return tuple(dict.fromkeys((trail.first_digest(identity), trail.first_digest(""))))


def _continued(file: TrailFile, held: OpenTrail, identity: str) -> trail.TrailHead:
    """The head of what is there, whole entries of interrupted writers included.

    Raises:
        TrailError: if the lines are not those that the head is of.
    """
    size, content = held.size(), held.read_head()
    if content is None and not size:
        return trail.TrailHead(0, trail.first_digest(identity), 0)
    head = None if content is None else trail.read_head(content)
    if head is None or size < head.size or (head.pending is None and size > head.size):
        raise TrailError(file.path, _SEE)
    if head.pending is None:
        return head
    rest = held.read(head.size)
    entry = trail.entry_of(rest.removesuffix(b"\n"))
    if entry is not None and rest.endswith(b"\n"):
        if trail.digest_of(entry) != head.pending:
            raise TrailError(file.path, _SEE)
        return head.after(rest)
    if b"\n" in rest:
        raise TrailError(file.path, _SEE)
    held.cut(head.size)
    return head


def _facts(
    access: Access,
    command: str,
    outputs: tuple[trail.TrailOutput, ...],
    people: tuple[str, ...] | int,
) -> trail.TrailFacts:
    return trail.TrailFacts(
        at=f"{clock.now().isoformat()}Z",
        user=access.user,
        viewer=access.viewer,
        purpose=access.purpose,
        command=command,
        outputs=outputs,
        people=people,
    )


def _hashed(
    store: Store, key: Key | None, people: Iterable[str]
) -> tuple[str, ...] | int:
    """The keyed hash of each person; how many they are where there is no key."""
    found = store.read_named(people)
    if key is None:
        return len(found)
    return tuple(key.digest("account", one.texts()[0]) for one in found)


def digest(content: bytes) -> str:
    """The digest of an output."""
    return sha256(content).hexdigest()
