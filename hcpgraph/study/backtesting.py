"""Ask a study how well its past rankings foretold attention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from hcpgraph.engines import open_engine
from hcpgraph.errors import ThinHistory
from hcpgraph.model.backtest import Backtest
from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.model.query import EVERY_AREA, Selection, moment
from hcpgraph.model.table import Table
from hcpgraph.model.ties import NO_TIME
from hcpgraph.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hcpgraph.model.table import Cell
    from hcpgraph.model.ties import Ties
    from hcpgraph.ranking.validation.backtest import Cutoff, Judged
    from hcpgraph.study.core import Study, When
    from hcpgraph.study.scoring import Question, ScoredArea

POINTS: Final = (0.35, 0.5, 0.65, 0.8)  # of the acts


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found in one area, or why nothing was.

    Attributes:
        area: slug, or None for the whole study.
        moments: when people were ranked; empty if there is too little history.
        judged: the methods, hcpgraph first.
        notes: what a reader must know.
        lacking: why nothing was found, as a clause.
    """

    area: str | None
    moments: tuple[Cutoff, ...] = ()
    judged: tuple[Judged, ...] = ()
    notes: tuple[str, ...] = ()
    lacking: str = ""


def backtest(  # noqa: PLR0913 - one keyword per thing an analyst may ask
    study: Study,
    area: str | None = None,
    *,
    points: Sequence[float] = POINTS,
    top: int = 20,
    since: When = None,
    until: When = None,
    audience: str = "auto",
    layers: Mapping[str, float] | None = None,
    seed: int = 0,
) -> Backtest:
    """How well past rankings foretold attention, beside rankings anyone could make.

    At several moments people are ranked by what was known then, weights included, and
    held against the distinct accounts that mention, reply to, repost or quote them
    from then until the end. Nobody is named.

    Args:
        study: the study.
        area: slug of a disease area; ``"all"`` for each; None for the study.
        points: the shares of the acts that come before each moment, ascending.
        top: how many people of each ranking are looked at.
        since: first moment of the period, inclusive, UTC.
        until: last moment of the period, exclusive, UTC.
        audience: whose ranks are judged: ``"auto"``, ``"hcp"`` or ``"all"``.
        layers: layer -> weight; all but mentions inside reposts by default.
        seed: for the random steps.

    Raises:
        UnknownArea: if the study has no such area.
        ThinHistory: if there is too little history to judge anything.
        ValueError: if *top* is below 1 or *points* are no ascending shares.
    """
    from hcpgraph.study import scoring  # noqa: PLC0415 - imports need no numba

    selection = Selection(
        area=area,
        since=moment(since),
        until=moment(until),
        layers=DEFAULT_LAYERS if layers is None else layers,
        audience=audience,
    )
    question = scoring.Question(selection, open_engine(), seed=seed)
    with Store.open(study.path) as store:
        trials = list(_trials(store, question, points, top=top))
    held = [one for one in trials if one.moments]
    if not held:
        raise _none_held(trials)
    methods = _joined([_methods(one, points) for one in held], held, area)
    return Backtest(
        table=Table.of("backtest", methods.columns),
        moments=_joined([_moments(one) for one in held], held, area),
        area=area,
        top=top,
        notes=tuple(_notes(trials, area)),
        parameters={
            **selection.parameters(),
            "points": list(points),
            "top": top,
            "engine": question.engine.name,
            "seed": seed,
        },
    )


def past_notes(place: ScoredArea, question: Question) -> tuple[str, ...]:
    """In short, how well the ranking of *place* foretold attention; maybe nothing."""
    from hcpgraph.ranking import (  # noqa: PLC0415 - imports need no numba
        LEARNED_UP_TO,
        prior,
    )
    from hcpgraph.ranking.validation.quick_check import TOP, quick_check  # noqa: PLC0415 - likewise

    ties, layers = place.ties, question.selection.layers
    if len(ties) > LEARNED_UP_TO:
        if not (ties.at != NO_TIME).any():
            return ()
        return (
            f"neither moved by its own past nor checked on it, as {len(ties):,} ties"
            f" are more than {LEARNED_UP_TO:,}; 'hcpgraph backtest' checks it",
        )
    found = quick_check(
        ties,
        place.accounts,
        place.history,
        layers=layers,
        start=prior().changed(question.own_weights),
        allowed=place.allowed,
    )
    if found is None:
        return ()
    times = f"{found.moments} moment{'s' if found.moments > 1 else ''}"
    return (
        f"checked on its own past: NDCG@{TOP} {found.ndcg:.2f} at {times}"
        f" (best plain count: {found.rival} {found.rival_ndcg:.2f})",
    )


