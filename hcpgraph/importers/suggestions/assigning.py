"""Which column is what of a study, by its heading and by what stands in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hcpgraph.importers.forbidden_columns import forbidden_columns
from hcpgraph.importers.recognition.heading_words import PERSONS, POSTS, TIES, plain
from hcpgraph.importers.suggestions.cell_meanings import READ
from hcpgraph.importers.suggestions.cell_shapes import (
    CellShape,
    TimeFormats,
    time_formats,
)
from hcpgraph.importers.suggestions.meanings import FITS, PLATFORM_OF
from hcpgraph.model.files import RowType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hcpgraph.importers.suggestions.columns import Sampled

_WORDS: Final[Mapping[RowType, Mapping[str, frozenset[str]]]] = {
    RowType.POSTS: POSTS,
    RowType.TIES: TIES,
    RowType.PEOPLE: PERSONS,
}
_OF_PEOPLE: Final = frozenset({"role", "specialty", "institution", "npi"})
_HOLDERS: Final = frozenset(
    {
        *("data", "tweet", "post", "legacy", "status", "item", "object", "node"),
        *("attributes", "fields", "source", "result", "document", "record"),
    }
)
_PEOPLE: Final = frozenset({"user", "author", "account", "from", "profile"})
# what a place inside a person is called -> what it is of the author
_OF_AUTHOR: Final[Mapping[str, str]] = {
    **dict.fromkeys(("id", "idstr", "uid", "restid", "did"), "author_id"),
    **dict.fromkeys(("name", "displayname", "fullname"), "author_name"),
    **dict.fromkeys(("username", "screenname", "handle", "acct", "login"), "author"),
    **dict.fromkeys(("description", "bio", "rawdescription"), "bio"),
    **dict.fromkeys(("followers", "followerscount", "followercount"), "followers"),
}
_NOT_FITTING: Final = "by its heading, but its cells do not look so"
_BY_CELLS: Final = "by its cells alone"
_FEDERATED: Final = re.compile(r"/@\w+/[0-9]+|/users/\w+/statuses/[0-9]+")
_VALUES: Final = 20  # cells that are told apart
_UTC: Final = re.compile(r"(?i)(?<![a-z])(utc|gmt)(?![a-z])")


@dataclass(frozen=True, slots=True)
class AssignedColumn:
    """A column, and what it is of a study.

    Attributes:
        meaning: column of the study.
        column: heading, or place in a record.
        certain: whether heading and cells leave no doubt.
        why: what speaks for it and against it.
    """

    meaning: str
    column: str
    certain: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the columns of a file are.

    Attributes:
        unit: what a row is.
        columns: each meaning at most once among those that are certain.
        values: column of the study -> cell -> what it means, empty if that is open.
        times: how times are written.
        utc: whether the heading of the times says that they are in UTC.
        platform: platform of the rows; empty if nothing shows it.
        from_text: whether mentions and reposts have to be read from texts.
        handles: whether the ends of ties are handles; None if that is open.
        decimal: the decimal sign of weights.
        forbidden: columns that are never kept of a person.
    """

    unit: RowType
    columns: tuple[AssignedColumn, ...]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    times: TimeFormats = field(default_factory=TimeFormats)
    utc: bool = False
    platform: str = ""
    from_text: bool = False
    handles: bool | None = False
    decimal: str = "."
    forbidden: tuple[str, ...] = ()

    def column_of(self, meaning: str) -> str | None:
        """The heading of the column that certainly has this meaning."""
        found = (c.column for c in self.columns if c.certain and c.meaning == meaning)
        return next(found, None)


def assign(file: Sampled) -> Assignment:
    """What the columns of a file are; what is in doubt is marked so."""
    forbidden = forbidden_columns(column.name for column in file.columns)
    shapes = {
        column.name: CellShape(column)
        for column in file.columns
        if column.cells and column.name not in forbidden
    }
    named = {
        unit: {name: list(_meanings(name, words, shapes[name])) for name in shapes}
        for unit, words in _WORDS.items()
    }
    unit = _unit(named, shapes)
    columns = tuple(_assigned(unit, named[unit], shapes))
    if unit is RowType.POSTS:
        columns = (*columns, *_without_handle(columns))
    found = Assignment(unit, columns, forbidden=forbidden)
    return _with_values(found, shapes)


def _meanings(
    name: str, words: Mapping[str, frozenset[str]], shape: CellShape
) -> Iterator[str]:
    """What a heading may mean, first what is most likely."""
    if shape.column.name.count("[*]"):
        if "hashtag" in plain(name) and not shape.numbers:
            yield "hashtags"
        elif "mention" in plain(name) and shape.handles and not shape.numbers:
            yield "mentions"
        return
    *above, last = name.split(".")
    if above and plain(above[-1]) in _PEOPLE and _is_holder(above[:-1]):
        if (own := _OF_AUTHOR.get(plain(last))) in words:
            yield str(own)
        return
    folded = _folded(name)
    for meaning, known in words.items():
        if folded & known:
            yield meaning


