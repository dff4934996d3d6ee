"""Writes entries to a trail in a process of its own, which may end on the way.

Run as ``python -m tests.study.trail_writer STUDY COUNT MOMENT``: writes COUNT entries;
with a MOMENT of 0 or more, the process is killed before that call of the system, and
prints how many calls there were otherwise.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from hcpgraph.policy import Key, trail
from hcpgraph.study import trailing

KEY = Key(b"0123456789abcdef" * 2)
IDENTITY = "the study"
# what changes a file, or has it on the disk
CALLS = ("open", "write", "fsync", "replace", "ftruncate", "close")


def facts(command="rank", path="leaders.csv"):
    return trail.TrailFacts(
        "2026-01-02T03:04:05Z", "ann", "medical", None, command,
        (trail.TrailOutput(path, "0" * 64),), ("ab" * 32,),
    )  # fmt: skip


def watch(moment):
    """Count the calls of the system, and end the process before one of them."""
    passed = [0]

    def told(call):
        def counted(*words, **named):
            if passed[0] == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            passed[0] += 1
            return call(*words, **named)

        return counted

    for name in CALLS:
        setattr(os, name, told(getattr(os, name)))
    return passed


def main(study, count, moment):
    passed = watch(moment) if moment >= 0 else [0]
    for number in range(count):
        trailing.append(study, facts(f"rank {number}"), KEY, IDENTITY)
    sys.stdout.write(f"{passed[0]}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
