"""Whether an audit trail is as it was written, and if not, where it was damaged."""

from __future__ import annotations

from dataclasses import dataclass
from hmac import compare_digest
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.policy import trail

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from hcpgraph.policy.keys import Key

_ANOTHER_STUDY: Final = (
    "the first entry is not the first of this study: it is the trail of another study,"
    " or entries before it are missing"
)
_NO_HEAD: Final = "the head is missing or no head: it was removed or changed"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a trail.

    Attributes:
        entry: the number of the entry, from 1; None for the head.
        what: what is wrong with it, as a sentence.
    """

    entry: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check has found.

    Attributes:
        entries: how many were read.
        findings: what is wrong, in order; none for a trail that is as it was written.
        unkeyed: numbers of the entries that carry no HMAC.
        interrupted: whether a writer was interrupted before it wrote its output.
        unkeyed_head: whether the head carries no HMAC, as after a writer without a key.
        digest: of the last entry, to keep elsewhere.
    """

    entries: int
    findings: tuple[Finding, ...]
    unkeyed: tuple[int, ...] = ()
    interrupted: bool = False
    unkeyed_head: bool = False
    digest: str | None = None


def check(
    lines: bytes | None,
    head: bytes | None,
    key: Key | None,
    starts: Collection[str],
) -> Checked:
    """Check every entry against the one before, its HMAC, and all against the head.

    Args:
        lines: the entries; None if there is no such file.
        head: the head; None if there is no such file.
        key: of the hashes; None to check the chain alone.
        starts: what the first entry may have for the digest of the one before.
    """
    if not lines and head is None:
        return Checked(0, ())
    *whole, rest = (lines or b"").split(b"\n")
    entries = [trail.entry_of(line) for line in whole]
    findings = list(_chain(entries, key, starts))
    last = _digest(entries, starts)
    read = None if head is None else trail.read_head(head)
    if read is None:
        findings.append(Finding(None, _NO_HEAD))
    else:
        findings += _against_head(entries, rest, read, key, starts)
    unkeyed = tuple(
        n for n, one in enumerate(entries, 1) if one is not None and one["mac"] is None
    )
    return Checked(
        len(entries),
        tuple(findings),
        unkeyed,
        interrupted=read is not None and read.pending is not None,
        unkeyed_head=read is not None and read.mac is None,
        digest=last,
    )


def _chain(
    entries: list[dict[str, Any] | None], key: Key | None, starts: Collection[str]
) -> Iterator[Finding]:
    """What is wrong with entries, each beside the one before."""
    previous: str | None = None
    for n, entry in enumerate(entries, start=1):
        if entry is None:
            yield Finding(n, "it was changed: the line is no entry")
            previous = None
            continue
        if entry["n"] != n:
            yield Finding(
                n,
                f"entry {entry['n']} is in its place: entries were removed, inserted or"
                " put in another order",
            )
        if n == 1 and entry["previous"] not in starts and not _begins(entries, starts):
            yield Finding(n, _ANOTHER_STUDY)
        if previous is not None and entry["previous"] != previous:
            yield Finding(
                n,
                "it does not follow the entry before: one of the two was changed,"
                " removed, inserted or moved",
            )
        yield from _own(n, entry, key)
        previous = trail.digest_of(entry)


def _begins(entries: list[dict[str, Any] | None], starts: Collection[str]) -> bool:
    """Whether a later entry says that the study was made in the place of another."""
    return any(
        one is not None and one["command"].endswith(f": {start}")
        for one in entries
        for start in starts
    )


def _own(n: int, entry: dict[str, Any], key: Key | None) -> Iterator[Finding]:
    """What is wrong with an entry by itself."""
    for output in entry["outputs"]:
        as_named = trail.name_digest(str(output["path"]), str(output["salt"]))
        if output["name"] != as_named and not trail.is_withheld(output):
            yield Finding(n, "the name of an output was changed")
    mac = entry["mac"]
    if key is None or mac is None:
        return
    if not compare_digest(str(mac).encode(), trail.mac_of(entry, key).encode()):
        yield Finding(
            n, "its HMAC is not by this key: it was changed, or the key is another"
        )


def _against_head(
    entries: list[dict[str, Any] | None],
    rest: bytes,
    head: trail.TrailHead,
    key: Key | None,
    starts: Collection[str],
) -> Iterator[Finding]:
    """What is wrong with the end of a trail, and with its head."""
    count = len(entries)
    more = count - head.count
    if rest and head.pending is None:
        yield Finding(count + 1, "the line has no end: it was cut or changed")
    if more < 0:
        yield Finding(
            count + 1,
            f"the end was cut: the head counts {head.count} entries, there are {count}",
        )
    elif more > 1 or (more == 1 and head.pending is None):
        yield Finding(
            head.count + 1,
            f"the head counts {head.count} entries, there are {count}: entries were"
            " inserted, or the head was replaced by an older one",
        )
    elif _digest(entries[: head.count], starts) != head.digest and not (
        head.count == 0 and head.digest in starts
    ):
        yield Finding(
            head.count or None, "the head has another digest of the last entry"
        )
    elif more == 1 and _digest(entries, starts) != head.pending:
        yield Finding(count, "it is not the entry that was about to be written")
    elif more == 0 and not rest and head.size != _size(entries):
        yield Finding(None, "the head has another size of the trail: it was changed")
    yield from _head_mac(entries, head, key)


def _head_mac(
    entries: list[dict[str, Any] | None], head: trail.TrailHead, key: Key | None
) -> Iterator[Finding]:
    """Whether the head has the HMAC that it should have."""
    if head.mac is None:
        last = entries[head.count - 1] if 0 < head.count <= len(entries) else None
        if head.pending is None and last is not None and last["mac"] is not None:
            yield Finding(None, "the head has no HMAC, the last entry has: replaced")
    elif key is not None and not head.is_of(key):
        yield Finding(
            None, "the HMAC of the head is not by this key: changed, or another key"
        )


def _digest(
    entries: list[dict[str, Any] | None], starts: Collection[str]
) -> str | None:
    """The digest of the last entry; None if the line is none."""
    if not entries:
        return next(iter(starts))
    return None if entries[-1] is None else trail.digest_of(entries[-1])


def _size(entries: list[dict[str, Any] | None]) -> int:
    return sum(len(trail.line_of(entry)) for entry in entries if entry is not None)
