"""The files of a synthetic world look as the platforms write them."""

from __future__ import annotations

import gzip
import itertools
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from hcpgraph import demo

if TYPE_CHECKING:
    from pathlib import Path

POST_FILES = (
    "posts-2025-h1.jsonl.gz",
    "posts-2025-h2.jsonl.gz",
    "posts-2025-december.jsonl",
)
LARGEST_FLOAT_INTEGER = 2**53


def test_what_is_meant_for_import_is_returned(small: Any) -> None:
    """Contact lists and the truth are written, but not handed to an import."""
    written = {path.name for path in small.folder.iterdir()}
    returned = [path.name for path in small.files]

    assert len(returned) == len(set(returned))
    assert written - set(returned) == {"known.csv", "exclude.csv", "truth.csv"}
    assert set(POST_FILES) | {"follows.csv", "roster.csv"} <= set(returned)


@pytest.mark.parametrize("name", POST_FILES)
def test_pages_are_complete(small: Any, name: str) -> None:
    """A page includes every author, named account and post its posts refer to."""
    for page in small.lines(name):
        users = {user["id"] for user in page["includes"]["users"]}
        tweets = {post["id"]: post for post in page["includes"]["tweets"]}
        gone = {error["resource_id"] for error in page.get("errors", [])}

        assert page["meta"]["result_count"] == len(page["data"]) <= 100
        assert page["__twarc"]["version"]
        assert {post["author_id"] for post in tweets.values()} <= users
        for post in page["data"]:
            mentions = post.get("entities", {}).get("mentions", [])
            links = [link["id"] for link in post.get("referenced_tweets", [])]
            assert post["author_id"] in users
            assert {mention["id"] for mention in mentions} <= users
            assert all((link in tweets) != (link in gone) for link in links)


def test_pages_run_from_the_newest_post_to_the_oldest(small: Any) -> None:
    """Ids fall from post to post, and only the last page has no next one."""
    for name in POST_FILES:
        pages = small.lines(name)
        ids = [int(post["id"]) for page in pages for post in page["data"]]

        assert ids == sorted(set(ids), reverse=True)
        assert [("next_token" in page["meta"]) for page in pages] == (
            [True] * (len(pages) - 1) + [False]
        )


def test_neighbouring_files_overlap(small: Any) -> None:
    """The same posts, word for word, stand in two files."""
    files = [
        {post["id"]: post for page in small.lines(name) for post in page["data"]}
        for name in POST_FILES
    ]

    for earlier, later in itertools.pairwise(files):
        shared = earlier.keys() & later.keys()
        assert 0 < len(shared) < len(earlier) / 4
        assert all(earlier[post] == later[post] for post in shared)


@pytest.mark.parametrize("written", ["small", "full"])
def test_counts(written: str, request: pytest.FixtureRequest) -> None:
    """All posts but the deleted ones, all accounts and all follows are exported."""
    world = request.getfixturevalue(written)
    deleted = int(world.world.posts.deleted.sum())

    assert deleted > 0
    assert len(world.posts()) == world.world.size.posts - deleted
    assert len(world.truth()) == world.world.size.accounts
    assert len(world.follows()) == world.world.size.follows


def test_ids_are_long_and_distinct(small: Any) -> None:
    """Nineteen digits, as text: a reader that takes them for floats merges accounts."""
    accounts, posts = list(small.truth()), list(small.posts())

    assert not set(accounts) & set(posts)
    for account in accounts + posts:
        assert account.startswith("9")
        assert len(account) == 19
        assert int(account) > LARGEST_FLOAT_INTEGER


def test_handles_are_distinct_whatever_the_case(full: Any) -> None:
    """Handles are valid on the platform and name one account each."""
    handles = [row["handle"] for row in full.truth().values()]

    assert len({handle.lower() for handle in handles}) == len(handles)
    assert all(handle.isascii() for handle in handles)
    assert all(0 < len(handle) <= 15 for handle in handles)
    assert all(handle.replace("_", "").isalnum() for handle in handles)


def test_entities_stand_where_they_say(small: Any) -> None:
    """Offsets of mentions, hashtags and links cut exactly those out of the text."""
    kinds: Counter[str] = Counter()
    for post in small.posts().values():
        for kind, hits in post.get("entities", {}).items():
            kinds[kind] += len(hits)
            for hit in hits:
                found = post["text"][hit["start"] : hit["end"]]
                wanted = {
                    "mentions": f"@{hit.get('username')}",
                    "hashtags": f"#{hit.get('tag')}",
                    "urls": hit.get("url"),
                }
                assert found == wanted[kind]

    assert min(kinds[kind] for kind in ("mentions", "hashtags", "urls")) > 50


