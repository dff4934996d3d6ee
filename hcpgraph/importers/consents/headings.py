"""What columns of consent are called: plain tables, Veeva and Salesforce, one meaning.

Of a heading with dots, such as ``Account_vod__r.NPI_vod__c``, the last part says what
the column holds and the parts before it of whom.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.importers.consents.words import meanings, plain

if TYPE_CHECKING:
    from collections.abc import Sequence


# What every table may say of the person, beyond its own columns.
_PERSON: Final = {
    "handle": "handle|username|screen name|x handle|twitter handle|twitter|x username"
    "|twitter username|account handle|benutzername|nutzername|usuario"
    "|nom d'utilisateur|nome utente",
    "id": "user id|account handle id|x id|x user id|twitter id|twitter user id"
    "|platform id|native id|author id",
    "npi": "npi|npi number|npi id|national provider identifier|npi_num",
    "email": "email|e-mail|email address|mail|person email|e-mail-adresse|emailadresse"
    "|adresse e-mail|courriel|correo|correo electrónico|posta elettronica"
    "|secondary email|personemail|primary email",
    "platform": "platform|network|plattform|plateforme|plataforma|piattaforma",
}
_COMMON: Final = {
    "channel": "channel|medium|channel type|contact channel|kanal|canal|canale"
    "|contact method|kontaktkanal",
    "purpose": "purpose|data use purpose|use|zweck|finalité|objet|propósito|finalidad"
    "|finalità|scopo|verwendungszweck|purpose of use",
    "status": "status|consent status|consent|opt|opt in|opt status|decision|permission"
    "|einwilligung|zustimmung|statut|consentement|estado|consentimiento|stato|consenso"
    "|einwilligungsstatus|value",
    "basis": "basis|legal basis|lawful basis|ground|rechtsgrundlage|base légale"
    "|base legal|base giuridica|grundlage|base jurídica",
    "date": "date|given|given on|consent date|captured|captured on|date given|datum"
    "|timestamp|at|fecha|data|date du consentement|capture date|capture datetime"
    "|erteilt am|stand|widerrufen am|since|effective from|valid from|gültig ab",
    "source": "source|origin|capture source|captured by|quelle|herkunft|fuente|origen"
    "|fonte|origine|source system",
    "expiry": "expiry|expires|expires on|expiry date|expiration|expiration date|until"
    "|valid until|valid to|end|end date|effective to|gültig bis|ablauf|ablaufdatum"
    "|läuft ab|expire le|date d'expiration|vencimiento|caducidad|válido hasta"
    "|scadenza|valido fino a|opt expiration date|fin de validité",
}
PLAIN: Final = meanings(
    {**_COMMON, **_PERSON, "id": f"id|account|account id|uid|{_PERSON['id']}"}
)
VEEVA: Final = meanings(
    {
        **_PERSON,
        "status": "opt type|opt status|consent status|approved email opt type",
        "channel": "consent type|channel|record type|record type name|channel label"
        "|recordtype.name|recordtype.developername|sub channel key|consent channel",
        "value": "channel value",
        "value source": "channel source",
        "date": "capture datetime|capture date|consent confirm datetime",
        "expiry": "opt expiration date|expiration date",
        "source": "consent source|signature source|optout event type",
        "purpose": "content type|purpose|consent purpose",
        "basis": "basis|legal basis|lawful basis",
        "record": "account|account id|account external id|external id account"
        "|account.id|account.external id|hcp|person account",
    }
)
SALESFORCE: Final = meanings(
    {
        **_PERSON,
        "status": "privacy consent status|consent status",
        "channel": "contact point type|engagement channel type|channel",
        "date": "effective from|capture date|consent captured date time",
        "expiry": "effective to",
        "source": "capture source|consent captured source",
        "purpose": "data use purpose|datausepurpose.name|data use purpose id|action"
        "|purpose",
        "basis": "data use legal basis|legal basis|basis|datauselegalbasis.name"
        "|datausepurpose.legal basis",
        "record": "party id|individual id|party|individual|contact id|lead id"
        "|consent giver id|person id",
        "point": "contact point id|contact point",
        "own": "id",
    }
)
# Boolean columns of Salesforce: what it means that one of them is true.
FLAGS: Final = MappingProxyType(
    {
        plain(name): meant
        for name, meant in {
            "HasOptedOutProcessing": ("all", "all"),
            "HasOptedOutProfiling": ("all", "profiling"),
            "HasOptedOutSolicit": ("all", "contact"),
            "HasOptedOutTracking": ("all", "tracking"),
            "HasOptedOutGeoTracking": ("all", "tracking"),
            "ShouldForget": ("all", "all"),
            "HasOptedOutOfEmail": ("email", "contact"),
            "HasOptedOutOfFax": ("fax", "contact"),
            "HasOptedOutOfMail": ("post", "contact"),
            "DoNotCall": ("phone", "contact"),
            "DoNotContact": ("all", "contact"),
            "PersonHasOptedOutOfEmail": ("email", "contact"),
            "PersonHasOptedOutOfFax": ("fax", "contact"),
            "PersonDoNotCall": ("phone", "contact"),
            "et4ae5 HasOptedOutOfMobile": ("sms", "contact"),
        }.items()
    }
)
FORGET: Final = plain("ShouldForget")
_VEEVA_MARKS: Final = ("opttype", "multichannelconsent", "optexpirationdate")
_SALESFORCE_MARKS: Final = ("privacyconsentstatus", "individualid", "partyid")


def system_of(headings: Sequence[str]) -> str:
    """Whose export has these headings: ``"veeva"``, ``"salesforce"``, ``"plain"``.

    >>> system_of(["Account_vod__c", "Opt_Type_vod__c"]), system_of(["npi", "status"])
    ('veeva', 'plain')
    """
    names = {plain(heading) for heading in headings}
    if any(mark in name for name in names for mark in _VEEVA_MARKS):
        return "veeva"
    if names & FLAGS.keys() or names.intersection(_SALESFORCE_MARKS):
        return "salesforce"
    return "plain"


def meaning(system: str, heading: str) -> str | None:
    """What a column of a system's export holds; None if it is not looked at.

    A boolean column of Salesforce is ``"flag NAME"``.

    >>> meaning("veeva", "Account_vod__r.NPI_vod__c"), meaning("plain", "Gültig bis")
    ('npi', 'expiry')
    """
    known = {"plain": PLAIN, "veeva": VEEVA, "salesforce": SALESFORCE}[system]
    name = plain(heading)
    if system == "salesforce" and name in FLAGS:
        return f"flag {name}"
    parts = [plain(part) for part in heading.split(".")]
    if len(parts) > 1:
        joined = "".join(parts[-2:])
        if joined in known:
            return known[joined]
        # of somebody else, such as the owner of the record
        found = known.get(parts[-1])
        if parts[-2] in _OTHERS or found not in _NAMES:
            return None
        return found
    return known.get(name)


_NAMES: Final = ("handle", "id", "npi", "email", "record")
_OTHERS: Final = frozenset({"owner", "createdby", "lastmodifiedby", "user", "manager"})
