"""Why a person is on a list of changes or of rising people, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.ranking.change.rising import RiseHistory

# contribution -> the signal that counts something plain, and what it counts
_COUNTED: Final = {
    "resonance": ("listeners", "accounts respond"),
    "activity": ("posts", "own posts heeded"),
    "reach": ("followers", "followers"),
}


def counted_by(contribution: str) -> str:
    """The signal that says in plain counts what a contribution is made of, if any."""
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
    'resonance +0.50: accounts respond: 3 before, 9 after'
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
        f"rank {rank[row]}, where the first tenth ends at {now.seats}",
        f"{_accounts(now.recent[row])} responded in the last period, {now.entry:.0f}"
        " made the first tenth",
        f"about {_accounts(now.new[row])} responded for the first time lately",
        f"about {now.posts[row]:.0f} own posts lately that were heeded",
        "spoke up just now",
        "heard from early on" if now.x[row, -1] > 0.5 else "heard only since lately",
    )
    best = np.argsort(-worth, kind="stable")[:2]
    return "; ".join(said[k] for k in best if worth[k] > 0) or "nothing in particular"


def _accounts(count: float) -> str:
    return "1 account" if round(count) == 1 else f"{count:.0f} accounts"
