"""One area of a report: its leaders, map, endorsers, prospects and past."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph import ranking, reports
from hcpgraph.errors import ThinHistory
from hcpgraph.model.columns import profile_fields
from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.model.prospects import PlanOptions
from hcpgraph.model.report import (
    UNNAMED,
    AreaMap,
    AreaReport,
    Endorsement,
    MapLeaders,
)
from hcpgraph.model.table import Table
from hcpgraph.narrative import notes
from hcpgraph.narrative.phrases import day
from hcpgraph.ranking.explain.context import open_context
from hcpgraph.ranking.explain.endorsers import endorsers
from hcpgraph.study import parts
from hcpgraph.study.past_check import past_notes
from hcpgraph.study.questions import backtest, families, prospects
from hcpgraph.study.questions.rank import first_listed
from hcpgraph.study.scored_area import measure_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from hcpgraph.model.backtest import Backtest
    from hcpgraph.model.prospects import Prospects
    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.report import ReportRequest
    from hcpgraph.study.open_study import OpenStudy
    from hcpgraph.study.person_lists import FoundLists
    from hcpgraph.study.scored_area import ScoredArea

ENDORSERS: Final = 8  # named per person
WHOLE: Final = "Whole study"
_LOOKED_AT: Final = 20  # people of each ranking that a backtest looks at


class Register:
    """Numbers accounts in the order of their first use."""

    def __init__(self) -> None:
        self._row: dict[int, int] = {}

    def rows(self, accounts: Iterable[int]) -> list[int]:
        """The row of each account in the table of people."""
        return [self._row.setdefault(one, len(self._row)) for one in accounts]

    def accounts(self) -> list[int]:
        """Everyone numbered so far, by row."""
        return list(self._row)


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What every area of a report needs.

    Attributes:
        opened: the study.
        request: what the report shows.
        met: the people on the lists that came with it.
        register: numbers those who are named.
    """

    opened: OpenStudy
    request: ReportRequest
    met: FoundLists
    register: Register


def describe(context: ReportContext, place: ScoredArea) -> AreaReport:
    """All that a reader wants to know of one area."""
    opened, listed, viewer = context.opened, place.listed, context.opened.viewer
    shown = parts.shown(viewer)
    most = context.request.top if parts.lists(viewer, "rank") else 0
    top = first_listed(place, top=most, draws=ranking.RESAMPLES)
    leaders, chart = _map(context, place) if parts.MAP in shown else (None, None)
    ranked = _ranking(context, place, top)
    named = parts.ENDORSERS in shown
    endorsed = tuple(_endorsed(place, top, context.register)) if named else None
    communities = _communities(context, place) if parts.COMMUNITIES in shown else None
    found, lacking = _backtest(opened, place)
    return AreaReport(
        area=place.area,
        name=WHOLE if place.area is None else opened.area_names()[place.area],
        listed=len(listed),
        ranking=ranked,
        medians=_medians(listed) if parts.SCORES in shown else {},
        leaders=leaders,
        endorsed=endorsed,
        map=chart,
        communities=communities,
        prospects=_prospects(context, place),
        backtest=found,
        size=(place.graph.n_nodes, place.graph.n_edges),
        lacking=lacking,
        notes=(*place.notes, *notes.equals_cut(len(top), top.cut), *past_notes(place)),
    )


def _medians(listed: Scored) -> dict[str, float]:
    return {
        name: float(np.median(listed.contribution[name])) if len(listed) else 0.0
        for name in CONTRIBUTIONS
    }


def _map(context: ReportContext, place: ScoredArea) -> tuple[MapLeaders, AreaMap]:
    """Where everyone stands, and who of them may be named."""
    listed = place.listed
    chart = reports.draw_map(
        place.graph,
        place.partition,
        place.counted.ties,
        listed.account,
        seed=place.query.seed,
    )
    positions = chart.person[: chart.named]
    rows = context.register.rows(listed.account[positions].tolist())
    scores = parts.SCORES in parts.shown(context.opened.viewer)
    leaders = _leaders(listed, positions, rows, scores=scores)
    return leaders, replace(chart, person=_rows_of(chart.person, rows))


def _prospects(context: ReportContext, place: ScoredArea) -> Prospects | None:
    """People to approach, as far as the viewer may see them."""
    viewer = context.opened.viewer
    if not parts.lists(viewer, "prospects"):
        return None
    options = PlanOptions(budget=context.request.budget)
    found = prospects.plan(context.opened, place.query, context.met, options)
    if parts.COVERAGE in parts.shown(viewer):
        return found
    return replace(found, reach={}, certificate=None)


