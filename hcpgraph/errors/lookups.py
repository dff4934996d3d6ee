"""Errors of names that the study or the toolkit does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.errors.base import HcpgraphError
from hcpgraph.model.names import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class UnknownName(HcpgraphError):
    """A name that is not there, with the closest one that is.

    Attributes:
        name: what was asked for.
        known: what there is instead.
    """

    kind = "name"

    def __init__(self, name: str, known: Iterable[str], hint: str = "") -> None:
        self.name, self.known = name, tuple(known)
        super().__init__(f"no {self.kind} {name!r}; {suggest(name, self.known)}{hint}")


class UnknownArea(UnknownName):
    """The study has no such disease area."""

    kind = "area"


class UnknownAccount(UnknownName):
    """The study has no such account."""

    kind = "account"


class UnknownMeasure(UnknownName):
    """There is no such measure."""

    kind = "measure"


class UnknownFile(UnknownName):
    """The study holds no such imported file."""

    kind = "imported file"


class AmbiguousAccount(HcpgraphError):
    """Several accounts bear the name; the message says how to name one of them.

    Attributes:
        name: what was asked for.
        candidates: the accounts, under names that are theirs alone.
    """

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        super().__init__(
            f"{name!r} is on several platforms; write {' or '.join(candidates)}"
        )
        self.name = name
        self.candidates = tuple(candidates)


class AmbiguousPerson(HcpgraphError):
    """Several people are called so; none of them is chosen.

    Attributes:
        name: what was asked for.
        candidates: ids of those of them who may be listed.
    """

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        said = f", such as {' or '.join(candidates)}" if candidates else ""
        super().__init__(f"{name!r} may be several people; write an id{said}")
        self.name = name
        self.candidates = tuple(candidates)


class UnmatchedList(HcpgraphError):
    """Nobody of a list of people never to suggest is in the study.

    Attributes:
        source: name of the file, or None for a list of values.
        entries: how many people are on the list.
    """

    def __init__(self, source: str | None, entries: int) -> None:
        nobody = (
            f"none of its {entries} people is" if entries > 1 else "its person is not"
        )
        super().__init__(
            f"{source or 'the exclusion list'}: {nobody} in this study, so nobody would"
            " be excluded. Are ids damaged (1.0E+18), or of another platform? Go on"
            " all the same with --allow-unmatched"
        )
        self.source = source
        self.entries = entries
