"""A small study whose every cell about a person can be told from all others.

Ids, handles, names and what a roster says begin with letters that stand nowhere else,
so that a search in bytes finds each of them, wherever it leaks.
"""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hcpgraph.study import Study

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = 14
FIELDS = ("id", "handle", "name", "specialty", "institution", "country", "region")
_ROLES = ("physician", "nurse", "researcher", "pharmacist")
# as the lists have them
ROLES = dict(
    zip(_ROLES, ("clinician", "nurse", "researcher", "pharmacist"), strict=True)
)


@dataclass(frozen=True)
class Person:
    """Somebody in the study.

    Attributes:
        number: from 0.
        cells: field -> what stands there; only this person has it, but for country
            and region, which some share.
        role: as lists have it.
    """

    number: int
    cells: dict[str, str]
    role: str


def _person(number: int) -> Person:
    letter = chr(ord("a") + number)
    return Person(
        number,
        {
            "id": f"77{number:02d}00{number * 7919:07d}",
            "handle": f"zzh{letter * 3}q",
            "name": f"Zzfirst{letter * 3} Zzlast{letter * 3}",
            "specialty": f"Zzspecialty{letter * 3}",
            "institution": f"Zzplace{letter * 3}",
            "country": f"Zzcountry{chr(ord('a') + number % 4) * 3}",
            "region": f"Zzregion{chr(ord('a') + number % 3) * 3}",
        },
        ROLES[_ROLES[number % len(_ROLES)]],
    )


EVERYBODY = tuple(map(_person, range(PEOPLE)))
# accounts that others mention, and of which nothing but the handle is known
BY_HANDLE = ("zzghostone", "zzghosttwo")
# whose institution or specialty, in the roster, calls whom
CALLING = {3: ("institution", "name", 8), 6: ("specialty", "handle", 9)}


def make(folder: Path) -> Path:
    """The study, imported from posts, follows and a roster; gives its path."""
    dice = random.Random(0)
    posts = [_post(k, dice) for k in range(260)]
    users = [
        {
            "id": one.cells["id"],
            "username": one.cells["handle"],
            "name": one.cells["name"],
            "description": f"Zzbio{chr(ord('a') + one.number) * 3}",
            "public_metrics": {
                "followers_count": 700_000 + one.number, "following_count": 3,
                "tweet_count": 500, "listed_count": 0,
            },
        }
        for one in EVERYBODY
    ]  # fmt: skip
    page = {"data": posts, "includes": {"users": users}}
    files = [folder / "posts.jsonl", folder / "follows.csv", folder / "roster.csv"]
    files[0].write_text(json.dumps(page) + "\n", encoding="utf-8")
    _write(files[1], ["source", "target", "kind"], _follows(dice))
    head = ["id", "handle", "name", "role", *FIELDS[3:]]
    _write(files[2], head, [_roster_row(one) for one in EVERYBODY])
    study = Study(folder / "s.duckdb")
    reports = study.add(*files)
    assert all(report.imported for report in reports), reports
    return study.path


def prepare(folder: Path) -> None:
    """The study in a folder, and a list of known people beside it."""
    make(folder)
    known = "\n".join(one.cells["id"] for one in EVERYBODY[:2])
    (folder / "known.csv").write_text(f"id\n{known}\n", encoding="utf-8")


def _roster_row(one: Person) -> list[str]:
    role = {shown: word for word, shown in ROLES.items()}[one.role]
    said = dict(one.cells)
    if one.number in CALLING:
        field, what, other = CALLING[one.number]
        said[field] += f" with @{EVERYBODY[other].cells[what]}"
    own = [said[field] for field in FIELDS]
    return [*own[:3], role, *own[3:]]


def _write(path: Path, head: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])


def _follows(dice: random.Random) -> list[list[str]]:
    pairs = {tuple(dice.sample(range(PEOPLE), 2)) for _ in range(50)}
    ids = [one.cells["id"] for one in EVERYBODY]
    return [[ids[one], ids[other], "follow"] for one, other in sorted(pairs)]


def _post(number: int, dice: random.Random) -> dict:
    """A post that mentions somebody, about an area, with the tag of its author."""
    author, other = dice.sample(EVERYBODY, 2)
    handle = other.cells["handle"]
    tags = ["bcsm", f"{other.cells['handle']}rocks"]
    mentions = [{"username": handle, "id": other.cells["id"]}]
    if number % 9 == 0:  # the platform gives no id of an account that is gone
        mentions.append({"username": BY_HANDLE[number % len(BY_HANDLE)]})
    return {
        "id": f"88{number:04d}{dice.randrange(10**9):09d}",
        "author_id": author.cells["id"],
        "created_at": f"2025-{1 + number % 12:02d}-{1 + number % 27:02d}T10:00:00.000Z",
        "text": f"breast cancer with @{handle} #bcsm",
        "lang": "en",
        "entities": {
            "mentions": [{"start": 19, "end": 30, **each} for each in mentions],
            "hashtags": [{"start": 0, "end": 4, "tag": tag} for tag in tags],
        },
        "public_metrics": {
            "retweet_count": 0, "reply_count": 0, "like_count": 0, "quote_count": 0,
        },
    }  # fmt: skip
