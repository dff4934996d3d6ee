"""``export xlsx``: a workbook of leaders, communities, prospects and areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hcpgraph.exports.workbook import Sheet, to_xlsx
from hcpgraph.narrative.partly import missing_first
from hcpgraph.study import person_lists
from hcpgraph.study.origin import without_folders
from hcpgraph.study.questions import areas, communities, prospects, rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hcpgraph.model.export import WorkbookOptions
    from hcpgraph.model.query import Query
    from hcpgraph.model.table import Table
    from hcpgraph.study.open_study import OpenStudy


def answer(
    opened: OpenStudy, query: Query, options: WorkbookOptions
) -> tuple[bytes, tuple[str, ...], dict[str, object]]:
    """Leaders, communities, prospects if people are known, areas, and their origin."""
    query.one_area("a workbook is of")
    # before the long work, as a list of people may stop it all
    met = person_lists.find_lists(opened, options.lists)
    results: dict[str, Any] = {
        "Leaders": rank.answer(opened, query, top=options.top),
        "Communities": communities.answer(opened, query, resolution=1.0),
    }
    if options.lists:
        results["Prospects"] = prospects.plan(opened, query, met, options.plan)
    asked: dict[str, object] = {
        name.lower(): dict(one.parameters) for name, one in results.items()
    }
    said = missing_first(dict.fromkeys([*met.shortfalls(), *_notes_of(results)]))
    tables = {name: one.table for name, one in results.items()}
    tables["Areas"] = areas.answer(opened)
    tables["About"] = _about(opened, without_folders(opened.origin(asked)), said)
    sheets = [Sheet(title, table) for title, table in tables.items()]
    return to_xlsx(sheets), said, asked


def _notes_of(results: Mapping[str, Any]) -> tuple[str, ...]:
    """The notes of all sheets, each said once, and which of them are empty."""
    notes = [note for one in results.values() for note in one.notes]
    notes += [
        f"sheet {name} is empty: nobody there may be listed"
        for name, one in results.items()
        if not len(one)
    ]
    return tuple(dict.fromkeys(notes))


def _about(opened: OpenStudy, origin: Mapping[str, Any], notes: Iterable[str]) -> Table:
    """What the workbook was made of, a line each."""

    def lines() -> Iterator[tuple[str, str]]:
        for note in notes:
            yield "note", note
        for sheet, asked in origin["parameters"].items():
            for name, value in asked.items():
                yield f"{sheet}: {name}", "" if value is None else str(value)
        for entry in origin["inputs"]:
            rows = f"{entry['format']}, {entry['accepted']} rows"
            yield "input", f"{entry['path']} ({rows}, SHA-256 {entry['sha256']})"
        for name, number in origin["versions"].items():
            yield "version", f"{name} {number}"

    rows = list(lines())
    columns = {"what": [row[0] for row in rows], "value": [row[1] for row in rows]}
    return opened.table("about", columns)
