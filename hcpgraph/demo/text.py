"""The text of every post, and the entities that stand in it.

The sentences that posts are made of are harmless: no products, no advice, nobody real.
``{subject}`` is what the post is about, ``{who}`` whom it names, ``{tag}`` a hashtag
of the area, ``{tags}`` one or two of them, ``{link}`` a link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from hcpgraph.demo.cast import BOT, COUNTRIES, LOUD, NO_AREA
from hcpgraph.demo.posts import ORIGINAL, QUOTE, REPLY, REPOST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.demo.cast import Cast
    from hcpgraph.demo.people import InventedPeople
    from hcpgraph.demo.posts import Posts
    from hcpgraph.demo.topics import Topic


ORIGINALS: Final = {
    "en": (
        "Our new paper on {subject} is out today. {link} {tags}",
        "Journal club this week: {subject}. What would you ask the authors? {tags}",
        "Three things I learned about {subject} this year, a short thread. {tags}",
        "Slides from my talk on {subject}: {link} {tag}",
        "What would help most in {subject}? Asking for our guideline group. {tags}",
        "Registry update: five more centres report on {subject}. {tag}",
        "Good data on {subject} at the congress today. {tags}",
        "We are looking for a fellow to work on {subject}. {tag}",
        "A reminder that work on {subject} starts with listening. {tags}",
        "Small study, careful methods: {subject}. {link} {tag}",
        "Teaching medical students about {subject} tomorrow. Favourite cases? {tag}",
        "Why do we still disagree about {subject}? {tags}",
    ),
    "de": (
        "Neue Auswertung zum Thema {subject} ist erschienen. {link} {tags}",
        "Heute im Journal Club: {subject}. Fragen an die Autoren? {tags}",
        "Fortbildung zu {subject} am Donnerstag, Anmeldung offen. {tag}",
    ),
    "fr": (
        "Notre article sur le thème {subject} vient de paraître. {link} {tags}",
        "Staff du jour : {subject}. Vos questions ? {tags}",
        "Formation sur le thème {subject} jeudi, inscriptions ouvertes. {tag}",
    ),
    "es": (
        "Nuevo artículo sobre {subject} ya disponible. {link} {tags}",
        "Sesión clínica de hoy: {subject}. ¿Preguntas? {tags}",
        "Curso sobre {subject} este jueves, inscripción abierta. {tag}",
    ),
}
MENTIONS: Final = {
    "en": (
        "Thoughtful session on {subject} with {who}. {tags}",
        "If you care about {subject}, follow {who}. {tag}",
        "Great question on {subject} from {who} at the congress. {tag}",
        "Learning a lot about {subject} from {who}. {tags}",
        "Looking forward to the panel on {subject} with {who}. {tag}",
    ),
    "de": ("Spannender Vortrag zu {subject} von {who}. {tags}",),
    "fr": ("Belle présentation sur le thème {subject} par {who}. {tags}",),
    "es": ("Gran charla sobre {subject} de {who}. {tags}",),
}
REPLIES: Final = {
    "en": (
        "Agree, {subject} deserves more attention.",
        "How did you define {subject} in this cohort? {tag}",
        "We see the same in our centre. {tag}",
        "Thank you, this changes how I teach {subject}.",
        "Would this hold for {subject} in smaller hospitals? {tag}",
        "Completely agree, thanks for sharing!",
    ),
    "de": ("Danke, sehr hilfreich für {subject}. {tag}",),
    "fr": ("Merci, très utile pour nos équipes : {subject}. {tag}",),
    "es": ("Gracias, muy útil para {subject}. {tag}",),
}
QUOTES: Final = {
    "en": (
        "Worth reading for everyone working on {subject}. {tag} {link}",
        "This is the most careful work on {subject} I have seen. {tags} {link}",
        "Saving this for our next meeting on {subject}. {tag} {link}",
    ),
    "de": ("Lesenswert für alle, die zu {subject} arbeiten. {tag} {link}",),
    "fr": ("À lire si vous travaillez sur le thème {subject}. {tag} {link}",),
    "es": ("Lectura recomendada sobre {subject}. {tag} {link}",),
}
LOUD_PHRASES: Final = (
    "Follow me for daily facts on {subject}! {tags}",
    "Hot take on {subject}. Nobody talks about this. {tags}",
    "Day 100 of posting about {subject}. {tags}",
    "Ten opinions on {subject}, all mine. {tags}",
)
LOUD_MENTIONS: Final = (
    "Hey {who}, have you seen my posts on {subject}? {tags}",
    "Calling {who}: let us talk about {subject}! {tags}",
)
BOTS: Final = (
    "New in the literature: {subject} {link} {tag}",
    "Top story on {subject} {link} {tags}",
)
OFF_TOPIC: Final = (
    "Morning run along the canal before clinic.",
    "The coffee machine on our floor works again. Small joys.",
    "Finally read that novel everyone mentioned. Loved the ending.",
    "Train delayed by two hours, answered all my mail.",
    "The garden survived the frost.",
    "Weekend plans: bread, bicycle, nap.",
    "Which podcast for a long drive?",
    "Rain again. The ducks approve.",
)

_NATIVE: Final = 0.45  # share of posts in the language of the country
_LONGEST_REPOST: Final = 140  # the platform cuts the text of reposts there
_CUT: Final = "\N{HORIZONTAL ELLIPSIS}"
_BY_KIND: Final = {
    ORIGINAL: ORIGINALS,
    REPLY: REPLIES,
    QUOTE: QUOTES,
}

_ENTITY: Final = re.compile(r"@(?P<handle>\w+)|#(?P<tag>\w+)|https://[\w./-]+\w")


@dataclass(frozen=True, slots=True)
class Texts:
    """What each post says and in which language, in the order of ``Posts``."""

    text: tuple[str, ...]
    lang: tuple[str, ...]


def write_texts(
    cast: Cast,
    people: InventedPeople,
    topics: tuple[Topic, ...],
    posts: Posts,
    rng: np.random.Generator,
) -> Texts:
    """Write every post from the phrases of its author, kind, area and language."""
    u = rng.random((len(posts), 4))
    text: list[str] = []
    lang: list[str] = []
    for row in range(len(posts)):
        other = int(posts.refers[row])
        if posts.kind[row] == REPOST:
            handle = people.handle[posts.author[other]]
            text.append(cut(f"RT @{handle}: {text[other]}"))
            lang.append(lang[other])
            continue
        language = _language(cast, posts, row, u[row, 0])
        body = _body(cast, people, topics, posts, row=row, lang=language, u=u[row])
        if posts.kind[row] == REPLY:
            body = f"@{people.handle[posts.author[other]]} {body}"
        text.append(body)
        lang.append(language)
    return Texts(tuple(text), tuple(lang))


def cut(text: str) -> str:
    """*text* as a repost shows it: whole, or cut with an ellipsis.

    >>> len(cut("x" * 200)), cut("short")
    (140, 'short')
    """
    if len(text) <= _LONGEST_REPOST:
        return text
    return text[: _LONGEST_REPOST - 1] + _CUT


def entities(
    text: str, ids: Mapping[str, str], *, links: Mapping[str, str]
) -> dict[str, list[dict[str, Any]]]:
    """Mentions, hashtags and links of *text*, as the platform lists them.

    Args:
        text: of a post.
        ids: id of each account by handle; what is cut off names nobody.
        links: where short links lead; others lead where they say.
    """
    found: dict[str, list[dict[str, Any]]] = {
        "mentions": [],
        "hashtags": [],
        "urls": [],
    }
    end = len(text) - 1 if text.endswith(_CUT) else len(text) + 1
    for hit in _ENTITY.finditer(text):
        handle, tag = hit["handle"], hit["tag"]
        place = {"start": hit.start(), "end": hit.end()}
        if hit.end() >= end:
            continue
        if tag:
            found["hashtags"].append({**place, "tag": tag})
        elif not handle:
            shown, leads = hit[0].removeprefix("https://"), links.get(hit[0], hit[0])
            found["urls"].append(
                {**place, "url": hit[0], "expanded_url": leads, "display_url": shown}
            )
        elif handle in ids:
            found["mentions"].append({**place, "username": handle, "id": ids[handle]})
    return {kind: entries for kind, entries in found.items() if entries}


def quote_link(post_id: str) -> str:
    """The short link that a quoting post ends with."""
    return f"https://example.org/s/{post_id}"


def _language(cast: Cast, posts: Posts, row: int, u: float) -> str:
    if posts.area[row] == NO_AREA or u > _NATIVE:
        return "en"
    author = posts.author[row]
    if cast.kind[author] == LOUD or cast.persona[author] == BOT:
        return "en"
    return COUNTRIES[cast.country[author]][3]


def _body(
    cast: Cast,
    people: InventedPeople,
    topics: tuple[Topic, ...],
    posts: Posts,
    *,
    row: int,
    lang: str,
    u: NDArray[np.float64],
) -> str:
    if posts.area[row] == NO_AREA:
        return _pick(OFF_TOPIC, u[1])
    topic = topics[posts.area[row]]
    who = [f"@{people.handle[t]}" for t in posts.target[row].tolist() if t >= 0]
    tags = [f"#{tag}" for tag in topic.hashtags]
    if u[3] < 0.5:
        tags.reverse()
    subject = _pick(topic.subjects, u[2]) if lang == "en" else topic.condition[lang]
    link = f"https://example.org/p/{10_000 + row}"
    if posts.kind[row] == QUOTE:
        link = quote_link(str(posts.id[posts.refers[row]]))
    return _pick(_phrases(cast, posts, row, lang, named=bool(who)), u[1]).format(
        subject=subject,
        who=" and ".join(who) if len(who) < 3 else f"{who[0]}, {who[1]} and {who[2]}",
        tag=tags[0],
        tags=" ".join(tags) if u[3] > 0.25 else tags[0],
        link=link,
    )


def _phrases(
    cast: Cast, posts: Posts, row: int, lang: str, *, named: bool
) -> tuple[str, ...]:
    author, kind = posts.author[row], int(posts.kind[row])
    loud = cast.kind[author] == LOUD
    if kind == ORIGINAL and named:
        return LOUD_MENTIONS if loud else MENTIONS[lang]
    if kind == ORIGINAL and loud:
        return LOUD_PHRASES
    if kind == ORIGINAL and cast.persona[author] == BOT:
        return BOTS
    return _BY_KIND[kind][lang]


def _pick(choices: tuple[str, ...], u: float) -> str:
    return choices[int(u * len(choices))]
