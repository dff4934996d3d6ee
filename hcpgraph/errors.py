"""Every error that hcpgraph raises on purpose.

The hierarchy, which the command line turns into one-line messages:

* HcpgraphError
  - ExportError             an input file is not what it claims to be
      UnknownFormat         nothing hcpgraph reads looks like this file
        UnreadFormat        it is known by name, and not read
          PrivateMessages   it holds what people wrote to each other
      MissingColumns        a table lacks columns that its format needs
      MissingLayer          nothing says what kind of ties a table holds
      ForbiddenColumn       a table holds what must never be kept of a person
      RejectedRows          too many of its rows are unusable
      AlreadyImported       this very file is in the study
      VocabularyError       a vocabulary of disease areas cannot be used
      MappingError          a mapping of columns cannot be used
  - StoreError              the study cannot be opened, read or written
      LockedStudy           another process holds it
      NewerStudy            a later version of hcpgraph or DuckDB wrote it
      NotAStudy             the file is something else
      FullDisk              there was no room to write
      UnusableContent       what was to be written does not fit the tables
  - UnknownName             a name that the study or the toolkit does not have
      UnknownArea, UnknownAccount, UnknownMeasure, UnknownFile
  - AmbiguousAccount        a name that several accounts bear
  - UnmatchedList           nobody of an exclusion list is in the study
  - ThinHistory             too little past to check a ranking on
  - ThinRecord              too little past to foretell anything from
  - InfeasibleLimits        no list of people keeps all its limits at once
  - GraphError              the arrays do not describe a graph
  - NotConverged            an iterative measure ran out of iterations
  - EngineError             the chosen engine cannot do what was asked
      UnsupportedMeasure
  - OutputError             a result cannot be written to its file
  - FigureError             there is nothing to draw, or no such file kind
  - MissingExtra            an optional library is not installed

Wrong arguments from a caller stay ``ValueError`` and ``TypeError``: they are
bugs to fix, not conditions to handle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.model.names import LAYERS, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from hcpgraph.model.quotas import Quota


class HcpgraphError(Exception):
    """Base class: catch it to catch everything hcpgraph raises on purpose."""


class ExportError(HcpgraphError):
    """A social export cannot be read.

    Attributes:
        path: the file.
        reason: what is wrong with it and what to do, as a sentence.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class UnknownFormat(ExportError):
    """Nothing that hcpgraph reads looks like this file."""


class UnreadFormat(UnknownFormat):
    """It has a name, ``what``, and is not read; ``certain`` if that is beyond doubt."""

    def __init__(
        self, path: Path, reason: str, what: str = "", *, certain: bool = True
    ) -> None:
        super().__init__(path, reason)
        self.what, self.certain = what, certain


class PrivateMessages(UnreadFormat):
    """The file holds what people wrote to each other; no option makes it read."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            path,
            f"holds private messages ({what}), which hcpgraph never reads. If these "
            "are public posts, remove the column of texts and import again",
            f"private messages ({what})",
        )


class MissingColumns(ExportError):
    """A table lacks columns that its format needs."""

    def __init__(
        self, path: Path, missing: Sequence[str], found: Sequence[str]
    ) -> None:
        super().__init__(
            path, f"missing columns: {', '.join(missing)}; found: {', '.join(found)}"
        )
        self.missing = tuple(missing)
        self.found = tuple(found)


class MissingLayer(ExportError):
    """Nothing says what kind of ties a table holds."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            "no column says what kind of ties these are; say it with --layer: "
            f"{', '.join(LAYERS)}",
        )


class ForbiddenColumn(ExportError):
    """A table holds a column that must never be kept of a person."""

    def __init__(self, path: Path, column: str, why: str) -> None:
        super().__init__(
            path, f"column {column!r} is refused: {why}. Remove it and import again"
        )
        self.column = column


