"""What of an output breaks the policy for a viewer: columns, people, values of people.

Nobody is named in what is found: who reads it may not see them either.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.model.column import ID, NOBODY, TEXT
from hcpgraph.model.columns import LISTS, declared
from hcpgraph.model.content import TEXT as UNNAMED
from hcpgraph.policy.folding import words
from hcpgraph.policy.viewers import PROFILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from hcpgraph.model.column import Kind
    from hcpgraph.model.content import OutputPart
    from hcpgraph.policy.cells import Cells
    from hcpgraph.policy.viewers import Viewer

_PEOPLE: Final = "somebody who may not be listed or is withheld from the viewer"
_ERASED: Final = "somebody who was erased from the study"
# Outside of a known list only these names tell that a column is of people.
_TELLING: Final = frozenset(
    column.name
    for listing in ("rank", "prospects")
    for column in LISTS[listing]
    if column.privacy != NOBODY
)
# What was asked for and of what, not what was found.
_ASKED: Final = ("parameters", "inputs", "versions", "origin")
# Columns in which an id or a handle stands by itself.
_WHO: Final = frozenset(("id", "handle", "source", "target", "source_handle",
                         "target_handle", "introducer", "label", "key"))  # fmt: skip
# Elements and lists whose own ids are numbers of ties, declarations or shapes.
_NUMBERED: Final = frozenset(
    ("edge", "edges", "attribute", "attributes", "key", "graph", "g", "path", "use",
     "clipPath", "svg")
)  # fmt: skip
_ENDS: Final = ("source", "target")
_TABLE: Final = "table"
_AT: Final = re.compile(r"@[\w@.-]*\w")
_LONG: Final = 8  # letters of a value that is looked for inside of texts


@dataclass(frozen=True, slots=True)
class Breach:
    """One way in which an output breaks the policy.

    Attributes:
        what: in words; nobody is named.
        where: sheet, column or key, and the first row of it.
        rule: of the policy.
        times: in how many cells or texts.
    """

    what: str
    where: str
    rule: str
    times: int


@dataclass(frozen=True, slots=True)
class Gate:
    """What a viewer may not find in an output.

    Attributes:
        viewer: for whom the output is.
        held: finds names, handles and ids of people who may not be listed or seen.
        ids: printed ids and handles of those people, in small letters.
        seen: ids, handles and names of everybody else, likewise: what a person is
            called by herself may stand, though it may call somebody else, too.
        shown: those of them that are not withheld from the viewer.
        own: ``id``, ``handle`` or ``name``, where it is withheld -> finds those of
            anybody.
        values: withheld column of a person -> its values, folded to their words.
        erased: whether a text calls somebody who was erased from the study.
    """

    viewer: Viewer
    held: Cells
    ids: frozenset[str]
    seen: frozenset[str]
    shown: frozenset[str]
    own: Mapping[str, Cells]
    values: Mapping[str, frozenset[tuple[str, ...]]]
    erased: Callable[[str], bool]

    def breaches(self, parts: Iterable[OutputPart]) -> list[Breach]:
        """Every way in which parts of an output break the policy, in their order."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for part in parts:
            for what, rule, where in self._of_part(part):
                found[what, rule].append(where)
        return [
            Breach(what, where[0], rule, len(where))
            for (what, rule), where in found.items()
        ]

    def _of_part(self, part: OutputPart) -> Iterator[tuple[str, str, str]]:
        known = _lists_of(part)
        for name, cells in part.columns.items():
            filled = [(i, c) for i, c in enumerate(cells, 1) if c not in (None, "")]
            place = _place(part.where, name)
            if filled and self._withholds(part, known, name):
                rule = f"viewers.{self.viewer.name}.columns"
                for row, _ in filled:
                    yield f"column {name}", rule, f"{place} {row}"
            for row, cell in filled:
                for what, rule in self._of_cell(part.where, name, cell):
                    yield what, rule, f"{place} {row}"

    def _withholds(self, part: OutputPart, known: Sequence[str], name: str) -> bool:
        """Whether the viewer may not see a column."""
        if name == UNNAMED:
            return False
        if known:
            return not any(self.viewer.sees(listing, name) for listing in known)
        asked = any(word in _ASKED for word in part.where.split("."))
        among = PROFILE if asked else _TELLING
        return name in among and not self.viewer.shows(name)

    def _of_cell(self, where: str, name: str, cell: Any) -> Iterator[tuple[str, str]]:
        if where == _TABLE:  # of a page, the texts of which are looked at one by one
            return
        text = str(cell).removeprefix("'")
        spoken = _is_words(name, cell)
        by_id = _tells_who(where, name) and bare(text) in self.ids
        if by_id or (spoken and self._calls_held(text)):
            yield _PEOPLE, f"people, viewers.{self.viewer.name}.rows"
        if not spoken:
            return
        if self.erased(text):
            yield _ERASED, "suppression"
        short = frozenset() if _tells_who(where, name) else frozenset(("id",))
        for column in self._values_in(text, but=short | {name}):
            yield f"a value of column {column}", f"viewers.{self.viewer.name}.columns"

    def _calls_held(self, text: str) -> bool:
        """Whether a text calls somebody held, but for what others are called by."""
        if bare(text) in self.seen:
            return False
        return self.held.calls(_without(text, self.seen))

    def _values_in(self, text: str, *, but: frozenset[str]) -> Iterator[str]:
        """The withheld columns of which a text holds a value.

        Args:
            text: of a cell.
            but: columns of which it may be one, as a number may be an id.
        """
        if bare(text) in self.shown:
            return
        text = _without(text, self.shown)
        told = tuple(words(text))
        for column, values in self.values.items():
            finder = self.own.get(column)
            inside = _holds(told, values) if finder is None else finder.calls(text)
            if inside or (told in values and column not in but):
                yield column


