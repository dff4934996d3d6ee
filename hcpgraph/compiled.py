"""How loops over rows are compiled, and how they share the cores."""

from __future__ import annotations

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from itertools import pairwise
from threading import local
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

Loop = TypeVar("Loop", bound="Callable[..., Any]")
Part = TypeVar("Part")
Result = TypeVar("Result")

THREADS: Final = "HCPGRAPH_THREADS"

_LOG: Final = logging.getLogger(__name__)

try:
    from hcpgraph.numba_internals import QuickCache
except (ImportError, AttributeError) as error:
    # results are the same; a command starts some tenths of a second later
    _LOG.info("loops are loaded as numba does, as it has changed inside: %s", error)
    _QUICK: type | None = None
else:
    _QUICK = QuickCache


def compiled(loop: Loop) -> Loop:
    """Compile a loop on its first call and keep the machine code on disk.

    Where no folder can be written, as in some containers, nothing is kept and
    each process compiles anew. Arrays may be read-only; an argument that may be
    None is compiled once with it and once without. While it runs, other threads
    may run too.
    """
    ready: Any = njit(nogil=True)(loop)
    # a RuntimeError is numba's way to say that it found no such folder
    with suppress(RuntimeError):
        if _QUICK is not None and hasattr(ready, "_cache"):
            ready._cache = _QUICK(loop)
        else:
            ready = njit(nogil=True, cache=True)(loop)
    return cast("Loop", ready)


def n_threads() -> int:
    """How many threads to use: ``HCPGRAPH_THREADS``, or else every core there is.

    Raises:
        ValueError: if ``HCPGRAPH_THREADS`` is no positive number.
    """
    asked = os.environ.get(THREADS)
    if asked is None:
        return len(os.sched_getaffinity(0)) if _CAN_ASK else os.cpu_count() or 1
    if not (asked.isdecimal() and int(asked)):
        raise ValueError(f"{THREADS} must be a positive number, got {asked!r}")
    return int(asked)


_CAN_ASK: Final = hasattr(os, "sched_getaffinity")  # not on macOS and Windows


def parallel_map(step: Callable[[Part], Result], parts: Iterable[Part]) -> list[Result]:
    """Do a step for each part on all cores; results in the order of the parts.

    A step should spend its time in compiled loops. For the same result on every
    machine, what the parts are must not depend on the number of threads, and no step
    may write what another reads. A step may itself work side by side; the steps
    share the threads among themselves then.

    >>> parallel_map(abs, [-1, 2, -3])
    [1, 2, 3]
    """
    todo = list(parts)
    own = getattr(_SHARE, "threads", None)
    threads = 1 if len(todo) < 2 else own or n_threads()
    if threads == 1:
        return [step(part) for part in todo]
    share = max(1, threads // len(todo))

    def alone(part: Part) -> Result:
        _SHARE.threads = share
        return step(part)

    if own is None:
        return list(_pool(threads).map(alone, todo))
    # within a step: to wait for others in the same pool could be to wait for ever
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(alone, todo))


_SHARE: Final = local()  # how many threads a step may use that is one of several


@lru_cache(maxsize=1)
def _pool(threads: int) -> ThreadPoolExecutor:
    """Threads that wait for work; to start some for every loop would take longer."""
    return ThreadPoolExecutor(threads, "hcpgraph")


if hasattr(os, "register_at_fork"):
    # threads are not forked with the process that has them
    os.register_at_fork(after_in_child=_pool.cache_clear)


def even_chunks(bounds: NDArray[np.int64], n_parts: int) -> list[tuple[int, int]]:
    """Cut rows into runs with about equally many ties each.

    Args:
        bounds: where each row starts, and the end, ascending from 0, shape (n + 1,).
        n_parts: how many runs to make at most, at least 1.

    Returns:
        First row and row after the last of each run, none empty, in order; together
        they hold every row once.

    >>> even_chunks(np.array([0, 4, 5, 6, 8]), 2)
    [(0, 1), (1, 4)]
    """
    ideal = np.linspace(0, bounds[-1], n_parts + 1)[1:-1]
    cuts = np.searchsorted(bounds, ideal)
    return list(pairwise(np.unique([0, *cuts, len(bounds) - 1]).tolist()))


_PAIRS = np.uint64(0x5555555555555555)
_FOURS = np.uint64(0x3333333333333333)
_BYTES = np.uint64(0x0F0F0F0F0F0F0F0F)
_TOTAL = np.uint64(0x0101010101010101)


@compiled
def ones(word: np.uint64) -> np.int64:
    """How many bits of a word are set; for compiled loops.

    Signed, as numba adds unsigned to signed numbers as floats.

    >>> ones(np.uint64(0b1011)) == 3
    True
    """
    word -= (word >> np.uint64(1)) & _PAIRS
    word = (word & _FOURS) + ((word >> np.uint64(2)) & _FOURS)
    word = (word + (word >> np.uint64(4))) & _BYTES
    return np.int64((word * _TOTAL) >> np.uint64(56))
