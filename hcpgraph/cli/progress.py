"""Bars with the time left, on stderr; nothing at all where that is no terminal."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from hcpgraph.cli import screen
from hcpgraph.cli.examples import is_quiet
from hcpgraph.model.signs import on_one_line
from hcpgraph.progress import report_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, TaskID


@contextmanager
def shown() -> Iterator[None]:
    """Show the long steps of whatever is done inside."""
    if not screen.shows_notes():
        yield
        return
    bars = Bars(click.get_current_context(silent=True))
    with report_to(bars):
        try:
            yield
        finally:
            bars.close()


class Bars:
    """A bar for each step under way; gone as soon as all are done."""

    def __init__(self, context: click.Context | None = None) -> None:
        self._context = context
        self._tasks: dict[str, TaskID] = {}
        self._progress: Progress | None = None
        self._quiet: bool | None = None

    def __call__(self, step: str, done: float, total: float | None) -> None:
        if self._quiet is None:  # a call may come from a thread, which knows less
            self._quiet = is_quiet(self._context)
        if self._quiet:
            return
        if total is not None and done >= total:
            self._end(step)
        elif step in self._tasks and self._progress is not None:
            self._progress.update(self._tasks[step], completed=done)
        else:
            self._progress = self._progress or _opened()
            self._tasks[step] = self._progress.add_task(on_one_line(step), total=total)

    def _end(self, step: str) -> None:
        task = self._tasks.pop(step, None)
        if task is not None and self._progress is not None:
            self._progress.remove_task(task)
        if not self._tasks:
            self.close()

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._progress is not None:
            self._progress.stop()
        self._progress = None
        self._tasks.clear()


def _opened() -> Progress:
    from rich.console import Console  # noqa: PLC0415 - only for terminals
    from rich.progress import (  # noqa: PLC0415 - only for terminals
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
        console=Console(file=screen.bare_stderr()),
        transient=True,
    )
    progress.start()
    return progress