def _folded(name: str) -> set[str]:
    """A heading folded: as a whole, without brackets; of a place also its end."""
    *above, last = name.split(".")
    found = {plain(name), plain(name.partition("(")[0])}
    if above and _is_holder(above):
        found.add(plain(last))
    return found


def _is_holder(above: list[str]) -> bool:
    """Whether what stands above a place is the post itself, and none inside it."""
    return all(plain(part) in _HOLDERS for part in above)


def _unit(
    named: Mapping[RowType, Mapping[str, list[str]]], shapes: Mapping[str, CellShape]
) -> RowType:
    """What a row is: a post, a tie or a person."""
    of = {
        unit: {meaning for found in columns.values() for meaning in found}
        for unit, columns in named.items()
    }
    posts, people = named[RowType.POSTS], of[RowType.PEOPLE]
    told = "text" in of[RowType.POSTS]
    texts = told or any(s.texts and "bio" not in posts[n] for n, s in shapes.items())
    linked = any(shape.post_links for shape in shapes.values())
    if {"source", "target"} <= of[RowType.TIES] and not texts:
        return RowType.TIES
    if people & _OF_PEOPLE and not told:
        return RowType.PEOPLE
    described = {"bio", "followers"} & of[RowType.POSTS] and not texts
    if (texts or linked) and not described:
        return RowType.POSTS
    timed = any(shape.times for shape in shapes.values())
    if {"id", "handle"} & people and (described or not timed):
        return RowType.PEOPLE
    return RowType.TIES if len(shapes) in (2, 3) else RowType.POSTS


def _assigned(
    unit: RowType, named: Mapping[str, list[str]], shapes: Mapping[str, CellShape]
) -> Iterator[AssignedColumn]:
    """The columns of a file by heading, then by their cells."""
    taken: set[str] = set()
    done: set[str] = set()
    doubtful: list[AssignedColumn] = []
    for meaning in _WORDS[unit]:
        called = [name for name in named if meaning in named[name][:1]]
        fitting = [name for name in called if FITS[meaning](shapes[name])]
        for name in sorted(fitting, key=lambda n: _rank(meaning, shapes[n])):
            target = meaning
            if target not in done:
                yield AssignedColumn(target, name)
                done.add(target)
            else:
                doubtful.append(AssignedColumn(target, name, False, "another one"))
            taken.add(name)
        for name in called:
            if name in taken:
                continue
            other = _instead(meaning, shapes[name])
            if other and other not in done and not _called(named, other):
                yield AssignedColumn(other, name)
                done.add(other)
            else:
                doubtful.append(AssignedColumn(meaning, name, False, _NOT_FITTING))
            taken.add(name)
    yield from _by_cells(unit, shapes, taken, done)
    yield from doubtful


def _called(named: Mapping[str, list[str]], meaning: str) -> bool:
    return any(meaning in found[:1] for found in named.values())


def _rank(meaning: str, shape: CellShape) -> tuple[float, ...]:
    """The better of two columns for one meaning comes first."""
    filled = len(shape.column.cells) / max(shape.column.rows, 1)
    if meaning == "time":  # of several, not the local one; the day with its hour
        called = shape.column.name.casefold()
        zoneless = ("local" in called) - bool(_UTC.search(called))
        return (-round(filled, 1), zoneless, -shape.length)
    if meaning == "text":  # the whole text
        return (-round(filled, 1), -shape.length)
    return (-round(filled, 1),)


def _instead(meaning: str, shape: CellShape) -> str:
    """What a column is that is called one thing and looks like another."""
    if meaning == "author" and (shape.numbers or shape.dids):
        return "author_id"
    if meaning in ("author", "author_id") and shape.words:
        return "author_name"
    if meaning == "author_name" and shape.ats:
        return "author"
    if meaning == "link" and shape.post_links:  # of Bluesky, which is an id
        return "id"
    if meaning in ("parent_author", "reposted_author", "quoted_author"):
        return f"{meaning}_id" if shape.numbers or shape.dids else ""
    return ""


def _by_cells(
    unit: RowType, shapes: Mapping[str, CellShape], taken: set[str], done: set[str]
) -> Iterator[AssignedColumn]:
    """What the headings say nothing of, where the cells do; only one may look so."""
    signs: Mapping[RowType, Mapping[str, Callable[[CellShape], bool]]] = {
        RowType.POSTS: {
            "text": lambda shape: shape.texts,
            "link": lambda shape: shape.post_links,
            "time": lambda shape: shape.times and not shape.numbers,
            "author": lambda shape: shape.ats,
        },
        RowType.PEOPLE: {"handle": lambda shape: shape.ats},
        RowType.TIES: {},
    }
    for meaning, is_such in signs[unit].items():
        if meaning in done:
            continue
        such = [
            name
            for name, shape in shapes.items()
            if name not in taken and "[*]" not in name and is_such(shape)
        ]
        for name in such[:_VALUES]:
            yield AssignedColumn(meaning, name, len(such) == 1, _BY_CELLS)
            taken.add(name)
    if unit is RowType.TIES and not {"source", "target"} & done:
        ends = [n for n in shapes if n not in taken and not shapes[n].times][:2]
        for meaning, name in zip(("source", "target"), ends, strict=False):
            yield AssignedColumn(meaning, name, False, "by its place alone")


