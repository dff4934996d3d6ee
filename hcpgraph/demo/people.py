"""Names, handles, bios and places of the accounts of a synthetic world."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.demo.cast import (
    BOT,
    CLINICIAN,
    COMPANY,
    COUNTRIES,
    MEDIA,
    NURSE,
    ORDINARY,
    ORGANISATION,
    OTHER,
    PATIENT,
    PHARMACIST,
    PUBLIC,
    RESEARCHER,
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

_GIVEN: Final = """
    Adiva Belmira Calixa Daruni Eskila Fenja Galina Hesper Ilvara Jorun Kavita Leocadia
    Mirela Nandini Odalis Petrana Quirina Rosalba Saoirsa Tamsina Ulrike Vashti Wenona
    Xiomara Yumiko Zaneta Amadis Borislav Cosmo Dagfinn Emeka Florimond Gaspard
    Hironobu Ignacio Jomar Kwabena Lorcan Mateusz Nikolaj Obadele Prakash Quillon
    Ragnvald Sandeep Tiburcio Ulises Valdemar Wendelin Xanthos Yaroslav Zoltan Ämilie
    Éloi Íñigo Øyvor
"""
_FAMILY: Final = """
    Abernook Albrandt Arrowick Asukemori Bellgrane Bramhild Brennick Cambrosio
    Castelvane Chandravel Corvanti Dalmanov Delacrest Dunnavoy Eikevald Elmsworthy
    Farrowby Fontanelle Galdorim Ghoravani Grennfeldt Halvarez Hartmoor Hayakumo
    Holmquill Iglesanto Ilmarova Jadhwani Jarrowdale Kalmanto Karthivel Kestrelund
    Kobanashi Kwamebah Lindemarsh Lorentzano Lumbardi Marchetane Mbekwanu Merrowine
    Nakatoshi Nordhaven Novakoff Okonwei Olivarte Ortensky Pallister-Vance Pereldo
    Quarrington Quistorp Rajavendra Ravensholt Rossmarin Sandovane Sigurvald Söllbach
    Takemiro Tarnquist Thistlewyn Torrecampo Ubuntane Valmonte Varnholt Vasquelo
    Wexcombe Wintersgill Xaverine Yamadori Yorrick Zarandell Zettervik Zulmandi
