"""Errors of the policy: who may see, and with which key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.errors.base import AboutFile, HcpgraphError
from hcpgraph.errors.lookups import UnknownName

if TYPE_CHECKING:
    from collections.abc import Sequence


class KeyFileError(AboutFile):
    """The key of hashes cannot be read from its file."""


class ConsentKeyError(AboutFile):
    """A study keeps consent by keyed hashes, and their key is not at hand."""


class SuppressionKeyError(AboutFile):
    """A study keeps hashes of erased people, and their key is not at hand."""


class UnknownViewer(UnknownName):
    """The policy has no such viewer; the message names those there are."""

    kind = "viewer"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        HcpgraphError.__init__(
            self, f"no viewer {name!r}; there are {', '.join(sorted(known))}"
        )
        self.name, self.known = name, tuple(known)


class UnknownPurpose(HcpgraphError):
    """A viewer reads for other purposes than the one given.

    Attributes:
        viewer: who reads.
        purpose: what for.
        known: what the viewer may read for.
    """

    def __init__(self, viewer: str, purpose: str, known: Sequence[str]) -> None:
        super().__init__(
            f"viewer {viewer!r} has no purpose {purpose!r}, only {' and '.join(known)};"
            " the policy says which viewer reads for what"
        )
        self.viewer, self.purpose, self.known = viewer, purpose, tuple(known)


class WithheldColumn(HcpgraphError):
    """What is asked for would tell of a column that is withheld from the viewer.

    Attributes:
        viewer: who asks.
        column: what is withheld.
        asked: the option or list that would tell.
    """

    def __init__(self, viewer: str, column: str, asked: str) -> None:
        super().__init__(
            f"{asked} would tell of {column!r}, which is withheld from {viewer}; leave"
            " it out"
        )
        self.viewer, self.column, self.asked = viewer, column, asked


class WithheldList(HcpgraphError):
    """The viewer may see no column of a list.

    Attributes:
        viewer: who asks.
        listing: the list.
    """

    def __init__(self, viewer: str, listing: str) -> None:
        super().__init__(
            f"{viewer} may see no column of {listing!r}; the policy says which viewer"
            " sees what"
        )
        self.viewer, self.listing = viewer, listing


class TrailError(AboutFile):
    """The audit trail cannot be read, or not be continued; nothing was written out."""

    line = "audit trail {path}: {reason}"


class PolicyFileError(AboutFile):
    """A policy cannot be used; nothing of it is in force."""

    line = "{path}: not a policy that can be used: {reason}"
