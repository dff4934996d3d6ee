"""Real pages of X API v2, counted a second time in plain Python."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from hcpgraph.errors import ExportError, UnknownFormat

DATA = Path(__file__).parents[2] / "../shared/data/x_api_v2"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the real data is not here")

# Rows of the file, posts, accounts, then ties: mention, reply, repost, quote,
# mention_in_repost; then rejected lines.
HOLDS = {
    "twarc-csv/2sets.jsonl": (200, 276, 289, 57, 15, 145, 13, 47, 0),
    "twarc-csv/brexit.jsonl": (100, 155, 177, 44, 15, 67, 13, 20, 0),
    "twarc-csv/cashtags.jsonl": (1, 1, 1, 0, 0, 0, 0, 0, 0),
    "twarc-csv/cotweet.jsonl": (1, 1, 1, 0, 0, 0, 0, 0, 0),
    "twarc-csv/edited.jsonl": (1, 2, 1, 0, 0, 0, 0, 0, 0),
    "twarc-csv/edited_after.jsonl": (1, 2, 1, 0, 0, 0, 0, 0, 0),
    "twarc-csv/edited_before.jsonl": (1, 2, 1, 0, 0, 0, 0, 0, 0),
    "twarc-csv/entities_test.jsonl": (474, 650, 612, 111, 115, 313, 12, 57, 0),
    "twarc-csv/flat.jsonl": (100, 164, 178, 43, 46, 45, 12, 12, 0),
    "twarc-csv/geo_tweets.jsonl": (2, 3, 4, 2, 1, 0, 0, 0, 0),
    "twarc-csv/kpop.jsonl": (100, 121, 112, 13, 0, 78, 0, 27, 0),
    "twarc-csv/many_urls.jsonl": (1, 2, 1, 0, 0, 0, 0, 0, 0),
    "twarc-csv/media_policy_violation_off.jsonl": (100, 161, 52, 32, 5, 42, 17, 3, 0),
    "twarc-csv/media_policy_violation_on.jsonl": (100, 160, 46, 25, 5, 42, 17, 0, 0),
    "twarc-csv/media_tweet.jsonl": (1, 1, 1, 0, 0, 0, 0, 0, 0),
    "twarc-csv/mentions_tweet.jsonl": (1, 2, 2, 8, 0, 1, 0, 0, 0),
    "twarc-csv/noflat.jsonl": (100, 164, 178, 43, 46, 45, 12, 12, 0),
    "twarc-csv/quoted_edit.jsonl": (1, 3, 2, 0, 1, 0, 1, 0, 0),
    "twarc-csv/streaming_output_with_error.jsonl": (7, 11, 11, 0, 3, 0, 1, 0, 1),
    "twarc-csv/two_tweets.jsonl": (1, 2, 2, 0, 0, 1, 0, 0, 0),
    "twarc-csv/users.jsonl": (96, 0, 91, 0, 0, 0, 0, 0, 0),
    "twarc-csv/verified_type.jsonl": (1, 1, 1, 0, 0, 0, 0, 0, 0),
    "twarc-csv/withheld.jsonl": (215, 284, 591, 95, 70, 82, 0, 33, 0),
    "twarc-network/tweets.jsonl": (500, 676, 691, 323, 52, 346, 14, 117, 0),
}

REFUSED = {
    "twarc-csv/counts.jsonl": (UnknownFormat, "counts of posts"),
    "twarc-csv/lists.jsonl": (UnknownFormat, "X lists"),
    "twarc-csv/tweets_compliance.jsonl": (UnknownFormat, "compliance"),
    "twarc-csv/users_compliance.jsonl": (UnknownFormat, "compliance"),
    "twarc-csv/empty.json": (ExportError, "is empty"),
}

LAYERS = ("mention", "reply", "repost", "quote", "mention_in_repost")


class Counted:
    """The same rules as the importer's, written as loops over dicts."""

    def __init__(self, path: Path) -> None:
        self.rows = 0
        self.rejected = 0
        self.users: dict[str, str] = {}
        self.first: dict[str, dict] = {}
        along = []
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                page = json.loads(line)
            except ValueError:
                self.rejected += 1
                continue
            data = page.get("data", [page])
            data = [data] if isinstance(data, dict) else data
            for row in data:
                self.rows += 1
                if "username" in row:
                    self.user(row)
                    continue
                self.first.setdefault(row["id"], row)
                along += self.inside(row)
            if not any("username" in row for row in data):
                along += page.get("includes", {}).get("tweets", [])
            for user in page.get("includes", {}).get("users", []):
                self.user(user)
        for row in along:
            self.first.setdefault(row["id"], row)

    def user(self, person: dict) -> None:
        if "name" in person and "username" in person:
            self.users.setdefault(person["id"], person["username"].lower())

    def inside(self, row: dict) -> list[dict]:
        """Users and posts of a flattened post."""
        people = [row.get("author"), row.get("in_reply_to_user")]
        people += row.get("entities", {}).get("mentions", [])
        posts = [p for p in row.get("referenced_tweets", []) if "author_id" in p]
        people += [post.get("author") for post in posts]
        for person in people:
            if person:
                self.user(person)
        return posts

    def ties(self) -> Counter:
        count: Counter = Counter()
        for row in self.first.values():
            for layer, target in self.of(row):
                count[layer] += target != row["author_id"]
        return count

    def of(self, row: dict) -> set[tuple[str, str]]:
        """Layer and target of every tie of one post."""
        ids = {handle: number for number, handle in self.users.items()}
        refs = {r["type"]: r["id"] for r in row.get("referenced_tweets", [])}
        mentions = row.get("entities", {}).get("mentions", [])
        named = {
            m.get("id") or ids.get(m["username"].lower()) or f"@{m['username'].lower()}"
            for m in mentions
        }

        def author(kind: str) -> str | None:
            return self.first.get(refs.get(kind), {}).get("author_id")

        if "retweeted" in refs:
            lead = {
                m.get("id") or ids.get(m["username"].lower()) or f"@{m['username']}"
                for m in mentions
                if m["start"] == 3
            }
            text = re.match(r"RT @(\w+)", row["text"])
            written = {ids.get(text[1].lower(), f"@{text[1]}")} if text else set()
            known = {author("retweeted")} - {None}
            target = known or lead or written
            others = named - target - lead
            return {("repost", t) for t in target} | {
                ("mention_in_repost", t) for t in others
            }
        replied = row.get("in_reply_to_user_id") or author("replied_to")
        found = {("mention", target) for target in named - {replied}}
        if replied:
            found.add(("reply", replied))
        if author("quoted"):
            found.add(("quote", author("quoted")))
        return found