class RejectedRows(ExportError):
    """More rows of an export were unusable than the caller tolerates.

    Attributes:
        rejected: unusable rows.
        read: rows seen.
        reasons: the first unusable rows, as (line, reason).
    """

    def __init__(
        self,
        path: Path,
        *,
        rejected: int,
        read: int,
        reasons: Sequence[tuple[int, str]],
        tolerated: float,
    ) -> None:
        line, reason = reasons[0]
        super().__init__(
            path,
            f"{rejected} of {read} rows are unusable, the first is line {line}: "
            f"{reason}; nothing was imported. Allow more than {tolerated:.3g} with "
            "--max-rejected",
        )
        self.rejected = rejected
        self.read = read
        self.reasons = tuple(reasons)


class AlreadyImported(ExportError):
    """This very file is in the study; importing it again would change nothing.

    Attributes:
        known: the path under which it was imported.
        sha256: its digest.
    """

    def __init__(self, path: Path, *, known: str, sha256: str) -> None:
        super().__init__(
            path,
            f"already imported as {known}; to read it in another way, remove it first",
        )
        self.known = known
        self.sha256 = sha256


class StoreError(HcpgraphError):
    """A study cannot be opened, read or written.

    Attributes:
        path: the study.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


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


class UnknownMeasure(UnknownName):
    """There is no such measure."""

    kind = "measure"


class UnknownFile(UnknownName):
    """The study holds no such imported file."""

    kind = "imported file"


class ThinHistory(HcpgraphError):
    """A study's own past lacks ``reason``, a clause, to check a ranking on."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"nothing to check the ranking on: {reason}")
        self.reason = reason


class ThinRecord(HcpgraphError):
    """A study's own past is too sparse for a prediction: ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class VocabularyError(ExportError):
    """A vocabulary of disease areas cannot be used."""


class MappingError(ExportError):
    """A mapping of columns cannot be used."""


class InfeasibleLimits(HcpgraphError):
    """No list of people keeps all its limits at once.

    Without any one of what is named here, some list would.

    Attributes:
        limits: those that cannot be kept together.
        included: how many people who must be on the list stand in their way; 0 if
            these are no part of it.
        budget: how many people the list may hold; None if that is no part of it.
    """

    def __init__(
        self,
        reasons: Sequence[str],
        *,
        limits: Sequence[Quota],
        included: int,
        budget: int | None,
    ) -> None:
        loosen = "it" if len(reasons) == 1 else "one of them"
        told = list(reasons) if len(reasons) < 7 else list(reasons[:5])
        if len(told) < len(reasons):
            told.append(f"and {len(reasons) - len(told)} more")
        super().__init__(
            f"no list keeps these limits: {'; '.join(told)}. Loosen {loosen}"
        )
        self.limits = tuple(limits)
        self.included = included
        self.budget = budget


class GraphError(HcpgraphError):
    """Arrays handed to a graph are inconsistent with each other."""


class NotConverged(HcpgraphError):
    """An iterative measure stopped before reaching its tolerance."""

    def __init__(self, measure: str, *, iterations: int, residual: float) -> None:
        super().__init__(
            f"{measure} did not converge: residual {residual:.2e} after {iterations}"
            " iterations. Raise max_iter or loosen tol."
        )
        self.measure = measure
        self.iterations = iterations
        self.residual = residual


class EngineError(HcpgraphError):
    """The chosen engine cannot do what was asked of it."""


class UnsupportedMeasure(EngineError):
    """The engine does not implement this measure."""

    def __init__(self, engine: str, measure: str, supported: Iterable[str]) -> None:
        names = ", ".join(sorted(supported))
        super().__init__(f"engine {engine!r} has no {measure!r}; it has: {names}")


class OutputError(HcpgraphError):
    """A result cannot be written to its file."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"cannot write {path}: {reason}")
        self.path = path
        self.reason = reason


class FigureError(HcpgraphError):
    """There is nothing to draw, or the file kind is not one figures know."""


class MissingExtra(HcpgraphError):
    """An optional library is not installed.

    Attributes:
        extra: the name under which pip installs it with hcpgraph.
    """

    def __init__(self, what: str, library: str, extra: str) -> None:
        super().__init__(f"{what} needs {library}: pip install 'hcpgraph[{extra}]'")
        self.extra = extra
