"""Made-up posts of X API v2, and the ties an import of them gave."""

from __future__ import annotations

ADA, BOB, EVE, SUE = (
    {"id": str(n), "username": name, "name": name.title()}
    for n, name in [(1, "ada"), (2, "bob"), (3, "eve"), (4, "sue")]
)
AT = "2024-05-01T10:00:00.000Z"


def post(number, by, text="words", **more):
    """A post as the API gives it."""
    ids = {"id": str(number), "author_id": by["id"]}
    return {**ids, "text": text, "created_at": AT, **more}


def mentions(*people, start=10):
    """Entities that mention *people*, the first one at *start*."""
    found = [
        {"start": start + 20 * i, "end": 0, "username": p["username"], "id": p["id"]}
        for i, p in enumerate(people)
    ]
    return {"mentions": found}


def refers(kind, number):
    return [{"type": kind, "id": str(number)}]


def page(*posts, users=(ADA, BOB, EVE, SUE), tweets=(), **more):
    includes = {"users": list(users), "tweets": list(tweets)}
    return {"data": list(posts), "includes": includes, **more}


def ties(found):
    """The ties of a study of this file alone."""
    return found.in_study()[0]
