"""Pictures of a study: what each kind needs, asked of the study and drawn."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph import figures, writing
from hcpgraph.model.names import PICTURES
from hcpgraph.model.query import EVERY_AREA, Selection, moment
from hcpgraph.store import Store
from hcpgraph.study import charting, courses, naming, person_lists
from hcpgraph.study.saving import save

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from matplotlib.figure import Figure

    from hcpgraph.model.prospects import Prospects
    from hcpgraph.model.ranking import Ranking
    from hcpgraph.study.core import Study

_AMONG: Final = 1000  # people ranked so that each community finds its leader
_LISTED: Final = 100  # people of an area whose ranks in the others are shown
_BUDGET: Final = 25


@dataclass(frozen=True, slots=True)
class FigureRequest:
    """What a picture shows.

    Attributes:
        area: slug of a disease area; None for the whole study.
        top: how many leaders are named.
        since: first moment of the period, inclusive.
        until: last moment of the period, exclusive.
        audience: who is named.
        known: a list of people already known, for a plan.
        exclude: a list of people never to suggest, likewise.
        allow_unmatched: whether nobody on that list need be in the study.
        budget: how many people a plan suggests; a network shows a plan if this or
            one of the lists is given.
        page: ``"slide"`` or ``"print"``.
        seed: for the random steps.

    Raises:
        ValueError: if every area is asked for at once.
    """

    area: str | None = None
    top: int = 20
    since: str | datetime | None = None
    until: str | datetime | None = None
    audience: str = "auto"
    known: Path | None = None
    exclude: Path | None = None
    allow_unmatched: bool = False
    budget: int | None = None
    page: str = "slide"
    seed: int = 0

    def __post_init__(self) -> None:
        if self.area == EVERY_AREA:
            raise ValueError("a figure shows one area, or the whole study: name one")
        for name in ("known", "exclude"):  # a pipe can be read but once
            brought = person_lists.as_person_list(getattr(self, name))
            object.__setattr__(self, name, brought)

    @property
    def is_plan(self) -> bool:
        """Whether it shows whom to approach."""
        return any(v is not None for v in (self.known, self.exclude, self.budget))

    def parameters(self) -> dict[str, object]:
        """What was asked in plain values; of a list its length and its digest."""
        plain = asdict(self)
        del plain["allow_unmatched"]  # makes no difference to the picture
        for name in ("known", "exclude"):
            brought = person_lists.as_person_list(getattr(self, name))
            if brought is not None:
                plain[name] = {"entries": len(brought), "sha256": brought.sha256}
        return plain

    def shortfalls(self, study: Study) -> tuple[str, ...]:
        """Who of the lists is not in the study, in words.

        Raises:
            UnmatchedList: if nobody to exclude is, unless that is allowed.
        """
        return person_lists.check_lists(
            study, self.known, self.exclude, allow_unmatched=self.allow_unmatched
        )

    @property
    def selection(self) -> Selection:
        """Which ties are read, and who may be named."""
        return Selection(
            area=self.area,
            since=moment(self.since),
            until=moment(self.until),
            audience=self.audience,
        )


def draw_network(study: Study, motif: FigureRequest) -> Figure:
    """The network with its communities, and its leaders or a plan."""
    with Store.open(study.path) as store:
        groups = charting.read_groups(store, motif.selection, seed=motif.seed)
        met = person_lists.find_people(store, person_lists.as_person_list(motif.known))
        known = store.read_ids(met.accounts)
    found = _prospects(study, motif) if motif.is_plan else _ranked(study, motif)
    return figures.network(
        groups.graph,
        found,
        partition=groups.partition,
        communities=groups.names,
        known=known,
        chosen=[str(cell) for cell in found.table["id"]] if motif.is_plan else [],
        title=_title(study, motif),
        labels=motif.top,
        seed=motif.seed,
        page=motif.page,
    )


def draw_ranking(study: Study, motif: FigureRequest) -> Figure:
    """The leaders, and what the score of each is made of."""
    return figures.ranking(
        _leaders(study, motif),
        top=motif.top,
        title=_title(study, motif),
        page=motif.page,
    )


def draw_communities(study: Study, motif: FigureRequest) -> Figure:
    """How large and how closed communities are, and who listens to whom."""
    with Store.open(study.path) as store:
        groups = charting.read_groups(store, motif.selection, seed=motif.seed)
    alike = charting.agreement(groups, seed=motif.seed)
    place = {str(account): i for i, account in enumerate(groups.graph.ids.tolist())}
    leaders: dict[int, str] = {}
    for account, name in figures.names_in(_ranked(study, motif)).items():
        if account in place:
            group = int(groups.partition.label[place[account]])
            leaders.setdefault(group, name)
    return figures.communities(
        groups.graph,
        groups.partition,
        names=groups.names,
        leaders=leaders,
        agreement=alike,
        title=_title(study, motif),
        page=motif.page,
    )


def draw_areas(study: Study, motif: FigureRequest) -> Figure:
    """The leading people of every area, and their ranks in the others.

    Every area is shown, whichever the motif names.
    """
    ranking = study.rank(
        EVERY_AREA,
        top=max(motif.top, _LISTED),
        since=motif.since,
        until=motif.until,
        audience=motif.audience,
        resamples=0,
        seed=motif.seed,
    )
    return figures.areas(
        ranking,
        names=naming.area_names(study),
        top=motif.top,
        title=_title(study, replace(motif, area=None)),
        page=motif.page,
    )


def draw_timeline(study: Study, motif: FigureRequest) -> Figure:
    """Who is responded to, period by period."""
    ranking = study.rank(
        motif.area,
        top=motif.top,
        since=motif.since,
        until=motif.until,
        audience=motif.audience,
        resamples=0,
        seed=motif.seed,
    )
    with Store.open(study.path) as store:
        course = courses.read_course(store, motif.selection, ranking, top=motif.top)
    return figures.timeline(
        course, top=motif.top, title=_title(study, motif), page=motif.page
    )


def draw_coverage(study: Study, motif: FigureRequest) -> Figure:
    """Whom to approach, and what each of them adds."""
    return draw_plan(study, motif, _prospects(study, motif))


def draw_plan(study: Study, motif: FigureRequest, found: Prospects) -> Figure:
    """The same of a plan that is made already."""
    return figures.coverage(found, title=_title(study, motif), page=motif.page)


def draw_backtest(study: Study, motif: FigureRequest) -> Figure:
    """How well past rankings foretold attention; nobody is named."""
    found = study.backtest(
        motif.area,
        top=motif.top,
        since=motif.since,
        until=motif.until,
        audience=motif.audience,
        seed=motif.seed,
    )
    return figures.backtest(found, title=_title(study, motif), page=motif.page)


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


def render_figure(figure: Figure, kind: str, *, dpi: int = 200) -> bytes:
    """A picture as the bytes of a file of its kind."""
    return figures.render(figure, kind, dpi=dpi)


def save_figure(
    study: Study,
    figure: Figure,
    path: Path,
    parameters: Mapping[str, object],
    *,
    dpi: int = 200,
) -> Path | None:
    """Write a picture to *path*, and beside it what it was made of.

    Returns:
        The path of the provenance file; None where nothing can stand beside.
    """
    content = render_figure(figure, picture_of(path, None), dpi=dpi)
    return save(study, content, path, parameters)


def _leaders(study: Study, motif: FigureRequest) -> Ranking:
    """The first people with the intervals of their ranks."""
    return study.rank(
        motif.area,
        top=motif.top,
        since=motif.since,
        until=motif.until,
        audience=motif.audience,
        seed=motif.seed,
    )


def _ranked(study: Study, motif: FigureRequest) -> Ranking:
    """So many people that each community finds its leader, without intervals."""
    return study.rank(
        motif.area,
        top=max(motif.top, _AMONG),
        since=motif.since,
        until=motif.until,
        audience=motif.audience,
        resamples=0,
        seed=motif.seed,
    )


def _prospects(study: Study, motif: FigureRequest) -> Prospects:
    return study.prospects(
        motif.area,
        known=motif.known,
        exclude=motif.exclude,
        allow_unmatched=motif.allow_unmatched,
        budget=_BUDGET if motif.budget is None else motif.budget,
        since=motif.since,
        until=motif.until,
        audience=motif.audience,
        seed=motif.seed,
    )


def _title(study: Study, motif: FigureRequest) -> str:
    """The name of the area, and the period if one was asked for."""
    title = (
        figures.WHOLE if motif.area is None else naming.area_names(study)[motif.area]
    )
    period = [
        f"{word} {bound:%Y-%m-%d}"
        for word, bound in (
            ("from", moment(motif.since)),
            ("before", moment(motif.until)),
        )
        if bound is not None
    ]
    return ", ".join([title, *period])


DRAWINGS: Final[Mapping[str, Callable[[Study, FigureRequest], Figure]]] = (
    MappingProxyType(
        {
            "network": draw_network,
            "ranking": draw_ranking,
            "communities": draw_communities,
            "areas": draw_areas,
            "timeline": draw_timeline,
            "coverage": draw_coverage,
            "backtest": draw_backtest,
        }
    )
)
