"""Words on their way out of a study: topics, cells, names of areas and of files.

What accounts say holds names of others. Here it passes the policy, as the names of
those listed do in ``open_study``.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from hcpgraph import policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from hcpgraph.store import Store

    Columns = dict[str, list[str | None]]

Called = tuple[list[tuple[str, str]], list[str]]  # names and handles, terms

_DIGITS: Final = 12  # of a digest that stands for the name of a file
_FOLDER: Final = "..."
_WRITTEN: Final = ("name", "specialty", "institution", "country", "region")
_EMPTIED: Final = "cells left empty: {} that may name somebody who may not be listed"
_WITHHELD: Final = "withheld"
UNSAID: Final = "withheld: it may name somebody who may not be listed"


def release_cells(
    said: policy.Cells, columns: Columns
) -> tuple[Columns, tuple[str, ...]]:
    """The columns of a table of people, and how many cells of them may not leave."""
    released = {
        name: said.released(name, found) if name in _WRITTEN else found
        for name, found in columns.items()
    }
    emptied = sum(
        one is None and other is not None
        for name, found in columns.items()
        for one, other in zip(released[name], found, strict=True)
    )
    return released, (_EMPTIED.format(emptied),) if emptied else ()


def release_groups(said: policy.Cells, columns: Columns) -> Columns:
    """Columns to count people by; who shares what may not leave, still does.

    Its place among all that is withheld stands for it.
    """
    released, _ = release_cells(said, columns)
    for name, cells in columns.items():
        pairs = list(zip(cells, released[name], strict=True))
        held = sorted({cell for cell, free in pairs if cell and free is None})
        shown = {cell: f"{_WITHHELD} {i}" for i, cell in enumerate(held, start=1)}
        released[name] = [
            shown.get(cell, free) if cell else free for cell, free in pairs
        ]
    return released


def read_called(store: Store) -> Called:
    """The names that may not leave, and the terms of the vocabulary, which may."""
    return store.read_unlisted_names(), store.read_terms()


def read_rules(store: Store) -> policy.Policy:
    """The policy in force: the one that was set, else the one of the toolkit."""
    text = store.read_policy()
    return policy.load() if text is None else policy.parse(text, str(store.path))


def read_words(store: Store) -> policy.Words:
    """The rules for words of this study."""
    return policy.Words(*read_called(store), read_rules(store).words)


def release_file(said: policy.Words, path: str, sha256: str) -> str:
    """The path of an imported file; its digest instead of a path that names somebody.

    ``remove`` takes the one as well as the other.
    """
    if not said.calls(path):
        return path
    pure = PurePath(path)
    folders = [_FOLDER if said.calls(part) else part for part in pure.parts[:-1]]
    name = sha256[:_DIGITS] if said.calls(pure.name) else pure.name
    shown = str(PurePath(*folders, name))
    # what no part of the path calls by itself, all of it may
    return sha256[:_DIGITS] if said.calls(shown) else shown


def release_line(said: policy.Words, line: str) -> str:
    """A line about a file; nothing of it if it may name somebody."""
    return UNSAID if said.calls(line) else line


def release_files(
    said: policy.Words, entries: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Imported files with names, notes and areas that may leave."""
    return [
        {
            **entry,
            "path": release_file(said, entry["path"], entry["sha256"]),
            "notes": [release_line(said, note) for note in entry["notes"]],
            "area": None if said.calls(entry["area"] or "") else entry["area"],
        }
        for entry in entries
    ]


def release_areas(
    rows: Iterable[Mapping[str, Any]], words: Callable[[], policy.Words]
) -> list[Mapping[str, Any]]:
    """Those of some areas, with slug, name and origin, that may leave.

    An area that only a file names may bear the name of somebody.

    Args:
        rows: the areas.
        words: reads which words may leave, where a file names an area.
    """
    areas = list(rows)
    if all(row["origin"] != "file" for row in areas):
        return areas
    said = words()
    return [
        row
        for row in areas
        if row["origin"] != "file"
        or not (said.calls(row["slug"]) or said.calls(row["name"]))
    ]


def read_rejects(store: Store, said: policy.Words) -> list[tuple[str, int, str]]:
    """Every row that no import could use, as (file, line, reason)."""
    shown = {
        entry["path"]: release_file(said, entry["path"], entry["sha256"])
        for entry in store.read_files()
    }
    return [
        (shown[path], line, release_line(said, reason))
        for path, line, reason in store.read_rejects()
    ]
