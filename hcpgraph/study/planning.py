"""Ask a study whom to approach next, given whom one knows already."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hcpgraph import prospects, ranking
from hcpgraph.errors import ThinRecord
from hcpgraph.model.prospects import Prospects
from hcpgraph.ranking.change import rising
from hcpgraph.study import prospect_rows, releasing, selecting

if TYPE_CHECKING:
    from hcpgraph.model.ties import Ties
    from hcpgraph.prospects import ProspectRequest
    from hcpgraph.store import Store
    from hcpgraph.study.person_lists import FoundLists
    from hcpgraph.study.scoring import Question, ScoredArea


def plan(
    store: Store,
    place: ScoredArea,
    question: Question,
    wish: ProspectRequest,
    lists: FoundLists,
) -> Prospects:
    """The people to approach next, each with a reason in words."""
    found = prospects.suggest(
        place.ties,
        place.accounts,
        place.standings,
        wish,
        prospects.PeopleData(
            allowed=place.allowed,
            profiles=partial(releasing.read_groups, store),
            introducing=prospect_rows.introducing(place),
            working=None if place.area is None else store.read_working(place.area),
            hopes=_hopes(place, question),
            record=_record(store, question),
        ),
        layers=question.selection.layers,
    )
    table, untold = prospect_rows.table(store, found, place, question.selection)
    told = lists.notes(place.accounts.account)
    return Prospects(
        table=table,
        area=place.area,
        notes=(*lists.shortfalls(), *place.notes, *told, *found.notes, *untold),
        parameters={
            **question.selection.parameters(),
            **lists.parameters(),
            **wish.parameters(),
        },
        reach=found.reach,
        certificate=found.certificate,
    )


def _record(store: Store, question: Question) -> Ties | None:
    """The ties of the whole study, where the question is about an area."""
    if question.selection.area is None:
        return None
    whole = replace(question.selection, area=None)
    return next(iter(selecting.ties_by_area(store, whole)))[1]


def _hopes(place: ScoredArea, question: Question) -> prospects.RiseProbabilities | None:
    """Who may enter the first tenth, where the record tells; None where it does not."""
    if len(place.ties) > ranking.LEARNED_UP_TO:
        return None
    try:
        course = rising.follow(
            place.ties,
            place.accounts,
            among=place.accounts.account[place.allowed],
            layers=question.selection.layers,
            measure=question.measure,
            seed=question.seed,
        )
    except ThinRecord:
        return None
    weight = rising.fit(course.past, rising.prior())
    return prospects.RiseProbabilities(
        course.now.account, rising.predict(weight, course.now.x)
    )