"""
GIVEN: Final = tuple(_GIVEN.split())
FAMILY: Final = tuple(_FAMILY.split())
TOWNS: Final = (
    "Larkmoor", "Fennholm", "Quillmere", "Tarnvale", "Ostrelle", "Brackenfold",
    "Sundwick", "Marisolva", "Kestavik", "Orvento", "Halmeria", "Zephyrton",
    "Nagasuri", "Ilmarra", "Velmonte", "Ashgrove Bay",
)  # fmt: skip
INSTITUTIONS: Final = (
    "University Hospital", "Medical Centre", "General Hospital", "Institute of Health",
    "Teaching Hospital", "Community Clinic",
)  # fmt: skip

_HANDLE_LENGTH: Final = 15

# {specialist} {condition} {institution} {town} {tag} {name} are filled in. The bios of
# groups stand in the order of GROUPS, one for each kind of group.
BIOS: Final = {
    CLINICIAN: (
        "MD, {specialist} at {institution}. Views my own. #{tag}",
        "Consultant {specialist}, {institution}. Teaching and long walks.",
        "{specialist}, MD PhD. Clinical trials in {condition}.",
        "Physician caring for people with {condition}. {institution}. Not advice.",
        "Attending physician, {specialist} | {town} | #{tag}",
        "Doctor. Mostly {condition}, some gardening.",
    ),
    NURSE: (
        "Registered nurse, {condition} clinic, {institution}.",
        "RN, MSN. Nurse specialist in {condition}. #{tag}",
        "Clinical nurse specialist | {condition} | tea before ward round",
    ),
    PHARMACIST: (
        "PharmD, clinical pharmacist at {institution}. #{tag}",
        "Hospital pharmacist, medicines safety in {condition}.",
    ),
    RESEARCHER: (
        "PhD. Researcher in {condition}, {institution}.",
        "Professor of epidemiology. Registries, {condition}, open data. #{tag}",
        "Postdoc working on {condition} at {institution}. Statistics.",
        "Scientist, PhD: biology of {condition}.",
    ),
    OTHER: (
        "Physiotherapist, {institution}. Rehabilitation in {condition}.",
        "Registered dietitian. Food and {condition}. #{tag}",
        "Clinical psychologist working with people with {condition}.",
    ),
    ORGANISATION: (
        "Non-profit society for all who work in {condition}. Official account. #{tag}",
        "Peer-reviewed research, open access. The journal's official account. #{tag}",
        "Official account of the hospital. Teaching, research and care in {condition}.",
    ),
    COMPANY: (
        "Corporate news of {name}, a diagnostics company.",
        "{name} makes devices for hospitals. Corporate account, no medical advice.",
    ),
    MEDIA: (
        "News for clinics and wards, by the editors of {name}. Newsletter.",
        "{name}: health news every morning. Newspaper and magazine.",
    ),
    BOT: (
        "Bot. Posts every new paper on {condition}. Automated.",
        "Automated reposts of #{tag}. I am a bot.",
        "",
    ),
    PATIENT: (
        "Living with {condition} since 2016. Patient advocate.",
        "Patient with {condition}. Sharing my story. #{tag}",
        "Diagnosed with {condition} in 2019, still dancing.",
    ),
    PUBLIC: (
        "Trains, football, allotment. {town}.",
        "Photographs of birds and the sea.",
        "Parent, teacher, reader.",
    ),
}
# Name and handle of organisations, companies and media.
GROUPS: Final = {
    ORGANISATION: (
        ("{town} Society of {specialty}", "{town}Soc"),
        ("{town} Journal of {specialty}", "{town}J"),
        ("{town} University Hospital", "{town}Hosp"),
    ),
    COMPANY: (("{town} Diagnostics", "{town}Dx"), ("{town} Devices", "{town}Dev")),
    MEDIA: (("The {town} Ward Letter", "{town}Ltr"), ("{town} Gazette", "{town}Gaz")),
}
VAGUE: Final = (
    "Coffee, trails and family. Opinions mine.",
    "{town}. Reposts are not endorsements.",
    "",
)
VAGUE_SHARE: Final = 0.12  # of professionals and bots, who then say nothing of it


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


def people_names(count: int, rng: np.random.Generator) -> list[tuple[str, str]]:
    """Distinct (given, family) names, in random order.

    Raises:
        ValueError: if there are fewer names than asked for.
    """
    if count > len(GIVEN) * len(FAMILY):
        raise ValueError(f"{count} names asked for, there are fewer")
    picks = rng.permutation(len(GIVEN) * len(FAMILY))[:count].tolist()
    return [(GIVEN[p // len(FAMILY)], FAMILY[p % len(FAMILY)]) for p in picks]


def ascii_word(text: str) -> str:
    """*text* as it may stand in a handle.

    >>> ascii_word("Söllbach-Vance")
    'SollbachVance'
    """
    plain = text.replace("Ø", "O").replace("ø", "o")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"\W", "", plain)


def unique_handles(wishes: list[str]) -> tuple[str, ...]:
    """Handles as wished for, with a number where case-insensitively taken.

    >>> unique_handles(["DrVarn", "drvarn", "AVeryLongHandleIndeed"])
    ('DrVarn', 'drvarn2', 'AVeryLongHandle')
    """
    taken: set[str] = set()
    handles = []
    for wish in wishes:
        handle, number = wish[:_HANDLE_LENGTH], 1
        while handle.lower() in taken:
            number += 1
            handle = f"{wish[: _HANDLE_LENGTH - len(str(number))]}{number}"
        taken.add(handle.lower())
        handles.append(handle)
    return tuple(handles)
