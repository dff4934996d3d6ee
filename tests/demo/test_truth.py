"""The planted truth shows in the exports, counted there without the toolkit."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import sparse

from hcpgraph import demo
from hcpgraph.demo.exports import true_rates
from hcpgraph.demo.topics import TOPICS

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

HCP = {"clinician", "nurse", "pharmacist", "researcher", "other HCP"}


def attended(post: dict[str, Any], posts: dict[str, dict[str, Any]]) -> set[str]:
    """Whom a post names, answers, reposts or quotes, by id."""
    others = set()
    linked = post.get("referenced_tweets", [])
    for link in linked:
        if link["id"] in posts:
            others.add(posts[link["id"]]["author_id"])
    if not any(link["type"] == "retweeted" for link in linked):
        mentions = post.get("entities", {}).get("mentions", [])
        others.update(mention["id"] for mention in mentions)
    return others - {post["author_id"]}


def labels(post: dict[str, Any], size: demo.Size) -> set[str]:
    """Areas whose hashtags or names stand in the text."""
    text = post["text"].lower()
    return {
        topic.slug
        for topic in TOPICS[: size.areas]
        if any(f"#{tag.lower()}" in text for tag in topic.hashtags)
        or any(word.lower() in text for word in topic.condition.values())
    }


def acts_by_area(written: Any) -> dict[str, list[tuple[str, str, str]]]:
    """(source, target, time) of every act of attention, by area."""
    posts = written.posts()
    acts = defaultdict(list)
    for post in posts.values():
        for area in labels(post, written.world.size):
            acts[area] += [
                (post["author_id"], target, post["created_at"])
                for target in attended(post, posts)
            ]
    return acts


def distinct(acts: list[tuple[str, str, str]]) -> Counter[str]:
    return Counter(target for _, target in {(s, t) for s, t, _ in acts})


def of_kind(written: Any, kind: str, area: str | None = None) -> list[str]:
    return [
        account
        for account, row in written.truth().items()
        if row["planted_kind"] == kind
        and area in {None, row["area"], row["second_area"]}
    ]


def pagerank(ties: list[tuple[int, int]], n: int) -> NDArray[np.float64]:
    source, target = np.array(ties).T
    links = sparse.csr_array((np.ones(len(ties)), (target, source)), shape=(n, n))
    out = np.bincount(source, minlength=n)
    rank = np.full(n, 1 / n)
    for _ in range(60):
        flow = links @ np.divide(rank, out, out=np.zeros(n), where=out > 0)
        rank = 0.15 / n + 0.85 * (flow + rank[out == 0].sum() / n)
    return rank


def fair_score(written: Any, area: str, acts: list[tuple[str, str, str]]) -> list[str]:
    """Professionals of an area, best first, by four plain signals of equal weight."""
    truth = written.truth()
    crowd = [a for a, row in truth.items() if area in (row["area"], row["second_area"])]
    place = {account: i for i, account in enumerate(crowd)}
    hcp = np.array([truth[a]["planted_role"] in HCP for a in crowd])
    pairs = [
        (place[s], place[t]) for s, t in written.follows() if s in place and t in place
    ]
    heard = sorted(
        {(place[s], place[t]) for s, t, _ in acts if s in place and t in place}
    )
    followers = np.bincount([t for s, t in pairs if hcp[s]], minlength=len(crowd))
    people = np.bincount([t for _, t in heard], minlength=len(crowd))
    posts = Counter(
        post["author_id"]
        for post in written.posts().values()
        if area in labels(post, written.world.size)
    )
    signals = np.log(
        [
            1 + followers,
            1 + people,
            pagerank(sorted(pairs) + heard, len(crowd)),
            [1 + posts[account] for account in crowd],
        ]
    )[:, hcp]
    score = ((signals.T - signals.mean(axis=1)) / signals.std(axis=1)).sum(axis=1)
    names = np.array(crowd)[hcp]
    return names[np.argsort(-score, kind="stable")].tolist()


@pytest.fixture(scope="module")
def acts(full: Any) -> dict[str, list[tuple[str, str, str]]]:
    return acts_by_area(full)


def test_planted_counts(full: Any) -> None:
    """Every area has its leaders, rising and loud people, and the world its brokers."""
    size = demo.FULL
    kinds = Counter(row["planted_kind"] for row in full.truth().values())
    per_area = Counter(
        (row["planted_kind"], row["area"]) for row in full.truth().values()
    )

    assert len(full.truth()) == size.accounts
    assert kinds["broker"] == size.brokers
    for topic in TOPICS[: size.areas]:
        assert per_area["leader", topic.slug] == size.leaders
        assert per_area["rising", topic.slug] == size.rising
        assert per_area["loud", topic.slug] == size.loud


def test_every_leader_is_heard_by_more_people_than_any_loud_account(
    full: Any, acts: dict[str, list[tuple[str, str, str]]]
) -> None:
    """Distinct attention tells the heeded from the unheeded, in every area."""
    for area, of_area in acts.items():
        heard = distinct(of_area)
        leaders = [heard[account] for account in of_kind(full, "leader", area)]
        loud = [heard[account] for account in of_kind(full, "loud", area)]

        assert min(leaders) > 3 * max(loud)


def test_counting_posts_puts_loud_accounts_first(full: Any) -> None:
    """Whoever ranks by activity alone is led astray."""
    posts = Counter(post["author_id"] for post in full.posts().values())
    most = [account for account, _ in posts.most_common(len(of_kind(full, "loud")))]

    assert set(most) == set(of_kind(full, "loud"))


def test_counting_followers_puts_bought_followers_first(full: Any) -> None:
    """Whoever ranks by raw follower counts is led astray too."""
    followers = Counter(target for _, target in full.follows())
    bought = {a for a, row in full.truth().items() if row["bought_followers"] == "true"}
    most = [account for account, _ in followers.most_common(len(bought))]

    assert set(most) == bought


def test_a_fair_score_finds_the_leaders_and_no_loud_account(
    full: Any, acts: dict[str, list[tuple[str, str, str]]]
) -> None:
    """Followers, people, PageRank and activity together find 6 of 8 leaders in 20."""
    loud = set(of_kind(full, "loud"))
    for topic in TOPICS[: demo.FULL.areas]:
        top = fair_score(full, topic.slug, acts[topic.slug])[:20]

        assert len(set(top) & set(of_kind(full, "leader", topic.slug))) >= 6
        assert not set(top) & loud


def test_rising_people_are_attended_to_late(
    full: Any, acts: dict[str, list[tuple[str, str, str]]]
) -> None:
    """Rising people get most attention in the last quarter; leaders do not."""
    late: dict[str, list[bool]] = defaultdict(list)
    kind_of = {a: row["planted_kind"] for a, row in full.truth().items()}
    for of_area in acts.values():
        for _, target, at in of_area:
            late[kind_of[target]].append(at >= "2025-10-01")

    assert np.mean(late["rising"]) > 0.6
    assert np.mean(late["leader"]) < 0.35


def test_brokers_are_heard_in_both_their_areas(
    full: Any, acts: dict[str, list[tuple[str, str, str]]]
) -> None:
    """A broker draws more people in each of two areas than most do in one."""
    typical = {
        area: np.median([*distinct(of_area).values()]) for area, of_area in acts.items()
    }
    for account in of_kind(full, "broker"):
        row = full.truth()[account]
        for area in (row["area"], row["second_area"]):
            assert distinct(acts[area])[account] > typical[area]


def test_attention_falls_as_the_true_rates_say(full: Any) -> None:
    """Acts received, of all but bots, scatter around the true rate as counts do."""
    world = full.world
    posts = full.posts()
    roles = {a: row["planted_role"] for a, row in full.truth().items()}
    received: Counter[str] = Counter()
    for post in posts.values():
        if roles[post["author_id"]] != "bot":
            received.update(attended(post, posts))
    expected = true_rates(world).mean(axis=1).sum(axis=0) * 365 / 7
    ids = world.people.id.astype(str).tolist()
    counts = np.array([received[account] for account in ids])

    scatter = (counts - expected) / np.sqrt(np.maximum(expected, 1))

    assert counts.sum() == pytest.approx(expected.sum(), rel=0.02)
    assert np.corrcoef(counts, expected)[0, 1] > 0.97
    assert np.std(scatter) < 1.3


def test_patients_are_not_listable_and_no_reason_is_written(full: Any) -> None:
    """The truth says who may not be listed, never why."""
    rows = full.truth().values()
    hidden = [row for row in rows if row["listable"] == "false"]

    assert hidden
    assert {row["planted_role"] for row in hidden} == {"unknown"}
    assert not any("patient" in cell for row in rows for cell in row.values())
