"""The audit trail as text: entries in a hash chain, each with an HMAC, and their head.

An entry is a line of JSON with ``FIELDS`` in that order. ``previous`` is the digest of
the entry before, so that a change shows in whatever follows; ``mac`` is an HMAC-SHA256
by the key, so that nobody without the key can make the chain again. The head has their
number and the digest of the last, so that a cut end shows.

A name of a file may name a person, and must then go with the person. So an entry is
digested without names: it has a digest of name and salt instead, and ``withheld`` puts
dashes in the place of both. Then nothing gives the name away, and the chain holds.
"""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import dataclass, replace
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from hcpgraph.policy.keys import Key

FIELDS: Final = (
    *("n", "at", "user", "viewer", "purpose", "command", "outputs", "people"),
    *("previous", "mac"),
)
BLANK: Final = "-"  # what a withheld name is made of
_SALT: Final = 16  # bytes
_OPEN: Final = ("salt", "path")  # of an output: what its entry is digested without
_NAMED: Final = re.compile(rb'"salt":"([0-9a-f]+)","path":"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class TrailOutput:
    """A file that was about to be written.

    Attributes:
        path: its name as it was given.
        sha256: digest of its content.
        error: why it was not written after all; None for what is about to be.
    """

    path: str
    sha256: str
    error: str | None = None


@dataclass(frozen=True, slots=True)
class TrailFacts:
    """What an entry is about.

    Attributes:
        at: when, ISO 8601, UTC.
        user: who acted; None if nobody was named.
        viewer: whose columns and rows were shown.
        purpose: ``"medical"`` or ``"commercial"``; None for the viewer's own.
        command: what was run.
        outputs: what was about to be written.
        people: keyed hashes of everybody who is named in it; without a key their
            number.
    """

    at: str
    user: str | None
    viewer: str
    purpose: str | None
    command: str
    outputs: tuple[TrailOutput, ...] = ()
    people: tuple[str, ...] | int = ()


@dataclass(frozen=True, slots=True)
class TrailHead:
    """How far a trail goes.

    Attributes:
        count: entries.
        digest: of the last; of the study's identity where there is none.
        size: bytes of all of them.
        pending: digest of an entry that is being appended; None between two.
        mac: HMAC of the rest; None without a key.
    """

    count: int
    digest: str
    size: int
    pending: str | None = None
    mac: str | None = None

    def line(self, key: Key | None) -> bytes:
        """The head as it is kept, sealed with the HMAC of *key*."""
        mac = None if key is None else key.digest("trail head", self._said())
        return replace(self, mac=mac).kept()

    def kept(self) -> bytes:
        """The head as it is kept; its checksum shows damage also without the key."""
        said = {**self._plain(), "mac": self.mac}
        return _dumped({**said, "checksum": sha256(_dumped(said)).hexdigest()}) + b"\n"

    def is_of(self, key: Key) -> bool:
        """Whether its HMAC is that of *key*."""
        expected = key.digest("trail head", self._said())
        given = (self.mac or "").encode()
        return hmac.compare_digest(given, expected.encode())

    def after(self, line: bytes) -> TrailHead:
        """The head once the pending entry, *line*, is there."""
        return TrailHead(self.count + 1, self.pending or "", self.size + len(line))

    def before(self, digest: str) -> TrailHead:
        """The head while the entry of that digest is appended."""
        return replace(self, pending=digest, mac=None)

    def _plain(self) -> dict[str, Any]:
        return {
            "count": self.count,
            "digest": self.digest,
            "size": self.size,
            "pending": self.pending,
        }

    def _said(self) -> str:
        return _dumped(self._plain()).decode()


def first_digest(identity: str) -> str:
    """What the first entry of a study's trail has for the digest of the one before.

    Args:
        identity: of the study; empty for studies that are older than identities.
    """
    return sha256(f"audit trail\0{identity}".encode()).hexdigest()


def beginning(command: str, identity: str) -> str:
    """What an entry has for the command that made a study in the place of another."""
    return f"{command}, a new study: {first_digest(identity)}"


def read_head(content: bytes) -> TrailHead | None:
    """The head in a file; None if there is none in it.

    >>> read_head(TrailHead(0, "d", 0).line(None))
    TrailHead(count=0, digest='d', size=0, pending=None, mac=None)
    >>> read_head(b"{}")
    """
    try:
        said = json.loads(content)
        said.pop("checksum")
        head = TrailHead(**said)
        kinds = isinstance(head.count, int) and isinstance(head.size, int)
        kinds = kinds and isinstance(head.digest, str)
        kinds = kinds and isinstance(head.pending, str | None)
        kinds = kinds and isinstance(head.mac, str | None)
        whole = head.kept() == content
    except (ValueError, TypeError, AttributeError, KeyError):
        return None
    return head if kinds and whole else None


def sealed(facts: TrailFacts, head: TrailHead, key: Key | None) -> bytes:
    """The entry that follows a head, as a line."""
    people = facts.people
    entry: dict[str, Any] = {
        "n": head.count + 1,
        "at": facts.at,
        "user": facts.user,
        "viewer": facts.viewer,
        "purpose": facts.purpose,
        "command": facts.command,
        "outputs": [_output(one) for one in facts.outputs],
        "people": people if isinstance(people, int) else sorted(people),
        "previous": head.digest,
        "mac": None,
    }
    if key is not None:
        entry["mac"] = mac_of(entry, key)
    return line_of(entry)


def line_of(entry: Mapping[str, Any]) -> bytes:
    """An entry as its line."""
    return _dumped(entry) + b"\n"


def digest_of(entry: Mapping[str, Any]) -> str:
    """The digest of an entry, without the names of its outputs."""
    return sha256(_digested(entry)).hexdigest()


def mac_of(entry: Mapping[str, Any], key: Key) -> str:
    """The HMAC of an entry, without the names of its outputs."""
    return key.digest("trail entry", _digested({**entry, "mac": None}).decode())


def name_digest(path: str, salt: str) -> str:
    """What an entry has of a name when its name is withheld."""
    return sha256(f"{salt}\0{path}".encode()).hexdigest()


def is_withheld(output: Mapping[str, Any]) -> bool:
    """Whether the name of an output was put out of the trail."""
    return not (str(output["salt"]) + str(output["path"])).strip(BLANK)


def withheld(lines: bytes, names: Callable[[str], bool]) -> Iterator[tuple[int, bytes]]:
    """Where which bytes go to withhold names of outputs; as many as there are.

    Args:
        lines: all of a trail.
        names: whether a name of a file must not stay.
    """
    for found in _NAMED.finditer(lines):
        if names(json.loads(b'"' + found[2] + b'"')):
            salt, path = (BLANK.encode() * len(found[i]) for i in (1, 2))
            yield found.start(), b'"salt":"' + salt + b'","path":"' + path + b'"'


def read_entries(lines: bytes) -> list[dict[str, Any]]:
    """The entries of a trail that is in order; a line that is none is left out."""
    return [entry for entry in map(entry_of, lines.split(b"\n")) if entry is not None]


def entry_of(line: bytes) -> dict[str, Any] | None:
    """The entry in a line (without its end); None if it is none, byte for byte."""
    try:
        entry = json.loads(line)
        good = (
            tuple(entry) == FIELDS
            and isinstance(entry["n"], int)
            and all(isinstance(entry[name], str) for name in ("at", "viewer"))
            and all(isinstance(entry[name], str) for name in ("command", "previous"))
            and isinstance(entry["people"], int | list)
            and all({"name", *_OPEN} <= {*one} for one in entry["outputs"])
            and _dumped(entry) == line
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return entry if good else None


def people_of(entry: Mapping[str, Any]) -> Sequence[str]:
    """The keyed hashes of an entry; none where there was no key."""
    people = entry["people"]
    return [] if isinstance(people, int) else people


def count_of(entry: Mapping[str, Any]) -> int:
    """How many people an entry is about."""
    people = entry["people"]
    return people if isinstance(people, int) else len(people)


def _output(one: TrailOutput) -> dict[str, Any]:
    # what is no text in UTF-8 cannot be kept as it is
    path = one.path.encode(errors="backslashreplace").decode()
    salt = token_hex(_SALT)
    said: dict[str, Any] = {
        "name": name_digest(path, salt),
        "salt": salt,
        "path": path,
        "sha256": one.sha256,
    }
    return said if one.error is None else {**said, "error": one.error}


def _digested(entry: Mapping[str, Any]) -> bytes:
    outputs = [
        {name: value for name, value in one.items() if name not in _OPEN}
        for one in entry["outputs"]
    ]
    return _dumped({**entry, "outputs": outputs})


def _dumped(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
