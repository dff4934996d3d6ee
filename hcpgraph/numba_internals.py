"""What is taken from inside numba, to start quicker; another numba may lack it.

Importing this raises ImportError or AttributeError where that is so, and nothing is
changed then: loops are compiled all the same, as ``compiled`` says.
"""

from __future__ import annotations

import logging
from typing import Any, Final

from numba.core import event
from numba.core.caching import FunctionCache
from numba.core.runtime.nrt import rtsys
from numba.np import linalg

_LOG: Final = logging.getLogger("hcpgraph.compiled")

# All that is used below, before any of it is changed: what is missing shows here.
_USED: Final = (
    linalg.ensure_blas,
    rtsys.initialize,
    FunctionCache._guard_against_spurious_io_errors,
    FunctionCache._load_overload,
    event.Listener,
    event.register,
)


class QuickCache(FunctionCache):
    """Machine code on disk, and a quicker way to load it than numba's.

    Before it looks on the disk, numba learns for 0.15 s to compile everything that it
    can. Machine code needs no more of that than the memory for arrays; and where
    nothing is on the disk, the compiler learns all the same.
    """

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        rtsys.initialize(target_context)
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)  # type: ignore[no-untyped-call] # numba


class _Announcer(event.Listener):
    """Says once in the log that loops are compiled, as that takes a while."""

    def __init__(self) -> None:
        self._said = False

    def on_start(self, _: event.Event) -> None:
        if not self._said:
            self._said = True
            _LOG.info("compiling for this machine; a first run may take a minute")

    def on_end(self, _: event.Event) -> None:
        """No line for the end: it shows."""


event.register("numba:compile", _Announcer())  # type: ignore[no-untyped-call] # numba

# Before the first loop runs, numba imports scipy.linalg, for 0.25 s, only to see
# whether it is there. It is, as hcpgraph requires scipy; and no loop here needs it.
linalg.ensure_blas = lambda: None