def _backtest(opened: OpenStudy, place: ScoredArea) -> tuple[Backtest | None, str]:
    """How well past rankings predicted attention, or why nobody can say."""
    try:
        return backtest.answer(opened, place.query, top=_LOOKED_AT), ""
    except ThinHistory as error:
        return None, error.reason


def _ranking(context: ReportContext, place: ScoredArea, top: Scored) -> Table:
    """Those listed, a row each; intervals are empty where nothing can be drawn."""
    viewer = context.opened.viewer
    ranked = viewer.sees("rank", "rank")
    order = list(range(len(top))) if ranked else _by_profile(context.opened, top)
    blank = [None] * len(top)
    person = context.register.rows(top.account[order].tolist())
    told = {
        "rank": top.ranks().tolist(),
        "score": top.score.tolist(),
        "rank_low": blank if top.low is None else top.low.tolist(),
        "rank_high": blank if top.high is None else top.high.tolist(),
        "p_top10": blank if top.p_top10 is None else top.p_top10.tolist(),
        "tier": blank if top.tier is None else top.tier.tolist(),
        **families.columns(place.by_family, top.account),
        **{name: top.contribution[name].tolist() for name in CONTRIBUTIONS},
    }
    shown = parts.shown(viewer)
    left = {name for name in told if not viewer.sees("rank", name)}
    left |= set() if parts.SCORES in shown else set(CONTRIBUTIONS)
    left |= set() if parts.INTERVALS in shown else {"rank_low", "rank_high"}
    seen = {
        name: [cells[row] for row in order]
        for name, cells in told.items()
        if name not in left
    }
    return Table({"person": person, **seen})


def _by_profile(opened: OpenStudy, top: Scored) -> list[int]:
    """The rows by what is seen of people, as their order would tell their ranks."""
    found, _ = opened.profiles(top.account, profile_fields("rank")[1:])
    cells = [[cell or "" for cell in column] for column in found.values()]
    return sorted(range(len(top)), key=lambda row: [column[row] for column in cells])


def _leaders(
    listed: Scored, positions: NDArray[np.int32], rows: list[int], *, scores: bool
) -> MapLeaders:
    """Everyone on the map who may be listed, best first; *scores* if they are shown."""
    parted = CONTRIBUTIONS if scores else ()
    return MapLeaders(
        person=np.array(rows, np.int32),
        rank=listed.ranks()[positions].astype(np.int32),
        score=listed.score[positions] if scores else None,
        contribution={name: listed.contribution[name][positions] for name in parted},
    )


def _rows_of(positions: NDArray[np.int32], rows: list[int]) -> NDArray[np.int32]:
    """Positions in a list of leaders as rows of the table of people."""
    person = np.full(len(positions), UNNAMED, np.int32)
    person[: len(rows)] = rows
    return person


def _endorsed(
    place: ScoredArea, top: Scored, register: Register
) -> Iterator[tuple[Endorsement, ...]]:
    """For each of those listed, who carries the score, if they may be named."""
    if not len(top):
        return
    nameable = set(place.accounts.account[place.allowed].tolist())
    case = open_context(
        place.counted.ties,
        place.counted.accounts,
        int(top.account[0]),
        allowed=place.counted.allowed,
        weights=place.weights,
        layers=place.layers,
        measure=measure_of(place.query),
        seed=place.query.seed,
    )
    for account in top.account.tolist():
        carrying = endorsers(case.about(account), top=4 * ENDORSERS)
        named = [one for one in carrying if one.account in nameable][:ENDORSERS]
        people = register.rows(one.account for one in named)
        yield tuple(
            Endorsement(
                person, one.adds, one.rank, one.layers, one.n_ties, day(one.last)
            )
            for person, one in zip(people, named, strict=True)
        )


def _communities(context: ReportContext, place: ScoredArea) -> Table:
    """The communities with their first people as rows of the table of people."""
    listed, register = place.listed, context.register
    table = reports.communities_of(place.graph, place.partition, listed.account)
    first = [
        ",".join(map(str, register.rows(int(listed.account[one]) for one in found)))
        for found in ([int(i) for i in str(c).split(",") if i] for c in table["first"])
    ]
    return Table({**table.columns, "first": first})


def people(opened: OpenStudy, register: Register) -> tuple[Table, tuple[str, ...]]:
    """Everyone who is named, by row, and what a reader must know of it.

    Columns that are withheld from the viewer are not there; a number is always.
    """
    accounts = register.accounts()
    fields = profile_fields("rank")[1:]  # id is looked up anyway
    found, emptied = opened.profiles(accounts, fields)
    seen = {name: found[name] for name in found if opened.viewer.shows(name)}
    return Table({**seen, "number": list(range(1, len(accounts) + 1))}), emptied
