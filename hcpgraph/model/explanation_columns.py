"""The columns of each section of ``explain``, as its JSON and notebooks have them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.model.column import (
    DAY,
    LISTED,
    NOBODY,
    NUMBER,
    OTHERS,
    SCORE,
    SHARE,
    TEXT,
    WHOLE,
    Column,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONTRIBUTION: Final = Column("contribution", TEXT, LISTED, "part of the score")
_ADDS: Final = Column("adds", SCORE, LISTED, "what it adds to the score", "points")
_LAYERS: Final = Column("layers", TEXT, OTHERS, "layers of the ties")
_RANK: Final = Column("rank", WHOLE, LISTED, "rank of the person then")
_OF: Final = Column("of", WHOLE, NOBODY, "people listed", "people")
_MEDIAN: Final = "the median of the people listed"

SECTIONS: Final[Mapping[str, tuple[Column, ...]]] = MappingProxyType(
    {
        "contributions": (
            _CONTRIBUTION,
            _ADDS,
            Column("share", SHARE, LISTED, "share of the score"),
            Column("median", SCORE, NOBODY, _MEDIAN, "points"),
        ),
        "signals": (
            _CONTRIBUTION,
            Column("signal", TEXT, LISTED, "signal beneath the contribution"),
            Column("value", NUMBER, LISTED, "value of the signal"),
            Column("median", NUMBER, NOBODY, _MEDIAN),
            _ADDS,
            Column("in_words", TEXT, LISTED, "the value in words", of=("value",)),
        ),
        "endorsers": (
            Column("endorser", TEXT, OTHERS, "account whose ties add to the score"),
            Column("role", TEXT, OTHERS, "its role"),
            _LAYERS,
            Column("ties", WHOLE, OTHERS, "its ties to the person", "ties"),
            Column("last", DAY, OTHERS, "day of the last of them"),
            Column("adds", SCORE, OTHERS, "what the score would lose", "points"),
            Column("rank_without", WHOLE, LISTED, "rank without the account"),
        ),
        "leaning": (
            Column("left_out", WHOLE, LISTED, "first endorsers left out", "accounts"),
            Column("score", SCORE, LISTED, "score without them", "points"),
            _RANK,
        ),
        "evidence": (
            Column("date", DAY, OTHERS, "day of the post"),
            Column("author", TEXT, OTHERS, "who wrote it"),
            Column("kind", TEXT, OTHERS, "kind of the post"),
            _LAYERS,
            Column("answers", WHOLE, OTHERS, "responses to it", "posts"),
            Column("post", TEXT, OTHERS, "address of the post, or its id"),
        ),
        "areas": (
            Column("area", TEXT, NOBODY, "slug of the area"),
            _RANK,
            _OF,
            Column("score", SCORE, LISTED, "score in the area", "points"),
        ),
        "periods": (
            Column("since", DAY, NOBODY, "first day of the period"),
            Column("until", DAY, NOBODY, "last day of the period"),
            _RANK,
            _OF,
            Column("responders", WHOLE, LISTED, "distinct responders", "accounts"),
        ),
        "gaps": (
            Column("neighbour", TEXT, OTHERS, "person next on the list"),
            Column("place", TEXT, OTHERS, "above or below"),
            Column("apart", SCORE, OTHERS, "difference of the scores", "points"),
            Column(
                "needed",
                WHOLE,
                LISTED,
                "new responders that would change the order; empty if none would",
                "accounts",
            ),
        ),
        "layers": (
            Column("left_out", TEXT, NOBODY, "layer left out"),
            Column("ties", WHOLE, NOBODY, "ties of that layer", "ties"),
            _RANK,
        ),
        "discounted": (
            Column("responders", WHOLE, LISTED, "distinct responders", "accounts"),
            Column("discounted", WHOLE, LISTED, "of them discounted", "accounts"),
            Column("score", SCORE, LISTED, "score without the discount", "points"),
            Column("rank", WHOLE, LISTED, "rank without the discount"),
        ),
        "fakes": (
            Column("fakes", WHOLE, NOBODY, "fake accounts", "accounts"),
            Column("by_score", WHOLE, LISTED, "rank by score that they would buy"),
            Column("by_in_degree", WHOLE, LISTED, "rank by in-degree, likewise"),
            Column("by_pagerank", WHOLE, LISTED, "rank by PageRank, likewise"),
        ),
        "boosting": (
            Column("sign", TEXT, NOBODY, "sign of coordinated amplification"),
            Column("count", WHOLE, LISTED, "responses or responders that show it"),
            Column("out_of", WHOLE, LISTED, "of how many"),
            Column("share", SHARE, LISTED, "their share"),
            Column("median", SHARE, NOBODY, _MEDIAN),
        ),
    }
)
