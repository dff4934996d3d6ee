"""``figure``: what each kind of picture needs, asked of the study and drawn."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph import figures, writing
from hcpgraph.model.names import PICTURES, suggest
from hcpgraph.model.query import EVERY_AREA
from hcpgraph.narrative import partly, times
from hcpgraph.study import parts, person_lists
from hcpgraph.study.questions import (
    backtest,
    communities,
    families,
    prospects,
    rank,
    timeline,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from hcpgraph.model.figure import FigureRequest
    from hcpgraph.model.prospects import Prospects
    from hcpgraph.model.ranking import Ranking
    from hcpgraph.ranking import PartialLayer
    from hcpgraph.study.open_study import OpenStudy

_AMONG: Final = 1000  # people ranked so that each community finds its leader
_LISTED: Final = 100  # people of an area whose ranks in the others are shown


def answer(opened: OpenStudy, kind: str, request: FigureRequest) -> Figure:
    """The picture that is asked for.

    Args:
        opened: the study.
        kind: one of ``hcpgraph.model.names.FIGURES``.
        request: what it shows.

    Raises:
        UnknownArea: if the study has no such area.
        FigureError: if it shows what is withheld from the viewer.
        ValueError: if there is no such kind.
    """
    if kind not in DRAWINGS:
        raise ValueError(f"no figure {kind!r}; {suggest(kind, DRAWINGS)}")
    shown = "plan" if kind == "network" and request.is_plan else kind
    parts.refuse_picture(opened.viewer, shown)
    return DRAWINGS[kind](opened, request)


def picture_of(path: Path | None, kind: str | None) -> str:
    """The kind of picture that is asked for, or that a name asks for; png for pipes.

    Raises:
        FigureError: if the name asks for none.
    """
    if kind is not None:
        return kind
    if path is None or (not path.suffix and not writing.is_regular(path)):
        return PICTURES[0]
    return figures.kind_of(path)


def render(figure: Figure, kind: str, *, dpi: int = 200) -> bytes:
    """A picture as the bytes of a file of its kind."""
    return figures.render(figure, kind, dpi=dpi)


def parameters(request: FigureRequest) -> dict[str, object]:
    """What was asked in plain values; of a list its length and its digest."""
    query = request.query
    given = {"known": request.lists.known, "exclude": request.lists.exclude}
    lists = {name: person_lists.as_person_list(one) for name, one in given.items()}
    return {
        "area": query.area,
        "top": request.top,
        "since": times.day_or_second(query.since),
        "until": times.day_or_second(query.until),
        "audience": query.audience,
        **{
            name: one and {"entries": len(one), "sha256": one.sha256}
            for name, one in lists.items()
        },
        "budget": request.budget,
        "families": list(request.families) or None,
        "page": request.page,
        "seed": query.seed,
    }


def draw_network(opened: OpenStudy, request: FigureRequest) -> Figure:
    """The network with its communities, and its leaders or a plan."""
    drawn = _prospects if request.is_plan else _ranked
    found = drawn(opened, request)
    groups = communities.described(opened, request.query)
    people = person_lists.as_person_list(request.lists.known)
    met = person_lists.find_people(opened, people)
    return figures.network(
        groups.graph,
        found,
        partition=groups.partition,
        communities=groups.names,
        known=opened.printed(met.accounts).tolist(),
        chosen=[str(cell) for cell in found.table["id"]] if request.is_plan else [],
        title=_title(opened, request, left_out=groups.left_out),
        labels=request.top,
        seed=request.query.seed,
        page=request.page,
    )


def draw_ranking(opened: OpenStudy, request: FigureRequest) -> Figure:
    """The leaders, and what the score of each is made of."""
    return figures.ranking(
        rank.answer(opened, request.query, top=request.top),
        top=request.top,
        title=_title(opened, request),
        page=request.page,
    )


def draw_communities(opened: OpenStudy, request: FigureRequest) -> Figure:
    """Size and closure of communities, and the ties between them."""
    ranking = _ranked(opened, request)
    groups = communities.described(opened, request.query)
    alike = communities.agreement(groups, seed=request.query.seed)
    place = {str(account): i for i, account in enumerate(groups.graph.ids.tolist())}
    leaders: dict[int, str] = {}
    for account, name in figures.names_in(ranking).items():
        if account in place:
            group = int(groups.partition.label[place[account]])
            leaders.setdefault(group, name)
    return figures.communities(
        groups.graph,
        groups.partition,
        names=groups.names,
        leaders=leaders,
        agreement=alike,
        title=_title(opened, request, left_out=groups.left_out),
        page=request.page,
    )


def draw_areas(opened: OpenStudy, request: FigureRequest) -> Figure:
    """The leading people of every area, and their ranks in the others.

    Every area is shown, whichever is asked for.
    """
    query = replace(request.query, area=EVERY_AREA, resamples=0)
    return figures.areas(
        rank.answer(opened, query, top=max(request.top, _LISTED)),
        names=opened.area_names(),
        top=request.top,
        title=_title(opened, request, whole=True),
        page=request.page,
    )


def draw_timeline(opened: OpenStudy, request: FigureRequest) -> Figure:
    """Who is responded to, period by period."""
    query = replace(request.query, resamples=0)
    ranking = rank.answer(opened, query, top=request.top)
    return figures.timeline(
        timeline.answer(opened, query, ranking, top=request.top),
        top=request.top,
        title=_title(opened, request),
        page=request.page,
    )


def draw_coverage(opened: OpenStudy, request: FigureRequest) -> Figure:
    """Prospects, and the marginal gain of each."""
    return figures.coverage(
        _prospects(opened, request), title=_title(opened, request), page=request.page
    )


def draw_backtest(opened: OpenStudy, request: FigureRequest) -> Figure:
    """How well past rankings predicted attention; nobody is named."""
    found = backtest.answer(opened, request.query, top=request.top)
    return figures.backtest(found, title=_title(opened, request), page=request.page)


def draw_families(opened: OpenStudy, request: FigureRequest) -> Figure:
    """Ranks by the ties of two families, named where they differ most."""
    pair = families.answer(
        opened, request.query, families=request.families, top=request.top
    )
    return figures.families(pair, title=_title(opened, request), page=request.page)


def _ranked(opened: OpenStudy, request: FigureRequest) -> Ranking:
    """So many people that each community finds its leader, without intervals."""
    query = replace(request.query, resamples=0)
    return rank.answer(opened, query, top=max(request.top, _AMONG))


def _prospects(opened: OpenStudy, request: FigureRequest) -> Prospects:
    """The plan that is given, or a new one."""
    if request.plan is not None:
        return request.plan
    return prospects.answer(opened, request.query, request.lists, request.options)


def _title(
    opened: OpenStudy,
    request: FigureRequest,
    *,
    whole: bool = False,
    left_out: Sequence[PartialLayer] = (),
) -> str:
    """The name of the area, the period if one was asked for, and layers left out."""
    query = request.query
    if whole or query.area is None:
        title = figures.WHOLE
    else:
        title = opened.area_names()[query.area]
    period = [
        f"{word} {bound:%Y-%m-%d}"
        for word, bound in (("from", query.since), ("before", query.until))
        if bound is not None
    ]
    return ", ".join([title, *period, *map(partly.left_out_of_title, left_out)])


DRAWINGS: Final[Mapping[str, Callable[[OpenStudy, FigureRequest], Figure]]] = (
    MappingProxyType(
        {
            "network": draw_network,
            "ranking": draw_ranking,
            "communities": draw_communities,
            "areas": draw_areas,
            "timeline": draw_timeline,
            "coverage": draw_coverage,
            "backtest": draw_backtest,
            "families": draw_families,
        }
    )
)
