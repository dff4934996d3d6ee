"""Write a study anew, so that nothing of what was removed lingers in its file.

DuckDB leaves removed rows in the blocks of its file until others take their place.
A new file holds what is left and nothing else. It takes the name of the old one in
one step: whenever the process dies, there is the old study, or the new one.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final, TypeVar

from hcpgraph.errors import StoreError
from hcpgraph.store import boundaries
from hcpgraph.store.connection import connected, locate
from hcpgraph.store.ingest.staging import drop_temporary
from hcpgraph.store.sql import execute, literal
from hcpgraph.store.transaction import interruptible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb

_CHANGED: Final = ".{}.erasing"  # a copy in which rows are removed
_WHOLE: Final = ".{}.erased"  # what is left, written anew
_COPY: Final = "copy_of_"

Changed = TypeVar("Changed")
Found = TypeVar("Found")


def _changed_copy(file: Path) -> Path:
    """Where the copy stands in which rows are removed."""
    return file.with_name(_CHANGED.format(file.name))


def _whole_copy(file: Path) -> Path:
    """Where what is left is written anew."""
    return file.with_name(_WHOLE.format(file.name))


def leftovers(file: Path) -> tuple[Path, ...]:
    """Every file that an erasure may leave beside a study if its process dies."""
    made = (_changed_copy(file), _whole_copy(file))
    return tuple(
        path
        for one in made
        for path in (
            one,
            one.with_name(f"{one.name}.wal"),
            one.with_name(f"{one.name}.tmp"),
        )
    )


def clear_away(file: Path) -> None:
    """Remove what an erasure left that died; the study must be held for writing."""
    for path in leftovers(file):
        remove(path)


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _copy_to(connection: duckdb.DuckDBPyConnection, to: Path) -> None:
    """Write all tables of the open database into a new file, in their order."""
    (own,) = connection.execute("select current_database()").fetchall()[0]
    name = _COPY + str(own)
    quoted, source = (f'"{one.replace(chr(34), chr(34) * 2)}"' for one in (name, own))
    execute(connection, f"attach {literal(str(to))} as {quoted}")
    try:
        connection.execute(f"copy from database {source} to {quoted}")
    finally:
        connection.execute(f"detach {quoted}")


def rewrite(
    connection: duckdb.DuckDBPyConnection,
    study: Path,
    change: Callable[[duckdb.DuckDBPyConnection], Changed],
    look: Callable[[Path], Found],
) -> tuple[Changed, Found]:
    """Change a copy of the study, write it anew, and put it in the place of the study.

    Args:
        connection: holds the study for writing, outside any transaction; it is of the
            old file afterwards, and to be closed.
        study: path of the study.
        change: changes the copy through its connection.
        look: looks at the new file before it takes its place.

    Returns:
        What *change* and *look* gave.

    Raises:
        FullDisk: if there is no room for two more studies beside this one.
        StoreError: if the study cannot be written, or has a second name.
    """
    file = locate(study, write=True)
    _refuse_second_name(file, study)
    clear_away(file)
    changed, whole = _changed_copy(file), _whole_copy(file)
    try:
        with interruptible(study):
            drop_temporary(connection)
            connection.execute("checkpoint")
            _copy_to(connection, changed)
            with connected(changed, write=True) as copy:
                made = change(copy)
                _copy_to(copy, whole)
            found = look(whole)
        _put_in_place(whole, file)
    finally:
        clear_away(file)
    return made, found


def _refuse_second_name(file: Path, path: Path) -> None:
    """Raise ``StoreError`` for a file that another name would keep as it was."""
    if file.stat().st_nlink > 1:
        raise StoreError(
            path,
            "this file has a second name (a hard link) under which everything would"
            " stay; remove that name first",
        )


def _put_in_place(whole: Path, file: Path) -> None:
    """Give a new file the name of the study, once all of it is on the disk."""
    shutil.copymode(file, whole)
    _sync(whole)
    boundaries.reach("before the new study")
    whole.replace(file)
    boundaries.reach("after the new study")
    if os.name != "nt":
        _sync(file.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
