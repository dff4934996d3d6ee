"""All or nothing: a change of the study happens whole, or it did not happen."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import duckdb

from hcpgraph.store import boundaries
from hcpgraph.store.faults import worded
from hcpgraph.store.interrupts import listening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def interruptible(study: Path) -> Iterator[None]:
    """Let Ctrl-C end queries that change nothing of the study.

    Raises:
        KeyboardInterrupt: if Ctrl-C was pressed at any time before the end.
        StoreError: if the study cannot be used.
    """
    with worded(study), listening() as ctrl_c:
        try:
            yield
        finally:
            ctrl_c.raise_if_heard()  # an interrupted query is an error of DuckDB


@contextmanager
def transaction(
    connection: duckdb.DuckDBPyConnection, study: Path
) -> Iterator[Callable[[], None]]:
    """Make what happens inside one change; undo it on any error, and on Ctrl-C.

    Yields:
        What to call between two long steps, so that a Ctrl-C that a query lost is
        heeded before the next.

    Raises:
        KeyboardInterrupt: if Ctrl-C was pressed at any time before the end.
        StoreError: if the study cannot be written.
    """
    with worded(study), listening() as ctrl_c:
        boundaries.reach("before begin")
        connection.execute("begin")
        try:
            yield ctrl_c.raise_if_heard
            ctrl_c.raise_if_heard()
            boundaries.reach("before commit")
            connection.execute("commit")
            boundaries.reach("after commit")
        except BaseException:
            _roll_back(connection)
            # DuckDB words an interrupted query as an error of its own
            ctrl_c.raise_if_heard()
            raise


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    """Undo the transaction, unless DuckDB ended it by itself."""
    with suppress(duckdb.TransactionException):
        connection.execute("rollback")
