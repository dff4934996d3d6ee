"""Platforms whose records map onto the study column by column: a map, and no code.

A record is an object of JSON or a row of a table. The map says for each column of the
study where it stands in the record: ``"author.id"`` (in a table, the column of that
name), ``"mentions[*].id"`` in each element of a list, ``("full", "text")`` in the first
of both that is filled, ``Said("reply")`` in none, as all records say so, or only those
that have something else, or lack it. What is unusable is rejected with its line and the
reason, as in every format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from hcpgraph.importers.reading import (
    conversions,
    json_values,
    record_sources,
    sql,
    tables,
    times,
)
from hcpgraph.importers.reading.columns import fold
from hcpgraph.importers.reading.record_cells import RecordCells
from hcpgraph.importers.reading.record_sources import EACH
from hcpgraph.importers.reading.staged_rows import staged_rows
from hcpgraph.importers.recognition.likeness import (
    NOTHING_ALIKE,
    SURE,
    Likeness,
    lacking,
)
from hcpgraph.model.files import FileDescription, RowType, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcpgraph.importers.reading.head import Head
    from hcpgraph.importers.reading.record_sources import RecordSource
    from hcpgraph.model.files import ImportOptions

# By kind of row, the pairs of id and handle of which one must be there.
_PEOPLE: Final[Mapping[RowType, tuple[tuple[str, str], ...]]] = {
    RowType.ACCOUNTS: (("native_id", "handle"),),
    RowType.PEOPLE: (("native_id", "handle"),),
    RowType.POSTS: (("author_id", "author_handle"),),
    RowType.TIES: (("source_id", "source_handle"), ("target_id", "target_handle")),
}
_IDS: Final = frozenset(pair[0] for pairs in _PEOPLE.values() for pair in pairs)
_DEFAULTS: Final[Mapping[RowType, Mapping[str, str]]] = {
    RowType.POSTS: {"place": "n", "kind": "'original'"},
    RowType.TIES: {"weight": "1.0::double"},
}
_UNUSABLE: Final = """
create or replace temp table unusable as
select n, line, reason from (select n, line, $reason as reason from $table where $there)
where reason is not null
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A value of a column that is the same in all records.

    Attributes:
        word: a layer, or the kind of a post.
        when: a place; records in which it is empty give no such row.
        unless: a place; records in which it is filled give no such row.
    """

    word: str
    when: str | None = None
    unless: str | None = None


# Where a value stands, or what it is; of several the first that is filled or applies.
Place: TypeAlias = str | tuple[str, ...] | Said | tuple[Said, ...]
Columns: TypeAlias = Mapping[str, Place]


@dataclass(frozen=True)
class Records:
    """How the records of a platform map onto the study.

    Attributes:
        name: of the format.
        platform: whose records they are; None if the user says so.
        unit: what a record is; it has one map, which goes through no list.
        keys: places that, all together, no other export has.
        rows: kind of row -> maps from columns of the study to places in the record.
    """

    name: str
    platform: str | None
    unit: RowType
    keys: tuple[str, ...]
    rows: Mapping[RowType, tuple[Columns, ...]]

    def likeness(self, head: Head) -> Likeness:
        """How much a file looks like such records."""
        if json_values.begins(head):
            objects = json_values.first_objects(head)
            missing = [k for k in self.keys if not any(has(one, k) for one in objects)]
        else:
            header = tables.header_of(head)
            folded = header.folded if header else {}
            missing = [key for key in self.keys if fold(key) not in folded]
        if not missing:
            return SURE
        some = 2 * len(missing) < len(self.keys)
        return lacking(*missing) if some else NOTHING_ALIKE

    def describe(self, head: Head, options: ImportOptions) -> FileDescription:
        """How such a file maps onto the study.

        Raises:
            UnknownFormat: if it is neither JSON nor a table.
        """
        platform = self.platform or options.platform
        source = self._source(head, platform)
        return self.described(head, source, platform=platform, layer=options.layer)

    def described(
        self,
        head: Head,
        source: RecordSource,
        *,
        platform: str | None,
        layer: str | None = None,
    ) -> FileDescription:
        """How records of *source* map onto the study.

        Args:
            head: the file that they stand in.
            source: the records.
            platform: whose they are.
            layer: layer of ties that name none.
        """
        reading = _Reading(source, platform, layer, RecordCells(source, platform))
        own, *_ = self.rows[self.unit]
        unusable = sql.fill(
            _UNUSABLE,
            reason=reading.reason(self.unit, own),
            table=reading.cells.table,
            there=reading.cells.there,
        )
        queries = {
            unit: [reading.rows(unit, one, own=one is own) for one in maps]
            for unit, maps in self.rows.items()
        }
        return FileDescription(
            path=head.path,
            format=self.name,
            platform=self.platform,
            unit=self.unit,
            stage=(*source.stage, *reading.cells.stage(), unusable),
            queries={
                unit: " union all ".join(filter(None, each))
                for unit, each in queries.items()
                if any(each)
            },
            rejects=f"{source.rejects} union all select line, reason from unusable",
            remarks=" union all ".join(source.remarks),
            broken=source.broken,
        )

    def _source(self, head: Head, platform: str | None) -> RecordSource:
        if json_values.begins(head):
            return record_sources.from_json(head, self.name)
        people = (name for pairs in _PEOPLE.values() for pair in pairs for name in pair)
        return record_sources.from_table(
            head,
            self._places(None),
            people=self._places({*people, "native_id"} - self._post_ids),
            posts=self._places(self._post_ids),
            platform=platform,
        )

    @property
    def _post_ids(self) -> set[str]:
        own = {"native_id"} if self.unit is RowType.POSTS else set()
        return {"post_id", "refers_to"} | own

    def _places(self, named: set[str] | None) -> tuple[str, ...]:
        """Where columns of such names, or all, stand in a record."""
        found = (
            place
            for maps in self.rows.values()
            for columns in maps
            for name, said in columns.items()
            if named is None or name in named
            for place in _places_of(said)
            if EACH not in place
        )
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Reading:
    """How places in records become columns of the study.

    Attributes:
        source: the records.
        platform: whose they are.
        layer: layer of ties that name none.
        cells: what stands at places of records.
    """

    source: RecordSource
    platform: str | None
    layer: str | None
    cells: RecordCells

    def rows(self, unit: RowType, columns: Columns, *, own: bool) -> str:
        """A query for the rows of a map; empty if records have no lists."""
        lists = {
            place.partition(EACH)[0]
            for name, said in columns.items()
            if not _is_list(name)
            for place in _places_of(said)
            if EACH in place
        }
        if lists and self.source.elements is None:
            return ""
        cells = {"line": "line", "record": str(own).lower(), **_DEFAULTS.get(unit, {})}
        for name, place in columns.items():
            cells[name] = self._value(name, place)
        for native, handle in _PEOPLE[unit]:
            if native in columns and handle not in columns:
                cell = self._cell(columns[native])
                cells[handle] = conversions.handle(cell, handles=False)
        conditions = (self.cells.there, *self._conditions(columns))
        there = f"{' and '.join(conditions)} and {self.reason(unit, columns)} is null"
        # the last, as its text holds every cell that was asked for
        table = self.cells.elements(*lists) if lists else self.cells.table
        usable = f"{table} as each anti join unusable using (n) where {there}"
        return staged_rows(unit, cells, usable)

    def _cell(self, said: Place) -> str:
        """The text at a place, or at the first of several that is filled."""
        cells = [self.cells.cell(place) for place in _places_of(said)]
        return cells[0] if len(cells) == 1 else f"coalesce({', '.join(cells)})"

    def _conditions(self, columns: Columns) -> Iterator[str]:
        """What records must have or lack to give such a row."""
        for said in columns.values():
            if isinstance(said, Said) and said.when:
                yield f"{self.cells.cell(said.when)} is not null"
            if isinstance(said, Said) and said.unless:
                yield f"{self.cells.cell(said.unless)} is null"

    def reason(self, unit: RowType, columns: Columns) -> str:
        """Why a record gives no such row."""
        reasons = [self._nobody(columns, *pair) for pair in _PEOPLE[unit]]
        for name, said in columns.items():
            if _is_list(name) or _words_of(said):
                continue
            cell, place = self._cell(said), _places_of(said)[0]
            if name == "layer":
                reasons.append(conversions.layer_reason(cell, self.layer))
            elif name == "weight":
                reasons.append(conversions.weight_reason(cell))
            elif self.source.checked:
                continue
            elif type_of(name) == "timestamp":
                reasons.append(times.at_reason(cell))
            elif unit is RowType.POSTS and name == "native_id":
                reasons.append(self.cells.reason(cell, place))
        return conversions.first_reason(reasons)

    def _nobody(self, columns: Columns, native: str, handle: str) -> str:
        """Why neither an id nor a handle names an account."""
        given = [columns[name] for name in (native, handle) if name in columns]
        cells = [self._cell(said) for said in given]
        if native == "target_id" and "refers_to" in columns:
            # whose the other post is may show in another file
            other = f"{self._cell(columns['refers_to'])} is not null"
        else:
            other = "false"
        if self.source.checked:
            nobody = f"coalesce({', '.join((*cells, 'null'))}) is null"
            return f"case when {nobody} and not ({other}) then 'nobody' end"
        each = [
            self.cells.reason(
                cell, _places_of(said)[0], handles=said == columns.get(handle)
            )
            for said, cell in zip(given, cells, strict=True)
        ]
        reason = each[0]
        if len(each) > 1:
            reason = (
                f"case when {cells[0]} is not null then {each[0]} else {each[1]} end"
            )
        if other == "false":
            return reason
        nobody = " and ".join(f"{cell} is null" for cell in cells)
        return f"case when {nobody} and {other} then null else {reason} end"

    def _value(self, name: str, said: Place) -> str:
        if _words_of(said):
            return self._word(_words_of(said))
        place = _places_of(said)[0]
        if _is_list(name):
            return self.cells.texts(place)
        cell, kind = self._cell(said), type_of(name)
        if name == "layer":
            value = conversions.layer(cell, self.layer)
        elif name == "weight":
            value = conversions.weight(cell)
        elif kind == "timestamp" and not self.source.checked:
            value = times.at_or_null(cell)
        elif kind == "varchar":
            value = cell if self.source.checked else self._named(name, cell, place)
        else:
            value = f"try_cast({cell} as {kind})"
        return value

    def _word(self, words: tuple[Said, ...]) -> str:
        """The first word that applies to a record."""
        *some, last = words
        cases = (
            f"when {' and '.join(self._conditions({'': one})) or 'true'}"
            f" then {sql.text(one.word)}"
            for one in some
        )
        word = sql.text(last.word)
        return f"case {' '.join(cases)} else {word} end" if some else word

    def _named(self, name: str, cell: str, place: str) -> str:
        """A text, which may be an id or a handle."""
        if name.endswith("handle"):
            none = self.cells.reason(cell, place, handles=True)
            return f"case when {none} is null then ltrim({cell}, '@ ') end"
        return conversions.native_id(cell, handles=False) if name in _IDS else cell


def _places_of(said: Place) -> tuple[str, ...]:
    """Where a value stands in a record, the best first."""
    if isinstance(said, str):
        return (said,)
    if isinstance(said, Said):
        return tuple(filter(None, (said.when, said.unless)))
    return tuple(place for one in said for place in _places_of(one))


def _words_of(said: Place) -> tuple[Said, ...]:
    """The words that a value is, if it stands nowhere."""
    if isinstance(said, Said):
        return (said,)
    return tuple(one for one in said if isinstance(one, Said))


def _is_list(name: str) -> bool:
    return type_of(name).endswith("[]")


def has(value: Any, path: str) -> bool:
    """Whether an object has something at a place, be it null."""
    for key in path.replace(EACH, "").split("."):
        one = value[0] if isinstance(value, list) and value else value
        if not isinstance(one, dict) or key not in one:
            return False
        value = one[key]
    return True
