"""Ctrl-C and DuckDB: never missed, obeyed where it is safe."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


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