def test_every_kind_of_post_is_there_and_refers_as_the_platform_does(
    small: Any,
) -> None:
    """Replies name whom they answer, reposts quote the original, all refer back."""
    posts = small.posts()
    kinds: Counter[str] = Counter()
    for post in posts.values():
        (link,) = post.get("referenced_tweets") or [{"type": "original", "id": ""}]
        kinds[link["type"]] += 1
        other = posts.get(link["id"])
        if link["type"] == "retweeted":
            first = post["entities"]["mentions"][0]
            assert first["start"] == 3
            assert first["id"] == other["author_id"]
        if other is not None:
            assert other["created_at"] < post["created_at"]
        if link["type"] == "replied_to":
            assert post["text"].startswith("@")
            assert post["entities"]["mentions"][0]["id"] == post["in_reply_to_user_id"]
            assert post["conversation_id"] == link["id"]

    assert set(kinds) == {"original", "retweeted", "replied_to", "quoted"}
    assert min(kinds.values()) > 50


def test_posts_are_of_one_year_and_several_languages(small: Any) -> None:
    """All of 2025, UTC, mostly in English."""
    posts = small.posts().values()
    langs = Counter(post["lang"] for post in posts)

    assert {post["created_at"][:4] for post in posts} == {"2025"}
    assert set(langs) == {"en", "de", "fr", "es"}
    assert langs["en"] > 0.7 * len(posts)


def test_public_metrics_agree_with_the_posts(small: Any) -> None:
    """A post was reposted at least as often as it says: none was left out."""
    posts = small.posts().values()
    reposts = Counter(
        link["id"]
        for post in posts
        for link in post.get("referenced_tweets", [])
        if link["type"] == "retweeted"
    )

    for post in posts:
        if "referenced_tweets" not in post:
            assert post["public_metrics"]["retweet_count"] == reposts[post["id"]]


def test_follower_lists_name_their_owner_in_the_url_alone(small: Any) -> None:
    """No user on a list is its owner, and no follow stands in the table as well."""
    table = {(row["follower"], row["followed"]) for row in small.table("follows.csv")}
    pages = small.lines("followers-*.jsonl")

    assert len(small.table("follows.csv")) == len(table)
    for page in pages:
        owner = page["__twarc"]["url"].split("/")[-2]
        users = [user["id"] for user in page["data"]]
        assert page["meta"]["result_count"] == len(users)
        assert "includes" not in page
        assert owner not in users
        assert not {(user, owner) for user in users} & table


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    """Two runs write the same bytes, packed files included; another seed does not."""
    for name, seed in (("one", 5), ("two", 5), ("other", 6)):
        world = demo.make_world(seed=seed, size=demo.TINY)
        demo.write_exports(world, tmp_path / name)
    one, two, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two", "other")
    )

    assert one == two
    assert one["follows.csv"] != other["follows.csv"]
    assert one["posts-2025-h1.jsonl.gz"][4:8] == bytes(4)


def test_pages_are_lines_of_plain_json(small: Any) -> None:
    """Every line parses on its own and ends with a newline."""
    content = gzip.decompress((small.folder / POST_FILES[0]).read_bytes())

    assert content.endswith(b"}\n")
    assert content.isascii()
    assert all(json.loads(line)["data"] for line in content.splitlines())


@pytest.mark.parametrize("areas", [0, 7])
def test_as_many_areas_as_there_are_topics(areas: int) -> None:
    """Asking for no area, or for more than there are, is refused."""
    size = demo.Size(
        accounts=200, posts=10, follows=10, areas=areas,
        leaders=1, rising=0, loud=0, brokers=0, egos=1,
    )  # fmt: skip

    with pytest.raises(ValueError, match="areas"):
        demo.make_world(size=size)


def test_more_planted_than_accounts_is_refused() -> None:
    """A world cannot hold more planted accounts than accounts."""
    size = demo.Size(
        accounts=5, posts=10, follows=10, areas=2,
        leaders=3, rising=0, loud=0, brokers=0, egos=1,
    )  # fmt: skip

    with pytest.raises(ValueError, match="planted"):
        demo.make_world(size=size)
