"""Exports made of literal rows, and a study to bring them into."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hcpgraph.model.files import STAGED, FileDescription, RowType, type_of
from hcpgraph.store import ImportJob, Labelling, Store

NO_LABELS = Labelling(posts=(), accounts=())


def literal(cell: object) -> str:
    """A cell as SQL writes it."""
    if cell is None:
        return "null"
    if isinstance(cell, bool | int | float):
        return str(cell)
    if isinstance(cell, list):
        return f"[{', '.join(literal(part) for part in cell)}]"
    return "'" + str(cell).replace("'", "''") + "'"


def rows_of(unit: RowType, rows: list[dict]) -> str:
    """A query that gives *rows*, with the staged columns of *unit*."""
    names = STAGED[unit]
    typed = ", ".join(f'"{name}"::{type_of(name)} as "{name}"' for name in names)
    if not rows:
        nothing = ", ".join(f'null as "{name}"' for name in names)
        return f"select {typed} from (select {nothing}) where false"
    values = ", ".join(
        "(" + ", ".join(literal(row.get(name)) for name in names) + ")" for row in rows
    )
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"select {typed} from (values {values}) v({quoted})"


class Exports:
    """Makes exports of literal rows and imports them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.study = folder / "study.duckdb"

    def arrival(self, name, unit, platform="x", rejects=None, **rows):
        path = self.folder / name
        path.write_text(repr((unit, rows, rejects)), encoding="utf-8")
        queries = {}
        for kind in RowType:
            given = rows.get(kind.value)
            if given is not None:
                numbered = [
                    {"line": line, "record": kind is unit, **row}
                    for line, row in enumerate(given, start=2)
                ]
                queries[kind] = rows_of(kind, numbered)
        bad = rejects or []
        values = ", ".join(f"({line}, {literal(reason)})" for line, reason in bad)
        description = FileDescription(
            path=path,
            format="literal",
            platform=None,
            unit=unit,
            stage=(),
            queries=queries,
            rejects=f"select * from (values {values}) v(line, reason)"
            if bad
            else "select null::bigint as line, null as reason where false",
        )
        digest = hashlib.sha256(path.read_bytes() + name.encode()).hexdigest()
        return ImportJob(description, lambda: digest, platform, max_rejected=0.01)

    def add(self, name, unit, labelling=NO_LABELS, **options):
        return self.bring(self.arrival(name, unit, **options), labelling)

    def bring(self, arrival, labelling=NO_LABELS):
        with Store.open(self.study, write=True) as store:
            return store.import_file(arrival, labelling)

    def ask(self, query):
        """The rows of a query over the study."""
        with Store.open(self.study) as store:
            return store._connection.execute(query).fetchall()


def tie(source, target, layer="mention", **more):
    """A staged tie; ``@`` in front makes a handle."""
    row = {"layer": layer, "weight": 1.0, **more}
    for end, name in (("source", source), ("target", target)):
        if name.startswith("@"):
            row[f"{end}_handle"] = name[1:]
        else:
            row[f"{end}_id"] = name
    return row
