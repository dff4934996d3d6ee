"""Who is in the synthetic world: kinds, areas, personas and places, as columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.demo.draws import quota, weighted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.demo.size import Size

KINDS: Final = ("ordinary", "leader", "rising", "loud", "broker")
ORDINARY, LEADER, RISING, LOUD, BROKER = range(5)

# What an account is, with its share among ordinary accounts. The first five are
# health professionals.
PERSONAS: Final = {
    "clinician": 0.40,
    "nurse": 0.12,
    "pharmacist": 0.05,
    "researcher": 0.14,
    "other HCP": 0.03,
    "organisation": 0.03,
    "company": 0.02,
    "media": 0.02,
    "bot": 0.06,
    "patient": 0.07,
    "public": 0.06,
}
PROFESSIONS: Final = 5
CLINICIAN, NURSE, PHARMACIST, RESEARCHER, OTHER, ORGANISATION = range(6)
COMPANY, MEDIA, BOT, PATIENT, PUBLIC = range(6, 11)

# code, name, region, language spoken beside English, share of accounts
COUNTRIES: Final = (
    ("US", "United States", 0, "en", 0.33),
    ("CA", "Canada", 0, "en", 0.08),
    ("GB", "United Kingdom", 1, "en", 0.11),
    ("DE", "Germany", 1, "de", 0.09),
    ("FR", "France", 1, "fr", 0.07),
    ("ES", "Spain", 1, "es", 0.06),
    ("SE", "Sweden", 1, "en", 0.03),
    ("MX", "Mexico", 2, "es", 0.05),
    ("AR", "Argentina", 2, "es", 0.04),
    ("IN", "India", 3, "en", 0.07),
    ("AU", "Australia", 3, "en", 0.05),
    ("JP", "Japan", 3, "en", 0.02),
)
REGIONS: Final = ("North America", "Europe", "Latin America", "Asia Pacific")

NO_AREA: Final = -1

_PLANTED_PERSONAS: Final = {
    LEADER: (
        CLINICIAN, RESEARCHER, CLINICIAN, NURSE,
        CLINICIAN, RESEARCHER, CLINICIAN, PHARMACIST,
    ),
    RISING: (CLINICIAN, RESEARCHER),
    LOUD: (CLINICIAN, NURSE),
    BROKER: (RESEARCHER, CLINICIAN),
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Cast:
    """One row per account, in the order of ids; all arrays of shape (n,), int8.

    Attributes:
        kind: index into ``KINDS``.
        persona: index into ``PERSONAS``.
        area: home area.
        second: second area of brokers, else ``NO_AREA``.
        country: index into ``COUNTRIES``.
        bought: 1 for loud accounts with bought followers.
    """

    kind: NDArray[np.int8]
    persona: NDArray[np.int8]
    area: NDArray[np.int8]
    second: NDArray[np.int8]
    country: NDArray[np.int8]
    bought: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.kind)

    @property
    def region(self) -> NDArray[np.int8]:
        """Index into ``REGIONS``."""
        return np.array([row[2] for row in COUNTRIES], np.int8)[self.country]

    @property
    def professional(self) -> NDArray[np.bool_]:
        """Whether the account is a health professional's."""
        return self.persona < PROFESSIONS

    def works_in(self, area: int) -> NDArray[np.bool_]:
        """Whether *area* is the home or the second area."""
        works: NDArray[np.bool_] = (self.area == area) | (self.second == area)
        return works


def make_cast(size: Size, rng: np.random.Generator) -> Cast:
    """Draw the accounts: planted kinds in exact numbers, the rest ordinary.

    Raises:
        ValueError: if more is planted than there are accounts.
    """
    if size.planted > size.accounts:
        raise ValueError(f"{size.planted} planted of {size.accounts} accounts")
    rows = _planted(size) + _ordinary(size, rng)
    # shuffled, so that neither ids nor row numbers betray what is planted
    columns = np.array(rows, np.int8)[rng.permutation(size.accounts)]
    kind, persona, area, second, bought = columns.T.copy()
    shares = np.array([row[4] for row in COUNTRIES])
    country = weighted(rng, shares, size.accounts).astype(np.int8)
    return Cast(kind, persona, area, second, country, bought)


def _planted(size: Size) -> list[tuple[int, int, int, int, int]]:
    rows = []
    for area in range(size.areas):
        for kind, count in (
            (LEADER, size.leaders),
            (RISING, size.rising),
            (LOUD, size.loud),
        ):
            for place in range(count):
                persona = _PLANTED_PERSONAS[kind][place % len(_PLANTED_PERSONAS[kind])]
                bought = int(kind == LOUD and (area + place) % 2 == 0)
                rows.append((kind, persona, area, NO_AREA, bought))
    for place in range(size.brokers):
        area = place % size.areas
        second = (area + 1 + place // size.areas) % size.areas
        persona = _PLANTED_PERSONAS[BROKER][place % 2]
        rows.append((BROKER, persona, area, second, 0))
    return rows


def _ordinary(
    size: Size, rng: np.random.Generator
) -> list[tuple[int, int, int, int, int]]:
    count = size.accounts - size.planted
    personas = np.repeat(
        np.arange(len(PERSONAS)), quota(list(PERSONAS.values()), count)
    )
    areas = rng.permutation(np.arange(count) % size.areas)
    return [
        (ORDINARY, persona, area, NO_AREA, 0)
        for persona, area in zip(personas.tolist(), areas.tolist(), strict=True)
    ]
