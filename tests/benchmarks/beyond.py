"""Follows of tens of millions of accounts: written, imported, ranked, by stage."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Final

from tests.benchmarks.chain import OURS, TOP
from tests.benchmarks.measured import HCPGRAPH, measure, part
from tests.benchmarks.results import Measurement

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.setting import Setting

# bytes a follow
_IN_PARTS: Final = 7
_IN_STUDY: Final = 30  # and while it is written


def run(setting: Setting) -> list[Measurement]:
    """Each size once: it takes long enough to tell."""
    found: list[Measurement] = []
    for nodes, ties in setting.scale.beyond:
        parts = setting.graphs / f"rmat-{nodes}-{ties}"
        _check_disk(setting.folder, ties, made=parts.exists())
        found += _one(setting, parts, nodes, ties)
    return found


def _check_disk(folder: Path, ties: int, *, made: bool) -> None:
    """Say at once, rather than in an hour, that there is no room."""
    free = shutil.disk_usage(folder).free
    needed = ties * (_IN_STUDY + (0 if made else _IN_PARTS))
    if free < needed:
        raise ValueError(
            f"{ties:,} follows need {needed / 1e9:.0f} GB of disk, there are "
            f"{free / 1e9:.0f} GB; name another place with --folder"
        )


def _one(setting: Setting, parts: Path, nodes: int, ties: int) -> list[Measurement]:
    study = setting.folder / "beyond.duckdb"
    study.unlink(missing_ok=True)
    found: list[Measurement] = []

    def did(stage: str, command: tuple[str | Path, ...]) -> str:
        setting.say(f"beyond: {ties:,} ties, {stage}")
        ended = measure(command)
        cost = (ended.seconds, ended.peak_mb)
        found.append(Measurement("beyond", OURS, ties, stage, 0, *cost))
        return ended.output

    if not parts.exists():
        unfinished = parts.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        asked = ("--nodes", str(nodes), "--ties", str(ties))
        did("write", part("rmat", "--into", unfinished, *asked))
        unfinished.rename(parts)
    files = sorted(parts.glob("*.parquet"))
    did("import", (*HCPGRAPH, "import", study, *files, "--layer", "follow"))
    leaders = setting.folder / "beyond.csv"
    words = ("--by", "pagerank", "--top", str(TOP), "-o", leaders)
    did("rank", (*HCPGRAPH, "rank", study, *words))
    told = json.loads(did("in one process", part("walks", study)))
    for stage, *cost in told["stages"]:
        found.append(Measurement("beyond", OURS, ties, stage, 0, *cost))
    said = {
        "accounts": told["accounts"],
        "distinct": told["ties"],
        "parquet_mb": sum(file.stat().st_size for file in files) / 1e6,
        "study_mb": study.stat().st_size / 1e6,
    }
    study.unlink()
    for one in found:
        if one.stage == "import":
            one.said.update(said)
    return found
