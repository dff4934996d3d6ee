"""Notes on what is known of some people, ties or posts only; they stand first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.note import CAUTION, Note
from hcpgraph.model.ties import NO_TIME, in_layers
from hcpgraph.ranking.record.professionals import professionals
from hcpgraph.ranking.record.recency import AGEING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking import PartialLayer

PARTLY: Final = "partly known"
# What a layer of lists is a list of.
_LISTED: Final = {"follow": "followers", "connection": "connections"}


def partly_known(found: PartialLayer, *, by_measure: bool = False) -> Note:
    """That a layer is known for some people only, and what was done about it.

    Args:
        found: the layer.
        by_measure: whether people are ranked by a measure, which leaves nothing out.
    """
    known = len(found.known)
    said = f"{_LISTED[found.layer]} are known for {known:,} of {found.people:,} people"
    if by_measure:
        said += "; a measure counts all others as if they had none"
    elif found.left_out:
        said += "; left out of the score, and intervals cover what they may add"
    else:
        said += "; all others cannot be compared, and their intervals say so"
    data = {
        "layer": found.layer,
        "known": known,
        "people": found.people,
        "left_out": found.left_out,
    }
    return Note(said, PARTLY, data, CAUTION)


def left_out_of_network(found: PartialLayer) -> Note:
    """That a layer is left out of maps and communities, as it is of the score."""
    said = (
        f"{_LISTED[found.layer]} are known for {len(found.known):,} of"
        f" {found.people:,} people; left out of the network, as of the score"
    )
    data = {
        "layer": found.layer,
        "known": len(found.known),
        "people": found.people,
        "left_out": True,
    }
    return Note(said, PARTLY, data, CAUTION)


def left_out_of_title(found: PartialLayer) -> str:
    """The same, as a clause of a title."""
    return (
        f"without {_LISTED[found.layer]} (known for {len(found.known):,} of"
        f" {found.people:,} people)"
    )


def partly_timed(ties: Ties) -> tuple[Note, ...]:
    """That only some interactions have a time, and what was done about the others."""
    interactions = in_layers(ties.layer, AGEING)
    timed = int((interactions & (ties.at != NO_TIME)).sum())
    every = int(interactions.sum())
    if timed in (0, every):
        return ()
    said = (
        f"times are known for {timed:,} of {every:,} responses; the others count as"
        " the average response does, neither as recent nor as old"
    )
    data = {"known": timed, "responses": every}
    return (Note(said, PARTLY, data, CAUTION),)


def partly_described(accounts: Accounts) -> tuple[Note, ...]:
    """That the roles of only some accounts are known, and what was done about it."""
    found = professionals(accounts, np.arange(len(accounts)))
    if not found.estimated:
        return ()
    said = (
        f"roles are known for {found.known:,} of {len(accounts):,} accounts; among"
        " followers the others count with the share of professionals among accounts"
        " with a bio"
    )
    data = {"known": found.known, "accounts": len(accounts)}
    return (Note(said, PARTLY, data, CAUTION),)


def missing_first(notes: Iterable[str]) -> tuple[str, ...]:
    """The notes, first of all those on what is known of some people only.

    >>> known = Note("times are known for 3 of 5 ties", PARTLY)
    >>> missing_first(["audience: hcp", known])
    ('times are known for 3 of 5 ties', 'audience: hcp')
    """
    every = list(notes)
    partly = [n for n in every if isinstance(n, Note) and n.kind == PARTLY]
    return (*partly, *(n for n in every if not any(n is one for one in partly)))


def partly_written(known: int, posts: int) -> tuple[Note, ...]:
    """That only some posts have a text, and what was done about the others.

    Args:
        known: posts with a text.
        posts: all posts.

    >>> partly_written(5, 5), partly_written(0, 0)
    ((), ())
    """
    if known == posts:
        return ()
    said = (
        f"texts are known for {known:,} of {posts:,} posts; ties by the others count in"
        " the areas in which both accounts work"
    )
    return (Note(said, PARTLY, {"known": known, "posts": posts}, CAUTION),)
