"""Figures as files: the same figure gives the same bytes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from hcpgraph.errors import FigureError
from hcpgraph.figures.style import styled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure

# What each kind of file must not say: when and by which version it was made.
_UNSAID: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        ".png": ("Software",),
        ".svg": ("Date", "Creator"),
        ".pdf": ("CreationDate", "Creator", "Producer"),
    }
)


def save(figure: Figure, path: str | Path, *, dpi: int = 200) -> Path:
    """Write a figure as PNG, SVG or PDF, by the suffix of *path*.

    The same figure gives the same bytes, on one machine with one set of versions:
    files carry no date. A file of that name is replaced in one step, so that a
    failure leaves it as it was.

    Args:
        figure: any matplotlib figure.
        path: file to write; its folder must exist.
        dpi: dots per inch of PNG files, and of those parts of SVG and PDF files
            that are kept as pictures because they hold thousands of ties.

    Returns:
        The path written.

    Raises:
        FigureError: if the suffix is another, or the file cannot be written.
    """
    path = Path(path)
    kind = path.suffix.lower()
    if kind not in _UNSAID:
        raise FigureError(
            f"{path}: figures are saved as {', '.join(_UNSAID)};"
            f" {f'{kind} is none of them' if kind else 'the name has no suffix'}"
        )
    drawn = BytesIO()
    with styled():
        figure.savefig(
            drawn, format=kind[1:], dpi=dpi, metadata=dict.fromkeys(_UNSAID[kind])
        )
    draft = path.with_name(f".{uuid4().hex}{kind}")
    try:
        draft.write_bytes(drawn.getvalue())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise FigureError(f"{path}: cannot write it: {error.strerror}") from error
    return path
