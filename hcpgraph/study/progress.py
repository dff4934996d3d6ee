"""Progress of a study's long steps: its callback, and the line it shows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import wraps
from time import monotonic
from typing import Any, Final, TypeVar

from hcpgraph.model.names import MOST, MOST_SEED
from hcpgraph.model.signs import on_one_line
from hcpgraph.progress import Progress, report_to

Asked = TypeVar("Asked", bound=type)

_PATIENCE: Final = 0.5  # seconds that pass before anything is shown
_BETWEEN: Final = 0.25  # and between one line and the next


class Line:
    """One line of text that says how far a step is, and how long it may yet take.

    Nothing is shown for what is soon done, and at the end the line is empty again.

    Args:
        show: puts a text in place of the one before.
        clock: seconds since any moment.
    """

    def __init__(
        self, show: Callable[[str], None], clock: Callable[[], float] = monotonic
    ) -> None:
        self._show = show
        self._clock = clock
        self._begun: dict[str, float] = {}
        self._first = self._last = float("-inf")
        self._shown = False

    def __call__(self, step: str, done: float, total: float | None) -> None:
        now = self._clock()
        if not self._begun:
            self._first = now
        begun = self._begun.setdefault(step, now)
        if total is not None and done >= total:
            del self._begun[step]
            if self._shown and not self._begun:
                self._show("")
                self._shown = False
        elif now - self._first >= _PATIENCE and now - self._last >= _BETWEEN:
            self._show(said(step, done, total, now - begun))
            self._last, self._shown = now, True


def said(step: str, done: float, total: float | None, taken: float) -> str:
    """How far a step is, in words.

    >>> said("drawing ranks", 50, 200, 20.0), said("finding communities", 0, None, 2.0)
    ('drawing ranks: 25 %, 1 min 0 s left', 'finding communities ...')
    """
    if not total or not done:
        return f"{step} ..."
    left = round(taken * (total - done) / done)
    minutes = f"{left // 60} min " if left >= 60 else ""
    return f"{step}: {100 * done / total:.0f} %, {minutes}{left % 60} s left"


def chosen(progress: Progress | bool | None) -> Progress | None:
    """The callback meant by ``Study(..., progress=...)``; None for the present one.

    Inside a notebook a line is shown unless it is turned off.
    """
    if progress is None:
        return _in_notebook()
    if progress is True:
        return _in_notebook() or Line(_on_stderr)
    return _silence if progress is False else progress


def reports_progress(asked: Asked) -> Asked:
    """Class decorator: report progress of all public methods to ``self.progress``."""
    for name in dir(asked):
        method = getattr(asked, name)
        if callable(method) and not name.startswith("_"):
            setattr(asked, name, _told(method))
    return asked


def _told(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        _check_size(kwargs)
        if self.progress is None:  # whoever listens goes on listening
            return method(self, *args, **kwargs)
        with report_to(self.progress):
            return method(self, *args, **kwargs)

    return call


def _check_size(asked: Mapping[str, object]) -> None:
    """Refuse counts and seeds that neither DuckDB nor numpy could hold."""
    for name, value in asked.items():
        most = MOST_SEED if name == "seed" else MOST
        if isinstance(value, int) and value > most:
            raise ValueError(f"{name} must be at most {most}, got {value}")


def _silence(step: str, done: float, total: float | None) -> None:
    """The callback of ``progress=False``: it shows nothing."""


def _on_stderr(text: str) -> None:
    sys.stderr.write(f"\r\x1b[K{on_one_line(text)}")
    sys.stderr.flush()


def _in_notebook() -> Line | None:
    """A line in the output of the cell, if a Jupyter kernel runs this."""
    if "ipykernel" not in sys.modules:
        return None
    shell = sys.modules["IPython"].get_ipython()
    if not hasattr(shell, "kernel"):
        return None
    return Line(_CellOutput(shell.display_pub))


class _CellOutput:
    """An output of the cell that runs, put in place of the one before."""

    def __init__(self, publisher: Any) -> None:
        self._publisher = publisher
        self._number = 0
        self._open = False

    def __call__(self, text: str) -> None:
        if not self._open:
            self._number += 1
        self._publisher.publish(
            {"text/plain": text},
            metadata={},
            transient={"display_id": f"hcpgraph-{id(self)}-{self._number}"},
            update=self._open,
        )
        self._open = bool(text)  # an empty line ends it; the next cell gets its own
