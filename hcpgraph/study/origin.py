"""Where a result came from: inputs with digests, parameters, versions, seed."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# what a number in a result can depend on
_LIBRARIES = ("hcpgraph", "duckdb", "igraph", "matplotlib", "networkx", "numba")
_NUMERIC = ("numpy", "scipy")
# parameters that somebody types to find a person
_TYPED = frozenset({"person", "text"})


def describe_origin(
    files: Iterable[Mapping[str, Any]], parameters: Mapping[str, object]
) -> dict[str, Any]:
    """What someone needs to get the same result again: no clock, host or name.

    Args:
        files: the imported files, under names that may leave.
        parameters: what was asked.
    """
    inputs = [
        {key: entry[key] for key in ("path", "format", "sha256", "accepted")}
        for entry in files
    ]
    return {
        "inputs": inputs,
        "parameters": dict(parameters),
        "versions": dict(_versions()),
    }


def without_words(
    parameters: Mapping[str, object], digest: Callable[[str], str]
) -> dict[str, object]:
    """Parameters in which a digest has the place of every word that may name somebody.

    >>> without_words({"command": "find", "text": "Ann", "top": 25}, str.upper)
    {'command': 'find', 'text': 'ANN', 'top': 25}
    """
    return {
        name: digest(said)
        if name in _TYPED and isinstance(said, str)
        else without_words(said, digest)
        if isinstance(said, Mapping)
        else said
        for name, said in parameters.items()
    }


def without_folders(origin: Mapping[str, Any]) -> dict[str, Any]:
    """The origin for a file that is passed on: where inputs lay is left out."""
    inputs = [
        {**entry, "path": PurePath(entry["path"]).name} for entry in origin["inputs"]
    ]
    return {**origin, "inputs": inputs}


@cache  # read from files, and the same for as long as the program runs
def _versions() -> Mapping[str, str]:
    """What was installed when this was made."""
    libraries = {name: version(name) for name in (*_LIBRARIES, *_NUMERIC)}
    return {**libraries, "python": platform.python_version()}
