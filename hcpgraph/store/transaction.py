"""All or nothing: a change of the study happens whole, or it did not happen.

Ctrl-C is heard always, and acted upon where it is safe.
"""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from hcpgraph.store import boundaries
from hcpgraph.store.faults import worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import FrameType


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


@dataclass
class CtrlC:
    """Whether Ctrl-C was pressed.

    A query may finish in the moment it is interrupted, and the interrupt be lost;
    what was heard is therefore kept until the change is decided.
    """

    heard: bool = False

    def raise_if_heard(self) -> None:
        if self.heard:
            raise KeyboardInterrupt


@contextmanager
def listening() -> Iterator[CtrlC]:
    """Note Ctrl-C, and let it do what it would have done."""
    ctrl_c = CtrlC()
    if threading.current_thread() is not threading.main_thread():
        yield ctrl_c  # only the main thread is told of signals
        return
    before = signal.getsignal(signal.SIGINT)

    def hear(number: int, frame: FrameType | None) -> None:
        ctrl_c.heard = True
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGINT, hear)
    try:
        yield ctrl_c
    finally:
        signal.signal(signal.SIGINT, before)
