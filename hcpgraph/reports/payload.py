"""What the page's program reads: columns of small whole numbers, safe in HTML."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from hcpgraph.model.names import CONTRIBUTIONS, LAYERS
from hcpgraph.model.table import Table
from hcpgraph.reports.words import brief

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from hcpgraph.model.report import (
        AreaMap,
        AreaReport,
        Endorsement,
        MapLeaders,
        Report,
    )
    from hcpgraph.model.table import Cell

_CALLED: Final = ("id", "handle", "name")  # everybody by themselves
_KNOWN: Final = ("role", "specialty", "institution", "country")  # many together
_STEPS: Final = 65_535  # of a coordinate across the map
_THOUSANDTHS: Final = 1000.0  # scores are kept to these
# the only signs that could end a script element or begin another
_UNSAFE: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def embed(report: Report) -> str:
    r"""The values behind a page as JSON that may stand inside a script element.

    >>> as_script({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    return as_script(
        {
            "people": _people(report) if _has_map(report) else None,
            "layers": list(LAYERS),
            "contributions": list(CONTRIBUTIONS),
            "areas": [
                _area(area, area.map, area.leaders, report)
                for area in report.areas
                if area.map is not None and area.leaders is not None
            ],
        }
    )


def as_script(value: Any) -> str:
    """JSON without any sign that HTML would read."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, written in _UNSAFE.items():
        text = text.replace(sign, written)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _has_map(report: Report) -> bool:
    return any(area.map is not None for area in report.areas)


def _people(report: Report) -> dict[str, Any]:
    """Everyone who is named; words that many share are written once."""
    table = report.people
    columns: dict[str, Any] = {
        name: [brief(cell) or None for cell in table[name]]
        for name in _CALLED
        if name in table.names
    }
    for name in (name for name in table.names if name in _KNOWN):
        columns[name], columns[f"{name}_words"] = _coded(table[name])
    return columns


def _coded(cells: Sequence[Cell]) -> tuple[list[int], list[str]]:
    """Words as positions in a sorted list of them; -1 for none."""
    words = [brief(cell) for cell in cells]
    known = sorted({word for word in words if word})
    code = {word: position for position, word in enumerate(known)}
    return [code.get(word, -1) for word in words], known


def _area(
    area: AreaReport, chart: AreaMap, leaders: MapLeaders, report: Report
) -> dict[str, Any]:
    listed, top = area.ranking, ("rank_low", "rank_high", "tier")
    parts = leaders.contribution
    endorsed = area.endorsed
    return {
        "slug": area.area or "whole-study",
        "title": brief(area.name),
        "listed": area.listed,
        "rank": _u32(leaders.rank),
        "score": None if leaders.score is None else _thousandths(leaders.score),
        "parts": {name: _thousandths(part) for name, part in parts.items()},
        "medians": [round(area.medians[name], 3) for name in parts],
        "top": {
            name: list(listed[name])
            for name in ("person", *(one for one in top if one in listed.names))
        },
        "endorsed": None
        if endorsed is None
        else [[_endorsement(one) for one in found] for found in endorsed],
        "prospects": _suggested(area, report),
        "map": _map(chart),
    }


def _suggested(area: AreaReport, report: Report) -> list[int]:
    """The prospects as rows of the table of people; none where ids are withheld."""
    table = Table({}) if area.prospects is None else area.prospects.table
    if "id" not in report.people.names or "id" not in table.names:
        return []
    row = {one: i for i, one in enumerate(report.people["id"]) if one is not None}
    return [row[one] for one in table["id"] if one in row]


def _endorsement(one: Endorsement) -> list[Any]:
    layers = sum(1 << LAYERS.index(name) for name in one.layers)
    return [one.person, round(one.adds, 3), one.rank, layers, one.ties, one.last]


def _map(chart: AreaMap) -> dict[str, Any]:
    """A map whose coordinates lie on a grid of 65,536 steps along the longer side."""
    low = chart.xy.min(axis=0) if len(chart) else np.zeros(2)
    span = float((chart.xy - low).max(initial=0.0)) or 1.0
    grid = np.rint((chart.xy - low) * (_STEPS / span))
    return {
        "step": span / _STEPS,
        "x": _u16(grid[:, 0]),
        "y": _u16(grid[:, 1]),
        "community": _u16(chart.community),
        "in_degree": _u32(chart.in_degree),
        "out_degree": _u32(chart.out_degree),
        "person": _u32(chart.person[: chart.named]),
        "source": _u16(chart.source),
        "target": _u16(chart.target),
        "layers": _u16(chart.layers),
        "accounts": chart.accounts,
        "ties": chart.ties,
    }


def _thousandths(values: ArrayLike) -> str:
    return _u32(np.rint(np.asarray(values, np.float64) * _THOUSANDTHS))


def _u16(values: ArrayLike) -> str:
    return b64encode(np.asarray(values).astype("<u2").tobytes()).decode()


def _u32(values: ArrayLike) -> str:
    return b64encode(np.asarray(values).astype("<u4").tobytes()).decode()
