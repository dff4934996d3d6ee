"""Names, handles, bios and places of the accounts of a synthetic world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.demo.bios import BIOS, GROUPS, VAGUE, VAGUE_SHARE
from hcpgraph.demo.cast import (
    BOT,
    CLINICIAN,
    COUNTRIES,
    NURSE,
    ORDINARY,
    ORGANISATION,
    PHARMACIST,
)
from hcpgraph.demo.names import (
    INSTITUTIONS,
    TOWNS,
    ascii_word,
    people_names,
    unique_handles,
)
from hcpgraph.demo.topics import GENERALIST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.demo.cast import Cast
    from hcpgraph.demo.topics import Topic

# Nineteen digits, as the platform's ids have, but in a range it has not reached.
_FIRST_ID: Final = 9_000_000_000_000_000_000
_ID_STEP: Final = 1_000_003
_JOINED: Final = (1_262_304_000, 1_704_067_200)  # 2010-01-01, 2024-01-01


@dataclass(frozen=True, slots=True, eq=False)
class InventedPeople:
    """What accounts are called and say, row by row as in ``Cast``.

    Attributes:
        id: ascending, shape (n,), int64, nineteen digits.
        handle: distinct whatever the case, at most 15 characters.
        name: as shown; distinct among people, not among groups.
        bio: may be empty.
        location: may be empty.
        institution: employer, of people.
        specialty: as a roster says it.
        joined: Unix seconds, shape (n,), int64.
    """

    id: NDArray[np.int64]
    handle: tuple[str, ...]
    name: tuple[str, ...]
    bio: tuple[str, ...]
    location: tuple[str, ...]
    institution: tuple[str, ...]
    specialty: tuple[str, ...]
    joined: NDArray[np.int64]


def describe(
    cast: Cast, topics: tuple[Topic, ...], rng: np.random.Generator
) -> InventedPeople:
    """Invent the names and bios of the accounts of *cast*."""
    n = len(cast)
    step = rng.integers(1, _ID_STEP, n)
    u = rng.random((n, 6))
    persons = people_names(n, rng)
    towns = tuple(TOWNS[int(x * len(TOWNS))] for x in u[:, 0])
    employer = tuple(
        f"{town} {INSTITUTIONS[int(x * len(INSTITUTIONS))]}"
        for town, x in zip(towns, u[:, 1], strict=True)
    )
    specialty = tuple(_specialty(cast, topics, row, u[row, 2]) for row in range(n))
    name = tuple(
        _name(cast, row, persons[row], towns[row], specialty[row]) for row in range(n)
    )
    wishes = [_handle(cast, row, persons[row], towns[row]) for row in range(n)]
    return InventedPeople(
        id=_FIRST_ID + np.arange(n) * _ID_STEP + step,
        handle=unique_handles(wishes),
        name=name,
        bio=tuple(
            _bio(cast, topics, row, u=u[row, 3:5], name=name[row], place=employer[row])
            for row in range(n)
        ),
        location=tuple(
            f"{towns[row]}, {COUNTRIES[cast.country[row]][1]}" if x > 0.15 else ""
            for row, x in enumerate(u[:, 5])
        ),
        institution=employer,
        specialty=specialty,
        joined=rng.integers(*_JOINED, n),
    )


def _specialty(cast: Cast, topics: tuple[Topic, ...], row: int, u: float) -> str:
    if cast.persona[row] == PHARMACIST:
        return "Pharmacy"
    if cast.kind[row] == ORDINARY and cast.persona[row] < ORGANISATION and u < 0.15:
        return GENERALIST
    return topics[int(cast.area[row])].specialty


def _name(
    cast: Cast, row: int, person: tuple[str, str], town: str, specialty: str
) -> str:
    persona = int(cast.persona[row])
    if persona in GROUPS:
        group = GROUPS[persona][row % len(GROUPS[persona])]
        return group[0].format(town=town, specialty=specialty)
    if persona == CLINICIAN and row % 3 == 0:
        return f"Dr {person[0]} {person[1]}"
    return " ".join(person)


def _handle(cast: Cast, row: int, person: tuple[str, str], town: str) -> str:
    persona = int(cast.persona[row])
    given, family = ascii_word(person[0]), ascii_word(person[1])
    if persona in GROUPS:
        group = GROUPS[persona][row % len(GROUPS[persona])]
        return ascii_word(group[1].format(town=town))
    if persona == BOT:
        return f"{given[:4].lower()}{40_000_000 + 7_919 * row}"
    if persona == CLINICIAN and row % 2 == 0:
        return f"Dr{family}"
    if persona == NURSE and row % 2 == 0:
        return f"{family[:12]}_RN"
    forms = (f"{given[0]}{family}", f"{given}_{family[0]}", f"{family}{given[0]}")
    return forms[row % len(forms)]


def _bio(
    cast: Cast,
    topics: tuple[Topic, ...],
    row: int,
    *,
    u: NDArray[np.float64],
    name: str,
    place: str,
) -> str:
    persona, topic = int(cast.persona[row]), topics[cast.area[row]]
    texts = BIOS[persona]
    planted = cast.kind[row] != ORDINARY
    if cast.professional[row] and u[1] < VAGUE_SHARE and not planted:
        texts = VAGUE
    choice = row % len(texts) if persona in GROUPS else int(u[0] * len(texts))
    text = texts[choice].format(
        specialist=topic.specialist,
        condition=topic.condition["en"],
        institution=place,
        town=place.split(maxsplit=1)[0],
        tag=topic.hashtags[row % len(topic.hashtags)],
        name=name,
    )
    return text[:1].upper() + text[1:]
