"""``backtest``: how well past rankings predicted attention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ThinHistory
from hcpgraph.model.backtest import Backtest
from hcpgraph.model.query import EVERY_AREA
from hcpgraph.model.table import Table
from hcpgraph.model.ties import NO_TIME
from hcpgraph.narrative import notes, times, verdicts
from hcpgraph.ranking.validation.backtest import TIMED, cutoffs, judge
from hcpgraph.ranking.validation.negative_control import control
from hcpgraph.study.scored_area import area_data, measure_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hcpgraph.model.query import Query
    from hcpgraph.model.table import Cell
    from hcpgraph.ranking.validation.backtest import Cutoff, Judged
    from hcpgraph.study.open_study import OpenStudy
    from hcpgraph.study.scored_area import AreaData

POINTS: Final = (0.35, 0.5, 0.65, 0.8)  # of the interactions


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found in one area, or why nothing was.

    Attributes:
        area: slug, or None for the whole study.
        cutoffs: when people were ranked; empty if there is too little history.
        judged: the methods, hcpgraph first.
        notes: what a reader must know.
        lacking: why nothing was found, as a clause.
    """

    area: str | None
    cutoffs: tuple[Cutoff, ...] = ()
    judged: tuple[Judged, ...] = ()
    notes: tuple[str, ...] = ()
    lacking: str = ""


def answer(
    opened: OpenStudy, query: Query, *, top: int, points: Sequence[float] = POINTS
) -> Backtest:
    """Rankings of the past held against what came after, beside simpler ones.

    Args:
        opened: the study.
        query: what is asked.
        top: how many people of each ranking are looked at.
        points: the shares of the interactions that come before each cut-off, ascending.

    Raises:
        UnknownArea: if the study has no such area.
        ThinHistory: if there is too little history to judge anything.
        ValueError: if *top* is below 1 or *points* are no ascending shares.
    """
    trials = [_trial(place, points, top=top) for place in area_data(opened, query)]
    held = [one for one in trials if one.cutoffs]
    if not held:
        raise _none_held(trials)
    methods = _joined([_methods(one, points) for one in held], held, query.area)
    return Backtest(
        table=opened.table("backtest", methods.columns),
        moments=_joined([_cutoff_rows(one) for one in held], held, query.area),
        area=query.area,
        top=top,
        notes=tuple(_notes(trials, query.area)),
        parameters={
            **query.parameters(),
            "points": list(points),
            "top": top,
            "engine": query.engine,
            "seed": query.seed,
        },
    )


def _trial(place: AreaData, points: Sequence[float], *, top: int) -> Trial:
    """Rank and judge one area, or the whole study."""
    query, ties = place.query, place.counted.ties
    try:
        found = cutoffs(
            ties, place.counted.accounts, layers=place.layers,
            measure=measure_of(query), allowed=place.counted.allowed, points=points,
            top=top, seed=query.seed,
        )  # fmt: skip
    except ThinHistory as error:
        return Trial(place.area, lacking=error.reason)
    judged = judge(found, top=top, seed=query.seed)
    said = [*place.notes]
    if any(one.method == TIMED for one in judged):
        said.append(notes.undated_at_cutoffs(int((ties.at == NO_TIME).sum()), TIMED))
    beside = control(found, top=top, seed=query.seed)
    said += [
        *notes.cutoffs(found, points),
        verdicts.verdicts(judged),
        verdicts.against_rival(judged),
        verdicts.negative_control(beside),
    ]
    return Trial(place.area, found, judged, tuple(said))


def _none_held(trials: Sequence[Trial]) -> ThinHistory:
    """What all areas lack, in one sentence."""
    if not trials:
        return ThinHistory("the study has no ties in any area")
    if len(trials) == 1:
        return ThinHistory(trials[0].lacking)
    first = trials[0]
    return ThinHistory(
        f"none of {len(trials)} areas has enough history; {first.area}: {first.lacking}"
    )


def _methods(trial: Trial, points: Sequence[float]) -> dict[str, list[Cell]]:
    """A row per method."""
    rows = trial.judged
    compared = [one.difference or (None, None, None, None) for one in rows]
    place = {m.share: i for i, m in enumerate(trial.cutoffs)}
    return {
        "method": [one.method for one in rows],
        "ndcg": [one.ndcg for one in rows],
        "low": [one.low for one in rows],
        "high": [one.high for one in rows],
        "precision": [one.precision for one in rows],
        "precision_low": [one.precision_span[0] for one in rows],
        "precision_high": [one.precision_span[1] for one in rows],
        "difference": [found[0] for found in compared],
        "difference_low": [found[1] for found in compared],
        "difference_high": [found[2] for found in compared],
        "verdict": [found[3] for found in compared],
        **{
            name: cells
            for share in points
            for name, cells in _at(share, rows, place.get(share)).items()
        },
    }


def _at(
    share: float, rows: Sequence[Judged], place: int | None
) -> dict[str, list[Cell]]:
    """NDCG at one cut-off, and its interval; empty where too little was known."""
    name = f"at_{100 * share:g}"
    if place is None:
        return {f"{name}{end}": [None for _ in rows] for end in ("", "_low", "_high")}
    return {
        name: [one.at[place] for one in rows],
        f"{name}_low": [one.at_span[place][0] for one in rows],
        f"{name}_high": [one.at_span[place][1] for one in rows],
    }


def _cutoff_rows(trial: Trial) -> dict[str, list[Cell]]:
    """A row per cut-off."""
    rows = trial.cutoffs
    return {
        "share": [m.share for m in rows],
        "at": [times.second(m.at) for m in rows],
        "known": [m.known for m in rows],
        "judged": [len(m.account) for m in rows],
        "responded": [m.responded for m in rows],
    }


def _joined(
    parts: Sequence[Mapping[str, list[Cell]]],
    trials: Sequence[Trial],
    area: str | None,
) -> Table:
    """One table of all areas, with the area first if each was asked for."""
    columns = {name: [c for part in parts for c in part[name]] for name in parts[0]}
    if area != EVERY_AREA:
        return Table(columns)
    first: list[Cell] = [
        trial.area
        for part, trial in zip(parts, trials, strict=True)
        for _ in next(iter(part.values()))
    ]
    return Table({"area": first, **columns})


def _notes(trials: Sequence[Trial], area: str | None) -> Iterator[str]:
    """The notes of all areas, each with its area if there are several."""
    for one in trials:
        said = list(one.notes)
        if one.lacking:
            said = [notes.not_evaluated(one.lacking), *said]
        several = area == EVERY_AREA
        yield from (notes.of_area(one.area, n) if several else n for n in said)
