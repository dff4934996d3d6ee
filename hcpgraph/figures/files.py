"""Figures as files: the same figure gives the same bytes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from matplotlib.text import Text

from hcpgraph import writing
from hcpgraph.errors import FigureError, OutputError
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
    content = render(figure, kind_of(path), dpi=dpi)
    try:
        writing.write(path, content)
    except OutputError as error:
        raise FigureError(f"{path}: cannot write it: {error.reason}") from error
    return path


def texts(figure: Figure) -> tuple[str, ...]:
    """All that is written on a figure, each text once."""
    found = (str(text.get_text()) for text in figure.findobj(Text))
    return tuple(dict.fromkeys(text for text in found if text))


def kind_of(path: Path) -> str:
    """The kind of picture that a name asks for: png, svg or pdf.

    Raises:
        FigureError: if it asks for none of them.

    >>> kind_of(Path("network.SVG"))
    'svg'
    """
    suffix = path.suffix.lower()
    if suffix not in _UNSAID:
        raise FigureError(
            f"{path}: figures are saved as {', '.join(_UNSAID)};"
            f" {f'{suffix} is none of them' if suffix else 'the name has no suffix'}"
        )
    return suffix[1:]


def render(figure: Figure, kind: str, *, dpi: int = 200) -> bytes:
    """A figure as the bytes of a png, svg or pdf file; the same ones each time."""
    drawn = BytesIO()
    unsaid = dict.fromkeys(_UNSAID[f".{kind}"])
    with styled():
        figure.savefig(drawn, format=kind, dpi=dpi, metadata=unsaid)
    return drawn.getvalue()
