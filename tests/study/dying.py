"""Changes of a study that die on the way, each in a process of its own.

Run as ``python -m tests.study.dying``: reads lines ``CHANGE MOMENT STUDY``, makes the
change in a child that is killed at that moment, and answers ``died`` or, once the
moment lies behind the end, ``done MOMENTS``. Moments come before and after every
statement that DuckDB is given, before and after every file is closed, and at every
boundary that the store tells of. A negative MOMENT is a time instead, in microseconds
from the start: then the system ends the process, whatever it does.

The parent never opens a study: a process with DuckDB's threads cannot be forked.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import duckdb

from hcpgraph.model.files import ImportOptions
from hcpgraph.store import boundaries, schema
from hcpgraph.study import Study

MADE_FROM = Path(__file__).parent.parent / "store/studies/version-1/made-from"
FOLLOWS = MADE_FROM / "overlap.csv"
POSTS = MADE_FROM / "split.jsonl"
AREAS = MADE_FROM / "areas.toml"
OPTIONS = ImportOptions(layer="follow", max_rejected=1.0)

# Two versions that nobody has written yet.
LATER = (
    ("create table later (account integer)", "alter table account add column odd int"),
    ("insert into later (account) select account from account", "drop view works_in"),
)


def upgrade(study):
    """Bring the study to versions that are still to come."""
    upgrade_known = schema.MIGRATIONS
    schema.MIGRATIONS = upgrade_known + LATER
    try:
        study.add()
    finally:
        schema.MIGRATIONS = upgrade_known


def forget(study):
    """Erase somebody with a key beside the study."""
    key = study.path.with_name("hashes.key")
    key.write_text("0123456789abcdef" * 4)
    Study(study.path, key=key).forget("502")


CHANGES = {
    "import": lambda study: study.add(FOLLOWS, options=OPTIONS),
    "import again": lambda study: study.add(POSTS, options=OPTIONS),
    "remove": lambda study: study.remove(FOLLOWS),
    "correct": lambda study: study.correct("502", role="nurse", name="Ann Nurse"),
    "areas": lambda study: study.add_vocabulary(AREAS),
    "forget": forget,
    "upgrade": upgrade,
}


class Moments:
    """Counts moments, and ends the process at one of them."""

    def __init__(self, last):
        self.last = last
        self.passed = 0

    def reach(self, _moment):
        if self.passed == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.passed += 1


class Watched:
    """A connection that tells of its statements and of its end."""

    def __init__(self, connection, moments):
        self._connection = connection
        self._moments = moments

    def execute(self, *statement):
        self._moments.reach("before a statement")
        found = self._connection.execute(*statement)
        self._moments.reach("after a statement")
        return found

    def close(self):
        self._moments.reach("before the end")
        self._connection.close()
        self._moments.reach("after the end")

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def change(name, last, path):
    """Make the change in this process; how many moments it has."""
    moments = Moments(last)
    if last < 0:
        signal.setitimer(signal.ITIMER_REAL, -last / 1e6)  # ends who does not listen
    connect = duckdb.connect
    duckdb.connect = lambda *a, **k: Watched(connect(*a, **k), moments)
    boundaries.listener = moments.reach
    CHANGES[name](Study(path))
    return moments.passed


def main():
    """Fork a child for each line."""
    for line in sys.stdin:
        name, last, path = line.rstrip("\n").split("\t")
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                os.write(writing, b"%d" % change(name, int(last), Path(path)))
                code = 0
            finally:
                os._exit(code)
        os.close(writing)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reading) as said:
            moments = said.read()
        ends = (signal.SIGKILL, signal.SIGALRM)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) in ends
        answer = "died" if killed else f"done {moments}" if status == 0 else "failed"
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
