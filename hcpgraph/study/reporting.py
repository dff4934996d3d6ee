"""``Study.report``: everything a reader needs on one page, gathered and released."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hcpgraph import progress
from hcpgraph.engines import open_engine
from hcpgraph.errors import ThinHistory
from hcpgraph.model.query import EVERY_AREA, Selection, moment
from hcpgraph.model.report import Report
from hcpgraph.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hcpgraph.model.backtest import Backtest
    from hcpgraph.model.people import PersonList
    from hcpgraph.model.prospects import Prospects
    from hcpgraph.model.report import AreaReport
    from hcpgraph.reports import Frame
    from hcpgraph.study.core import Study, When
    from hcpgraph.study.scoring import Question, ScoredArea

    People = Path | str | PersonList | Iterable[str] | None

MOST_AREAS: Final = 8
FEWEST_PEOPLE: Final = 5  # who may be listed, for an area that nobody asked for


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What a report shows.

    Attributes:
        areas: slugs; empty for the whole study and its largest areas.
        top: people listed per area.
        budget: prospects per area.
        since: first moment of the period, inclusive.
        until: last moment of the period, exclusive.
        audience: who is named.
        seed: for the random steps.
    """

    areas: tuple[str, ...] = ()
    top: int = 25
    budget: int = 25
    since: When = None
    until: When = None
    audience: str = "auto"
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("top", "budget"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more, got {getattr(self, name)}")

    def selection(self, area: str | None) -> Selection:
        """What is asked about one area."""
        return Selection(
            area=area,
            since=moment(self.since),
            until=moment(self.until),
            audience=self.audience,
        )


class Register:
    """Numbers accounts as they come to be named."""

    def __init__(self) -> None:
        self._row: dict[int, int] = {}

    def rows(self, accounts: Iterable[int]) -> list[int]:
        """The row of each account in the table of people."""
        return [self._row.setdefault(one, len(self._row)) for one in accounts]

    def accounts(self) -> list[int]:
        """Everyone numbered so far, by row."""
        return list(self._row)


def report(  # noqa: PLR0913 - one keyword per thing an analyst may ask
    study: Study,
    *,
    areas: Sequence[str] = (),
    top: int = 25,
    known: People = None,
    exclude: People = None,
    allow_unmatched: bool = False,
    budget: int = 25,
    since: When = None,
    until: When = None,
    audience: str = "auto",
    seed: int = 0,
) -> Report:
    """A study on one page: who leads, why, how sure, and whom to approach.

    Args:
        study: the study.
        areas: slugs of disease areas, or ``"all"``; by default the whole study and
            its eight largest areas in which at least five people may be listed.
        top: people listed per area; everyone else who may be named is on the map.
        known: people already known, as for ``prospects``. Never stored.
        exclude: people never to suggest, likewise.
        allow_unmatched: go on where nobody of *exclude* is in the study.
        budget: prospects per area.
        since: first moment of the period, inclusive, UTC.
        until: last moment of the period, exclusive, UTC.
        audience: who is named: ``"auto"``, ``"hcp"`` or ``"all"``.
        seed: for the random steps.

    Raises:
        UnknownArea: if the study has no such area.
        ExportError: if a list of people cannot be read.
        UnmatchedList: if nobody of *exclude* is in the study.
        ValueError: if *top* or *budget* is below 1.
    """
    from hcpgraph.study import (  # noqa: PLC0415 - imports need no numba
        composing,
        person_lists,
    )

    wanted = ReportRequest(tuple(areas), top, budget, since, until, audience, seed)
    lists = GivenLists(
        person_lists.as_person_list(known),
        person_lists.as_person_list(exclude),
        allow_unmatched,
    )
    # before the long work, and also where an area has nobody to suggest
    person_lists.check_lists(
        study, lists.known, lists.exclude, allow_unmatched=allow_unmatched
    )
    desk = ReportContext(study, wanted, lists, Register())
    asked, left_out = _chosen(study, wanted)
    parts = []
    for area in progress.each("reporting", asked):
        place, question = desk.read(area)
        if not len(place.ties):
            where = f"in {area}" if area else "in this study"
            raise ValueError(
                f"no ties {where} and period, so there is nothing to report;"
                " 'hcpgraph areas' lists the areas that occur"
            )
        listed = place.standings.only(place.accounts, place.allowed)
        if area and not wanted.areas and len(listed) < FEWEST_PEOPLE:
            left_out.append(f"{area} ({len(listed)} people may be listed)")
        else:
            parts.append(composing.describe(desk, place, question, listed))
    parameters = _parameters(wanted, parts)
    people, emptied = composing.people(study, desk.register)
    return Report(
        title=study.path.stem,
        areas=tuple(replace(one, notes=(*one.notes, *emptied)) for one in parts),
        left_out=tuple(left_out),
        people=people,
        summary=study.summary(),
        origin=study.provenance(parameters),
        parameters=parameters,
    )


def render_report(page: Report) -> bytes:
    """A report as one HTML page."""
    from hcpgraph.reports import render  # noqa: PLC0415 - jinja2, for pages alone

    return render(page).encode()


def save_report(study: Study, page: Report, path: Path | str) -> Path | None:
    """Write a report as one HTML page, and beside it what it was made of.

    The page opens without a network and asks for nothing.

    Args:
        study: the study that the report is of.
        page: as ``report`` gives it.
        path: the file to write.

    Returns:
        The path of the provenance file, ``FILE.provenance.json``; None for a device
        or a pipe, beside which nothing can stand.

    Raises:
        OutputError: if either cannot be written.
    """
    from hcpgraph.study import saving  # noqa: PLC0415 - only for saving

    return saving.save(study, render_report(page), Path(path), page.parameters)


def show_report(study: Study, page: Report, *, height: int = 800) -> Frame:
    """A report inside a notebook, interactive, and kept when the notebook is exported.

    Args:
        study: the study that the report is of.
        page: as ``report`` gives it.
        height: of the frame in pixels.

    Raises:
        ValueError: if *height* is not positive, or the report is of another study.
    """
    from hcpgraph.reports import Frame, render  # noqa: PLC0415 - jinja2, for pages

    if page.title != study.path.stem:
        raise ValueError(
            f"this report is of {page.title!r}, not of {study.path.stem!r}"
        )
    return Frame(render(page), height)


@dataclass(frozen=True, slots=True)
class GivenLists:
    """The lists of people that come with a report; each is read once."""

    known: PersonList | None
    exclude: PersonList | None
    allow_unmatched: bool


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What every area of a report needs."""

    study: Study
    wanted: ReportRequest
    lists: GivenLists
    register: Register

    def read(self, area: str | None) -> tuple[ScoredArea, Question]:
        """An area (or the whole study) ranked, and the question that asked for it."""
        from hcpgraph.study import scoring  # noqa: PLC0415 - imports need no numba

        selection = self.wanted.selection(area)
        question = scoring.Question(selection, open_engine(), seed=self.wanted.seed)
        with Store.open(self.study.path) as store:
            return scoring.read_scored_areas(store, question)[0], question

    def prospects(self, area: str | None) -> Prospects:
        """Whom to approach."""
        wanted = self.wanted
        return self.study.prospects(
            area,
            known=self.lists.known,
            exclude=self.lists.exclude,
            allow_unmatched=self.lists.allow_unmatched,
            budget=wanted.budget,
            since=wanted.since,
            until=wanted.until,
            audience=wanted.audience,
            seed=wanted.seed,
        )

    def backtest(self, area: str | None) -> tuple[Backtest | None, str]:
        """How well past rankings foretold attention, or why nobody can say."""
        wanted = self.wanted
        try:
            found = self.study.backtest(
                area,
                since=wanted.since,
                until=wanted.until,
                audience=wanted.audience,
                seed=wanted.seed,
            )
        except ThinHistory as error:
            return None, error.reason
        return found, ""


def _chosen(study: Study, wanted: ReportRequest) -> tuple[list[str | None], list[str]]:
    """The areas to report on, and in words which are left out."""
    table = study.areas()
    ties = dict(zip(table["slug"], table["ties"], strict=True))
    count = {str(slug): int(many or 0) for slug, many in ties.items()}
    present = sorted(slug for slug in count if count[slug])
    if EVERY_AREA in wanted.areas:
        return list(present), []
    if wanted.areas:
        return list(dict.fromkeys(wanted.areas)), []
    present.sort(key=lambda slug: (-count[slug], slug))
    left = [f"{slug} ({count[slug]:,} ties)" for slug in present[MOST_AREAS:]]
    return [None, *present[:MOST_AREAS]], left


def _parameters(
    wanted: ReportRequest, parts: Sequence[AreaReport]
) -> dict[str, object]:
    """What was asked, in plain values, for provenance."""
    selection = wanted.selection(None).parameters()
    del selection["area"]
    lists = parts[0].prospects.parameters if parts else {}
    return {
        **selection,
        "areas": [part.area for part in parts],
        "top": wanted.top,
        "budget": wanted.budget,
        "known": lists.get("known"),
        "exclude": lists.get("exclude"),
        "seed": wanted.seed,
    }
