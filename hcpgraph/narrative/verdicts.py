"""What a backtest says: verdicts, the plain rival, the negative control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.model.note import CAUTION, USEFUL, Note
from hcpgraph.model.words import signed
from hcpgraph.ranking.validation.backtest import RIVAL
from hcpgraph.ranking.validation.negative_control import CONTROL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcpgraph.ranking.validation.backtest import Judged
    from hcpgraph.ranking.validation.negative_control import Control

_STANDS: Final = {"ahead": "ahead of", "level": "level with", "behind": "behind"}


def verdicts(judged: Sequence[Judged]) -> Note:
    """How often hcpgraph is ahead of, level with or behind the other methods."""
    words = [
        one.difference[3] for one in judged if one.difference and one.method != CONTROL
    ]
    counts = [
        f"{said} {words.count(word)}" for word, said in _STANDS.items() if word in words
    ]
    return Note(
        f"hcpgraph is {', '.join(counts)}, by 90 % intervals of the difference",
        "verdict",
        {word: words.count(word) for word in _STANDS},
    )


def against_rival(judged: Sequence[Judged]) -> Note:
    """How hcpgraph stands to the plain rival, by the interval of the difference."""
    (found,) = (one.difference for one in judged if one.method == RIVAL)
    assert found is not None, "only hcpgraph itself has no difference"
    value, low, high, word = found
    return Note(
        f"hcpgraph is {_STANDS[word]} the plain rival, {RIVAL}: NDCG {signed(value)}"
        f" (90 % interval {signed(low)} to {signed(high)})",
        "rival",
        {"difference": value, "low": low, "high": high, "verdict": word},
        CAUTION if word == "behind" else USEFUL,
    )


def negative_control(found: Control) -> Note:
    """Whether a ranking predicts responses that went to other people.

    Args:
        found: the control beside random orders.

    >>> from hcpgraph.ranking.validation.negative_control import Control
    >>> negative_control(Control(0.21, 0.2, 0.12, 0.29, True)).split(": ")[-1]
    'silent'
    """
    beside = (
        f"NDCG {found.ndcg:.2f}, random order {found.random:.2f}"
        f" (90 % interval {found.low:.2f} to {found.high:.2f})"
    )
    data = {
        "ndcg": found.ndcg, "chance": found.random, "low": found.low,
        "high": found.high, "silent": found.silent,
    }  # fmt: skip
    if found.silent:
        said = f"negative control, later responses moved to other people: {beside}"
        return Note(f"{said}: silent", "negative control", data)
    return Note(
        f"negative control not silent: {beside}, although later responses were moved to"
        " other people; do not rely on this validation, and check the times of the"
        " ties",
        "negative control",
        data,
        CAUTION,
    )
