"""A study for other tools: networks, tables, workbooks, evidence, with provenance."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from hcpgraph import writing
from hcpgraph.engines import open_engine
from hcpgraph.model.names import EXPORTS, suggest
from hcpgraph.model.query import EVERY_AREA, Selection, moment
from hcpgraph.model.table import Table
from hcpgraph.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hcpgraph.exports.network import Network
    from hcpgraph.model.people import PersonList
    from hcpgraph.study.core import Study, When

    People = Path | str | PersonList | Iterable[str] | None


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        path: the file; None if nothing was written.
        provenance: the file beside it that says what it was made of; None where
            nothing can stand beside.
        content: the bytes of the file.
        parameters: what was asked.
        notes: what a reader must know: who is not named, what is empty and why.
    """

    path: Path | None
    provenance: Path | None
    content: bytes
    parameters: Mapping[str, object]
    notes: tuple[str, ...]


def export(  # noqa: PLR0913 - one keyword per thing an analyst may ask
    study: Study,
    target: str,
    path: Path | str | None,
    *,
    kind: str | None = None,
    area: str | None = None,
    since: When = None,
    until: When = None,
    audience: str = "auto",
    top: int = 50,
    known: People = None,
    exclude: People = None,
    allow_unmatched: bool = False,
    budget: int = 25,
    seed: int = 0,
) -> Exported:
    """Write an area, or the whole study, as another tool takes it.

    A network keeps its shape: accounts that may not be listed stand in it under
    running numbers, without id, handle and name.

    Args:
        study: the study.
        target: ``"gexf"`` (Gephi, Gephi Lite), ``"graphml"`` (networkx, igraph,
            Cytoscape), ``"graphology"`` (sigma), ``"nodes"``, ``"ties"`` or
            ``"evidence"`` (which posts made a tie) as tables, or ``"xlsx"``.
        path: the file; None to write none and have its content alone.
        kind: which kind of table is written, ``"csv"``, ``"parquet"`` or ``"json"``,
            where the end of the name does not say.
        area: slug of a disease area; None for the whole study; ``"all"`` for
            the evidence of each.
        since: first moment of the period, inclusive, UTC.
        until: last moment of the period, exclusive, UTC.
        audience: who is named: ``"auto"``, ``"hcp"`` or ``"all"``.
        top: leaders in a workbook.
        known: people already known, for prospects in a workbook; never stored.
        exclude: people never to suggest, likewise.
        allow_unmatched: go on where nobody of *exclude* is in the study.
        budget: how many prospects a workbook suggests.
        seed: for the random steps.

    Raises:
        UnknownArea: if the study has no such area.
        OutputError: if the file cannot be written.
        MissingExtra: if a workbook is asked for and openpyxl is not installed.
        ValueError: if there is no such target, or the name of the file has another
            end than its kind.
    """
    from hcpgraph.study import (  # noqa: PLC0415 - only for saving
        person_lists,
        saving,
    )

    path = None if path is None else Path(path)
    kind = kind_of(target, path, kind)
    if path is not None:
        saving.keep_study(study, path)
    selection = Selection(
        area=area, since=moment(since), until=moment(until), audience=audience
    )
    asked: dict[str, object] = {
        "command": f"export {target}",
        **selection.parameters(),
        "seed": seed,
    }
    if target == "xlsx":
        keywords = {"since": since, "until": until, "audience": audience, "seed": seed}
        plan: dict[str, Any] = {}
        if known is not None or exclude is not None:
            plan = {
                "known": person_lists.as_person_list(known),
                "exclude": person_lists.as_person_list(exclude),
                "allow_unmatched": allow_unmatched,
            }
        content, notes, more = _workbook(
            study, area, keywords, top=top, plan=plan, budget=budget
        )
        asked |= more
    elif target == "evidence":
        content, notes = _evidence(study, selection, kind)
    else:
        content, notes = _network(study, selection, target, kind, asked, seed=seed)
    beside = None if path is None else saving.save(study, content, path, asked)
    return Exported(path, beside, content, asked, notes)


def kind_of(target: str, path: Path | None, kind: str | None = None) -> str:
    """The kind of file that is asked for, or that a name asks for.

    >>> kind_of("nodes", Path("people.csv")), kind_of("nodes", None)
    ('csv', 'csv')
    """
    if target not in EXPORTS:
        raise ValueError(f"no export {target!r}; {suggest(target, EXPORTS)}")
    if kind is not None:
        if kind not in EXPORTS[target]:
            raise ValueError(f"{target} is written as {' or '.join(EXPORTS[target])}")
        return kind
    if path is None or (not path.suffix and not writing.is_regular(path)):
        return EXPORTS[target][0]  # neither screens nor pipes have a name that ends
    kind = path.suffix.lstrip(".").lower()
    if kind not in EXPORTS[target]:
        ends = " or ".join(f".{one}" for one in EXPORTS[target])
        raise ValueError(f"{path}: {target} is written to a file that ends in {ends}")
    return kind


