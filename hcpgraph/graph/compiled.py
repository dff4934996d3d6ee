"""How loops over rows are compiled, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

Loop = TypeVar("Loop", bound="Callable[..., Any]")


def compiled(loop: Loop) -> Loop:
    """Compile a loop on its first call and keep the machine code on disk.

    Where no folder can be written, as in some containers, nothing is kept and
    each process compiles anew. Arrays may be read-only; an argument that may be
    None is compiled once with it and once without.
    """
    try:
        return cast("Loop", njit(cache=True)(loop))
    except RuntimeError:  # numba's way to say that it found no such folder
        return cast("Loop", njit(loop))
