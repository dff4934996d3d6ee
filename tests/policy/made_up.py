"""Telephone numbers, mail and postal addresses and document numbers of nobody.

Drawn by form and language; those with check digits get the right ones, computed here by
other means than in ``hcpgraph.policy.identity_numbers``: by trying every ending.
"""

from __future__ import annotations

import random
import string
import tomllib
from pathlib import Path

_FORMS = tomllib.loads(
    (Path(__file__).parent / "labelled" / "forms.toml").read_text(encoding="utf-8")
)
TELEPHONES, STREETS = _FORMS["telephones"], _FORMS["streets"]
HOSTS = ("mail.example.org", "clinic-nord.de", "hopital.fr", "salud.es", "med.it")


def telephones(language, count, seed=0):
    """Numbers as they are written where a language is spoken."""
    rng = random.Random(f"{seed} telephone {language}")
    return [_filled(rng, rng.choice(TELEPHONES[language])) for _ in range(count)]


def streets(language, count, seed=0):
    """Postal addresses."""
    rng = random.Random(f"{seed} street {language}")
    forms = STREETS[language]
    return [rng.choice(forms).format(n=rng.randint(2, 198)) for _ in range(count)]


def mails(count, seed=0):
    """Mail addresses, some of them written so that programs do not find them."""
    rng = random.Random(f"{seed} mail")
    found = []
    for _ in range(count):
        name = "".join(rng.choices(string.ascii_lowercase, k=rng.randint(2, 9)))
        sign = rng.choice(("", ".", "_", "-", "+"))
        mail = f"{name}{sign}{rng.randint(1, 99)}@{rng.choice(HOSTS)}"
        if rng.random() < 0.3:
            mail = mail.replace("@", " (at) ").replace(".", " [dot] ")
        found.append(mail)
    return found


def documents(count, seed=0):
    """Numbers of documents with their check digits, without a word beside them."""
    rng = random.Random(f"{seed} document")
    makers = (_pesel, _kimlik, _dni, _cpf, _nir, _resident, _codice, _ssn, _iban, _nhs)
    return [makers[i % len(makers)](rng) for i in range(count)]


def plain_numbers(count, seed=0):
    """Sentences with numbers that are nobody's: counts, dates, doses, trials, links."""
    rng = random.Random(f"{seed} plain")
    return [
        rng.choice(_FORMS["plain_numbers"]).format(
            n=rng.randint(100, 999), m=rng.randint(1000, 9999),
            k=rng.randint(11, 29), d=rng.randint(1, 4),
        )
        for _ in range(count)
    ]  # fmt: skip


def _filled(rng, form):
    return "".join(
        {"9": str(rng.randint(0, 9)), "8": str(rng.randint(1, 9))}.get(c, c)
        if place > 3 else c
        for place, c in enumerate(form)
    )  # fmt: skip


def _digits(rng, count):
    return "".join(rng.choices(string.digits, k=count))


def _first(fits, start, width):
    """The only ending of *width* digits with which a number is right."""
    endings = (f"{n:0{width}}" for n in range(10**width))
    return next(start + one for one in endings if fits(start + one))


def _weighed(text, weights):
    return sum(int(c) * w for c, w in zip(text, weights, strict=True))


def _pesel(rng):
    born = f"{rng.randint(50, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    return _first(lambda t: not _weighed(t, weights) % 10, born + _digits(rng, 4), 1)


def _kimlik(rng):
    start = str(rng.randint(1, 9)) + _digits(rng, 8)

    def fits(text):
        odd, even = sum(map(int, text[0:9:2])), sum(map(int, text[1:8:2]))
        return (odd * 7 - even) % 10 == int(text[9]) and sum(
            map(int, text[:10])
        ) % 10 == int(text[10])

    return _first(fits, start, 2)


def _dni(rng):
    number = rng.randint(10_000_000, 99_999_999)
    return f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"


def _cpf(rng):
    def fits(text):
        one = _weighed(text[:10], (10, 9, 8, 7, 6, 5, 4, 3, 2, 1)) % 11
        two = _weighed(text, (11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)) % 11
        return one in (0, 1) and two in (0, 1) and one == two == 0

    while True:
        start = _digits(rng, 9)
        try:
            found = _first(fits, start, 2)
        except StopIteration:
            continue
        return f"{found[:3]}.{found[3:6]}.{found[6:9]}-{found[9:]}"


def _nir(rng):
    month, place = rng.randint(1, 9), rng.randint(10, 95)
    start = f"{rng.choice('12')}{_digits(rng, 2)}0{month}{place}{_digits(rng, 6)}"

    def fits(text):
        return (int(text[:13]) + int(text[13:])) % 97 == 0 and int(text[13:]) > 0

    return _first(fits, start, 2)


def _resident(rng):
    place, year = rng.randint(110000, 650000), rng.randint(1950, 1999)
    month, day = rng.randint(1, 12), rng.randint(10, 28)
    start = f"{place}{year}{month:02}{day}{_digits(rng, 3)}"
    rest = (1 - _weighed(start, [pow(2, 17 - i, 11) for i in range(17)])) % 11
    return start + ("X" if rest == 10 else str(rest))


def _codice(rng):
    letters = "".join(rng.choices("BCDFGLMNPRSTV", k=6))
    born = f"{_digits(rng, 2)}{rng.choice('ABCDEHLMPRST')}{rng.randint(10, 28)}"
    place, check = rng.choice("ABCDEFGHL"), rng.choice("AEIOUZ")
    return f"{letters}{born}{place}{_digits(rng, 3)}{check}"


def _ssn(rng):
    return f"{rng.randint(100, 599)}-{rng.randint(10, 99)}-{rng.randint(1000, 9999)}"


def _iban(rng):
    start = _digits(rng, 18)
    check = 98 - int(f"{start}131400") % 97  # DE is 13 14
    return f"DE{check:02}{start}"


def _nhs(rng):
    weights = (10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
    while True:
        try:
            found = _first(
                lambda t: not _weighed(t, weights) % 11, "9" + _digits(rng, 8), 1
            )
        except StopIteration:
            continue
        return f"{found[:3]} {found[3:6]} {found[6:]}"
