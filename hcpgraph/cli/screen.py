"""Terminal output: data on stdout, everything else on stderr.

What reaches a terminal is cleaned here, and only here: names, notes and errors hold
what strangers wrote. Data on a pipe or in a file stays as it is.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from hcpgraph.cli.examples import is_quiet
from hcpgraph.errors import OutputError
from hcpgraph.model.note import cautions_first
from hcpgraph.model.signs import for_screen, on_lines, on_one_line, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STDOUT = Path("stdout")  # as it is called in messages
_LINE = 4000  # characters of a line of messages; a heading of a file may have more


class _Cleaned(io.TextIOBase):
    """A stream of messages for people, from commands, click or a log."""

    def __init__(self, inner: IO[str] | None) -> None:
        self.inner = inner

    @property
    def encoding(self) -> str:  # type: ignore[override] # read alone
        return getattr(self.inner, "encoding", None) or "utf-8"

    def isatty(self) -> bool:
        return self.inner is not None and self.inner.isatty()

    def fileno(self) -> int:
        if self.inner is None:
            raise io.UnsupportedOperation("stderr is closed")
        return self.inner.fileno()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        lines = (shortened(line, _LINE) for line in on_lines(text).split("\n"))
        self._try(lambda inner: inner.write("\n".join(lines)))
        return len(text)

    def flush(self) -> None:
        self._try(lambda inner: inner.flush())

    def _try(self, act: Any) -> None:
        """Ignore a closed stderr: there is no place to report it."""
        if self.inner is None:
            return
        try:
            act(self.inner)
        except OSError:
            _let_go(self.inner)


@contextmanager
def opened() -> Iterator[None]:
    """Stand between the command and its streams, whatever state they are in."""
    _occupy()
    before = sys.stderr
    cleaned = _Cleaned(before)
    sys.stderr = cleaned
    try:
        yield
    finally:
        if sys.stderr is cleaned:
            sys.stderr = before
        _settle()


def _occupy() -> None:
    """Have no file take the number of a stream that is closed, and its output."""
    if os.name == "nt":
        return
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free


def _settle() -> None:
    """Have stdout hold nothing that would fail at the end of the program."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except OSError:
            _let_go(sys.stdout)


def _let_go(stream: IO[str]) -> None:
    """Discard what a stream still holds: it would fail again at the end."""
    with suppress(OSError, ValueError):  # a stream of a test has no number
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def shows_data() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def shows_notes() -> bool:
    """Whether stderr is a terminal."""
    return sys.stderr is not None and sys.stderr.isatty()


def bare_stderr() -> IO[str]:
    """The stream behind the cleaned one, for bars, which steer the screen."""
    return getattr(sys.stderr, "inner", None) or sys.stderr


def notify(lines: Iterable[str]) -> None:
    """Notes on stderr, what limits a result first; none with ``--quiet``."""
    if not is_quiet():
        warn(cautions_first(lines))


def warn(lines: Iterable[str]) -> None:
    """Errors and warnings on stderr, also with ``--quiet``."""
    for line in lines:
        click.echo(on_one_line(line), err=True)


def print_lines(lines: Iterable[str]) -> None:
    """Lines for people, on stdout, each of them one line."""
    put("".join(f"{on_one_line(line)}\n" for line in lines).encode())


def put(content: bytes) -> None:
    """Data onto stdout: UTF-8 and LF on every console, whole or with an error.

    Raises:
        OutputError: if stdout is closed, or full.
        BrokenPipeError: if the reader has closed the pipe.
    """
    stream = sys.stdout
    if stream is None:
        raise OutputError(_STDOUT, "it is closed")
    if shows_data():
        shown = for_screen(content)
        if shown is None:
            refuse_binary()
        else:
            content = shown
    try:
        stream.flush()
        stream.buffer.write(content)
        stream.buffer.flush()
    except OSError as error:
        _let_go(stream)
        if error.errno == errno.EPIPE:
            raise
        raise OutputError(_STDOUT, error.strerror or str(error)) from error


def refuse_binary() -> None:
    """Refuse binary data for a terminal.

    Raises:
        click.UsageError: where data would go to one.
    """
    if shows_data():
        raise click.UsageError("binary data is not for screens: write it with -o FILE")


def worded(error: OSError) -> click.ClickException:
    """An error of the system as one line; none for a closed pipe."""
    _settle()
    if error.errno == errno.EPIPE:
        raise error
    where = f"{error.filename}: " if error.filename is not None else ""
    return click.ClickException(on_one_line(f"{where}{error.strerror or error}"))
