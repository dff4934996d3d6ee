"""How well the ranking of an area predicted attention in its own past, in short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph import ranking
from hcpgraph.model.ties import NO_TIME
from hcpgraph.narrative import notes
from hcpgraph.ranking.validation.quick_check import TOP, quick_check

if TYPE_CHECKING:
    from hcpgraph.study.scored_area import ScoredArea


def past_notes(place: ScoredArea) -> tuple[str, ...]:
    """The check in a sentence; nothing where there is no past to check it on."""
    ties, query = place.counted.ties, place.query
    if len(ties) > ranking.LEARNED_UP_TO:
        if not (ties.at != NO_TIME).any():
            return ()
        return (notes.too_large_to_check(len(ties), ranking.LEARNED_UP_TO),)
    found = quick_check(
        ties,
        place.counted.accounts,
        place.history,
        layers=place.layers,
        start=ranking.prior().changed(query.weights),
        allowed=place.counted.allowed,
    )
    return () if found is None else (notes.checked_on_past(found, TOP),)
