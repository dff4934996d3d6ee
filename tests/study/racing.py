"""Two processes at one study, again and again, each time at the same moment.

Run as ``python -m tests.study.racing FOLDER ROUNDS NEW DOING...``: one process for
each DOING: ``add`` a file, ``fail`` to add one, or ``ask`` what is there. Writes one
JSON line a round: what became of each.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import traceback
from pathlib import Path

from hcpgraph.errors import LockedStudy, NotAStudy
from hcpgraph.model.files import ImportOptions
from hcpgraph.study import Study

FOLLOW = ImportOptions(layer="follow")


def table(folder, who):
    """A file of its own for each process, with an id that nobody else has."""
    path = folder / f"{who}.csv"
    path.write_text(f"source,target\n{who + 100},1\n{who + 100},2\n", encoding="utf-8")
    return path


def work(who, folder, rounds, doing, meet, told):
    """Do the same in every round, and tell what came of it."""
    mine = table(folder, who)
    bad = folder / f"{who}.bad"
    bad.write_text("colour\nred\n", encoding="utf-8")
    for number in range(rounds):
        study = Study(folder / f"{number}.duckdb")
        meet.wait()
        try:
            if doing == "add":
                [report] = study.add(mine, options=FOLLOW)
                outcome = "done" if report.imported else str(report.error)
            elif doing == "fail":
                [report] = study.add(bad)
                outcome = "done" if report.error else "imported"
            else:
                study.summary()
                outcome = "done"
        except (LockedStudy, NotAStudy) as error:
            outcome = type(error).__name__
        except Exception:
            outcome = traceback.format_exc()
        told.put((number, who, outcome))


def main(folder, rounds, doings, *, new):
    """Let the processes run, and write what became of each in each round."""
    context = multiprocessing.get_context("spawn")
    if not new:
        first = table(folder, 99)
        for number in range(rounds):
            Study(folder / f"{number}.duckdb").add(first, options=FOLLOW)
    meet, told = context.Barrier(len(doings)), context.Queue()
    workers = [
        context.Process(target=work, args=(who, folder, rounds, doing, meet, told))
        for who, doing in enumerate(doings)
    ]
    for worker in workers:
        worker.start()
    outcomes = [["" for _ in doings] for _ in range(rounds)]
    for _ in range(rounds * len(doings)):
        number, who, outcome = told.get(timeout=120)
        outcomes[number][who] = outcome
    for worker in workers:
        worker.join()
    for row in outcomes:
        sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    where, how_often, is_new, *whats = sys.argv[1:]
    main(Path(where), int(how_often), whats, new=is_new == "new")
