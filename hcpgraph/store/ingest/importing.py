"""One file: staged, and in one transaction numbered, written, labelled, recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import AlreadyImported, ExportError, UnusableContent
from hcpgraph.model.files import FileReport
from hcpgraph.model.statements import IfAny
from hcpgraph.store.arrays import low_memory
from hcpgraph.store.connection import watched
from hcpgraph.store.ingest.file_areas import add_accounts, write_area
from hcpgraph.store.ingest.numbering import number_accounts
from hcpgraph.store.ingest.resolving import count_self_ties, remark
from hcpgraph.store.ingest.staging import Staged, drop_temporary, resource_limits, stage
from hcpgraph.store.ingest.suppressing import (
    leave_out,
    refuse_unguarded,
    remember,
)
from hcpgraph.store.ingest.versions import note_versions
from hcpgraph.store.ingest.writing import (
    FACTS,
    count_accepted,
    write_people,
    write_posts,
    write_ties,
)
from hcpgraph.store.sql import execute, number, rows, run_statements
from hcpgraph.store.transaction import interruptible, transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb
    import numpy as np
    from numpy.typing import NDArray

    from hcpgraph.model.files import FileDescription
    from hcpgraph.model.statements import Statement
    from hcpgraph.store.ingest.suppressing import Suppressing


_MANY_BYTES: Final = 2**21  # of plain ties; numba takes its time for fewer
_ANY_POST: Final = "select post from new_post limit 1"
_NEXT_FILE: Final = "select coalesce(max(file), -1) + 1 from source_file"


@dataclass(frozen=True, slots=True)
class Labelling:
    """The queries that say what posts are about and who accounts are.

    Attributes:
        posts: statements that label ``new_post``.
        accounts: statements that label ``touched_account``; they need the posts'
            labels.
    """

    posts: tuple[Statement, ...]
    accounts: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ImportJob:
    """A file about to be imported.

    Attributes:
        description: how it maps onto the tables.
        digest: gives the SHA-256 of its bytes, in hexadecimal, once it is known.
        platform: the platform its ids belong to.
        max_rejected: share of unusable rows above which it is refused.
        name: what people call it, and the ledger; its path if None.
        area: slug of the area of the study that it belongs to as a whole, if any.
        original: the file whose bytes the digest is of, where the description is of a
            copy; None where it is not.
        suppressing: knows who was erased from the study; None where nobody was.
    """

    description: FileDescription
    digest: Callable[[], str]
    platform: str
    max_rejected: float
    name: str | None = None
    area: str | None = None
    original: Path | None = None
    suppressing: Suppressing | None = None

    @property
    def bytes(self) -> int:
        """Size of the file, as the ledger has it."""
        return (self.original or self.description.path).stat().st_size


def import_file(
    connection: duckdb.DuckDBPyConnection,
    arrival: ImportJob,
    labelling: Labelling,
    *,
    study: Path,
    tell: Callable[[float], None] | None = None,
) -> FileReport:
    """Import one file whole, or leave the study as it was.

    Args:
        connection: open for writing, outside any transaction.
        arrival: the file.
        labelling: what to run on new posts and touched accounts.
        study: path of the study, for messages.
        tell: told the share of the current step that is done, in [0, 1].

    Raises:
        AlreadyImported: if this very file is in the study.
        RejectedRows: if too many rows are unusable.
        StoreError: if the study cannot be written.
    """
    try:
        with interruptible(study):
            refuse_unguarded(connection, arrival.suppressing, study)
            _refuse_known(connection, arrival)
        report = _import_plain(connection, arrival, study=study, tell=tell)
        if report is not None:
            return report
        described = arrival.description
        size = described.path.stat().st_size
        with (
            watched(connection, tell),
            resource_limits(connection, described.unit, size=size),
        ):
            staged, hashes = _stage(connection, arrival, study)
            with transaction(connection, study) as heed:
                remember(connection, hashes, _now())
                return _write(connection, arrival, staged, labelling, heed=heed)
    except UnusableContent as error:
        # what the database cannot take of a file is the file's fault, not the study's
        raise ExportError(arrival.description.path, error.reason) from error


def _refuse_known(connection: duckdb.DuckDBPyConnection, arrival: ImportJob) -> None:
    """Raise ``AlreadyImported`` if a file with these bytes is in the study.

    A file of a size that no file had is new: it can be read before its digest is known.
    """
    path = arrival.description.path
    alike = execute(
        connection,
        "select sha256, path from source_file where bytes = $bytes",
        {"bytes": arrival.bytes},
    ).fetchall()
    known = dict(alike).get(arrival.digest()) if alike else None
    if known is not None:
        raise AlreadyImported(path, known=known, sha256=arrival.digest())


def _stage(
    connection: duckdb.DuckDBPyConnection, arrival: ImportJob, study: Path
) -> tuple[Staged, tuple[str, ...]]:
    """Read the file into temporary tables; the study is not touched.

    Outside the transaction that changes the study: tables that a transaction has made
    itself are read by one thread alone.
    """
    with interruptible(study):
        drop_temporary(connection)
        described = arrival.description
        staged = stage(connection, described, max_rejected=arrival.max_rejected)
        if arrival.suppressing is None:
            return staged, ()
        return leave_out(
            connection,
            staged,
            arrival.suppressing,
            unit=described.unit,
            platform=arrival.platform,
        )


def _write(
    connection: duckdb.DuckDBPyConnection,
    arrival: ImportJob,
    staged: Staged,
    labelling: Labelling,
    *,
    heed: Callable[[], None],
) -> FileReport:
    description = arrival.description
    file = number(connection, _NEXT_FILE)
    note_versions(connection, file=file, platform=arrival.platform)
    number_accounts(connection, file=file, platform=arrival.platform)
    write_posts(connection, file=file, platform=arrival.platform)
    heed()
    left_out = write_ties(connection, file=file, platform=arrival.platform)
    left_out += count_self_ties(connection, file=file)
    staged = replace(staged, notes=(*staged.notes, *remark(connection, file=file)))
    write_people(connection, file=file)
    if arrival.area is not None:
        write_area(connection, arrival.area, file=file)
    heed()
    accepted = count_accepted(connection, description.unit, file=file)
    label(connection, labelling)
    execute(
        connection,
        "insert into reject by name"
        " select $file as file, line, reason from staged_reject"
        " order by line, reason",
        {"file": file},
    )
    staged = replace(staged, notes=(*staged.notes, *_self_ties(left_out)))
    return _finish(connection, arrival, staged, accepted=accepted, file=file)


def _self_ties(left_out: int) -> tuple[str, ...]:
    """The note on ties of accounts to themselves, if any."""
    if not left_out:
        return ()
    ties = "tie is" if left_out == 1 else "ties are"
    return (f"{left_out} self {ties} left out: nobody pays attention to themselves",)


def _import_plain(
    connection: duckdb.DuckDBPyConnection,
    arrival: ImportJob,
    *,
    study: Path,
    tell: Callable[[float], None] | None,
) -> FileReport | None:
    """Like ``_write``, for many plain ties: no posts, nobody to label.

    None means that the file holds something else, or too little.
    """
    description = arrival.description
    ties = description.plain
    if ties is None or ties.layer not in FACTS:
        return None
    if description.path.stat().st_size < _MANY_BYTES:
        return None
    from hcpgraph.store.bulk.edge_list import read_plain, write_plain  # noqa: PLC0415 - numba
    from hcpgraph.store.bulk.encoded_ties import EncodedTies  # noqa: PLC0415 - as above

    tell = tell or _tell_nobody
    with EncodedTies(study) as pairs:
        plain = read_plain(ties, pairs, tell)
        if plain is None or not pairs.total:
            return None
        if _names_erased(arrival, plain.ids.ids):
            return None
        with low_memory(connection), transaction(connection, study) as heed:
            drop_temporary(connection)
            file = number(connection, _NEXT_FILE)
            written = write_plain(
                connection,
                plain,
                ties.layer,
                file=file,
                platform=arrival.platform,
                heed=heed,
                tell=tell,
            )
            if arrival.area is not None:
                add_accounts(connection, arrival.area, written.accounts, file=file)
            notes = (*description.notes, *_self_ties(written.left_out))
            staged = Staged(pairs.total, 0, (), notes)
            return _finish(
                connection, arrival, staged, accepted=written.fresh, file=file
            )


def _names_erased(arrival: ImportJob, ids: NDArray[np.uint64]) -> bool:
    """Whether anybody who was erased is among plain ids."""
    known = arrival.suppressing
    return known is not None and any(
        known.holds(arrival.platform, str(one), None) for one in ids.tolist()
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _tell_nobody(share: float) -> None:
    """Where nobody watches."""


def _finish(
    connection: duckdb.DuckDBPyConnection,
    arrival: ImportJob,
    staged: Staged,
    *,
    accepted: int,
    file: int,
) -> FileReport:
    """Record the file, and say what became of it."""
    description = arrival.description
    report = FileReport(
        path=description.path,
        format=description.format,
        read=staged.read,
        accepted=accepted,
        known=staged.read - staged.rejected - accepted,
        rejected=staged.rejected,
        reasons=staged.reasons,
        notes=staged.notes,
    )
    _record(connection, arrival, report, file=file)
    drop_temporary(connection)
    return report


def _path(arrival: ImportJob) -> str:
    """What the ledger calls the file, without the handle of anybody who was erased."""
    said = arrival.name or str(arrival.description.path)
    known = arrival.suppressing
    return said if known is None else known.covered(arrival.platform, said)


def label(connection: duckdb.DuckDBPyConnection, labelling: Labelling) -> None:
    """Label ``new_post`` and ``touched_account`` afresh."""
    connection.execute("delete from post_area where post in (select * from new_post)")
    # most files of follows and people bring no posts
    run_statements(connection, (IfAny(_ANY_POST, labelling.posts), *labelling.accounts))


def _record(
    connection: duckdb.DuckDBPyConnection,
    arrival: ImportJob,
    report: FileReport,
    *,
    file: int,
) -> None:
    row = {
        "file": file,
        "path": _path(arrival),
        "sha256": arrival.digest(),
        "format": report.format,
        "platform": arrival.platform,
        "bytes": arrival.bytes,
        "read": report.read,
        "accepted": report.accepted,
        "known": report.known,
        "rejected": report.rejected,
        "notes": list(report.notes),
        "imported_at": _now(),
    }
    connection.execute(
        f"insert into source_file ({', '.join(row)}) values {rows([row.values()])}"
    )
