"""Consent: what people allow and object to, by channel and by purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

ALL: Final = "all"
CHANNELS: Final = (
    *("all", "email", "phone", "sms", "messaging", "post", "visit", "remote"),
    *("social", "web", "event", "fax"),
)
PROFILING: Final = "profiling"
CONTACT: Final = "contact"
TRACKING: Final = "tracking"  # personal codes, hours of activity, places
NOTICE: Final = "notice"  # that a person was informed where the data came from
PURPOSES: Final = (
    *("all", PROFILING, CONTACT, "medical", "commercial", TRACKING, NOTICE),
)
YES: Final = "yes"
NO: Final = "no"
PENDING: Final = "pending"  # asked for, and not yet given
INFORMED: Final = "informed"
STATUSES: Final = (YES, NO, PENDING, INFORMED)
BASES: Final = (
    *("consent", "legitimate interest", "contract", "legal obligation"),
    *("public interest", "vital interests", "platform"),
)

# Kinds of names of a person: the first two stand as they are, of people in the study.
ID: Final = "id"
HANDLE: Final = "handle"
NPI: Final = "npi"
EMAIL: Final = "email"
RECORD: Final = "record"  # of a customer database
ACCOUNT: Final = "account"  # keyed hash of an id or a handle


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """What a person allows or objects to, as one row of a file says it.

    Attributes:
        channel: one of ``CHANNELS``.
        purpose: one of ``PURPOSES``.
        status: one of ``STATUSES``.
        basis: one of ``BASES``; empty where none is said.
        given: day on which it was said, in UTC.
        until: last day of its term; None without end.
        said_in: where it was said, in the words of the file.
    """

    channel: str
    purpose: str
    status: str
    basis: str = ""
    given: date | None = None
    until: date | None = None
    said_in: str = ""


@dataclass(frozen=True, slots=True, order=True)
class PersonName:
    """One name by which a row calls its person.

    Attributes:
        kind: ``"id"``, ``"handle"``, ``"npi"``, ``"email"`` or ``"record"``.
        text: the name; of an id or a handle without platform and ``@``.
        platform: of an id or a handle, where the row says it; else empty.
    """

    kind: str
    text: str
    platform: str = ""


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One row of a file: names of a person, and what the person says.

    A row without statements says which names are one person's.
    """

    line: int
    names: tuple[PersonName, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ConsentFile:
    """A file of consent, read.

    Attributes:
        path: the file.
        system: whose export it is: ``"plain"``, ``"veeva"``, ``"salesforce"``, ``"x"``.
        sha256: digest of its bytes.
        bytes: size.
        rows: what could be used, in the order of the file.
        rejected: (line, reason) of what could not.
        notes: what the reader must know.
    """

    path: Path
    system: str
    sha256: str
    bytes: int
    rows: tuple[ConsentRow, ...]
    rejected: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row of consent as a study keeps it.

    Attributes:
        file: number of the file.
        line: where it stands there.
        names: (kind, platform, text); of most kinds the text is a keyed hash.
        statements: what it says.
    """

    file: int
    line: int
    names: tuple[tuple[str, str, str], ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether something is allowed of a person.

    Attributes:
        allowed: true if it is.
        objected: true if the person said no, or a term is over.
        basis: on which it is allowed; empty where none is said.
        until: the last day for which this is known; None without end.
    """

    allowed: bool
    objected: bool
    basis: str = ""
    until: date | None = None
