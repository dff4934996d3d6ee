"""The whole job with hcpgraph as a library, in one process, as peers do it.

    python -m tests.benchmarks.script STUDY FOLLOWS.csv TOP.csv MEMBERS.csv

Prints a JSON object: seconds by stage.
"""

from __future__ import annotations

import json
import sys

from hcpgraph import Study
from hcpgraph.model.files import ImportOptions
from tests.benchmarks.peers import TOP, Stages


def main() -> None:
    """Follows into a study, leaders and communities out of it."""
    path, follows, top, members = sys.argv[1:]
    stages = Stages()
    study = Study(path)
    study.add(follows, options=ImportOptions(layer="follow"))
    stages.done("import")
    leaders = study.rank(by="pagerank", top=TOP)
    leaders.to_pandas().to_csv(top, index=False)
    stages.done("rank")
    study.communities().to_pandas().to_csv(members, index=False)
    stages.done("communities")
    sys.stdout.write(json.dumps(stages.seconds))


if __name__ == "__main__":
    main()
