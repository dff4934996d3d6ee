"""Errors of the study's own file."""

from __future__ import annotations

from hcpgraph.errors.base import AboutFile


class StoreError(AboutFile):
    """A study cannot be opened, read or written."""


class LockedStudy(StoreError):
    """Another process has the study open for writing."""


class NewerStudy(StoreError):
    """The study was written by a later version."""


class NotAStudy(StoreError):
    """The file is no study: another kind of file, or damaged."""


class FullDisk(StoreError):
    """There was no room to write; the study is as it was before."""


class UnusableContent(StoreError):
    """What was to be written does not fit the tables; nothing was written."""
