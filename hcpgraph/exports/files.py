"""Bytes onto disk, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hcpgraph.errors import OutputError


def write_whole(path: Path, content: bytes) -> None:
    """Write *content* to *path*; a reader sees the old file or the new, never half.

    Raises:
        OutputError: if the folder is missing, closed to us, or full.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException as error:  # Ctrl-C leaves no half file behind either
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OutputError(path, error.strerror or str(error)) from error
        raise
