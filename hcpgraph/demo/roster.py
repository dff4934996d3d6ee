"""What a company holds beside exports: a roster, a contact list, an exclusion list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.demo.cast import COUNTRIES, LEADER, PERSONAS, REGIONS
from hcpgraph.demo.draws import stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.demo.world import World

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
