"""How loops are compiled, and share the cores."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpgraph.compiled import (
    THREADS,
    compiled,
    even_chunks,
    n_threads,
    ones,
    parallel_map,
)


def test_a_loop_without_a_place_for_its_code_still_runs():
    """A container that may write nowhere can rank all the same."""
    scope = {}
    exec("def doubled(x):\n    return x + x", scope)  # in no file, so never kept

    fast = compiled(scope["doubled"])

    assert fast(np.arange(3)).tolist() == [0, 2, 4]
    assert fast.nopython_signatures


@pytest.mark.parametrize("threads", ["1", "2", "5"])
def test_results_come_in_the_order_of_the_parts(monkeypatch, threads):
    """Whichever thread is done first, a step's result stands where its part stood."""
    monkeypatch.setenv(THREADS, threads)

    squares = parallel_map(lambda k: k * k, range(100))

    assert squares == [k * k for k in range(100)]


@pytest.mark.parametrize("threads", ["1", "2", "5", "16"])
def test_steps_that_work_side_by_side_themselves_share_the_threads(
    monkeypatch, threads
):
    """Areas that each walk a network at the same time neither wait nor multiply."""
    monkeypatch.setenv(THREADS, threads)
    busy, most, lock = 0, 0, threading.Lock()

    def inner(k):
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        time.sleep(0.001)
        with lock:
            busy -= 1
        return k

    def outer(k):
        return sum(parallel_map(inner, range(k)))

    assert parallel_map(outer, range(8)) == [k * (k - 1) // 2 for k in range(8)]
    assert most <= int(threads)


def test_an_error_in_one_part_is_raised_and_the_next_loop_runs():
    """What goes wrong in a thread is not lost there, and leaves the threads usable."""

    def refuse(k):
        if k == 3:
            raise ValueError("no three")
        return k

    with pytest.raises(ValueError, match="no three"):
        parallel_map(refuse, range(8))
    assert parallel_map(abs, range(8)) == list(range(8))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_process_has_threads_of_its_own():
    """Who ranks in a worker that multiprocessing has forked does not wait for ever."""
    program = (
        "import os\n"
        "from hcpgraph.compiled import parallel_map\n"
        "parallel_map(abs, range(4))\n"
        "if not os.fork():\n"
        "    print(parallel_map(abs, range(-4, 0)), flush=True)\n"
        "    os._exit(0)\n"
        "os.wait()\n"
    )

    ended = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", program],
        env={**os.environ, THREADS: "2"},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip

    assert ended.stdout == "[4, 3, 2, 1]\n"


@pytest.mark.parametrize("asked", ["0", "-1", "two", ""])
def test_a_wrong_number_of_threads_is_refused(monkeypatch, asked):
    """What a user set in the environment is heeded or refused, never guessed at."""
    monkeypatch.setenv(THREADS, asked)

    with pytest.raises(ValueError, match=THREADS):
        n_threads()


@given(st.integers(0, 2**64 - 1))
def test_bits_are_counted_as_python_counts_them(word):
    """Up to the last of the 64."""
    assert ones(np.uint64(word)) == word.bit_count()
    assert ones(np.uint64(2**64 - 1)) == 64


@given(
    st.lists(st.integers(0, 9), max_size=40),
    st.integers(1, 9),
)
def test_parts_hold_every_row_once(lengths, n_parts):
    """No row is done twice or left out, however ties are spread over rows."""
    bounds = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)

    parts = even_chunks(bounds, n_parts)

    assert [row for first, last in parts for row in range(first, last)] == list(
        range(len(lengths))
    )
    assert len(parts) <= n_parts


FIRST_LOOP = """
import logging, sys
import numpy as np
from hcpgraph.compiled import compiled

logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)

@compiled
def doubled(x):
    return x + x

doubled(np.arange(3))
doubled(np.ones(3))  # compiled anew for other numbers
print("scipy.linalg" in sys.modules)
"""


def test_compiling_is_announced_once_and_needs_no_linear_algebra(tmp_path):
    """Whoever waits is told what for, and does not wait for libraries unused."""
    script = tmp_path / "script.py"
    script.write_text(FIRST_LOOP)

    runs = [
        subprocess.run(
            [sys.executable, str(script)], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        for _ in range(2)
    ]

    said = "compiling for this machine; a first run may take a minute"
    assert runs == [[said, "False"], ["False"]]


HEARD = """
import logging, sys
logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
"""

KEPT_LOOP = """
import sys
import numpy as np
from hcpgraph.compiled import compiled

@compiled
def doubled(x):
    return np.sort(x) + x

@compiled
def fourfold(x):
    return doubled(doubled(x))

print(doubled(np.arange(3)).tolist(), sum(doubled.stats.cache_hits.values()))
if "more" in sys.argv:
    print(fourfold(np.arange(3)).tolist(), sum(fourfold.stats.cache_hits.values()))
"""


def test_kept_code_runs_alone_and_within_what_is_compiled_later(tmp_path):
    """The second process loads what the first has compiled, and can still compile."""
    script = tmp_path / "script.py"
    script.write_text(KEPT_LOOP)

    runs = [
        subprocess.run(
            [sys.executable, str(script), *more],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        for more in ((), ("more",), ("more",))
    ]

    once, twice = "[0, 2, 4]", "[0, 4, 8]"
    assert runs == [
        [f"{once} 0"],
        [f"{once} 1", f"{twice} 0"],
        [f"{once} 1", f"{twice} 1"],
    ]


OTHER_NUMBA = {
    "a name is gone": "from numba.core.runtime import nrt; del nrt.rtsys",
    "a method is gone": "from numba.core.caching import Cache\n"
    "Cache.read = Cache._load_overload\n"
    "Cache.load_overload = lambda self, sig, there: (\n"
    "    there.refresh(), self.read(sig, there))[1]\n"
    "del Cache._load_overload",
    "its runtime starts otherwise": "from numba.core.runtime import nrt\n"
    "nrt.rtsys = object()",
}


@pytest.mark.parametrize("change", OTHER_NUMBA.values(), ids=OTHER_NUMBA)
def test_a_numba_that_is_another_inside_compiles_and_keeps_all_the_same(
    tmp_path, change
):
    """What only saves time is left out where numba lacks it, and the log says so."""
    script = tmp_path / "script.py"
    script.write_text(f"{change}\n{HEARD}\n{KEPT_LOOP}")
    env = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "kept")}

    first, second = (
        subprocess.run(
            [sys.executable, str(script)],
            capture_output=True, text=True, check=True, env=env,
        ).stdout.splitlines()
        for _ in range(2)
    )  # fmt: skip

    assert first[0].startswith("loops are loaded as numba does")
    assert [first[1], second[1]] == ["[0, 2, 4] 0", "[0, 2, 4] 1"]


def test_loops_of_others_still_multiply_matrices():
    """What numba is spared for the loops here, it finds out when it needs to."""
    numba = pytest.importorskip("numba")
    square = numba.njit(lambda a: np.dot(a, a))

    assert square(np.full((2, 2), 3.0)).tolist() == [[18.0, 18.0], [18.0, 18.0]]
