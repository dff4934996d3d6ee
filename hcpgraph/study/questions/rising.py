"""``rising``: who is likely to enter the top decile next period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.model.columns import profile_fields
from hcpgraph.model.query import EVERY_AREA
from hcpgraph.model.ranks import best_first, equals_after, ranks_of
from hcpgraph.model.rising import Rising
from hcpgraph.model.table import Table
from hcpgraph.narrative import notes, reasons
from hcpgraph.narrative.partly import missing_first
from hcpgraph.ranking.change.calibration import auc, check
from hcpgraph.ranking.change.rising import fit, follow, predict, prior
from hcpgraph.study.scored_area import measure_of, scored_area

if TYPE_CHECKING:
    from hcpgraph.model.query import Query
    from hcpgraph.ranking.change.calibration import Check
    from hcpgraph.ranking.change.rising import RiseHistory
    from hcpgraph.study.open_study import OpenStudy
    from hcpgraph.study.scored_area import ScoredArea


def answer(opened: OpenStudy, query: Query, *, top: int) -> Rising:
    """The likeliest to enter, best first, and how such predictions did before.

    Raises:
        UnknownArea: if the study has no such area.
        ThinRecord: if too few interactions have a time.
        ValueError: if *top* is negative, or every area is asked for.
    """
    if top < 0:
        raise ValueError(f"top must be 0 or more, got {top}")
    if query.area == EVERY_AREA:
        raise ValueError("rising stars are those of one area, or of the whole study")
    place = scored_area(opened, query)
    history = rise_history(place)
    found = check(history.past, prior())
    figures = _figures(found)
    said = notes.predicted(history.since, history.until, found, figures)
    table, emptied = _table(opened, place, history, top=top)
    return Rising(
        table=table,
        area=query.area,
        calibration=_calibration(found),
        check=figures,
        notes=missing_first((*said, *place.notes, *emptied)),
        parameters={
            **query.parameters(), "top": top, "engine": query.engine,
            "seed": query.seed,
        },
    )  # fmt: skip


def rise_history(place: ScoredArea) -> RiseHistory:
    """Who entered the top decile in the periods of the past, and who may next.

    Raises:
        ThinRecord: if too few interactions have a time.
    """
    return follow(
        place.counted.ties,
        place.counted.accounts,
        among=place.counted.accounts.account[place.counted.allowed],
        layers=place.layers,
        measure=measure_of(place.query),
        seed=place.query.seed,
    )


def _table(
    opened: OpenStudy, place: ScoredArea, history: RiseHistory, *, top: int
) -> tuple[Table, tuple[str, ...]]:
    """The likeliest to enter, best first; equals by current rank."""
    now, weight = history.now, fit(history.past, prior())
    probability = predict(weight, now.x).round(6)
    listed = place.listed
    of = np.empty(int(listed.account.max(initial=0)) + 1, np.int64)
    of[listed.account] = listed.ranks()
    current = of[now.account]
    order = best_first(probability, current)
    # the score knows more than the prediction: whom it has among the first, is there
    order = order[current[order] > now.seats]
    cut = equals_after(probability[order], top)
    ranks, order = ranks_of(probability[order])[:top], order[:top]
    worth = weight[1:] * (now.x - now.x.mean(axis=0)) if len(now) else now.x
    profiles, emptied = opened.profiles(now.account[order])
    table = opened.table(
        "rising",
        {
            **{name: profiles[name] for name in profile_fields("rising")},
            "rank": ranks.tolist(),
            "probability": probability[order].tolist(),
            "current_rank": current[order].tolist(),
            "reason": [
                reasons.rising(history, row, worth[row], current) for row in order
            ],
        },
    )
    return table, (
        *notes.equals_cut(len(order), cut, "probability"),
        *emptied,
        *opened.withheld(table),
    )


def _calibration(found: Check | None) -> Table:
    names = ("above", "up_to", "people", "given", "entered")
    bands = [] if found is None else found.bands()
    return Table({name: [band[i] for band in bands] for i, name in enumerate(names)})


def _figures(found: Check | None) -> dict[str, float]:
    if found is None:
        return {}
    return {
        "brier": found.brier,
        "brier_base_rate": found.base,
        "auc": auc(found.given, found.entered),
        "auc_rank": auc(found.rank, found.entered),
        "auc_momentum": auc(found.momentum, found.entered),
    }
