"""One area of a report: its leaders, map, endorsers, prospects and past."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph import communities, ranking, reports
from hcpgraph.graph import from_ties
from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.model.report import UNNAMED, AreaReport, Endorsement, MapLeaders
from hcpgraph.model.table import Table
from hcpgraph.narrative.phrases import day
from hcpgraph.ranking.explain.context import open_context
from hcpgraph.ranking.explain.endorsers import endorsers
from hcpgraph.store import Store
from hcpgraph.study import naming, releasing
from hcpgraph.study.backtesting import past_notes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.study.core import Study
    from hcpgraph.study.reporting import Register, ReportContext
    from hcpgraph.study.scoring import Question, ScoredArea

ENDORSERS: Final = 8  # named per person
WHOLE: Final = "Whole study"


def describe(
    desk: ReportContext, place: ScoredArea, question: Question, listed: Scored
) -> AreaReport:
    """All that a reader wants to know of one area."""
    wanted, layers = desk.wanted, question.selection.layers
    graph = from_ties(place.ties, layers)
    partition = communities.leiden(graph, seed=wanted.seed)
    chart = reports.draw_map(
        graph, partition, place.ties, listed.account, seed=wanted.seed
    )
    top = ranking.with_intervals(
        listed,
        place.ties,
        place.accounts,
        weights=place.weights,
        layers=layers,
        top=wanted.top,
        seed=wanted.seed,
    )
    rows = desk.register.rows(listed.account[chart.person[: chart.named]].tolist())
    backtest, lacking = desk.backtest(place.area)
    return AreaReport(
        area=place.area,
        name=WHOLE if place.area is None else naming.area_names(desk.study)[place.area],
        listed=len(listed),
        ranking=_ranking(top, desk.register),
        medians={
            name: float(np.median(listed.contribution[name])) if len(listed) else 0.0
            for name in CONTRIBUTIONS
        },
        leaders=_leaders(listed, chart.person[: chart.named], rows),
        endorsed=tuple(_endorsed(place, question, top, desk.register)),
        map=replace(chart, person=_rows_of(chart.person, rows)),
        communities=_communities(
            reports.communities_of(graph, partition, listed.account),
            listed,
            desk.register,
        ),
        prospects=desk.prospects(place.area),
        backtest=backtest,
        lacking=lacking,
        notes=(*place.notes, *past_notes(place, question)),
    )


def _ranking(top: Scored, register: Register) -> Table:
    """Those listed, a row each; intervals are empty where nothing can be drawn."""
    count = len(top)
    blank = [None] * count
    return Table(
        {
            "person": register.rows(top.account.tolist()),
            "rank": list(range(1, count + 1)),
            "score": top.score.tolist(),
            "rank_low": blank if top.low is None else top.low.tolist(),
            "rank_high": blank if top.high is None else top.high.tolist(),
            "p_top10": blank if top.p_top10 is None else top.p_top10.tolist(),
            "tier": blank if top.tier is None else top.tier.tolist(),
            **{name: top.contribution[name].tolist() for name in CONTRIBUTIONS},
        }
    )


def _leaders(
    listed: Scored, positions: NDArray[np.int32], rows: list[int]
) -> MapLeaders:
    """Everyone on the map who may be listed, best first."""
    return MapLeaders(
        person=np.array(rows, np.int32),
        rank=(positions + 1).astype(np.int32),
        score=listed.score[positions],
        contribution={
            name: listed.contribution[name][positions] for name in CONTRIBUTIONS
        },
    )


def _rows_of(positions: NDArray[np.int32], rows: list[int]) -> NDArray[np.int32]:
    """Positions in a list of leaders as rows of the table of people."""
    person = np.full(len(positions), UNNAMED, np.int32)
    person[: len(rows)] = rows
    return person


def _endorsed(
    place: ScoredArea, question: Question, top: Scored, register: Register
) -> Iterator[tuple[Endorsement, ...]]:
    """For each of those listed, who carries the score, if they may be named."""
    if not len(top):
        return
    nameable = set(place.accounts.account[place.allowed].tolist())
    case = open_context(
        place.ties,
        place.accounts,
        int(top.account[0]),
        allowed=place.allowed,
        weights=place.weights,
        layers=question.selection.layers,
        measure=question.measure,
        seed=question.seed,
    )
    for account in top.account.tolist():
        carrying = endorsers(case.about(account), top=4 * ENDORSERS)
        named = [one for one in carrying if one.account in nameable][:ENDORSERS]
        people = register.rows(one.account for one in named)
        yield tuple(
            Endorsement(person, one.adds, one.rank, one.layers, one.acts, day(one.last))
            for person, one in zip(people, named, strict=True)
        )


def _communities(table: Table, listed: Scored, register: Register) -> Table:
    """The communities with their first people as rows of the table of people."""
    first = [
        ",".join(map(str, register.rows(int(listed.account[one]) for one in found)))
        for found in ([int(i) for i in str(c).split(",") if i] for c in table["first"])
    ]
    return Table({**table.columns, "first": first})


def people(study: Study, register: Register) -> tuple[Table, tuple[str, ...]]:
    """Everyone who is named, by row, and what a reader must know of it."""
    fields = ("handle", "name", "role", "specialty", "institution", "country")
    with Store.open(study.path) as store:
        found, emptied = releasing.read_profiles(store, register.accounts(), fields)
    return Table(found), emptied
