"""A large file of posts: those of a demo several times over, each with other ids.

python -m tests.benchmarks.posts EXPORTS COPIES FILE.jsonl
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path
from typing import Final

# ids of posts in the demo's exports, and nothing else in them, begin like this
_POST_ID: Final = re.compile(rb'"9100(\d{15})"')


def write(exports: Path, copies: int, path: Path) -> None:
    """All files of posts of a demo, *copies* times; the accounts stay the same."""
    with path.open("wb") as out:
        for copy in range(copies):
            for export in sorted(exports.glob("posts-*")):
                raw = export.read_bytes()
                lines = gzip.decompress(raw) if export.suffix == ".gz" else raw
                out.write(_POST_ID.sub(rb'"%d\1"' % (1000 + copy), lines))


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
