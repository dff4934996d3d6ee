"""What cells of consent say: words of five languages and of two systems, to ours.

A word that does not stand here is unknown, and its row is not used: what somebody
allows is never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNS: Final = re.compile(r"[\W_]+")
_SUFFIX: Final = re.compile(r"(?i)(?:_vod)?__(?:c|v|sys|r)$|_vod$")


def plain(text: str) -> str:
    """A word without case, accents, signs and what a system puts behind its names.

    >>> plain("Opt_In_vod"), plain("opt-in "), plain("Téléphone"), plain("opt_in__v")
    ('optin', 'optin', 'telephone', 'optin')
    """
    bare = _SUFFIX.sub("", text.strip())
    split = unicodedata.normalize("NFKD", bare.casefold())
    kept = "".join(sign for sign in split if not unicodedata.combining(sign))
    return _SIGNS.sub("", kept.replace("ß", "ss"))


def meanings(lists: Mapping[str, str]) -> Mapping[str, str]:
    """Plain word -> meaning, of lists of words by meaning."""
    return MappingProxyType(
        {
            plain(word): meaning
            for meaning, words in lists.items()
            for word in words.split("|")
        }
    )


STATUS: Final = meanings(
    {
        "yes": "yes|y|true|1|x|opt-in|opted in|optin|in|subscribed|granted|given|given"
        " consent|consent|consented|consent given|accepted|accept|allowed|agreed|active"
        "|confirmed|approved|double opt-in|explicit|ok"
        "|ja|j|erteilt|zugestimmt|zustimmung|eingewilligt|einwilligung|einwilligung"
        " erteilt|angemeldet|erlaubt|bestätigt|aktiv"
        "|oui|o|accordé|accepté|consenti|consentement|consentement donné|autorisé"
        "|inscrit"
        "|sí|si|s|concedido|otorgado|aceptado|consentido|consentimiento|autorizado"
        "|suscrito|permitido"
        "|sì|concesso|accettato|acconsentito|consenso|autorizzato|iscritto|prestato"
        "|consenso prestato|vrai|wahr|verdadero|vero",
        "no": "no|n|false|0|opt-out|opted out|optout|out|unsubscribed|unsubscribe"
        "|withdrawn|withdrew|revoked|refused|declined|denied|rejected|objected"
        "|objection"
        "|objects|never|never email|never contact|do not contact|do not email"
        "|do not call"
        "|blocked|not allowed|not given|not granted|no consent|inactive|expired"
        "|nein|widerrufen|widerruf|widersprochen|widerspruch|abgelehnt|verweigert"
        "|abgemeldet|zurückgezogen|entzogen|nicht erteilt|gesperrt|abgelaufen"
        "|non|refusé|retiré|révoqué|opposé|opposition|désinscrit|désabonné|rejeté"
        "|interdit|expiré|refus"
        "|retirado|revocado|rechazado|denegado|oposición|opuesto|baja|dado de baja"
        "|caducado|negado"
        "|revocato|ritirato|rifiutato|negato|opposto|opposizione|disiscritto|scaduto"
        "|falsch|faux|falso",
        "pending": "pending|opt-in pending|opted in pending|requested|asked|waiting"
        "|open"
        "|not yet|unknown|undefined|none|not set|seen|notseen|not seen|opt-in required"
        "|not applicable"
        "|ausstehend|angefragt|offen|unbekannt|beantragt"
        "|en attente|demandé|inconnu|pendiente|solicitado|desconocido"
        "|in attesa|richiesto|sconosciuto|in sospeso",
        "informed": "informed|notified|notice given|notice sent|art. 14 notice"
        "|informiert|benachrichtigt|informé|notifié|informado|notificado|informato"
        "|notificato",
    }
)
CHANNEL: Final = meanings(
    {
        "all": "all|any|every|all channels|any channel|alle|alle kanäle|jeder"
        "|tous|toutes|tous les canaux|todos|todas|todos los canales|tutti|tutte"
        "|tutti i canali",
        "email": "email|e-mail|emails|approved email|approved_email|ae"
        "|marketing email|newsletter|emailaddress|contactpointemail|courriel|mél"
        "|correo|correo electrónico|posta elettronica|e-post",
        "phone": "phone|telephone|phone call|voice|mobile|cell|tel"
        "|contactpointphone|phonenumber"
        "|telefon|anruf|mobil|handy|téléphone|appel|portable"
        "|teléfono|llamada|móvil|telefono|chiamata|cellulare|telefónico",
        "sms": "sms|text|text message|texting|textnachricht|texto|messaggio|mensaje",
        "messaging": "messaging|messenger|whatsapp|wechat|line|viber|telegram|chat"
        "|signal",
        "post": "post|mailing|mailing address|letter|direct mail|postal|postal mail"
        "|address|contactpointaddress|brief|briefpost|postweg|courrier|lettre"
        "|voie postale|carta|correo postal|lettera|posta",
        "visit": "visit|visits|f2f|face to face|in person|rep visit|call on site"
        "|besuch|persönlich|vor ort|visite|en personne|visita|en persona|di persona"
        "|presencial",
        "remote": "remote|remote meeting|remote detailing|video|video call"
        "|online meeting"
        "|engage|engage meeting|teams|zoom|webcall|videoanruf|visio|videollamada"
        "|videochiamata|virtual",
        "social": "social|social media|x|twitter|linkedin|bluesky|mastodon"
        "|direct message"
        "|dm|soziale medien|réseaux sociaux|redes sociales|social network",
        "web": "web|website|portal|site web|webseite|sitio web|sito web|push",
        "event": "event|events|invitation|congress|webinar|veranstaltung|einladung"
        "|événement|evento|eventos|eventi",
        "fax": "fax|telefax|télécopie",
    }
)
PURPOSE: Final = meanings(
    {
        "all": "all|any|every|everything|processing|process|all purposes"
        "|data processing"
        "|alle|alle zwecke|verarbeitung|tous|toutes|traitement|todos|todas|tratamiento"
        "|tutti|tutte|trattamento",
        "profiling": "profiling|profile|scoring|segmentation|segment|target|targeting"
        "|ranking|analytics|profilbildung|bewertung|analyse|profilage|ciblage"
        "|perfilado|elaboración de perfiles|perfiles|segmentación|profilazione",
        "contact": "contact|solicit|solicitation|communication|communications|outreach"
        "|kontakt|kontaktaufnahme|kommunikation|ansprache|prise de contact"
        "|sollicitation"
        "|contacto|comunicación|comunicaciones|contatto|comunicazione|comunicazioni",
        "medical": "medical|scientific|medical information|scientific exchange|msl"
        "|medical affairs|clinical|medizinisch|wissenschaftlich|médical|scientifique"
        "|médico|médica|científico|medico|medica|scientifico",
        "commercial": "commercial|promotional|promotion|marketing|direct marketing"
        "|sales"
        "|advertising|werbung|werblich|vertrieb|kommerziell|publicité|promotionnel"
        "|commerciale|comercial|publicidad|promocional|promozionale|pubblicità",
        "tracking": "tracking|track|geotracking|geotrack|open tracking|personal codes"
        "|nachverfolgung|suivi|seguimiento|tracciamento",
        "notice": "notice|information|art. 14|article 14|artikel 14|information notice",
    }
)
BASIS: Final = meanings(
    {
        "consent": "consent|explicit consent|opt-in|optin|art. 6(1)(a)|6(1)(a)|6.1.a"
        "|einwilligung|zustimmung|consentement|consentimiento|consenso",
        "legitimate interest": "legitimate interest|legitimate interests|li|lia"
        "|art. 6(1)(f)|6(1)(f)|6.1.f|berechtigtes interesse|intérêt légitime"
        "|interés legítimo|interesse legittimo|legitimateinterest",
        "contract": "contract|contractual|art. 6(1)(b)|6(1)(b)|6.1.b|vertrag|contrat"
        "|contrato|contratto",
        "legal obligation": "legal obligation|art. 6(1)(c)|6(1)(c)|6.1.c"
        "|rechtliche verpflichtung|obligation légale|obligación legal|obbligo legale",
        "public interest": "public interest|public task|art. 6(1)(e)|6(1)(e)|6.1.e"
        "|öffentliches interesse|intérêt public|interés público|interesse pubblico",
        "vital interests": "vital interests|vital interest|art. 6(1)(d)|6(1)(d)|6.1.d"
        "|lebenswichtige interessen|intérêts vitaux|intereses vitales|interessi vitali",
    }
)
TRUTH: Final = meanings(
    {
        "yes": "true|t|yes|y|1|x|ja|j|oui|vrai|sí|si|sì|wahr|verdadero|vero",
        "no": "false|f|no|n|0|nein|non|faux|falsch|falso",
    }
)
_EMPTY: Final = frozenset({"", "null", "nan", "na", "nil"})


def is_empty(cell: str) -> bool:
    """Whether a cell says nothing.

    >>> is_empty("N/A"), is_empty(" "), is_empty("none")
    (True, True, False)
    """
    return plain(cell) in _EMPTY


def meant(words: Mapping[str, str], cell: str, what: str) -> str:
    """The meaning of a cell; empty where the cell is.

    Args:
        words: plain word -> meaning.
        cell: as it stands.
        what: the column says, for the message.

    Raises:
        ValueError: if the word is unknown; the message does not repeat it, as it may
            be anything.

    >>> meant(STATUS, "Widerrufen", "status")
    'no'
    """
    if is_empty(cell):
        return ""
    found = words.get(plain(cell))
    if found is None:
        raise ValueError(f"unknown word for {what}")
    return found
