"""Invented names of people, places and institutions, and handles made of them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np

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
