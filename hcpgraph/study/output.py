"""Results of a study as text, bytes and files, each file with its provenance.

``save`` is the one door: it records every file in the audit trail before it writes it.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hcpgraph import writing
from hcpgraph.errors import OutputError, TrailError
from hcpgraph.exports.tables import WRITERS
from hcpgraph.policy.trail import TrailOutput
from hcpgraph.store import TrailFile
from hcpgraph.study import releasing, trailing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hcpgraph.model.table import Table
    from hcpgraph.study.open_study import OpenStudy


def render(table: Table, format_name: str) -> bytes:
    """The table in one of the formats of ``exports.tables.WRITERS``."""
    return WRITERS[format_name](table)


def save(
    opened: OpenStudy,
    content: bytes,
    path: Path,
    parameters: Mapping[str, object],
    *,
    people: Iterable[str] = (),
) -> Path | None:
    """Write *content* to *path*, and beside it what it was made of.

    Args:
        opened: the study.
        content: the bytes of the file.
        path: the file, a device or a pipe.
        parameters: what was asked; ``command`` of them is recorded.
        people: everybody who is named in it, as ``named_people`` finds them.

    Returns:
        The path of the provenance file, ``FILE.provenance.json``; None for a device
        or a pipe, beside which nothing can stand.

    Raises:
        OutputError: if either cannot be written; then neither was.
        TrailError: if the audit trail cannot be continued; then neither was.
    """
    keep_study(opened.store.path, path)
    if not writing.is_regular(path):
        with _recorded(opened, content, path, parameters, people=people):
            writing.write(path, content)
        return None
    origin = opened.origin(parameters)
    _keep_inputs(path, origin["inputs"])
    text = json.dumps(origin, indent=2, sort_keys=True, ensure_ascii=False)
    beside = _beside(path)
    writing.check(path)
    with _recorded(opened, content, path, parameters, people=people):
        writing.write_together({path: content, beside: f"{text}\n".encode()})
    return beside


@contextmanager
def _recorded(
    opened: OpenStudy,
    content: bytes,
    path: Path,
    parameters: Mapping[str, object],
    *,
    people: Iterable[str],
) -> Iterator[None]:
    """Have the trail say that a file is about to be written, and if it was not."""
    sha256 = trailing.digest(content)
    # a name that calls somebody who may not be listed is not kept anywhere
    name = releasing.release_file(opened.words(), str(path), sha256)
    about = TrailOutput(name, sha256)
    access = replace(opened.access, purpose=opened.purpose)
    trailing.record_output(opened.store, access, parameters, about, people)
    try:
        yield
    except OutputError as error:
        failed = replace(about, error=error.reason)
        # where there is no room for this entry, the first says too much, not too little
        with suppress(TrailError):
            trailing.record_output(opened.store, access, parameters, failed)
        raise


def keep_study(study: Path, path: Path) -> None:
    """Refuse to write a result, or its provenance, over the study it comes from."""
    own = (study, study.with_name(f"{study.name}.wal"), *TrailFile(study).paths)
    if any(writing.is_same(path, one) for one in own):
        raise OutputError(path, "that is the study itself; name another file")
    if path.name and any(writing.is_same(_beside(path), one) for one in own):
        raise OutputError(
            path, "its provenance would replace the study itself; name another file"
        )


def _keep_inputs(path: Path, inputs: list[dict[str, str]]) -> None:
    """Refuse to write over a file that the study was made of."""
    for entry in inputs:
        if not writing.is_same(path, Path(entry["path"])):
            continue
        # another file may bear the name by now, or here
        if _digest(path) == entry["sha256"]:
            raise OutputError(path, "it was imported into the study; name another file")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.provenance.json")
