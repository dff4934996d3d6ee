"""The sections of an explanation on the person's own score and its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph import layer_weights
from hcpgraph.model.explanation import Section
from hcpgraph.model.names import LAYERS, ROLES
from hcpgraph.model.table import Table
from hcpgraph.model.ties import NO_POST
from hcpgraph.narrative import phrases
from hcpgraph.ranking.explain import decomposition, endorsers
from hcpgraph.ranking.record.recency import LATELY, fresh

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from hcpgraph.model.evidence import Post
    from hcpgraph.model.table import Cell
    from hcpgraph.ranking.explain.context import ExplanationContext
    from hcpgraph.ranking.explain.endorsers import Endorser, Without

    Names = Mapping[int, str]  # account number -> how those are called who may be

SHOWN: Final = 10


def opening(
    context: ExplanationContext,
    area: str | None,
    sure: tuple[int | None, int | None, int | None],
) -> tuple[str, ...]:
    """Rank, interval, tier and score in a sentence.

    Args:
        context: the person among those listed.
        area: slug, or None for the whole study.
        sure: best and worst rank, and tier, if they were computed.
    """
    low, high, tier = sure
    said = (
        f"Rank {context.rank} of {len(context.listed)} in {area or 'the whole study'}"
    )
    if context.sharing:
        said += f", shared with {phrases.count(context.sharing, 'other')}"
    if low is not None and high is not None:
        said += f" (90 % interval {low} to {high})"
    said += f", score {context.score:.2f}"
    if tier is not None:
        said += f", tier {tier}"
    return (f"{said}.",)


def contributions(context: ExplanationContext) -> Section:
    """The contributions to the score."""
    parts = decomposition.parts(context)
    total = context.score
    most = max(parts, key=lambda part: part.adds - part.median)
    says = (
        f"The median score of the {len(context.listed)} listed is"
        f" {np.median(context.listed.score):.2f}."
    )
    if most.adds > most.median:
        says += (
            f" Main strength: {most.name}, {most.adds:.2f} (median {most.median:.2f})."
        )
    return Section(
        "Contributions to the score",
        (says,),
        Table(
            {
                "contribution": [part.name for part in parts],
                "adds": [part.adds for part in parts],
                "share": [part.adds / total if total else 0.0 for part in parts],
                "median": [part.median for part in parts],
            }
        ),
    )


def signals(context: ExplanationContext) -> Section:
    """The signals of the contributions, with values and medians."""
    every = decomposition.signals(context)
    parts = [part for part in every if context.table[part.name].any()]
    layers = context.record.layers
    plain = all(weight == 1 for weight in layers.values())
    lacking = ", ".join(part.name for part in every if part not in parts)
    said = (f"No data for these signals: {lacking}.",) if lacking else ()
    return Section(
        "Signals of each contribution",
        (*said, *_claimed(context)),
        Table(
            {
                "contribution": [part.family for part in parts],
                "signal": [part.name for part in parts],
                "value": [part.value for part in parts],
                "median": [part.median for part in parts],
                "adds": [part.adds for part in parts],
                "in_words": [
                    phrases.signal(part.name, part.value, plain=plain) for part in parts
                ],
            }
        ),
    )


def _claimed(context: ExplanationContext) -> tuple[str, ...]:
    """The audience that the profile claims, where there is one."""
    (row,) = context.accounts.rows_of(np.array([context.person], np.int32))
    claimed = int(context.accounts.followers[row])
    if claimed < 0:
        return ()
    return (
        f"Audience claimed by the profile: {phrases.count(claimed, 'follower')};"
        " not part of the score.",
    )


def endorsed(
    context: ExplanationContext,
    carrying: Sequence[Endorser],
    names: Names,
    allowed: int,
) -> Section:
    """The endorsers: accounts without which the score falls most.

    Endorsers who may not be named are counted.

    Args:
        context: the person and the data.
        carrying: as ``ranking.endorsers`` gives them.
        names: of people who may be named.
        allowed: how many accounts of the audience may be named.
    """
    named = [one for one in carrying if one.account in names][:SHOWN]
    roles = context.accounts.role[
        context.accounts.rows_of(np.array([one.account for one in named], np.int32))
    ]
    held = int(context.audience) - allowed
    says = f"Audience: {phrases.count(int(context.audience), 'account')}"
    if held:
        says += f", {held} of them counted but not shown (may not be named)"
    return Section(
        "Endorsers",
        (f"{says}.",),
        Table(
            {
                "endorser": [names[one.account] for one in named],
                "role": [ROLES[code] for code in roles.tolist()],
                "layers": [", ".join(one.layers) for one in named],
                "ties": [one.acts for one in named],
                "last": [phrases.day(one.last) for one in named],
                "adds": [one.adds for one in named],
                "rank_without": [one.rank for one in named],
            }
        ),
    )


def leaning(
    context: ExplanationContext,
    carrying: Sequence[Endorser],
    nameable: Set[int],
    worst: int | None,
) -> Section:
    """Whether the rank rests on a few accounts, also those that may not be named."""
    found = endorsers.without_first(context, carrying)
    most = carrying[: max((one.count for one in found), default=0)]
    held = sum(one.account not in nameable for one in most)
    note = f"Of the {len(most)}, {held} may not be named."
    return Section(
        "Dependence on a few endorsers",
        (
            *(_left(context, one, worst) for one in found),
            *((note,) if held else ()),
            *(() if found else ("No audience.",)),
        ),
        Table(
            {
                "left_out": [one.count for one in found],
                "score": [one.score for one in found],
                "rank": [one.rank for one in found],
            }
        ),
        told=True,
    )


def _left(context: ExplanationContext, one: Without, worst: int | None) -> str:
    """The rank without the first few endorsers, in a sentence."""
    strongest = "endorser" if one.count == 1 else f"{one.count} endorsers"
    if one.rank == context.rank:
        return f"Without the strongest {strongest}, the rank stays {one.rank}."
    said = f"Without the strongest {strongest}, rank {context.rank} becomes {one.rank}"
    if worst is not None:
        inside = one.rank <= worst
        said += f", {'inside' if inside else 'outside'} its 90 % interval"
    return f"{said}."


def posts_of(context: ExplanationContext) -> dict[int, tuple[str, ...]]:
    """The posts that respond to the person, and the layers of the ties they made."""
    ties = context.record.ties
    rows = (ties.target == context.person) & (ties.source != context.person)
    rows &= (ties.post != NO_POST) & (
        layer_weights(context.record.layers)[ties.layer] > 0
    )
    found: dict[int, set[int]] = {}
    for post, layer in zip(
        ties.post[rows].tolist(), ties.layer[rows].tolist(), strict=True
    ):
        found.setdefault(post, set()).add(layer)
    return {
        post: tuple(LAYERS[code] for code in sorted(codes))
        for post, codes in found.items()
    }


def evidence(
    posts: Sequence[Post], layers: Mapping[int, tuple[str, ...]], names: Names
) -> Section:
    """Posts that respond to the person, the most recent and most answered first.

    A post has the weight log2(2 + answers), with a half-life of one sixth of the time.
    """
    named = [post for post in posts if post.author in names]
    times = [post.at for post in posts if post.at is not None]
    first, last = min(times, default=0), max(times, default=0)
    span = max(last - first, 1)
    age = np.array(
        [np.nan if post.at is None else (last - post.at) / span for post in named]
    )
    answers = np.array([post.answers for post in named], np.float64)
    order = np.argsort(-fresh(age, LATELY) * np.log2(2.0 + answers), kind="stable")
    shown = [named[row] for row in order[:SHOWN].tolist()]
    return Section(
        "Evidence",
        _counted(len(posts), len(named), len(shown)),
        Table(
            {
                "date": [phrases.day(post.at) for post in shown],
                "author": [names[post.author] for post in shown],
                "kind": [post.kind for post in shown],
                "layers": [", ".join(layers[post.post]) for post in shown],
                "answers": [post.answers for post in shown],
                "post": [phrases.link(post.platform, post.native_id) for post in shown],
            }
        ),
    )


def _counted(found: int, named: int, shown: int) -> tuple[str, ...]:
    """The number of posts, and the choice shown."""
    if not found:
        return ("No posts known that respond to this person.",)
    said = f"{phrases.count(found, 'post responds', 'posts respond')} to this person"
    if shown < named:
        said += f"; the {shown} most recent and most answered are shown"
    lines = [f"{said}."]
    if named < found:
        held = phrases.count(found - named, "post")
        lines.append(f"Left out: {held} by accounts that may not be named.")
    return tuple(lines)


def areas(
    rows: Sequence[tuple[str, int, int, float]], files: Mapping[str, str]
) -> Section:
    """The ranks in every area: (area, rank, of, score).

    Args:
        rows: one an area.
        files: area -> evidence, where a file as a whole is of the area.
    """
    columns: dict[str, Sequence[Cell]] = {
        name: [row[i] for row in rows]
        for i, name in enumerate(("area", "rank", "of", "score"))
    }
    says = [] if rows else ["No ties in any area."]
    says += [f"Works in {area}: {evidence}." for area, evidence in files.items()]
    return Section("Ranks over areas", tuple(says), Table(columns))
