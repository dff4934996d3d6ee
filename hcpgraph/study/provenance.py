"""Where a result came from: inputs with digests, parameters, versions, seed."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from hcpgraph.study import releasing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.store import Store

# what a number in a result can depend on
_LIBRARIES = ("hcpgraph", "duckdb", "igraph", "matplotlib", "networkx", "numba")
_NUMERIC = ("numpy", "scipy")


def describe_origin(store: Store, parameters: Mapping[str, object]) -> dict[str, Any]:
    """What someone needs to get the same result again: no clock, host or name."""
    inputs = [
        {key: entry[key] for key in ("path", "format", "sha256", "accepted")}
        for entry in releasing.read_files(store)
    ]
    return {
        "inputs": inputs,
        "parameters": dict(parameters),
        "versions": dict(_versions()),
    }


@cache  # read from files, and the same for as long as the program runs
def _versions() -> Mapping[str, str]:
    """What was installed when this was made."""
    libraries = {name: version(name) for name in (*_LIBRARIES, *_NUMERIC)}
    return {**libraries, "python": platform.python_version()}