def summary(staged_file) -> tuple[int, ...]:
    layers = Counter()
    if staged_file.records:
        layers.update(layer for _, _, layer in staged_file.in_study()[0])
    return (
        len(staged_file.records),
        len({p["native_id"] for p in staged_file.posts}),
        len({a["native_id"] for a in staged_file.accounts}),
        *(layers[layer] for layer in LAYERS),
        len(staged_file.rejected_lines),
    )


@pytest.mark.parametrize("name", HOLDS)
def test_a_real_file_holds_what_it_held(staged, name):
    """The numbers of each file, as they were when they were checked."""
    assert summary(staged(DATA / name)) == HOLDS[name]


@pytest.mark.parametrize("name", HOLDS)
def test_plain_python_counts_the_same(staged, name):
    """An independent count of rows, posts, accounts, ties and rejected lines."""
    counted = Counted(DATA / name)
    layers = counted.ties()

    assert summary(staged(DATA / name)) == (
        counted.rows,
        len(counted.first),
        len(counted.users),
        *(layers[layer] for layer in LAYERS),
        counted.rejected,
    )


@pytest.mark.parametrize("name", REFUSED)
def test_what_holds_no_posts_is_refused(staged, name):
    """Counts, lists, deletions and nothing at all."""
    error, words = REFUSED[name]

    with pytest.raises(error, match=words):
        staged(DATA / name)


def test_every_file_is_accounted_for():
    """A file that joins the samples must be stated here."""
    names = {str(path.relative_to(DATA)) for path in DATA.glob("*/*.json*")}

    assert names == HOLDS.keys() | REFUSED.keys()


def test_flattened_pages_are_the_same_posts(staged):
    """Flattening changes the layout and nothing else."""
    pages = staged(DATA / "twarc-csv/noflat.jsonl")
    flat = staged(DATA / "twarc-csv/flat.jsonl")

    assert flat.in_study() == pages.in_study()
