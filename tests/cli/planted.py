"""Hundreds of made-up people who may not be listed, in the words and files of others.

They are patients by their own word, carers, patients by a roster's word, or hidden by
hand. A dozen listed people talk of them by hashtag, link and bio, so often that only
the policy keeps the names from the lists.
"""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ORDINARY = ("medtwitter", "immunooncology", "wardround")
LISTED = 14
PLAIN = 5  # who of them works at a place that names nobody
_CAUSES = ("patient", "carer", "roster", "hand")
_BIOS = {
    "patient": "Diagnosed with lupus in 2019. I live with it.",
    "carer": "Full time carer. Caring for my mother.",
    "roster": "Gardener",
    "hand": "Oncologist. Views my own.",
}
_ONSETS = ("Zor", "Quil", "Vexa", "Brum", "Ytter", "Plox", "Gwyd", "Xanth")
_ENDS = ("wick", "bottom", "feather", "quist", "zander", "mbolo", "nkova", "ssen")
_FIRST = ("Ottilie", "Fenella", "Ruperta", "Isaura", "Thaddea", "Zenobia", "Ulrike")


@dataclass(frozen=True)
class Hidden:
    """Somebody who may not be listed."""

    cause: str
    id: str
    handle: str
    first: str
    last: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    def tags(self) -> tuple[str, ...]:
        """Hashtags by which others call this person."""
        first, last = self.first, self.last
        return (
            f"{first}{last}", f"Dr{first}{last}", f"{first}{last}MD".upper(),
            f"{first.lower()}_{last.lower()}", f"{last}{first}2024", last,
            f"Team{last}", self.handle, f"{self.handle}24", f"u{self.id}",
        )  # fmt: skip

    def needles(self) -> tuple[str, ...]:
        """What no output may hold, in small letters."""
        return (self.handle.lower(), self.last.lower(), self.id)


def people(count: int, seed: int = 0) -> list[Hidden]:
    """So many people, each cause as often as the others; surnames are distinct."""
    dice = random.Random(seed)
    lasts = [f"{a}{b}{c}" for a, b, c in product(_ONSETS, ("", "e", "ly"), _ENDS)]
    lasts += [f"{a.lower()}{last}" for a, last in product(_ONSETS, lasts)]
    dice.shuffle(lasts)
    return [
        Hidden(
            cause=_CAUSES[i % len(_CAUSES)],
            id=str(dice.randrange(10**17, 10**18)),
            handle=f"{last[:4].lower()}_{dice.randrange(16**6):06x}q",
            first=dice.choice(_FIRST),
            last=last.capitalize(),
        )
        for i, last in enumerate(lasts[:count])
    ]


def write(folder: Path, hidden: list[Hidden], seed: int = 0) -> list[Path]:
    """The exports; the names of some of them name somebody."""
    dice = random.Random(seed)
    users = [
        _user(
            f"{900 + i}",
            f"doc{i}x",
            f"Clin {chr(65 + i)} Ician" if i % 2 else _among(dice.choice(hidden), i),
            f"Oncologist, MD. Proud of {one.name} @{one.handle}",
        )
        for i, one in enumerate(hidden[:LISTED])
    ]
    theirs = [_user(h.id, h.handle, h.name, _BIOS[h.cause]) for h in hidden]
    tags = [tag for one in hidden for tag in one.tags()]
    posts = []
    for round_, (i, j) in enumerate(
        (i, j) for i, j in product(range(LISTED), repeat=2) if i != j
    ):
        said = [tags[(round_ * 7 + k) % len(tags)] for k in range(40)]
        posts.append(_post(round_, users[i], users[j], [*said, *ORDINARY], dice))
    # each tag in the words of so many listed people that use alone would let it out
    posts += [
        _post(1000 + i, users[i], users[-1 - i], tags, dice) for i in range(LISTED // 2)
    ]
    posts += [
        _post(2000 + i, users[i % LISTED], one, [hidden[i].last], dice)
        for i, one in enumerate(theirs)
    ]
    files = [folder / f"{hidden[0].handle}-posts.jsonl", folder / "roster.csv"]
    page = {"data": posts, "includes": {"users": [*users, *theirs]}}
    files[0].write_text(json.dumps(page) + "\n", encoding="utf-8")
    _write_roster(files[1], users, hidden)
    for one in hidden[1:4]:
        files.append(folder / f"{one.last}_{one.id}.csv")
        rows = [f"{user['id']},{one.id},follow\n" for user in users]
        files[-1].write_text("source,target,kind\n" + "".join(rows), encoding="utf-8")
    return files


def _write_roster(path: Path, users: list[dict], hidden: list[Hidden]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(
            ["id", "handle", "name", "role", "specialty", "institution", "region"]
        )
        for i, user in enumerate(users):
            who = (user["id"], user["username"], user["name"] if i % 2 else "")
            colleague = hidden[-1 - i]
            place = _among(colleague, i) if i != PLAIN else "Hill Hospital"
            field = f"Oncology with {colleague.name}" if i % 3 == 1 else "Oncology"
            region = colleague.handle if i % 4 == 2 else "Hills"
            rows.writerow([*who, "physician", field, place, region])
        for one in hidden:
            if one.cause == "roster":
                rows.writerow([one.id, one.handle, one.name, "patient", "", "", ""])


def _among(one: Hidden, i: int) -> str:
    """A text about somebody listed that calls somebody else."""
    return (
        f"Practice of Dr. {one.name}",
        f"{one.last}, {one.first} & Partners",
        f"Unit @{one.handle}, 2nd floor",
        f"Office {one.id}",
        f"{one.first.upper()} {one.last.upper()} MD, TEAM",
    )[i % 5]


def _user(number: str, handle: str, name: str, bio: str) -> dict:
    return {
        "id": number, "username": handle, "name": name, "description": bio,
        "location": bio,
    }  # fmt: skip


def _post(number: int, author: dict, named: dict, tags: list[str], dice) -> dict:
    link = f"https://x.com/{dice.choice(tags)}/status/1"
    words = " ".join(f"#{tag}" for tag in tags)
    return {
        "id": str(5_000_000 + number),
        "author_id": author["id"],
        "created_at": f"2025-{1 + number % 12:02}-{1 + number % 27:02}T10:00:00.000Z",
        "text": f"@{named['username']} breast cancer {words} {link}",
        "entities": {
            "mentions": [
                {"start": 0, "end": 1, "username": named["username"],
                 "id": named["id"]}
            ],
            "hashtags": [{"start": 0, "end": 1, "tag": tag} for tag in tags],
            "urls": [{"start": 0, "end": 1, "url": link, "expanded_url": link}],
        },
    }  # fmt: skip