def _network(
    study: Study,
    selection: Selection,
    target: str,
    kind: str,
    asked: Mapping[str, object],
    *,
    seed: int,
) -> tuple[bytes, tuple[str, ...]]:
    """The network drawn, or one of its tables."""
    from hcpgraph.exports.network import Network  # noqa: PLC0415 - only for saving
    from hcpgraph.figures.style import (  # noqa: PLC0415 - loads matplotlib
        COMMUNITY_COLOURS,
        OTHER,
    )
    from hcpgraph.study import (  # noqa: PLC0415 - imports need no numba
        networking,
        provenance,
        scoring,
    )

    if selection.area == EVERY_AREA:
        raise ValueError("a network is of one area, or of the whole study: name one")
    question = scoring.Question(selection, open_engine(), seed=seed)
    with Store.open(study.path) as store:
        drawing = networking.draw(store, question)
        nodes, emptied = networking.nodes(store, drawing, COMMUNITY_COLOURS, OTHER)
        ties = networking.ties(drawing, selection.layers)
        origin = _without_folders(provenance.describe_origin(store, asked))
    notes = (*drawing.notes, *emptied)
    if not len(nodes):
        notes = (*notes, _empty(selection, "network"))
    network = Network(nodes, ties, _title(selection), origin)
    return _rendered(network, target, kind), notes


def _rendered(network: Network, target: str, kind: str) -> bytes:
    from hcpgraph.exports import (  # noqa: PLC0415 - only for saving
        graphology,
        markup,
        tables,
    )

    drawn = {
        "gexf": markup.to_gexf,
        "graphml": markup.to_graphml,
        "graphology": graphology.to_graphology,
    }
    if target in drawn:
        return drawn[target](network)
    table = network.nodes if target == "nodes" else network.ties
    return tables.WRITERS[kind](table)


def _evidence(
    study: Study, selection: Selection, kind: str
) -> tuple[bytes, tuple[str, ...]]:
    from hcpgraph.exports.tables import WRITERS  # noqa: PLC0415 - only for saving
    from hcpgraph.study import evidence  # noqa: PLC0415 - imports need no numba

    with Store.open(study.path) as store:
        table, notes = evidence.list_evidence(store, selection)
    if not len(table):
        notes = (*notes, _empty(selection, "evidence"))
    return WRITERS[kind](table), notes


def _workbook(
    study: Study,
    area: str | None,
    keywords: Mapping[str, Any],
    *,
    top: int,
    plan: Mapping[str, Any],
    budget: int,
) -> tuple[bytes, tuple[str, ...], dict[str, object]]:
    """Leaders, communities, prospects if people are known, areas, and their origin."""
    from hcpgraph.exports import workbook  # noqa: PLC0415 - only for saving
    from hcpgraph.study import person_lists  # noqa: PLC0415 - imports need no numpy

    if area == EVERY_AREA:
        raise ValueError("a workbook is of one area, or of the whole study: name one")
    # before the long work, as a list of people may stop it all
    first = person_lists.check_lists(study, **plan) if plan else ()
    results: dict[str, Any] = {
        "Leaders": study.rank(area, top=top, **keywords),
        "Communities": study.communities(area, **keywords),
    }
    if plan:
        results["Prospects"] = study.prospects(area, **plan, budget=budget, **keywords)
    asked: dict[str, object] = {
        name.lower(): dict(one.parameters) for name, one in results.items()
    }
    notes = tuple(dict.fromkeys([*first, *_notes_of(results)]))
    tables = {name: one.table for name, one in results.items()}
    tables["Areas"] = study.areas()
    tables["About"] = _about(_without_folders(study.provenance(asked)), notes)
    sheets = [workbook.Sheet(title, table) for title, table in tables.items()]
    return workbook.to_xlsx(sheets), notes, asked


def _notes_of(results: Mapping[str, Any]) -> tuple[str, ...]:
    """The notes of all sheets, each said once, and which of them are empty."""
    notes = [note for one in results.values() for note in one.notes]
    notes += [
        f"sheet {name} is empty: nobody there may be listed"
        for name, one in results.items()
        if not len(one)
    ]
    return tuple(dict.fromkeys(notes))


def _without_folders(origin: Mapping[str, Any]) -> dict[str, Any]:
    """The origin for a file that is passed on: where inputs lay is left out."""
    inputs = [
        {**entry, "path": PurePath(entry["path"]).name} for entry in origin["inputs"]
    ]
    return {**origin, "inputs": inputs}


def _about(origin: Mapping[str, Any], notes: Iterable[str]) -> Table:
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
    return Table({"what": [row[0] for row in rows], "value": [row[1] for row in rows]})


def _title(selection: Selection) -> str:
    return f"Influence network of {selection.area or 'the whole study'}"


def _empty(selection: Selection, what: str) -> str:
    where = selection.area or "the study"
    period = " in this period" if selection.since or selection.until else ""
    why = "no ties" if what == "network" else "no tie that a post made and may be shown"
    return f"the {what} is empty: {why} in {where}{period}"
