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
from math import ceil, floor
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, StrictUndefined

from hcpgraph.model.names import CONTRIBUTIONS, LAYER_FAMILIES, LAYERS
from hcpgraph.model.note import Note
from hcpgraph.reports import words
from hcpgraph.reports.payload import embed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Template

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
# what a list of prospects may lack
_WAYS: Final = {"response": None, "path": None, "topics": None}

_VERDICTS: Final = ("verdict", "rival", "negative control")  # kinds of notes

WIDTH: Final = 640
HEIGHT: Final = 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 132, 12, 34
_LINE: Final = 15  # between the names of two curves
_MOST_TICKS: Final = 6
_ROUNDING: Final = 1e-9  # tenths that a sum of shares misses by a hair


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
    people = _rows(report.people)
    row = {str(one["id"]): i for i, one in enumerate(people)}
    ranked = _ranked(area, people)
    prospects = [
        {**_WAYS, **one, "person": row.get(str(one["id"]))}
        for one in _rows(area.prospects.table)
    ]
    chart = area.map
    return {
        "slug": area.area or "whole-study",
        "whole": area.area is None,
        "name": area.name,
        "opening": words.opening(area),
        "sureness": words.sureness(area),
        "ranked": ranked,
        "scale": max([one["rank_high"] or one["rank"] for one in ranked], default=1),
        "highest": max([one["score"] for one in ranked], default=1.0) or 1.0,
        "leaders": ranked[:_GLANCE],
        "roles": sorted({one["role"] for one in ranked if one["role"]}),
        "families": [
            name
            for name in LAYER_FAMILIES
            if any(one.get(f"rank_{name}") is not None for one in ranked)
        ],
        "countries": sorted({one["country"] for one in ranked if one["country"]}),
        "prospects": prospects,
        "approach": prospects[:_APPROACH],
        "more": [n for n in area.prospects.table.names if n not in _PLACED],
        "gained": words.gained(area.prospects),
        "prospect_notes": area.prospects.notes,
        "certificate": area.prospects.certificate,
        "curve": coverage(*_reach(area)),
        "backtest": _backtest(area),
        "lacking": area.lacking,
        "notes": area.notes,
        "listed": area.listed,
        "drawn": len(chart),
        "named": chart.named,
        "accounts": chart.accounts,
        "drawn_ties": len(chart.source),
        "ties": chart.ties,
        "communities": _communities(area, people),
        "n_communities": len(area.communities),
    }


def _ranked(area: AreaReport, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ranked list with profiles, strengths and endorsers."""
    found = []
    for one, carrying in zip(_rows(area.ranking), area.endorsed, strict=True):
        first = [people[each.person] for each in carrying[:2]]
        found.append(
            {
                **people[one["person"]],
                **one,
                "strength": words.strength(one, area.medians),
                "carried": first,
                "parts": [(name, one[name]) for name in CONTRIBUTIONS],
            }
        )
    return found


def _reach(area: AreaReport) -> tuple[dict[str, tuple[float, ...]], int]:
    """The curves of coverage, and the number of people at their first value."""
    if area.prospects.reach:
        return dict(area.prospects.reach), 0
    shares = tuple(float(cell or 0) for cell in area.prospects.table["coverage"])
    return {"chosen": shares}, 1


def _communities(
    area: AreaReport, people: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The largest communities; people in them by row of the table of people."""
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
    return {
        "accounts": held["accounts"],
        "posts": held["posts"],
        "ties": total,
        "layers": [
            (name, held["ties"][name]) for name in LAYERS if name in held["ties"]
        ],
        "roles": sorted(held["roles"].items(), key=lambda one: (-one[1], one[0])),
        "first": words.day(held["first"]),
        "last": words.day(held["last"]),
        "period": words.span(
            asked.get("since") or held["first"], asked.get("until") or held["last"]
        ),
        "untimed": held["ties_without_time"],
        "placeholders": held["placeholders"],
        "unknown": held["roles"].get("unknown", 0),
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
class Curve:
    """One line of a chart.

    Attributes:
        name: what it shows.
        points: as the attribute ``points`` of a polyline.
        label: where its name stands, (x, y).
        last: its last value in words.
    """

    name: str
    points: str
    label: tuple[float, float]
    last: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Curves over 0, 1, 2, ... people, with axes.

    Attributes:
        curves: the first is the one that matters.
        across: (x, words) of the ticks below.
        up: (y, words) of the ticks at the left.
        box: left, top, right, bottom of the plane.
    """

    curves: tuple[Curve, ...]
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...]
    box: tuple[float, float, float, float]


def coverage(series: Mapping[str, Sequence[float]], first: int = 0) -> Chart | None:
    """Coverage curves: expected share of an area reached by the first people.

    Args:
        series: name -> share with the first 0, 1, 2, ... people, in [0, 1].
        first: how many people the first value is of.

    Returns:
        None where no curve has two points.
    """
    kept = {name: shares for name, shares in series.items() if len(shares) > 1}
    if not kept:
        return None
    longest = max(len(shares) for shares in kept.values()) - 1
    every = [share for shares in kept.values() for share in shares]
    low, high = _bounds(min(every), max(every))
    right, bottom = WIDTH - _RIGHT, HEIGHT - _BOTTOM

    def at(people: int, share: float) -> tuple[float, float]:
        x = _LEFT + (right - _LEFT) * people / longest
        y = bottom - (bottom - _TOP) * (share - low) / (high - low)
        return round(x, 1), round(y, 1)

    ends = {name: at(0, shares[-1])[1] for name, shares in kept.items()}
    heights = _apart(ends)
    curves = tuple(
        Curve(
            name,
            " ".join(f"{x},{y}" for x, y in (at(i, s) for i, s in enumerate(shares))),
            (at(len(shares) - 1, low)[0] + 8, heights[name]),
            f"{shares[-1]:.0%}",
        )
        for name, shares in kept.items()
    )
    step = max(1, -(-longest // _MOST_TICKS))
    across = tuple((at(i, low)[0], str(i + first)) for i in range(0, longest + 1, step))
    marks = [low + (high - low) * i / 4 for i in range(5)]
    up = tuple((at(0, mark)[1], f"{100 * mark:.3g}%") for mark in marks)
    return Chart(curves, across, up, (_LEFT, _TOP, right, bottom))


def _bounds(low: float, high: float) -> tuple[float, float]:
    """Tenths around what is drawn, at least two apart: curves are close together.

    >>> _bounds(0.71, 0.84), _bounds(0.98, 1.0), _bounds(0.0, 0.03)
    ((0.7, 0.9), (0.8, 1.0), (0.0, 0.2))
    """
    first = floor(10 * low + _ROUNDING)
    last = min(10, max(ceil(10 * high - _ROUNDING), first + 2))
    return min(first, last - 2) / 10, last / 10


def _apart(ends: Mapping[str, float]) -> dict[str, float]:
    """Heights for the names of curves, none over another, near where each ends."""
    heights: dict[str, float] = {}
    last = float("-inf")
    for name in sorted(ends, key=lambda one: (ends[one], one)):
        last = max(ends[name], last + _LINE)
        heights[name] = last
    below = last - (HEIGHT - _BOTTOM)
    return {name: round(y - max(below, 0), 1) for name, y in heights.items()}


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
