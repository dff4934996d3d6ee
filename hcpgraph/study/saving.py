"""Results of a study as text, bytes and files, each file with its provenance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from hcpgraph.errors import OutputError
from hcpgraph.exports.files import write_whole
from hcpgraph.exports.tables import WRITERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.model.table import Table
    from hcpgraph.study.core import Study


def render(table: Table, format_name: str) -> bytes:
    """The table in one of the formats of ``exports.tables.WRITERS``."""
    return WRITERS[format_name](table)


def save(
    study: Study, content: bytes, path: Path, parameters: Mapping[str, object]
) -> Path:
    """Write *content* to *path*, and beside it what it was made of.

    Returns:
        The path of the provenance file, ``FILE.provenance.json``.

    Raises:
        OutputError: if either cannot be written.
    """
    keep_study(study, path)
    write_whole(path, content)
    return save_provenance(study, path, parameters)


def keep_study(study: Study, path: Path) -> None:
    """Refuse to write a result over the study it comes from."""
    if path.exists() and study.path.exists() and path.samefile(study.path):
        raise OutputError(path, "that is the study itself; name another file")


def save_provenance(study: Study, path: Path, parameters: Mapping[str, object]) -> Path:
    """Write the origin of the result at *path* beside it."""
    origin = study.provenance(parameters)
    beside = path.with_name(f"{path.name}.provenance.json")
    text = json.dumps(origin, indent=2, sort_keys=True, ensure_ascii=False)
    write_whole(beside, f"{text}\n".encode())
    return beside
