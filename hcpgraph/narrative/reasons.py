"""Why a person is on a list of changes or of rising people, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.ranking.change.rising import RiseHistory

# contribution -> the signal that counts something plain, and what it counts
_COUNTED: Final = {
    "resonance": ("listeners", "responders"),
    "activity": ("posts", "own posts with responses"),
    "reach": ("followers", "followers"),
}


def counted_by(contribution: str) -> str:
    """The signal that is the count behind a contribution; empty for none."""
    return _COUNTED.get(contribution, ("", ""))[0]


def changed(
    contribution: str, change: float, counts: tuple[float, float] | None = None
) -> str:
    """The contribution that changed most.

    Args:
        contribution: its name.
        change: of its value.
        counts: of the signal behind it, before and after.

    >>> changed("resonance", 0.5, (3.0, 9.0))
    'resonance +0.50: responders: 3 before, 9 after'
    """
    said = f"{contribution} {change:+.2f}"
    if counts is None:
        return said
    words = _COUNTED[contribution][1]
    return f"{said}: {words}: {counts[0]:.0f} before, {counts[1]:.0f} after"


def rising(
    history: RiseHistory,
    row: int,
    worth: NDArray[np.float64],
    rank: NDArray[np.int64],
) -> str:
    """What speaks for a person, against the average of the others: two things.

    Args:
        history: the periods.
        row: of the person among the candidates.
        worth: what each feature adds to the person's odds, shape (k,).
        rank: current rank of each candidate.
    """
    now = history.now
    said = (
        f"rank {rank[row]}; the top decile ends at {now.seats}",
        f"responders in the last period: {now.recent[row]:.0f}, {now.entry:.0f} for the"
        " top decile",
        f"first-time responders recently: about {now.new[row]:.0f}",
        f"recent own posts with responses: about {now.posts[row]:.0f}",
        "posted at the very end of the period",
        "responses from early on"
        if now.x[row, -1] > 0.5
        else "responses only recently",
    )
    best = np.argsort(-worth, kind="stable")[:2]
    return (
        "; ".join(said[k] for k in best if worth[k] > 0) or "no feature above average"
    )


def missing_list(what: str, among: float, first: int) -> str:
    """Why the list of a person matters.

    >>> missing_list("followers", 0.413, 25)
    'followers unknown; with all lists, among the first 25 with a probability of 41 %'
    """
    return (
        f"{what} unknown; with all lists, among the first {first} with a probability"
        f" of {100 * among:.0f} %"
    )


def claimed_list(what: str, claimed: int) -> str:
    """Why the list of a person matters where nothing else is known.

    >>> claimed_list("followers", 12300)
    'followers unknown; 12,300 by the profile'
    """
    return f"{what} unknown; {claimed:,} by the profile"


def no_list(what: str) -> str:
    """Why the lists of the first people matter where the study has none.

    >>> no_list("followers")
    'no followers of anybody in the study; the first lists show how much they add'
    """
    return f"no {what} of anybody in the study; the first lists show how much they add"


def missing_posts(held: int, claimed: int) -> str:
    """That the study lacks posts of a person.

    >>> missing_posts(0, -1), missing_posts(2, 800)
    ('no own post in the study', '2 of 800 own posts in the study')
    """
    if claimed < 0:
        return "no own post in the study"
    return f"{held:,} of {claimed:,} own posts in the study"


def missing_profile() -> str:
    """Why a profile matters where lists are missing."""
    return "no profile in the study; its follower count helps to predict missing lists"
