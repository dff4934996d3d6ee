"""``export``: networks, tables, workbooks and evidence for other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph import writing
from hcpgraph.exports import graphology, markup
from hcpgraph.exports.tables import WRITERS
from hcpgraph.model.export import Exported
from hcpgraph.model.names import EXPORTS, suggest
from hcpgraph.narrative import notes
from hcpgraph.study.questions import evidence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hcpgraph.model.export import WorkbookOptions
    from hcpgraph.model.query import Query
    from hcpgraph.study.open_study import OpenStudy


_DRAWN: Final = {
    "gexf": markup.to_gexf,
    "graphml": markup.to_graphml,
    "graphology": graphology.to_graphology,
}


def answer(
    opened: OpenStudy, query: Query, target: str, kind: str, options: WorkbookOptions
) -> Exported:
    """The content of the file that is asked for; nothing is written yet.

    Args:
        opened: the study.
        query: what is asked.
        target: one of ``hcpgraph.model.names.EXPORTS``.
        kind: of file, as ``kind_of`` gives it.
        options: what a workbook holds.

    Raises:
        UnknownArea: if the study has no such area.
        MissingExtra: if a workbook is asked for and openpyxl is not installed.
        ValueError: if an area at a time is meant and every area asked for.
    """
    asked: dict[str, object] = {
        "command": f"export {target}",
        **query.parameters(),
        "seed": query.seed,
    }
    if target == "xlsx":
        from hcpgraph.study.questions import workbook  # noqa: PLC0415 - loads prospects

        content, said, more = workbook.answer(opened, query, options)
        asked |= more
    elif target == "evidence":
        table, said = evidence.answer(opened, query)
        if not len(table):
            said = (*said, notes.empty_export(query, "evidence"))
        content = WRITERS[kind](table)
    else:
        content, said = _network(opened, query, target, kind, asked)
    return Exported(None, None, content, asked, said)


def kind_of(target: str, path: Path | None, kind: str | None = None) -> str:
    """The kind of file that is asked for, or that a name asks for.

    >>> from pathlib import Path
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
    opened: OpenStudy,
    query: Query,
    target: str,
    kind: str,
    asked: Mapping[str, object],
) -> tuple[bytes, tuple[str, ...]]:
    """The network drawn, or one of its tables."""
    from hcpgraph.study.questions import network  # noqa: PLC0415 - loads igraph

    drawn, said = network.answer(opened, query, asked)
    if target in _DRAWN:
        return _DRAWN[target](network.whole(opened, drawn, target)), said
    return WRITERS[kind](drawn.nodes if target == "nodes" else drawn.ties), said
