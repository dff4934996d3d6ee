"""Mappings of columns, read from TOML; those that come with hcpgraph by name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.errors import MappingError
from hcpgraph.importers.forbidden_columns import forbidden_columns
from hcpgraph.importers.reading import zones
from hcpgraph.model.files import PLATFORM, Layout, RowType
from hcpgraph.model.mapping import COLUMNS, KEYS, KINDS, SURE, ColumnMapping
from hcpgraph.model.names import LAYERS, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hcpgraph.model.files import ImportOptions

_FOLDER: Final = Path(__file__).parent / "mappings"
_TOP: Final = (
    *("about", "sure", "platform", "ids", "file", "columns", "time", "values"),
    *("mentions", "constants"),
)
_FILE: Final = (*(field.name for field in fields(Layout)), "records")
# What the directives of strptime that DuckDB has stand for.
_DIRECTIVE: Final = re.compile(r"%(-?.)")
_DIRECTIVES: Final = frozenset("aAbBdfgHIjmMnpSuUVwWyYzZ%")
# Words that stand for a way to write times, and for no directives.
NUMBERS: Final = ("unix", "iso")
# What says that a row is a post, a tie or a person, where others say it, too.
_SPEAKING: Final = (
    (RowType.TIES, ("source", "target")),
    (RowType.POSTS, ("author", "author_id", "author_name", "text", "link", "bio")),
    (RowType.PEOPLE, ("handle", "npi", "role", "specialty", "institution", "id")),
)


def read_mapping(named: str | Path) -> ColumnMapping:
    """The mapping of a name, or in a file.

    Raises:
        MappingError: if there is none, or something in it cannot be used.
    """
    path = Path(named)
    shipped = _FOLDER / f"{named}.toml"
    if path.suffix == ".toml" or len(path.parts) != 1 or path.is_file():
        return _read(str(named), path)
    if not shipped.is_file():
        raise MappingError(path, f"no such mapping. Shipped are: {_list()}")
    if _parsed(shipped)["sure"] == "template":
        raise MappingError(
            path,
            "is a template, as its headings differ from account to account: copy"
            f" {shipped}, fill in the headings of your file, and give the copy to"
            " --map",
        )
    return _read(str(named), shipped)


def as_mapped(options: ImportOptions) -> ImportOptions:
    """Options with the layout and the area of all rows that their mapping names.

    An area that the options have already wins.

    Raises:
        MappingError: if there is no such mapping, or it cannot be used.
    """
    if options.mapping is None:
        return options
    found = read_mapping(options.mapping)
    layout = options.layout if found.layout == Layout() else found.layout
    return replace(options, layout=layout, area=options.area or found.area)


def _list() -> str:
    """The shipped mappings, each with how sure it is of its headings."""
    sure = {p.stem: _parsed(p)["sure"] for p in sorted(_FOLDER.glob("*.toml"))}
    return "; ".join(f"{name} ({SURE[key]})" for name, key in sure.items())


def _read(name: str, path: Path) -> ColumnMapping:
    return _Reader(name).mapping(_parsed(path))


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise MappingError(path, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise MappingError(path, "is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise MappingError(path, f"is not valid TOML: {error}") from error


class _Reader:
    """Checks what stands in a mapping; its name is for messages."""

    def __init__(self, name: str) -> None:
        self.name = name

    def mapping(self, said: dict[str, Any]) -> ColumnMapping:
        """The mapping that a document holds."""
        self._known("the file", said, _TOP)
        tables = {name: self._table(said, name) for name in _TOP[4:]}
        columns, optional = self._columns(tables["columns"])
        constants = {
            k: self._text(f"[constants] {k}", v) for k, v in tables["constants"].items()
        }
        unit = self._unit({**columns, **constants})
        offered = COLUMNS[unit]
        self._known("[columns]", columns, offered)
        self._known("[constants]", constants, offered)
        self._known("[values]", tables["values"], (*offered, "zone"))
        self._known("[time]", tables["time"], ("format", "zone"))
        self._known("[mentions]", tables["mentions"], ("from_text",))
        twice = sorted(columns.keys() & constants.keys())
        if twice:
            raise self._error(
                f"{twice[0]} is a column and a constant; keep one of both"
            )
        self._needed(unit, {**columns, **constants})
        self._check_constants(constants)
        area = constants.pop("area", None)  # of the file, as --area
        from_text = tables["mentions"].get(
            "from_text", "text" in columns and "mentions" not in columns
        )
        if not isinstance(from_text, bool):
            raise self._error("[mentions] from_text is true or false")
        return ColumnMapping(
            name=self.name,
            unit=unit,
            columns=MappingProxyType(columns),
            optional=frozenset(optional),
            constants=MappingProxyType(constants),
            area=area,
            values=MappingProxyType(self._values(tables["values"])),
            about=self._text("about", said.get("about", "")),
            sure=self._one_of("sure", said.get("sure", ""), ("", *SURE)),
            platform=self._platform(said.get("platform", "")),
            ids=self._one_of("ids", said.get("ids", ""), ("", "native", "handle"))
            or None,
            layout=self._layout(tables["file"]),
            records=self._text("[file] records", tables["file"].get("records", ""))
            or None,
            formats=self._formats(tables["time"].get("format", [])),
            zone=self._zone(tables["time"].get("zone", "")),
            from_text=from_text,
        )

    def _error(self, reason: str) -> MappingError:
        return MappingError(Path(self.name), reason)

    def _known(self, where: str, said: Iterable[str], known: Iterable[str]) -> None:
        """Refuse a key that there is not, with the nearest one."""
        offered = tuple(known)
        for key in said:
            if key not in offered:
                raise self._error(f"{where} has no {key!r}; {suggest(key, offered)}")

    def _table(self, said: Mapping[str, Any], name: str) -> dict[str, Any]:
        value = said.get(name, {})
        if not isinstance(value, dict):
            raise self._error(f"{name} is a table: write [{name}] above its lines")
        return value

    def _text(self, where: str, value: object) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, str | int | float):
            return str(value).strip()
        raise self._error(f"{where} is a text in quotes")

    def _one_of(self, where: str, value: object, known: Iterable[str]) -> str:
        text = self._text(where, value)
        if text not in known:
            raise self._error(f"{where} {text!r}: {suggest(text, filter(None, known))}")
        return text

    def _platform(self, value: object) -> str | None:
        text = self._text("platform", value)
        if text and not PLATFORM.fullmatch(text):
            raise self._error(
                f"{text!r} is no platform; write a name like x or bluesky in small"
                " letters"
            )
        return text or None

    def _columns(
        self, said: Mapping[str, Any]
    ) -> tuple[dict[str, tuple[str, ...]], set[str]]:
        """Places by column of the study, and which of them the file may lack."""
        found: dict[str, tuple[str, ...]] = {}
        optional: set[str] = set()
        every = {name for columns in COLUMNS.values() for name in columns}
        self._known("[columns]", said, sorted(every))
        for column, value in said.items():
            places = value if isinstance(value, list) else [value]
            if not all(isinstance(place, str) for place in places):
                raise self._error(
                    f"[columns] {column} is a heading in quotes, or a list of them"
                )
            named = tuple(place.strip() for place in places if place.strip())
            if not named:
                continue
            found[column] = named
            if len(named) < len(places):
                optional.add(column)
            self._refuse_forbidden(column, named)
        if not found:
            raise self._error(
                '[columns] names no column; write for instance author = "user_name"'
            )
        return found, optional

    def _refuse_forbidden(self, column: str, places: tuple[str, ...]) -> None:
        """What must never be kept of a person is not mapped to anything."""
        if column == "area":  # a disease that a tie or a post is about
            return
        for place in forbidden_columns(places):
            raise self._error(
                f"column {place!r} is refused: what it holds is never kept of a"
                " person. Leave it out"
            )

    def _unit(self, means: Mapping[str, object]) -> RowType:
        """What a row is: the first that a speaking column says."""
        for unit, speaking in _SPEAKING:
            if not any(column in means for column in speaking):
                continue
            foreign = [name for name in means if name not in COLUMNS[unit]]
            if foreign:
                own = next(name for name in speaking if name in means)
                raise self._error(
                    f"[columns] has {own}, of {unit.value}, and {foreign[0]}, which no"
                    f" row of {unit.value} has; {unit.value} have"
                    f" {', '.join(COLUMNS[unit])}"
                )
            return unit
        raise self._error(
            "[columns] names neither posts nor ties nor people: posts need author or"
            " author_id, ties source and target, people id, handle or npi"
        )

    def _needed(self, unit: RowType, means: Mapping[str, object]) -> None:
        for one in KEYS[unit]:
            if any(name in means for name in one):
                continue
            hint = ""
            if unit is RowType.POSTS and "author_name" in means:
                hint = (
                    "; author_name is a display name and no key: where the file has"
                    " nothing better, map author_id to the same column, and people of"
                    " one name are one account"
                )
            raise self._error(f"[columns] lacks {' or '.join(one)}{hint}")

    def _check_constants(self, constants: Mapping[str, str]) -> None:
        for name, known in (("layer", LAYERS), ("kind", KINDS)):
            if name in constants:
                self._one_of(f"[constants] {name}", constants[name], known)

    def _values(
        self, said: Mapping[str, Any]
    ) -> dict[str, tuple[tuple[str, str], ...]]:
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for column, pairs in said.items():
            where = f"[values.{column}]"
            if not isinstance(pairs, dict):
                raise self._error(f'{where} is a table, such as "RT" = "repost"')
            found[column] = tuple(
                (str(cell).strip(), self._text(where, meaning))
                for cell, meaning in pairs.items()
            )
            known = {"kind": KINDS, "layer": LAYERS}.get(column)
            for cell, meaning in found[column]:
                if "*" in meaning and cell.count("*") != 1:
                    raise self._error(f"{where} {cell!r} has no single * to put in")
                if known and "*" not in meaning and meaning:
                    self._one_of(f"{where} {cell!r} =", meaning, known)
                if column == "zone" and not zones.is_zone(meaning):
                    raise self._error(f"{where} {meaning!r} is no zone of IANA")
        return found

    def _layout(self, said: Mapping[str, Any]) -> Layout:
        self._known("[file]", said, _FILE)
        header = said.get("header")
        if header is not None and (
            isinstance(header, bool) or not isinstance(header, int) or header < 1
        ):
            raise self._error("[file] header is the number of a row, from 1")
        decimal = self._one_of("[file] decimal", said.get("decimal", "."), (".", ","))
        texts = {}
        for name in ("encoding", "separator", "sheet"):
            value = said.get(name)
            if value is not None and not isinstance(value, str):
                raise self._error(f"[file] {name} is a text in quotes")
            texts[name] = value or None
        try:
            return Layout(header=header, decimal=decimal, **texts)
        except ValueError as error:
            raise self._error(f"[file] {error}") from error

    def _formats(self, value: object) -> tuple[str, ...]:
        """How times are written, each of directives that there are."""
        formats = value if isinstance(value, list) else [value]
        for one in formats:
            if not isinstance(one, str) or not one.strip():
                raise self._error('[time] format is a text like "%d/%m/%Y %H:%M"')
            if one.lower() in NUMBERS:
                continue
            named = _DIRECTIVE.findall(one)
            wrong = next((n for n in named if n.lstrip("-") not in _DIRECTIVES), None)
            if wrong is not None:
                raise self._error(
                    f"[time] format {one!r} has %{wrong}, which no time has; %d is the"
                    " day, %m the month, %Y the year, %y its last two digits, %H the"
                    " hour, %M the minute, %S the second"
                )
            if not {"Y", "y", "G"} & {n.lstrip("-") for n in named}:
                raise self._error(
                    f"[time] format {one!r} has no year (%Y or %y); write iso or unix"
                    " for times in ISO 8601 or seconds since 1970"
                )
        return tuple(str(one).strip() for one in formats)

    def _zone(self, value: object) -> str | None:
        text = self._text("[time] zone", value)
        if text and not zones.is_zone(text):
            near = suggest(text, (*zones.names(), *zones.OFFSETS))
            raise self._error(f"[time] zone {text!r} is no zone of IANA; {near}")
        return text or None
