"""What was planted: who is what, and how much attention everyone truly draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.demo.cast import BOT, KINDS, NO_AREA, PATIENT, PERSONAS, PUBLIC, REGIONS
from hcpgraph.demo.posts import DAYS, chances, quarter_of
from hcpgraph.demo.rates import QUARTERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.demo.world import World

# Named unlike a roster's columns, so that no importer takes the truth for one.
TRUTH_COLUMNS: Final = (
    "id", "handle", "planted_kind", "planted_role", "listable", "bought_followers",
    "area", "true_rate", "true_rate_last_quarter",
    "second_area", "second_true_rate", "second_true_rate_last_quarter",
)  # fmt: skip


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
