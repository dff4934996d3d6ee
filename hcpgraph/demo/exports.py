"""A synthetic world as files: what the platforms export, and the truth beside it."""

from __future__ import annotations

import csv
import gzip
import io
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph import writing
from hcpgraph.compiled import parallel_map
from hcpgraph.demo.cast import LEADER
from hcpgraph.demo.pages import Objects, make_objects, post_pages, user_pages
from hcpgraph.demo.posts import DAY, YEAR_START
from hcpgraph.demo.roster import (
    CONTACT_COLUMNS,
    ROSTER_COLUMNS,
    contact_rows,
    draw_contacts,
    roster_rows,
)
from hcpgraph.demo.truth import TRUTH_COLUMNS, truth_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from hcpgraph.demo.world import World

# File, first day and end day of the year; neighbours overlap by a week.
_POST_FILES: Final = (
    ("posts-2025-h1.jsonl.gz", 0, 187),
    ("posts-2025-h2.jsonl.gz", 180, 341),
    ("posts-2025-december.jsonl", 334, 366),
)


def write_exports(world: World, folder: Path) -> tuple[Path, ...]:
    """Write *world* into *folder* as platforms, a roster and a CRM would export it.

    The same world gives the same bytes. Beside the files that are returned stand
    ``known.csv`` and ``exclude.csv``, which are read when prospects are sought, and
    ``truth.csv``, which no study may see.

    Args:
        world: to write.
        folder: made if it is not there; files of the same names are replaced.

    Returns:
        The files meant for import: posts, follower and following lists, follows and
        the roster.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from hcpgraph import demo
    >>> with TemporaryDirectory() as folder:
    ...     files = demo.write_exports(demo.make_world(size=demo.TINY), Path(folder))
    >>> [file.name for file in files][:2]
    ['posts-2025-h1.jsonl.gz', 'posts-2025-h2.jsonl.gz']
    """
    folder.mkdir(parents=True, exist_ok=True)
    objects = make_objects(world)
    contacts = draw_contacts(world)
    roster = folder / "roster.csv"
    _write_table(roster, ROSTER_COLUMNS, roster_rows(world, contacts.roster))
    for name, rows in (("known", contacts.known), ("exclude", contacts.excluded)):
        path = folder / f"{name}.csv"
        _write_table(path, CONTACT_COLUMNS, contact_rows(world, rows))
    _write_table(folder / "truth.csv", TRUTH_COLUMNS, truth_rows(world))
    return (
        *_write_posts(world, objects, folder),
        *_write_follows(world, objects, folder),
        roster,
    )


def _write_posts(world: World, objects: Objects, folder: Path) -> list[Path]:
    day = (world.posts.at - YEAR_START) // DAY

    def write(file: tuple[str, int, int]) -> Path:
        name, first, end = file
        rows = np.flatnonzero((day >= first) & (day < end) & ~world.posts.deleted)
        _write_lines(folder / name, post_pages(world, objects, rows))
        return folder / name

    # most of the time goes into packing, which two threads can do at once
    return parallel_map(write, _POST_FILES)


def _write_follows(world: World, objects: Objects, folder: Path) -> list[Path]:
    """Lists of the best known accounts as pages, all other follows as a table."""
    source, target = world.follows.source, world.follows.target
    rest = np.ones(len(source), bool)
    paths = []
    for place, ego in enumerate(well_known(world)):
        lists = [("followers", target == ego, source)]
        if place % 2 == 0:
            lists.append(("following", source == ego, target))
        for relation, ties, other in lists:
            rest &= ~ties
            pages = user_pages(
                world, objects, ego=ego, relation=relation, rows=other[ties].tolist()
            )
            paths.append(folder / f"{relation}-{place + 1:02d}.jsonl")
            _write_lines(paths[-1], pages)
    ids = world.people.id.astype(str)
    table = zip(ids[source[rest]].tolist(), ids[target[rest]].tolist(), strict=True)
    paths.append(folder / "follows.csv")
    _write_table(paths[-1], ("follower", "followed"), table)
    return paths


def well_known(world: World) -> list[int]:
    """The most followed leaders, as rows: accounts whose lists come as pages."""
    leaders: NDArray[np.intp] = np.flatnonzero(world.cast.kind == LEADER)
    followers = np.bincount(world.follows.target, minlength=len(world.cast))[leaders]
    most: list[int] = leaders[np.argsort(-followers, kind="stable")].tolist()
    return most[: world.size.egos]


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    content = "".join(lines).encode()
    if path.suffix == ".gz":
        packed = io.BytesIO()
        # neither name nor time, so that the same lines give the same bytes; packed
        # a little looser than usual, in a third of the time
        with gzip.GzipFile("", "wb", compresslevel=1, fileobj=packed, mtime=0) as file:
            file.write(content)
        content = packed.getvalue()
    writing.write(path, content)


def _write_table(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    writing.write(path, table.getvalue().encode())