def _lists_of(part: OutputPart) -> list[str]:
    """The lists that have all the columns of a part; none for any other."""
    names = [name for name in part.columns if name != UNNAMED]
    if not names or any(word in _ASKED for word in part.where.split(".")):
        return []
    return [
        listing
        for listing in LISTS
        if all(declared(listing, name) is not None for name in names)
    ]


def _place(where: str, name: str) -> str:
    """Where a cell stands, but for its row."""
    column = "text" if name == UNNAMED else f"column {name}, row"
    return f"{where}, {column}" if where else column


def _without(text: str, handles: frozenset[str]) -> str:
    """A text without some handles that stand in it behind an ``@``."""
    return _AT.sub(lambda one: "" if bare(one[0]) in handles else one[0], text)


def bare(text: str) -> str:
    """An id or a handle as people compare them."""
    return text.removeprefix("@").casefold()


def _tells_who(where: str, name: str) -> bool:
    inside = where.rpartition(".")[2]
    return name in _WHO and (inside not in _NUMBERED or name in _ENDS)


def _is_words(name: str, cell: Any) -> bool:
    """Whether a cell is a text, and not one that merely holds a number."""
    if not isinstance(cell, str):
        return False
    if name in _WHO or name == UNNAMED:
        return True
    kinds = _kinds(name)
    return not kinds or bool(kinds & {TEXT, ID})


@cache
def _kinds(name: str) -> frozenset[Kind]:
    """What columns of a name hold, in whatever list; none for a name of no column."""
    every = (column for listing in LISTS.values() for column in listing)
    return frozenset(column.kind for column in every if column.name == name)


def _holds(told: tuple[str, ...], values: frozenset[tuple[str, ...]]) -> bool:
    """Whether words that follow each other are a long value."""
    return any(
        told[start : start + length] in values
        for length in _lengths(values)
        for start in range(len(told) - length + 1)
    )


@cache
def _lengths(values: frozenset[tuple[str, ...]]) -> frozenset[int]:
    """Of how many words long values are, two at least."""
    lengths = {len(value) for value in values if len("".join(value)) >= _LONG}
    return frozenset(lengths - {1})
