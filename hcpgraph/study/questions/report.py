"""``report``: everything a reader needs on one page, gathered and released."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hcpgraph import progress, reports
from hcpgraph.model.query import EVERY_AREA
from hcpgraph.model.report import Report
from hcpgraph.study import person_lists
from hcpgraph.study.questions import areas, info, report_area
from hcpgraph.study.scored_area import scored_area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcpgraph.model.report import AreaReport, ReportRequest
    from hcpgraph.study.open_study import OpenStudy
    from hcpgraph.study.person_lists import FoundLists

MOST_AREAS: Final = 8
FEWEST_PEOPLE: Final = 5  # who may be listed, for an area that nobody asked for


def answer(opened: OpenStudy, request: ReportRequest) -> Report:
    """A study on one page.

    Raises:
        UnknownArea: if the study has no such area.
        ExportError: if a list of people cannot be read.
        UnmatchedList: if nobody of those to exclude is in the study.
        ValueError: if there is nothing to report.
    """
    # before the long work, and also where an area has nobody to suggest
    met = person_lists.find_lists(opened, request.lists)
    context = report_area.ReportContext(opened, request, met, report_area.Register())
    asked, left_out = _chosen(opened, request)
    parts = []
    for area in progress.each("reporting", asked):
        place = scored_area(opened, replace(request.query, area=area))
        if not len(place.ties):
            where = f"in {area}" if area else "in this study"
            raise ValueError(
                f"no ties {where} and period, so there is nothing to report;"
                " 'hcpgraph areas' lists the areas that occur"
            )
        count = len(place.listed)
        if area and not request.areas and count < FEWEST_PEOPLE:
            left_out.append(f"{area} ({count} people may be listed)")
        else:
            parts.append(report_area.describe(context, place))
    parameters = _parameters(request, met, parts)
    people, emptied = report_area.people(opened, context.register)
    return Report(
        title=opened.store.path.stem,
        areas=tuple(replace(one, notes=(*one.notes, *emptied)) for one in parts),
        left_out=tuple(left_out),
        people=people,
        summary=info.answer(opened),
        origin=opened.origin(parameters),
        parameters=parameters,
    )


def render(page: Report) -> bytes:
    """A report as one HTML page."""
    return reports.render(page).encode()


def frame(page: Report, height: int) -> reports.Frame:
    """A report inside a notebook."""
    return reports.Frame(reports.render(page), height)


def _chosen(
    opened: OpenStudy, request: ReportRequest
) -> tuple[list[str | None], list[str]]:
    """The areas to report on, and in words which are left out."""
    table = areas.answer(opened)
    ties = dict(zip(table["slug"], table["ties"], strict=True))
    count = {str(slug): int(many or 0) for slug, many in ties.items()}
    present = sorted(slug for slug in count if count[slug])
    if EVERY_AREA in request.areas:
        return list(present), []
    if request.areas:
        return list(dict.fromkeys(request.areas)), []
    present.sort(key=lambda slug: (-count[slug], slug))
    left = [f"{slug} ({count[slug]:,} ties)" for slug in present[MOST_AREAS:]]
    return [None, *present[:MOST_AREAS]], left


def _parameters(
    request: ReportRequest, met: FoundLists, parts: Sequence[AreaReport]
) -> dict[str, object]:
    """What was asked, in plain values, for provenance."""
    asked = request.query.parameters()
    del asked["area"]
    lists = met.parameters() if parts else {}
    return {
        **asked,
        "areas": [part.area for part in parts],
        "top": request.top,
        "budget": request.budget,
        "known": lists.get("known"),
        "exclude": lists.get("exclude"),
        "seed": request.query.seed,
    }
