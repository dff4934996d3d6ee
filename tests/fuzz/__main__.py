"""``python -m tests.fuzz``: many odd files and questions, and what they break.

    python -m tests.fuzz --files 100000 --seed 0 --processes 2 --keep found
    python -m tests.fuzz --seed 0 --first 1234 --files 1

The second line runs one case of the first again, in a study of its own. Cases are
made of seed and number; fifty after each other go into one study.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.fuzz import campaign, worker


def main() -> int:
    """Run what the command line says; 1 if anything was found."""
    asked = _arguments()
    if asked.worker is not None:
        worker.main(asked.worker)
        return 0
    with tempfile.TemporaryDirectory(prefix="hcpgraph-fuzz-") as place:
        todo = [
            share
            for kind, count in (("file", asked.files), ("question", asked.questions))
            for share in campaign.shares(
                seed=asked.seed,
                kind=kind,
                first=asked.first,
                last=asked.first + count,
                folder=Path(place),
            )
        ]
        found = campaign.run(todo, processes=asked.processes)
        if asked.keep is not None:
            campaign.minimise(
                found,
                seed=asked.seed,
                folder=Path(place),
                processes=asked.processes,
            )
    sys.stdout.write(f"{found.summary()}\n")
    if asked.keep is not None:
        campaign.keep(found, asked.keep)
    return 1 if found.kinds else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=1000, help="files to import")
    parser.add_argument("--questions", type=int, default=0, help="commands to run")
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for files that break things")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
