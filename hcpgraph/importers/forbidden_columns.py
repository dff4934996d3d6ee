"""Columns that are never kept of a person, by their headings in several languages.

Health, politics, religion, race, sex life, union membership, and what somebody
prescribes. A table with one of them is refused by its name, whatever else it holds:
what is not read once may be read the next time.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ForbiddenColumn
from hcpgraph.importers.reading.columns import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

# What it tells -> parts of headings that tell so, without accents, blanks and signs.
_PARTS: Final[Mapping[str, str]] = {
    "health": (
        "diagnos|(?:health|medical)(?:condition|status|history|record)|illness|disabilit|"
        "comorbid|pregnan|hivstatus|mentalhealth|handicap|"
        "krankheit|erkrankung|behinderung|gesundheitszustand|anamnes|schwanger|"
        "maladie|etatdesante|antecedentsmedic|grossesse|invalidite|"
        "enfermedad|discapacid|estadodesalud|historialmedico|historiaclinica|embaraz|"
        "malatti|statodisalute|gravidanza|invalidita|doenca|deficiencia|"
        "estadodesaude|gravidez|ziekte|gezondheidstoestand|zwanger|arbeidsongeschikt|"
        "chorob|niepelnosprawn|stanzdrowia|ciaza|hastalik|engelli|engellilik|"
        "saglikdurumu|hamile|تشخيص|المرض|الحالةالصحية|اعاقة|诊断|診斷|病史|病名|病歴|"
        "健康状况|健康狀況|残疾|殘疾|怀孕|懷孕|診断|障害|健康状態|妊娠|既往"
    ),
    "politics": (
        "politic|politiq|politisch|politik|politiek|polityczn|siyasi|partei|"
        "partymember|partyaffil|ideolog|votedfor|votingintention|partidopolit|"
        "afiliacionpart|سياسي|حزب|政治|党派|黨派|政党|政黨"
    ),
    "religion": (
        "religi|konfession|glaube|confession|croyance|creencia|crenca|credenz|geloof|"
        "godsdienst|wyznani|inanc|mezhep|ديان|مذهب|宗教|信仰|信条"
    ),
    "race or ethnicity": (
        "ethni|etnia|etnic|etnisch|etniczn|etnik|racial|rasse|hautfarbe|skincolo|"
        "couleurdepeau|colordepiel|coloredellapelle|cordapele|huidskleur|kolorskory|"
        "abstammung|migrationshintergrund|nationalorigin|ancestry|afkomst|pochodzenie|"
        "عرق|民族|种族|種族|族裔|人種"
    ),
    "sex life or orientation": (
        "sexlife|sexual|sexuell|sexuel|sessual|seksue|seksual|cinsel|orientation|"
        "orientacion|orientamentos|orientacaos|geaardheid|lgbt|ميول|性取向|性倾向|性傾向|"
        "性的指向"
    ),
    "union membership": (
        "tradeunion|unionmember|laborunion|labourunion|gewerkschaft|syndica|syndiqu|"
        "sindica|sindaca|vakbond|zwiaze?kizawodow|zwiazekzawodow|zwiazkowy|sendika|نقاب|"
        "工会|工會|労働組合|労組"
    ),
    "prescriptions": (
        "prescri|rxvolume|rxcount|scriptvolume|verordnung|verschreib|rezept(?!ion)|"
        "ordonnance|recetas|recetad|ricett|voorschrift|voorgeschreven|recepty|recete|"
        "receitasmed|وصف(?:ة|ات)|处方|處方|処方"
    ),
}
# Whole headings, too short to look for inside others.
_WHOLE: Final[Mapping[str, str]] = {
    "health": "conditions?|diseases?|sante|salud|saude|salute|疾病|病気",
    "politics": "party|parti|partido|partito|partij|partia|vote|voto|wahl|ideology",
    "religion": "faith|fede|fe|foi|din|church|kirche|caste",
    "race or ethnicity": "race|raza|raca|razza|ras|rasa|irk|herkunft|koken|tribe",
    "sex life or orientation": "sexuality",
    "union membership": "union|sindacato|cgt|syndicat",
    "prescriptions": "rx|trx|nrx|nbrx|scripts|receta|recept|recepten",
}
# A disease that somebody works on: the area.
_AREAS: Final = re.compile(
    r"(?:area|areas|field|domain|gebiet|bereich|gebied|obszar|alani|领域|領域)$|^area"
)
_RULES: Final = {
    what: re.compile(f"(?:{parts})|^(?:{_WHOLE[what]})$")
    for what, parts in _PARTS.items()
}
_SIGNS: Final = re.compile(r"[^\w]|_")


def forbidden_columns(names: Iterable[str]) -> tuple[str, ...]:
    """The columns of *names* that must never be kept of a person.

    >>> forbidden_columns(["handle", "Religion", "role", "Rasse / Ethnie"])
    ('Religion', 'Rasse / Ethnie')
    """
    return tuple(name for name in names if what_it_tells(name) is not None)


def refuse_forbidden(
    path: Path, names: Iterable[str], allowed: frozenset[str] = frozenset()
) -> None:
    """Refuse a table with a column that must never be kept of a person.

    Args:
        path: the file.
        names: its headings.
        allowed: what the policy allows columns to tell of.

    Raises:
        ForbiddenColumn: naming the first such column.
    """
    for name in names:
        what = what_it_tells(name)
        if what is not None and what not in allowed:
            raise ForbiddenColumn(
                path, name, f"it tells of {what}, which is never kept of a person"
            )


def what_it_tells(name: str) -> str | None:
    """What a column tells of that is never kept; None if it may stand in a table.

    >>> what_it_tells("Diagnóstico"), what_it_tells("Disease Area")
    ('health', None)
    """
    apart = unicodedata.normalize("NFKD", fold(name)).replace("\u0131", "i")
    bare = "".join(c for c in apart if not "\u0300" <= c <= "\u0655" or c.isalpha())
    plain = _SIGNS.sub("", unicodedata.normalize("NFC", bare)).replace("ł", "l")
    found = (what for what, rule in _RULES.items() if rule.search(plain))
    what = next(found, None)
    return None if what == "health" and _AREAS.search(plain) else what
