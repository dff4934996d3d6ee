"""A study in which people of 22 disease areas write and follow, as two exports.

    python -m tests.benchmarks.areas POSTS FOLDER

writes so many posts as JSON lines (X API v2) and as many follows as CSV. Everyone works
in one to three areas, writes about them and mentions others who do; areas are of
uneven size, few people are mentioned by many.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

# names of the vocabulary that comes with hcpgraph; none holds another
NAMES: Final = (
    "Hypertension", "Thrombosis", "Infertility", "Melanoma", "Diabetes",
    "Obesity", "Heart failure", "Atrial fibrillation", "Stroke", "Asthma", "COPD",
    "Multiple sclerosis", "Dementia", "Epilepsy", "Migraine", "Depression",
    "Osteoporosis", "Psoriasis", "Hepatitis", "HIV", "Influenza", "Endometriosis",
)  # fmt: skip
SEED: Final = 1
_POSTS_PER_ACCOUNT: Final = 10
_MOST_MENTIONS: Final = 3
_MOST_AREAS: Final = 3
_FIRST_ID: Final = 10**18


class People(NamedTuple):
    """Who works where, and who draws attention.

    Attributes:
        works: areas of each account, some twice, shape (n, 3), int64.
        members: for each area, its accounts, ascending.
        popular: for each area, the running sum of the popularity of its members.
    """

    works: NDArray[np.int64]
    members: list[NDArray[np.int64]]
    popular: list[NDArray[np.float64]]


def write(folder: Path, posts: int) -> None:
    """Write ``posts.jsonl`` and ``follows.csv``."""
    rng = np.random.default_rng(SEED)
    n = max(posts // _POSTS_PER_ACCOUNT, 10 * len(NAMES))
    people = _people(n, rng)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "posts.jsonl").open("w", encoding="utf-8") as file:
        for number in range(posts):
            file.write(json.dumps(_post(number, people, rng)) + "\n")
    source, target = np.array([_pair(people, rng) for _ in range(posts)]).T
    kept = source != target
    ends = {"follower": source[kept], "followed": target[kept]}
    follows = pd.DataFrame(ends).drop_duplicates() + _FIRST_ID
    follows.to_csv(folder / "follows.csv", index=False)


def _people(n: int, rng: np.random.Generator) -> People:
    size = np.arange(1, len(NAMES) + 1) ** -0.5
    works = rng.choice(len(NAMES), (n, _MOST_AREAS), p=size / size.sum())
    settled = rng.random(n) < 2 / 3  # they work in one area alone
    works[settled] = works[settled, :1]
    attention = rng.lognormal(0, 1.2, n)
    members = [np.flatnonzero((works == k).any(axis=1)) for k in range(len(NAMES))]
    return People(works, members, [np.cumsum(attention[m]) for m in members])


def _meet(people: People, area: int, rng: np.random.Generator) -> int:
    """Someone of an area, the popular more often."""
    popular = people.popular[area]
    place = np.searchsorted(popular, rng.random() * popular[-1], side="right")
    return int(people.members[area][min(place, len(popular) - 1)])


def _pair(people: People, rng: np.random.Generator) -> tuple[int, int]:
    """Someone, and someone popular in one of the areas they work in."""
    one = int(rng.integers(len(people.works)))
    area = int(people.works[one, rng.integers(_MOST_AREAS)])
    return one, _meet(people, area, rng)


def _post(number: int, people: People, rng: np.random.Generator) -> dict[str, Any]:
    """One post of someone who names an area and people who work in it."""
    author = int(rng.integers(len(people.works)))
    area = int(people.works[author, rng.integers(_MOST_AREAS)])
    count = int(rng.integers(1, _MOST_MENTIONS + 1))
    named = sorted({_meet(people, area, rng) for _ in range(count)} - {author})
    handles = " ".join(f"@{_handle(who)}" for who in named)
    minute = number % (60 * 24 * 28)
    return {
        "id": str(2 * _FIRST_ID + number),
        "author_id": str(_FIRST_ID + author),
        "author": {"id": str(_FIRST_ID + author), "username": _handle(author)},
        "created_at": f"2024-01-{1 + minute // 1440:02}"
        f"T{minute // 60 % 24:02}:{minute % 60:02}:00.000Z",
        "text": f"New results in {NAMES[area].lower()} {handles}".strip(),
        "entities": {
            "mentions": [
                {"id": str(_FIRST_ID + who), "username": _handle(who)} for who in named
            ]
        },
    }


def _handle(account: int) -> str:
    return f"person{account}"


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
