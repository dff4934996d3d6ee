"""Errors of the policy: who may see, and with which key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.errors.base import HcpgraphError

if TYPE_CHECKING:
    from pathlib import Path


class KeyFileError(HcpgraphError):
    """The key of hashes cannot be read from its file.

    Attributes:
        path: the file.
        reason: what is wrong with it and what to do, as a sentence.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class ConsentKeyError(HcpgraphError):
    """A study keeps consent by keyed hashes, and their key is not at hand.

    Attributes:
        path: the study.
        reason: what is missing and what to do, as a sentence.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
