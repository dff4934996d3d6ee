"""The page: a template, the values of a report, the program and its looks.

Its small charts are SVG, in the colours that the style sheet names. ``Frame`` holds the
page inside a notebook.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from importlib import resources
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, StrictUndefined

from hcpgraph.model.columns import LISTS
from hcpgraph.model.names import CONTRIBUTIONS, LAYER_FAMILIES, LAYERS
from hcpgraph.model.note import Note
from hcpgraph.reports import words
from hcpgraph.reports.curves import coverage
from hcpgraph.reports.payload import embed

if TYPE_CHECKING:
    from jinja2 import Template

    from hcpgraph.model.prospects import Prospects
    from hcpgraph.model.report import AreaReport, Report
    from hcpgraph.model.table import Table


_GLANCE: Final = 5  # leaders named at first sight
_APPROACH: Final = 4  # prospects likewise
_COMMUNITIES: Final = 12  # described in words
# columns of prospects that the page shows in a place of their own
_PLACED: Final = (
    *("rank", "id", "handle", "name", "kind", "gain", "coverage", "reason"),
    *("community", "role", "specialty", "institution", "country", "region"),
    *("response", "introducer", "path", "topics"),
    "evidence",  # a post leads to its author, who need not be one who may be named
)
# what a list may lack, as nobody knows it or its reader may not see it
_NOT_LISTED: Final = dict.fromkeys([column.name for column in LISTS["rank"]])
_NOT_SUGGESTED: Final = dict.fromkeys([column.name for column in LISTS["prospects"]])

_VERDICTS: Final = ("verdict", "rival", "negative control")  # kinds of notes


def render(report: Report) -> str:
    """A report as one HTML page that needs nothing else, not even a network.

    The same report gives the same page. Whatever strangers wrote is escaped, and the
    page's own policy lets no program run but the one that is shipped.
    """
    program, looks = _built("report.js"), _built("report.css")
    digest = b64encode(sha256(program.encode()).digest()).decode()
    return _template().render(
        report=report,
        areas=[_area(area, report) for area in report.areas],
        summary=_summary(report),
        files=_files(report),
        contributions=CONTRIBUTIONS,
        program=program,
        program_digest=digest,
        looks=looks,
        values=embed(report),
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["clean"] = lambda text: words.clean(text) or ""
    environment.filters["brief"] = words.brief
    environment.filters["number"] = lambda value: f"{value:,}"
    environment.filters["probability"] = words.probability
    environment.filters["signed"] = words.signed
    source = resources.files("hcpgraph.reports") / "page" / "report.html"
    return environment.from_string(source.read_text(encoding="utf-8"))


@cache
def _built(name: str) -> str:
    source = resources.files("hcpgraph.reports") / "built" / name
    return source.read_text(encoding="utf-8")


def _rows(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.names, row, strict=True)) for row in table.rows()]


def _area(area: AreaReport, report: Report) -> dict[str, Any]:
    """The values of one area, as the template reads them."""
    people = _people(report)
    ranked = _ranked(area, people)
    prospects = _prospects(area, people)
    ends = [one["rank_high"] or one["rank"] or 1 for one in ranked]
    return {
        "slug": area.area or "whole-study",
        "whole": area.area is None,
        "name": area.name,
        "opening": words.opening(area),
        "sureness": words.sureness(area),
        "ranked": ranked,
        "shows": frozenset((*area.ranking.names, *report.people.names)),
        "lists": len(area.ranking.names) > 1,
        "scale": max(ends, default=1),
        "highest": max([one["score"] or 0.0 for one in ranked], default=1.0) or 1.0,
        "leaders": ranked[:_GLANCE] if "rank" in area.ranking.names else [],
        "roles": sorted({one["role"] for one in ranked if one["role"]}),
        "families": [
            name
            for name in LAYER_FAMILIES
            if any(one.get(f"rank_{name}") is not None for one in ranked)
        ],
        "countries": sorted({one["country"] for one in ranked if one["country"]}),
        "prospects": prospects,
        "approach": [one for one in prospects if one["rank"]][:_APPROACH],
        "suggests": area.prospects is not None,
        **_approach(area),
        "backtest": _backtest(area),
        "lacking": area.lacking,
        "notes": area.notes,
        "listed": area.listed,
        "accounts": area.size[0],
        "ties": area.size[1],
        "mapped": area.map is not None,
        "drawn": 0 if area.map is None else len(area.map),
        "drawn_ties": 0 if area.map is None else len(area.map.source),
        "communities": _communities(area, people),
        "n_communities": 0 if area.communities is None else len(area.communities),
    }


def _people(report: Report) -> list[dict[str, Any]]:
    """Everyone who is named; a number calls them where no name may be seen."""
    return [
        {**_NOT_LISTED, **one, "number": f"Person {number}"}
        for number, one in enumerate(_rows(report.people), start=1)
    ]


def _prospects(area: AreaReport, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The prospects, each with the row of the table of people, if it has one."""
    if area.prospects is None:
        return []
    row = {one["id"]: i for i, one in enumerate(people) if one["id"] is not None}
    return [
        {
            **_NOT_SUGGESTED,
            **one,
            "number": f"Prospect {place}",
            "person": row.get(one.get("id")),
        }
        for place, one in enumerate(_rows(area.prospects.table), start=1)
    ]


