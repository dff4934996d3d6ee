"""What is known of people who are erased, and the certificate that they are."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

from hcpgraph.model.table import Listed, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ERASED: Final = "[erased]"  # what stands in the place of a word that was removed


@dataclass(frozen=True, slots=True)
class Identifiers:
    """How people are called, and what they wrote.

    Attributes:
        ids: (platform, id) of their accounts.
        handles: (platform, handle) they bear, and bore by any file.
        names: every name that a file or a correction gave them.
        bios: every bio.
        texts: of their posts.
        numbers: of registries.
    """

    ids: tuple[tuple[str, str], ...] = ()
    handles: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    bios: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @classmethod
    def joined(cls, several: Iterable[Identifiers]) -> Self:
        """Those of several people together, each once."""
        every = list(several)
        return cls(
            **{
                one.name: tuple(
                    dict.fromkeys(
                        said for known in every for said in getattr(known, one.name)
                    )
                )
                for one in fields(cls)
            }
        )


@dataclass(frozen=True, slots=True)
class Patterns:
    """Regular expressions (RE2, two groups around what is removed) of identifiers.

    Attributes:
        called: ids and handles; empty for none.
        named: the same, and whole names.
        path: as *named*, also as a part of the name of a file.
    """

    called: str = ""
    named: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What a study is asked to erase.

    Attributes:
        accounts: numbers of the accounts.
        patterns: what is removed from the words of others.
        hashes: keyed hashes that a later import is compared with.
        proof: keyed hash that tells whether a key is the one of the hashes.
        words: kind (``"ids"``, ``"handles"``, ``"names"``, ``"bios"``, ``"texts"``)
            to what the bytes are searched for.
    """

    accounts: tuple[int, ...]
    patterns: Patterns
    hashes: tuple[str, ...]
    proof: str
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Search:
    """One search after the erasure.

    Attributes:
        where: file, or table and column.
        kind: of what was searched for.
        encoding: of the bytes; ``"text"`` for the cells of a table.
        patterns: how many were searched for.
        found: how many times any of them stood there.
    """

    where: str
    kind: str
    encoding: str
    patterns: int
    found: int


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased from a study.

    Attributes:
        removed: table to rows removed.
        redacted: table to rows of others that lost words.
        searched: the searches of what is left.
    """

    removed: Mapping[str, int]
    redacted: Mapping[str, int]
    searched: tuple[Search, ...]


@dataclass(frozen=True, slots=True)
class ErasureCertificate(Listed):
    """The certificate of an erasure; it names nobody.

    Attributes:
        at: when, UTC, ISO 8601.
        people: keyed hash of each person.
        tables: table to rows removed.
        redacted: table to rows of others from which words of the people were removed.
        searched: the searches afterwards.
        outputs_named: files that named one of the people, as the audit trail says.
        notes: notes for the reader.
    """

    at: str
    people: tuple[str, ...]
    tables: Mapping[str, int]
    redacted: Mapping[str, int]
    searched: tuple[Search, ...]
    outputs_named: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    parameters: Mapping[str, object] = field(
        default_factory=lambda: MappingProxyType({})
    )

    @property
    def found(self) -> int:
        """How many times anything of the people was found afterwards."""
        return sum(search.found for search in self.searched)

    @property
    def table(self) -> Table:  # type: ignore[override] # computed, not kept
        """The searches, one a row."""
        names = Search.__slots__
        return Table(
            {name: [getattr(one, name) for one in self.searched] for name in names}
        )

    def __repr__(self) -> str:
        rows = sum(self.tables.values())
        return f"ErasureCertificate({len(self.people)} people, {rows} rows removed)"

    def to_json(self) -> str:
        """The certificate as JSON; one person is a text, several are a list."""
        one = len(self.people) == 1
        said = {
            "at": self.at,
            "person": self.people[0] if one else list(self.people),
            "tables": dict(self.tables),
            "redacted": dict(self.redacted),
            "searched": [dict(zip(self.table.names, row, strict=True))
                         for row in self.table.rows()],
            "outputs_named": list(self.outputs_named),
            "notes": list(self.notes),
        }  # fmt: skip
        return json.dumps(said, indent=2, ensure_ascii=False) + "\n"
