"""Sentences that posts are made of. Harmless: no products, no advice, nobody real.

``{subject}`` is what the post is about, ``{who}`` whom it names, ``{tag}`` a hashtag
of the area, ``{tags}`` one or two of them, ``{link}`` a link.
"""

from __future__ import annotations

from typing import Final

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
LOUD: Final = (
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
