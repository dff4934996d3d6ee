"""Direct identifiers in texts: mail, telephones, documents, patients, however written.

A number counts as one of a telephone if it is written as such: with a country code,
in the groups of a country, or beside a word for it. Rows of digits alone are ids of
posts and accounts; they count only where they are all that there is. Numbers of
documents that have check digits count wherever they stand with the right ones, others
beside a word for them. All texts are without accents and with plain digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from hcpgraph.policy.folding import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_BETWEEN: Final = r"[ ().\-/]{0,3}"  # between the groups of a number
_LEAST: Final = r"(?=(?:[ ().\-/]{0,3}[0-9]){8,15}(?![0-9]))"
_BEGINS: Final = r"(?<![\w+.,/\-])"
_ENDS: Final = r"(?![\w]|[.,\-/][0-9])"
_BESIDE_TELEPHONES: Final = (
    r"tel|tel[ée]?ph\w*|telef\w*|phones?|mobile?|mob|movil|m[óo]vil|cell\w*|celular|"
    r"cell?|handy|handynummer|rufnummer|ruf mich an|anrufen|call(?: me| us)?|text me|"
    r"ring|fax|whatsapp|wa|signal|sms|durchwahl|festnetz|portable|appele[zr]?|"
    r"appelez-moi|llam\w*|chiam\w*|numero di telefono|lig(?:ue|a|ar)|telemovel|"
    r"bel(?:t|len)?|gsm|nummer|zadzwon\w*|dzwon\w*|komork\w*|kom|numer telefonu|"
    r"telefonu?|arayin|ara|cep|هاتف|جوال|موبايل|تلفون|واتساب|اتصل(?: بي| ب)?|"
    r"电话|電話|手机|手機|携帯|ケータイ|微信|"
    r"ファックス|お電話|拨打|致电"
)
_TELEPHONES: Final = (
    # with the code of a country
    rf"(?<![\w+])\+{_LEAST}[1-9](?:{_BETWEEN}[0-9]){{7,14}}{_ENDS}",
    rf"{_BEGINS}00(?=[1-9]){_LEAST}[1-9](?:{_BETWEEN}[0-9]){{7,14}}{_ENDS}",
    # beside a word for it
    rf"(?i:(?<![^\W\d_])(?:{_BESIDE_TELEPHONES}))[^\w+]{{0,4}}"
    r"(?:(?i:nr|no|is|me|on|at|al|au|unter|im|us|de|op|aan|pod|o)\.?[ :]{1,2}){0,2}"
    rf"\+?\(?[0-9](?:{_BETWEEN}[0-9]){{5,14}}{_ENDS}",
    # North America
    rf"{_BEGINS}\(?[2-9][0-9]{{2}}\)[ .\-]?[2-9][0-9]{{2}}[ .\-]?[0-9]{{4}}{_ENDS}",
    rf"{_BEGINS}(?:1[ .\-])?[2-9][0-9]{{2}}([.\-])[2-9][0-9]{{2}}\1[0-9]{{4}}{_ENDS}",
    rf"{_BEGINS}(?:1[ .\-])?[2-9][0-9]{{2}} [2-9][0-9]{{2}}[ \-][0-9]{{4}}{_ENDS}",
    # a zero for the long distance: most of Europe, Turkey, Arabia, Japan, China
    rf"{_BEGINS}\(?0[1-9]{_LEAST[:-1]})"
    rf"[0-9]{{0,4}}\)?(?:[ .\-/]{{1,2}}[0-9]{{2,8}}){{1,5}}{_ENDS}",
    rf"{_BEGINS}0[1-9][0-9]{{8,9}}{_ENDS}",
    # nine digits in threes or twos: Spain, Poland, Portugal
    rf"{_BEGINS}[4-9][0-9]{{2}}([ \-])(?:[0-9]{{3}}\1(?!000)[0-9]{{3}}"
    rf"|[0-9]{{2}}\1[0-9]{{2}}\1[0-9]{{2}}){_ENDS}",
    # Italy, Brazil, Poland, China
    rf"{_BEGINS}3[2-9][0-9][ .\-/]?[0-9]{{3}}[ .]?[0-9]{{3,4}}{_ENDS}",
    rf"{_BEGINS}\([1-9][0-9]\) ?[0-9]{{4,5}}-[0-9]{{4}}{_ENDS}",
    rf"{_BEGINS}[1-9][0-9] 9[0-9]{{4}}-[0-9]{{4}}{_ENDS}",
    rf"{_BEGINS}[1-9][0-9] [1-9][0-9]{{2}}( )[0-9]{{2}}\1[0-9]{{2}}{_ENDS}",
    rf"{_BEGINS}1[3-9][0-9]([ \-]?)[0-9]{{4}}\1[0-9]{{4}}{_ENDS}",
    # nothing but digits
    r"\A#?\+?[0-9]{9,15}\Z",
)
_AT: Final = (
    r"(?:@|[ ]?[\[({<][ ]?(?:at|@|arroba|arobase|malpa|aet|chez|chiocciola|"
    r"apenstaartje)[ ]?[\])}>][ ]?)"
)
_DOT: Final = (
    r"(?:\.|[ ]?[\[({<][ ]?(?:dot|punkt|punto|point|ponto|punt|kropka|nokta|\.)"
    r"[ ]?[\])}>][ ]?)"
)
_MAILS: Final = (
    # @anna@mastodon.social is a handle
    rf"(?<![@\w.+\-/])[\w.+\-]{{1,64}}{_AT}[\w\-]{{1,63}}(?:{_DOT}[\w\-]{{2,63}})+",
    r"(?<![@\w])[\w.+\-]{1,64} @ [\w\-]+(?:\.[\w\-]{2,})+",
    r"\b\w+(?: (?:dot|punkt|punto|point|ponto) \w+)* (?:at|arroba|aet|chiocciola) \w+"
    r"(?: (?:dot|punkt|punto|point|ponto) \w+)+\b",
    r"\bmailto:",
    # in a hashtag, where signs are lost
    r"(?:gmail|hotmail|yahoo|outlook|icloud|gmx|protonmail|googlemail|yandex|webde|qq)"
    r"(?:com|de|fr|es|it|nl|pl|net|couk|combr|ch|at|me|ru)\b",
)
_HINT: Final = re.compile(r"@|mail|[0-9](?:[^0-9]{0,3}[0-9]){5}| at |[\[({<] ?[a-z]")
_DASHES: Final = re.compile("[\u2010-\u2015\u2212\u30fc\uff0d]")


def holds_telephone(text: str) -> bool:
    """Whether a text, without accents and with plain digits, holds a telephone number.

    >>> holds_telephone("+49 170 1234567"), holds_telephone("in 1,234,567 patients")
    (True, False)
    """
    even = _DASHES.sub("-", text)
    return any(pattern.search(even) for pattern in _rules().telephones)


def holds_mail(text: str) -> bool:
    """Whether a text holds a mail address; a handle of Mastodon is none.

    >>> holds_mail("ann.lee (at) mail.org"), holds_mail("@ann@mastodon.social")
    (True, False)
    """
    return bool(_rules().mail.search(text))


_BESIDE_DOCUMENTS: Final = (
    # of patients and files
    r"patient(?:en)?[ \-]?(?:id|no|nr|number|nummer|identifier)|patientnummer|mrn|"
    r"medical record(?: (?:no|number))?|hospital (?:no|number)|case (?:no|number)|"
    r"chart (?:no|number)|fallnummer|aktenzeichen|krankenakte|versichertennummer|"
    r"numero de dossier|dossier (?:no?|numero|medical|patient)|dossiernummer|"
    r"historia clinica|numero de historia|nhc|expediente|cartella clinica|"
    r"numero (?:del )?paziente|prontuario|numero do (?:paciente|utente)|sns|"
    r"n(?:r|umer) (?:pacjenta|karty|historii choroby)|hasta (?:no|numarasi)|"
    r"protokol no|dosya no|"
    # of documents and insurances
    r"ssn|social security(?: (?:no|number))?|nhs (?:no|number)|nino|"
    r"passport(?: (?:no|number))?|id card|identity card|driver s? ?licen[cs]e|"
    r"medicare(?: (?:no|number))?|insurance (?:no|number|id)|member id|"
    r"personalausweis\w*|ausweis\w*|"
    r"reisepass\w*|sozialversicherungsnummer|rentenversicherungsnummer|steuer-?id\w*|"
    r"carte d identite|passeport|securite sociale|carte vitale|nir|dni|pasaporte|"
    r"seguridad social|curp|cedula|carta d identita|passaporto|codice fiscale|tessera "
    r"sanitaria|cartao de cidadao|passaporte|nif|cpf|cartao sus|bsn|"
    r"burgerservicenummer|paspoort\w*|identiteitskaart|pesel|dowod\w*(?: osobist\w+)?|"
    r"paszport\w*|(?:tc|t c) kimlik(?: no)?|kimlik no|pasaport(?: no)?|"
    r"رقم (?:المريض|الهوية|الملف|الجواز|السجل|الاقامة|التامين|الملف الطبي)|جواز السفر|"
    r"病历号|病歷號|住院号|住院號|门诊号|就诊卡号|身份证号?|身分證字號|身份證|护照号?|護照|社保号|"
    r"医保卡号?|患者番号|診察券番号|カルテ番号|患者ID|マイナンバー|個人番号|保険証番号|"
    r"旅券番号|パスポート番号|免許証番号|被保険者番号"
)
_WORDED: Final = (
    rf"(?<![^\W\d_])(?:{_BESIDE_DOCUMENTS})(?![a-z])[^\w]{{0,4}}(?:(?:no?|nr|num\w*|id|is|ist|es|e|:|"
    r"#|は|为|是|رقم|هو)\W{0,3}){0,2}[a-z]{0,3}[ \-]?[0-9](?:[ .\-/]?[0-9]){3,20}"
)
# The Spanish letter of a number is its place modulo 23.
_DNI_LETTERS: Final = "TRWAGMYFPDXBNJZSQVHLCKE"
_CN_LETTERS: Final = "10X98765432"


def _sum(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(a * b for a, b in zip(digits, weights, strict=False))


def _pesel(text: str) -> bool:
    """Poland: eleven digits, the first six a date of birth."""
    d = [int(c) for c in text]
    born = 1 <= d[2] % 2 * 10 + d[3] <= 12 and 1 <= d[4] * 10 + d[5] <= 31
    return born and (10 - _sum(d, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10) % 10 == d[10]


def _kimlik(text: str) -> bool:
    """Turkey: eleven digits, the last two of which follow from the others."""
    d = [int(c) for c in text]
    tenth = (7 * sum(d[0:9:2]) - sum(d[1:8:2])) % 10
    return d[0] > 0 and d[9] == tenth and d[10] == sum(d[:10]) % 10


def _steuer_id(text: str) -> bool:
    """Germany: eleven digits by ISO 7064, one digit of the first ten repeated."""
    product = 10
    for c in text[:10]:
        product = ((int(c) + product) % 10 or 10) * 2 % 11
    once = len(set(text[:10]))
    return text[0] != "0" and once in (8, 9) and (11 - product) % 10 == int(text[10])


def _nhs(text: str) -> bool:
    """England: ten digits in groups, modulo 11."""
    d = [int(c) for c in text]
    return (11 - _sum(d, range(10, 1, -1)) % 11) % 11 == d[9]


def _cpf(text: str) -> bool:
    """Brazil: eleven digits, the last two of which follow from the others."""
    d = [int(c) for c in text]
    first = _sum(d[:9], range(10, 1, -1)) * 10 % 11 % 10
    second = _sum(d[:10], range(11, 1, -1)) * 10 % 11 % 10
    return len(set(text)) > 1 and (first, second) == (d[9], d[10])


def _nir(text: str) -> bool:
    """France: thirteen digits and two that make it a multiple of 97."""
    number = text.upper().replace("2A", "19").replace("2B", "18")
    return 97 - int(number[:13]) % 97 == int(number[13:])


def _resident(text: str) -> bool:
    """China: seventeen digits with a date of birth, and a check sign."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    place = _sum([int(c) for c in text[:17]], weights) % 11
    return text[6:8] in ("19", "20") and text[17].upper() == _CN_LETTERS[place]


