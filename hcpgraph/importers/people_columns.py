"""What columns about people are called, alike in rosters and in lists of people."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading.columns import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_ID: Final = (
    *("id", "userid", "accountid", "authorid", "nativeid", "uid"),
    *("twitterid", "twitteruserid", "xid", "xuserid"),
)
_HANDLE: Final = (
    *("handle", "username", "screenname", "twitterhandle", "xhandle"),
    *("twitterusername", "xusername", "twitterscreenname", "xscreenname"),
    *("userhandle", "accounthandle", "authorhandle", "authorusername"),
    *("benutzername", "nutzername", "usuario", "nombredeusuario", "usuário"),
    *("nomdutilisateur", "nomeutente", "nomedeusuário", "ユーザー名", "用户名"),
)

# Meaning -> folded headings, best first.
PEOPLE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "id": _ID,
        "handle": _HANDLE,
        "npi": ("npi", "npinumber", "npiid", "nationalprovideridentifier"),
        "name": (
            *("name", "fullname", "displayname", "label", "nombre", "nombrecompleto"),
            *("nomcomplet", "nomecompleto", "nome", "氏名", "名前", "姓名"),
        ),
    }
)
# What else rosters say of a person.
PROFILE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "role": (
            *("role", "profession", "rolle", "beruf", "rol", "profesión", "ruolo"),
            *("profissão", "職種", "职业"),
        ),
        "specialty": (
            *("specialty", "speciality", "specialism", "fachrichtung", "fachgebiet"),
            *("especialidad", "spécialité", "specializzazione", "especialidade"),
            *("診療科", "専門", "专业"),
        ),
        "institution": (
            *("institution", "affiliation", "organisation", "organization", "klinik"),
            *("krankenhaus", "einrichtung", "institución", "établissement"),
            *("istituto", "instituição", "病院", "所属", "医院"),
        ),
        "country": ("country", "countrycode", "land", "país", "pays", "paese", "国"),
        "region": (
            *("region", "state", "province", "bundesland", "región", "région"),
            *("regione", "região", "provincia", "都道府県", "地区"),
        ),
        "area": ("area", "diseasearea"),
    }
)

_SIGNS: Final = re.compile(r"[^\w]+")


def meaning(heading: str) -> str | None:
    """The meaning of a heading: ``"id"``, ``"handle"``, ``"npi"`` or ``"name"``.

    >>> meaning("User ID"), meaning("@Handle (X)"), meaning("NPI #"), meaning("met")
    ('id', 'handle', 'npi', None)
    """
    plain = _SIGNS.sub("", fold(heading.partition("(")[0]))
    return next((what for what, known in PEOPLE.items() if plain in known), None)
