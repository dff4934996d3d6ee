"""Results of pure functions, found once while somebody keeps them.

A study that is open keeps what its questions find, so that a page that asks for the
same communities in ten places finds them once. Nothing is kept where nobody keeps it:
there is no memory of the whole process.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

Value = TypeVar("Value")

_OPEN: Final = 20_000_000  # rows held while somebody asks: some 500 MB
_CLOSED: Final = 2_000_000  # and between two calls


class Memo:
    """Values by key, the least recently used dropped first.

    Args:
        most: rows (ties, accounts) held while a study is open.
        between: rows held after ``trim``.
    """

    def __init__(self, most: int = _OPEN, between: int = _CLOSED) -> None:
        self._most, self._between = most, between
        self._held: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()
        self._state: Hashable = None

    def __contains__(self, key: Hashable) -> bool:
        return key in self._held

    def once(
        self,
        key: Hashable,
        make: Callable[[], Value],
        *,
        rows: Callable[[Value], int] = lambda _: 1,
    ) -> Value:
        """The value of *key*, made if it is not held.

        Args:
            key: all that the value depends on.
            make: makes it.
            rows: how many ties or accounts it holds.
        """
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                held: Value = self._held[key][0]
                return held
        # not under the lock: what is made may ask for what it is made of
        made = make()
        self.keep(key, made, rows=rows(made))
        return made

    def keep(self, key: Hashable, value: object, *, rows: int = 1) -> None:
        """Hold a value that is there already."""
        with self._lock:
            self._held[key] = value, rows
            self._held.move_to_end(key)
            self._drop(self._most, least=1)

    def keep_for(self, state: Hashable) -> None:
        """Drop everything if it was made of another *state* of the study."""
        with self._lock:
            if state != self._state:
                self._held.clear()
            self._state = state

    def trim(self) -> None:
        """Drop what is too large to be held between two calls."""
        with self._lock:
            self._drop(self._between, least=0)

    def _drop(self, most: int, *, least: int) -> None:
        held = sum(rows for _, rows in self._held.values())
        while held > most and len(self._held) > least:
            held -= self._held.popitem(last=False)[1][1]


_KEEPER: ContextVar[Memo | None] = ContextVar("hcpgraph_memo", default=None)


@contextmanager
def kept_in(memo: Memo | None) -> Iterator[None]:
    """Keep in *memo* what ``once`` makes inside; None to keep nothing."""
    token = _KEEPER.set(memo)
    try:
        yield
    finally:
        _KEEPER.reset(token)


def keeper() -> Memo | None:
    """The present memo of results, if any; threads get theirs by hand."""
    return _KEEPER.get()


def once(
    key: Hashable,
    make: Callable[[], Value],
    *,
    rows: Callable[[Value], int] = lambda _: 1,
) -> Value:
    """The value of *key*, made once where somebody keeps it, and else made anew.

    >>> made = []
    >>> with kept_in(Memo()):
    ...     once("two", lambda: made.append(1) or 2) + once("two", lambda: 3)
    4
    >>> made
    [1]
    """
    memo = _KEEPER.get()
    return make() if memo is None else memo.once(key, make, rows=rows)