def _without_handle(
    columns: tuple[AssignedColumn, ...],
) -> Iterator[AssignedColumn]:
    """Where there is nothing better, a display name tells authors apart."""
    sure = {c.meaning: c.column for c in columns if c.certain}
    if not {"author", "author_id"} & sure.keys() and "author_name" in sure:
        yield AssignedColumn(
            "author_id",
            sure["author_name"],
            why="no column has handles or ids: people of one name are one account",
        )


def _with_values(found: Assignment, shapes: Mapping[str, CellShape]) -> Assignment:
    """With what the cells of some columns mean, and how times are written."""
    values: dict[str, Mapping[str, str]] = {}
    columns = found.columns
    for meaning, read in READ.items():
        name = found.column_of(meaning)
        if name is None:
            continue
        cells = Counter(shapes[name].column.cells)
        known = {cell: read(name, cell) for cell, _ in cells.most_common(_VALUES)}
        if meaning == "role":  # what rosters know need not be said
            known = {c: role for c, role in known.items() if role not in ("", c)}
        if known:
            values[meaning] = known
        if meaning != "role" and not all(known.values()):
            columns = _doubted(columns, name, "not all of its values are known")
    prefixed = found.column_of("author_id")
    if prefixed and (prefix := shapes[prefixed].prefix):
        values["author_id"] = {f"{prefix}:*": "*"}
    time = found.column_of("time")
    times = time_formats(shapes[time].column.cells) if time else TimeFormats()
    if time and not times.certain:
        why = "no cell shows whether the day or the month comes first"
        columns = _doubted(columns, time, why)
    weight = found.column_of("weight")
    return Assignment(
        unit=found.unit,
        columns=columns,
        values=values,
        times=times,
        utc=bool(time and _UTC.search(time)),
        platform=_platform(found, shapes),
        from_text=_from_text(found, shapes),
        handles=_handles(found, shapes),
        decimal="," if weight and _has_commas(shapes[weight]) else ".",
        forbidden=found.forbidden,
    )


def _doubted(
    columns: tuple[AssignedColumn, ...], name: str, why: str
) -> tuple[AssignedColumn, ...]:
    return tuple(
        AssignedColumn(c.meaning, c.column, False, why) if c.column == name else c
        for c in columns
    )


def _has_commas(shape: CellShape) -> bool:
    return any("," in cell for cell in shape.column.cells)


def _platform(found: Assignment, shapes: Mapping[str, CellShape]) -> str:
    """The platform of most rows, by what they say or where they link to."""
    named = found.column_of("platform")
    link = found.column_of("link") or found.column_of("id")
    counted: Counter[str] = Counter()
    if named:
        counted.update(
            PLATFORM_OF.get(c.casefold(), "") for c in shapes[named].column.cells
        )
    elif link and shapes[link].post_links | shapes[link].links:
        counted.update(_host(cell) for cell in shapes[link].column.cells)
    counted.pop("", None)
    return counted.most_common(1)[0][0] if counted else ""


def _host(link: str) -> str:
    if link.startswith("at://"):
        return "bluesky"
    host = link.partition("//")[2].partition("/")[0].casefold().removeprefix("www.")
    known = PLATFORM_OF.get(host.removeprefix("mobile."), "")
    return known or ("mastodon" if _FEDERATED.search(link) else "")


def _from_text(found: Assignment, shapes: Mapping[str, CellShape]) -> bool:
    """Whether the texts say what no column does: who is mentioned or reposted."""
    text = found.column_of("text")
    if text is None or found.column_of("mentions") is None:
        return text is not None
    told = map(found.column_of, ("kind", "repost_of", "reposted_author"))
    return not any(told) and any(
        cell.startswith("RT @") for cell in shapes[text].column.cells
    )


def _handles(found: Assignment, shapes: Mapping[str, CellShape]) -> bool | None:
    """Whether the ends of ties are handles without their @."""
    ends = [found.column_of(end) for end in ("source", "target")]
    there = [shapes[name] for name in ends if name is not None]
    if found.unit is not RowType.TIES or not there:
        return False
    if any(not shape.handles or shape.ats or shape.prefix for shape in there):
        return False
    called = [plain(shape.column.name) for shape in there]
    says = all(any(w in n for w in ("handle", "screen", "username")) for n in called)
    return True if says else None
