"""Progress of long steps: reported to a callback, never printed here.

A step says its name and how much of how much is done; a terminal draws a bar of it,
a notebook a line, a pipe nothing. Without a listener a step costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from typing import TypeVar

# told (step, done, total); a total of None is not known, done == total is the end
Progress = Callable[[str, float, float | None], None]
Item = TypeVar("Item")

_LISTENER: ContextVar[Progress | None] = ContextVar("hcpgraph_progress", default=None)


@contextmanager
def report_to(progress: Progress | None) -> Iterator[None]:
    """Tell *progress* of every step taken inside; None for nobody."""
    token = _LISTENER.set(progress)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def listener() -> Progress | None:
    """The present callback, if any."""
    return _LISTENER.get()


@contextmanager
def step(name: str, total: float | None = None) -> Iterator[Callable[[], None]]:
    """Take a long step; gives what to call, from any thread, for each part done.

    >>> def say(name, done, total):
    ...     print(name, done, "of", total)
    >>> with report_to(say), step("ranking", 2) as tick:
    ...     tick()
    ranking 0 of 2
    ranking 1 of 2
    ranking 2 of 2
    """
    tell = _LISTENER.get()
    if tell is None:
        yield _nobody
        return
    tell(name, 0, total)
    done = count(1)
    try:
        yield lambda: tell(name, next(done), total)
    finally:  # a step that failed is over, too
        end = 1 if total is None else total
        tell(name, end, end)


def each(name: str, items: Sequence[Item]) -> Iterator[Item]:
    """The items one by one, each a part of a step; a single one is all of it."""
    with step(name, len(items) if len(items) > 1 else None) as tick:
        for item in items:
            yield item
            tick()


def _nobody() -> None:
    """The advance of a step without a callback."""