def _my_number(text: str) -> bool:
    """Japan: twelve digits in groups of four."""
    d = [int(c) for c in text]
    rest = _sum(d[10::-1], (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)) % 11
    return (0 if rest <= 1 else 11 - rest) == d[11]


def _dni(text: str) -> bool:
    """Spain: eight digits and a letter, or for residents a letter before seven."""
    digits = text[:-1].upper().translate(str.maketrans("XYZ", "012"))
    return _DNI_LETTERS[int(digits) % 23] == text[-1].upper()


def _iban(text: str) -> bool:
    """An account at a bank: modulo 97."""
    moved = text[4:] + text[:4]
    return int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


# How a number is written, and whether it can be one; None where the form is enough.
_SCHEMES: Final[tuple[tuple[str, Callable[[str], bool] | None], ...]] = (
    # United States, United Kingdom, Italy, Mexico, German pensions
    (r"(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}", None),
    (r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?(?:\d{2} ?){3}[A-D]", None),
    (r"(?i:[A-Z]{6}\d{2}[A-EHLMPR-T]\d{2}[A-Z]\d{3}[A-Z])", None),
    (r"[A-Z]{4}\d{6}[HM][A-Z]{5}[\dA-Z]\d", None),
    (r"\d{2} ?[0-3]\d[01]\d{3} ?[A-Z] ?\d{3}", None),
    (r"\d{11}", _pesel),
    (r"\d{11}", _kimlik),
    (r"\d{2} ?\d{3} ?\d{3} ?\d{3}", _steuer_id),
    (r"\d{3}[ \-]\d{3}[ \-]\d{4}", _nhs),
    (r"\d{3}\.?\d{3}\.?\d{3}-\d{2}", _cpf),
    (r"[12] ?\d{2} ?\d{2} ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}", _nir),
    (r"[1-9]\d{16}[\dXx]", _resident),
    (r"\d{4}[ \-]\d{4}[ \-]\d{4}", _my_number),
    (r"(?i:(?:\d{8}|[XYZ]\d{7})-?[A-HJ-NP-TV-Z])", _dni),
    (r"[A-Z]{2}\d{2}(?: ?[\dA-Z]{4}){2,7}(?: ?[\dA-Z]{1,4})?", _iban),
)
_SIGNS: Final = re.compile(r"[ .\-]")


@dataclass(frozen=True, slots=True)
class _Rules:
    """The patterns of all identifiers, compiled.

    Attributes:
        telephones: numbers of telephones.
        mail: mail addresses.
        worded: numbers of documents beside a word for them.
        checked: numbers of documents by their form, and whether one can be it.
    """

    telephones: tuple[re.Pattern[str], ...]
    mail: re.Pattern[str]
    worded: re.Pattern[str]
    checked: tuple[tuple[re.Pattern[str], Callable[[str], bool] | None], ...]


@cache
def _rules() -> _Rules:
    """Compiled when a text is looked at: most commands start without."""
    return _Rules(
        telephones=tuple(map(re.compile, _TELEPHONES)),
        mail=re.compile("|".join(_MAILS), re.IGNORECASE),
        worded=re.compile(_WORDED, re.IGNORECASE),
        checked=tuple(
            (re.compile(rf"(?<![\w./\-])(?:{form})(?![\w]|[./\-]\d)"), check)
            for form, check in _SCHEMES
        ),
    )


def holds_identity_number(text: str) -> bool:
    """Whether a text, without accents, holds the number of a document or a patient.

    >>> holds_identity_number("MRN: 4482913"), holds_identity_number("44051401359")
    (True, True)
    >>> holds_identity_number("11 trials in 44051401358 cells")
    False
    """
    return bool(_rules().worded.search(text)) or any(
        check is None or check(_SIGNS.sub("", found[0]))
        for pattern, check in _rules().checked
        for found in pattern.finditer(text)
    )


_KINDS: Final[tuple[tuple[str, Callable[[str], bool]], ...]] = (
    ("mail", holds_mail),
    ("telephone", holds_telephone),
    ("identity", holds_identity_number),
)


def kinds_of(text: str) -> Iterator[str]:
    """The kinds of identifiers in a text without accents.

    >>> list(kinds_of("+49 170 1234567 or ann@mail.org"))
    ['mail', 'telephone']
    """
    return (kind for kind, holds in _KINDS if holds(text))


def holds_any(text: str) -> bool:
    """Whether a cell holds an identifier; quick where it does not.

    >>> holds_any("Dr. Ann Lee, +44 7911 123456"), holds_any("Ward 12")
    (True, False)
    """
    bare = plain(text)
    return bool(_HINT.search(bare)) and next(kinds_of(bare), None) is not None