def _approach(area: AreaReport) -> dict[str, Any]:
    """Columns, notes and coverage of the prospects."""
    found = area.prospects
    names = () if found is None else found.table.names
    return {
        "suggested": frozenset(names),
        # as for lists made before responses were estimated
        "responds": found is not None and found.table.withheld.count("response") == 0,
        "explains": bool({"reason", "path", "topics"} & set(names)),
        "more": [name for name in names if name not in _PLACED],
        "gained": "" if found is None else words.gained(found),
        "prospect_notes": () if found is None else found.notes,
        "certificate": None if found is None else found.certificate,
        "curve": None if found is None else coverage(*_reach(found)),
    }


def _ranked(area: AreaReport, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ranked list with profiles, strengths and endorsers."""
    rows = _rows(area.ranking)
    endorsed = [()] * len(rows) if area.endorsed is None else area.endorsed
    found = []
    for one, carrying in zip(rows, endorsed, strict=True):
        first = [people[each.person] for each in carrying[:2]]
        found.append(
            {
                **people[one["person"]],
                **one,
                "strength": words.strength(one, area.medians),
                "carried": first,
                "parts": [(name, one[name]) for name in area.medians],
            }
        )
    return found


def _reach(found: Prospects) -> tuple[dict[str, tuple[float, ...]], int]:
    """The curves of coverage, and the number of people at their first value."""
    if found.reach:
        return dict(found.reach), 0
    if "coverage" not in found.table.names:
        return {}, 0
    shares = tuple(float(cell or 0) for cell in found.table["coverage"])
    return {"chosen": shares}, 1


def _communities(
    area: AreaReport, people: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The largest communities; people in them by row of the table of people."""
    if area.communities is None:
        return []
    return [
        {**one, "first": [people[int(i)] for i in one["first"].split(",") if i]}
        for one in _rows(area.communities)[:_COMMUNITIES]
    ]


def _backtest(area: AreaReport) -> dict[str, Any] | None:
    if area.backtest is None:
        return None
    return {
        "methods": _rows(area.backtest.table),
        "short": words.compared(area.backtest),
        "moments": [
            {**one, "day": words.day(str(one["at"]))}
            for one in _rows(area.backtest.moments)
        ],
        "top": area.backtest.top,
        "says": [
            str(note)
            for note in area.backtest.notes
            if isinstance(note, Note) and note.kind in _VERDICTS
        ],
    }


def _summary(report: Report) -> dict[str, Any]:
    """The summary of the study, as the template reads it."""
    held: dict[str, Any] = dict(report.summary)
    asked: Any = report.parameters
    total = sum(held["ties"].values())
    roles = held.get("roles", {})  # none where roles are withheld
    return {
        "accounts": held["accounts"],
        "posts": held["posts"],
        "ties": total,
        "layers": [
            (name, held["ties"][name]) for name in LAYERS if name in held["ties"]
        ],
        "roles": sorted(roles.items(), key=lambda one: (-one[1], one[0])),
        "first": words.day(held["first"]),
        "last": words.day(held["last"]),
        "period": words.span(
            asked.get("since") or held["first"], asked.get("until") or held["last"]
        ),
        "untimed": held["ties_without_time"],
        "placeholders": held["placeholders"],
        "unknown": roles.get("unknown", 0),
        "files": len(held["files"]),
        "rejected": sum(one["rejected"] for one in held["files"]),
        "read": sum(one["read"] for one in held["files"]),
        "known": sum(one["known"] for one in held["files"]),
    }


def _files(report: Report) -> list[dict[str, Any]]:
    """Every file by its last name: where it lay is nobody else's business."""
    held: Any = report.summary["files"]
    return [{**one, "name": PurePath(one["path"]).name} for one in held]


@dataclass(frozen=True, slots=True)
class Frame:
    """A report's page in a frame, interactive in a notebook and in what it exports.

    The page is part of the output itself, so that it stays when the notebook is saved
    or turned into HTML, and it still asks for nothing. Its program runs apart from the
    notebook: it can read nothing of it.

    Attributes:
        html: the page, as ``render`` gives it.
        height: of the frame in pixels, positive.

    Raises:
        ValueError: if *height* is not positive.

    >>> Frame("<p>5 > 3</p>", height=300)._repr_html_()[:52]
    '<iframe title="Influence report" sandbox="allow-scri'
    """

    html: str
    height: int = 800

    def __post_init__(self) -> None:
        if self.height < 1:
            raise ValueError(f"height must be 1 pixel or more, got {self.height}")

    def __repr__(self) -> str:
        return f"Frame(a page of {len(self.html):,} characters)"

    def _repr_html_(self) -> str:
        return (
            '<iframe title="Influence report" sandbox="allow-scripts" width="100%"'
            f' height="{self.height}" style="border: 1px solid #ccc"'
            f' srcdoc="{escape(self.html, quote=True)}"></iframe>'
        )
