"""A synthetic world as files: what the platforms export, and the truth beside it."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph import writing
from hcpgraph.compiled import parallel_map
from hcpgraph.demo.cast import (
    BOT,
    COUNTRIES,
    KINDS,
    LEADER,
    NO_AREA,
    PATIENT,
    PERSONAS,
    PUBLIC,
    REGIONS,
)
from hcpgraph.demo.draws import stream
from hcpgraph.demo.pages import Objects, make_objects, post_pages, user_pages
from hcpgraph.demo.posts import DAY, DAYS, YEAR_START, chances, quarter_of
from hcpgraph.demo.rates import QUARTERS

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

# Named unlike a roster's columns, so that no importer takes the truth for one.
TRUTH_COLUMNS: Final = (
    "id", "handle", "planted_kind", "planted_role", "listable", "bought_followers",
    "area", "true_rate", "true_rate_last_quarter",
    "second_area", "second_true_rate", "second_true_rate_last_quarter",
)  # fmt: skip

ROSTER_COLUMNS: Final = (
    "id", "handle", "name", "role", "specialty", "institution", "country", "region",
    "npi", "match_basis",
)  # fmt: skip
CONTACT_COLUMNS: Final = ("id", "handle")

_LISTED: Final = 0.7  # share of professionals on the roster
_BY_HANDLE: Final = 0.25  # share of its rows that name no id
_REGISTERED: Final = 0.6  # share of its rows from the United States with a number
_KNOWN: Final = 0.05
_KNOWN_LEADERS: Final = 0.3
_EXCLUDED: Final = 0.01
_LUHN_PREFIX: Final = "80840"


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


def true_rates(world: World) -> NDArray[np.float64]:
    """Expected interactions per week, shape (areas, quarters, n).

    An interaction is one account named, answered, reposted or quoted in one post about
    the area by anyone but a bot. The interactions that were made are taken as given;
    their targets are expected from the planted rates.
    """
    cast, posts = world.cast, world.posts
    acts = (posts.target >= 0).sum(axis=1) * ~posts.deleted
    acts[cast.persona[posts.author] == BOT] = 0
    region, quarter = cast.region[posts.author], quarter_of(posts.at)
    rate = np.zeros((world.size.areas, QUARTERS, len(cast)))
    for area in range(world.size.areas):
        for q in range(QUARTERS):
            for of_region in range(len(REGIONS)):
                here = (posts.area == area) & (quarter == q) & (region == of_region)
                fall = chances(
                    cast, world.rates, area=area, region=of_region, quarter=q
                )
                rate[area, q] += acts[here].sum() * fall
    return rate * QUARTERS * 7 / DAYS


def planted_role(persona: int) -> str:
    """The role to be found; patients and the public have none.

    >>> planted_role(PATIENT), planted_role(0)
    ('unknown', 'clinician')
    """
    return "unknown" if persona in (PATIENT, PUBLIC) else tuple(PERSONAS)[persona]


def truth_rows(world: World) -> list[tuple[str, ...]]:
    """One row per account, in the order of ids, of ``TRUTH_COLUMNS``."""
    rates = true_rates(world)
    year, last = rates.mean(axis=1), rates[:, -1]
    cast = world.cast
    rows = []
    for row, (account, handle) in enumerate(
        zip(world.people.id.tolist(), world.people.handle, strict=True)
    ):
        home, second = int(cast.area[row]), int(cast.second[row])
        rows.append(
            (
                str(account),
                handle,
                KINDS[cast.kind[row]],
                planted_role(int(cast.persona[row])),
                "false" if cast.persona[row] == PATIENT else "true",
                "true" if cast.bought[row] else "false",
                *_rate_cells(world, home, year[home, row], last[home, row]),
                *_rate_cells(world, second, year[second, row], last[second, row]),
            )
        )
    return rows


def _rate_cells(world: World, area: int, year: float, last: float) -> tuple[str, ...]:
    if area == NO_AREA:
        return "", "", ""
    return world.topics[area].slug, f"{year:.4f}", f"{last:.4f}"


@dataclass(frozen=True, slots=True, eq=False)
class Contacts:
    """Rows of ``Cast`` on each list, ascending. Nobody is both known and excluded."""

    roster: NDArray[np.intp]
    known: NDArray[np.intp]
    excluded: NDArray[np.intp]


def draw_contacts(world: World) -> Contacts:
    """Draw the roster, the company's known people, and its list of exclusions."""
    u = stream(world.seed, 9).random((len(world.cast), 3))
    professional = world.cast.professional
    leader = world.cast.kind == LEADER
    chance = np.where(leader, _KNOWN_LEADERS, _KNOWN)
    known = professional & (u[:, 1] < chance)
    free = np.flatnonzero(professional & ~known & ~leader)
    count = max(2, round(_EXCLUDED * len(free)))
    return Contacts(
        roster=np.flatnonzero(professional & (u[:, 0] < _LISTED)),
        known=np.flatnonzero(known),
        excluded=np.sort(free[np.argsort(u[free, 2], kind="stable")[:count]]),
    )


def roster_rows(world: World, rows: NDArray[np.intp]) -> list[tuple[str, ...]]:
    """``ROSTER_COLUMNS`` of the accounts in *rows*.

    A registry number is given only with the basis of its match.
    """
    people, cast = world.people, world.cast
    u = stream(world.seed, 10).random((len(cast), 3))
    found: list[tuple[str, ...]] = []
    for row in rows.tolist():
        country = COUNTRIES[cast.country[row]]
        registered = country[0] == "US" and u[row, 1] < _REGISTERED
        basis = "optin" if u[row, 2] < 0.5 else "public_self_declared"
        found.append(
            (
                "" if u[row, 0] < _BY_HANDLE else str(people.id[row]),
                people.handle[row],
                people.name[row],
                tuple(PERSONAS)[cast.persona[row]],
                people.specialty[row],
                people.institution[row],
                country[0],
                REGIONS[cast.region[row]],
                made_up_npi(row) if registered else "",
                basis if registered else "",
            )
        )
    return found


def contact_rows(world: World, rows: NDArray[np.intp]) -> list[tuple[str, ...]]:
    """``CONTACT_COLUMNS`` of the accounts in *rows*."""
    people = world.people
    return [(str(people.id[row]), people.handle[row]) for row in rows.tolist()]


def made_up_npi(number: int) -> str:
    """A registry number with a right check digit, in a range not yet given out.

    Numbers of the registry start with 1; those that start with 2 are in reserve.

    >>> made_up_npi(0), made_up_npi(1)
    ('2000000002', '2000000010')
    """
    digits = f"2{number:08d}"
    return digits + str(check_digit(_LUHN_PREFIX + digits))


def check_digit(digits: str) -> int:
    """The Luhn digit that completes *digits*.

    >>> check_digit("7992739871")
    3
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10
