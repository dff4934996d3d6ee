"""One command as a process of its own: how long it took and what it needed.

This module and those that call it import nothing large: a child's peak memory
starts at that of the process that began it.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import threading
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter
from typing import IO, TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT: Final = Path(__file__).parents[2]
PEERS: Final = ("networkit", "igraph", "scipy", "networkx")
# what the console script does, without asking where pip has put it
HCPGRAPH: Final = (
    sys.executable,
    "-c",
    "import sys; from hcpgraph.cli import main; sys.exit(main())",
)
PEAK_UNIT: Final = 1 if sys.platform == "darwin" else 1024


class CommandFailed(Exception):  # noqa: N818 - named after the condition
    """A command that was to be measured ended with an error."""


class Unfinished(CommandFailed):
    """A command that was stopped, by us or by a machine without memory.

    Attributes:
        seconds: from its start to its end.
        peak_mb: the most memory it held until then.
    """

    def __init__(self, seconds: float, peak_mb: float) -> None:
        super().__init__(f"stopped after {seconds:.0f} s at {peak_mb:.0f} MB")
        self.seconds, self.peak_mb = seconds, peak_mb


class Limit(NamedTuple):
    """What a command may take; where memory cannot be watched, time alone counts."""

    seconds: float
    memory_mb: float


class Ended(NamedTuple):
    """A process that has ended well.

    Attributes:
        seconds: from its start to its end.
        peak_mb: the most memory it held resident, in MB of 10^6 bytes.
        output: what it printed on stdout.
    """

    seconds: float
    peak_mb: float
    output: str


def measure(
    command: Sequence[str | Path],
    *,
    more_environment: Mapping[str, str] | None = None,
    limit: Limit | None = None,
) -> Ended:
    """Run one command to its end, or until it passes a limit.

    Raises:
        CommandFailed: with the last line it wrote, if its exit code is not 0.
        Unfinished: if a command with a limit was stopped.
    """
    words = [str(word) for word in command]
    environment = {**os.environ, **(more_environment or {})}
    with TemporaryFile() as out, TemporaryFile() as err:
        start = perf_counter()
        child = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdout=out, stderr=err
        )
        ended = threading.Event()
        if limit is not None:
            watch = (child.pid, limit, ended)
            threading.Thread(target=_watch, args=watch, daemon=True).start()
        try:
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:  # an interrupt too leaves no process behind
            child.kill()
            child.wait()
            raise
        finally:
            ended.set()
        seconds = perf_counter() - start
        peak_mb = usage.ru_maxrss * PEAK_UNIT / 1e6
        child.returncode = os.waitstatus_to_exitcode(status)
        if limit is not None and child.returncode == -signal.SIGKILL:
            raise Unfinished(seconds, peak_mb)
        if child.returncode:
            said = _text(err).strip().splitlines() or ["(it said nothing)"]
            raise CommandFailed(
                f"{' '.join(words)}: exit {child.returncode}: {said[-1]}"
            )
        return Ended(seconds, peak_mb, _text(out))


def _watch(process: int, limit: Limit, ended: threading.Event) -> None:
    """Stop a process at its limit, before it takes the whole machine with it."""
    until = perf_counter() + limit.seconds
    while not ended.wait(0.1):
        if perf_counter() > until or _resident_mb(process) > limit.memory_mb:
            os.kill(process, signal.SIGKILL)
            return


def _resident_mb(process: int) -> float:
    """What a process holds now; 0 where Linux does not tell."""
    path = Path(f"/proc/{process}/statm")
    if not path.exists():
        return 0.0
    pages = int(path.read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def part(module: str, *words: str | Path) -> tuple[str, ...]:
    """The command that runs one module of the benchmarks."""
    name = f"tests.benchmarks.{module}"
    return (sys.executable, "-m", name, *(str(word) for word in words))


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")


def machine() -> dict[str, int]:
    """The cores this process may use, and memory in GB of 2^30 bytes."""
    affinity = getattr(os, "sched_getaffinity", None)  # Linux alone
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"cores": cores, "memory_gb": round(size / 2**30)}


def versions() -> dict[str, str]:
    """Of Python, of hcpgraph and what it computes with, and of installed peers."""
    names = dict.fromkeys(("hcpgraph", "duckdb", "numba", "numpy", "pandas", *PEERS))
    found = {name: metadata.version(name) for name in names if is_installed(name)}
    return {"python": ".".join(map(str, sys.version_info[:3])), **found}


def is_installed(name: str) -> bool:
    """Whether a library is there; networkit may well not be."""
    return importlib.util.find_spec(name) is not None
