"""Outputs read back: every format that hcpgraph writes, as tables and texts.

What a file is shows in its first bytes, whatever its name says.

* ``tables``   CSV, Parquet, and tables as text; ``workbook`` XLSX
* ``objects``  JSON: lists, networks, provenance, the values behind a page
* ``markup``   GEXF, GraphML, SVG
* ``page``     HTML
* ``pdf``      the text of figures in PDF
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import UnreadableOutput
from hcpgraph.exports.read_back import (
    markup,
    objects,
    page,
    pdf,
    tables,
    workbook,
)

if TYPE_CHECKING:
    from pathlib import Path

    from hcpgraph.model.content import OutputPart

_PICTURE: Final = (
    "a picture made of points cannot be read back; read the figure as SVG or PDF"
)
_BINARY: Final = "it is no file that hcpgraph writes"


def read_back(path: Path) -> list[OutputPart]:
    """Everything that a file says.

    Raises:
        UnreadableOutput: if it cannot be read back: a picture made of points, a
            damaged file, or a kind of file that hcpgraph does not write.
        OSError: if the file cannot be read.
    """
    content = path.read_bytes()
    try:
        return _parts(content, path)
    except UnreadableOutput:
        raise
    # each reader has errors of its own, and all of them mean that nobody can say
    except Exception as error:
        raise UnreadableOutput(path, f"it is damaged: {error}") from error


def _parts(content: bytes, path: Path) -> list[OutputPart]:
    if content.startswith(b"\x89PNG"):
        raise UnreadableOutput(path, _PICTURE)
    if content.startswith(b"PAR1"):
        return tables.of_parquet(content)
    if content.startswith(b"PK"):
        return workbook.parts(content)
    if content.startswith(b"%PDF"):
        return pdf.parts(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableOutput(path, _BINARY) from error
    return _of_text(text, path.suffix.lower())


def _of_text(text: str, suffix: str) -> list[OutputPart]:
    """What a text is, by how it begins and by what its name says."""
    first = text.lstrip()[:200].lower()
    if first.startswith(("<!doctype html", "<html")) or suffix in (".html", ".htm"):
        return page.parts(text)
    if first.startswith("<"):
        return markup.parts(text)
    if first.startswith(("{", "[")):
        try:
            return objects.parts(json.loads(text))
        except json.JSONDecodeError:
            return objects.of_lines(text)
    if suffix in (".csv", ".tsv"):
        return tables.of_csv(text, "\t" if suffix == ".tsv" else ",")
    return tables.of_text(text)