def _trials(
    store: Store, question: Question, points: Sequence[float], *, top: int
) -> Iterator[Trial]:
    """Rank and judge each area that was asked for, or the whole study."""
    from hcpgraph.ranking.validation.backtest import judge, moments  # noqa: PLC0415 - needs numba
    from hcpgraph.study import scoring, selecting  # noqa: PLC0415 - likewise

    selection = question.selection
    for slug, ties in selecting.ties_by_area(store, selection):
        place = scoring.read_area_data(store, selection, slug, ties)
        try:
            found = moments(
                ties, place.accounts, layers=selection.layers,
                measure=question.measure, allowed=place.allowed, points=points,
                top=top, seed=question.seed,
            )  # fmt: skip
        except ThinHistory as error:
            yield Trial(slug, lacking=error.reason)
            continue
        judged = judge(found, top=top, seed=question.seed)
        told = (
            *place.notes,
            *_undated(ties, judged),
            *_told(found, points),
            _summary(judged),
        )
        yield Trial(slug, found, judged, told)


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
    place = {m.share: i for i, m in enumerate(trial.moments)}
    return {
        "method": [one.method for one in rows],
        "ndcg": [one.ndcg for one in rows],
        "low": [one.low for one in rows],
        "high": [one.high for one in rows],
        "precision": [one.precision for one in rows],
        "difference": [found[0] for found in compared],
        "difference_low": [found[1] for found in compared],
        "difference_high": [found[2] for found in compared],
        "verdict": [found[3] for found in compared],
        **{
            f"at_{100 * share:g}": [
                one.at[place[share]] if share in place else None for one in rows
            ]
            for share in points
        },
    }


def _moments(trial: Trial) -> dict[str, list[Cell]]:
    """A row per moment."""
    rows = trial.moments
    return {
        "share": [m.share for m in rows],
        "at": [_clock(m.at) for m in rows],
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


def _undated(ties: Ties, judged: Sequence[Judged]) -> tuple[str, ...]:
    from hcpgraph.ranking.validation.backtest import TIMED  # noqa: PLC0415 - numba

    if all(one.method != TIMED for one in judged):
        return ()
    count = int((ties.at == NO_TIME).sum())
    return (
        f"{count:,} ties have no time, so every ranking knows them at every moment;"
        f" '{TIMED}' leaves them out",
    )


def _told(moments: Sequence[Cutoff], points: Sequence[float]) -> list[str]:
    kept = [
        f"{100 * m.share:g}% of the acts, to {_clock(m.at)}: {len(m.account):,} people"
        f" judged, {m.responded:,} responded to later"
        for m in moments
    ]
    left = [f"{100 * p:g}%" for p in points if p not in {m.share for m in moments}]
    if left:
        kept.append(f"{' and '.join(left)}: not judged, too little comes later")
    return kept


def _summary(judged: Sequence[Judged]) -> str:
    """Where hcpgraph stands, in one line."""
    verdicts = [one.difference[3] for one in judged if one.difference]
    counts = [
        f"{words} {verdicts.count(word)}"
        for word, words in (
            ("ahead", "ahead of"), ("level", "level with"), ("behind", "behind"),
        )
        if word in verdicts
    ]  # fmt: skip
    return f"hcpgraph is {', '.join(counts)}, by 90% intervals of the difference"


def _notes(trials: Sequence[Trial], area: str | None) -> Iterator[str]:
    """The notes of all areas, each with its area if there are several."""
    for one in trials:
        start = f"{one.area}: " if area == EVERY_AREA else ""
        if one.lacking:
            yield f"{start}not judged: {one.lacking}"
        for note in one.notes:
            yield f"{start}{note}"


def _clock(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%S}Z"
