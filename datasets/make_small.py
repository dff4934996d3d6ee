"""Write the small synthetic study: ``python datasets/make_small.py``."""

from __future__ import annotations

import argparse
from pathlib import Path

from hcpgraph import demo

SEED = 7
FOLDER = Path(__file__).parent / "small"


def main() -> None:
    """Write the study into the folder that is named, else over the committed one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    folder = parser.parse_args().folder
    demo.write_exports(demo.make_world(seed=SEED, size=demo.SMALL), folder)


if __name__ == "__main__":
    main()
