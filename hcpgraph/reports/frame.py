"""A report inside a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Frame:
    """A report's page in a frame, interactive in a notebook and in what it exports.

    The page is part of the output itself, so that it stays when the notebook is saved
    or turned into HTML, and it still asks for nothing. Its program runs apart from the
    notebook: it can read nothing of it.

    Attributes:
        html: the page, as ``render`` gives it.
        height: of the frame in pixels, positive.

    Raises:
        ValueError: if *height* is not positive.

    >>> Frame("<p>5 > 3</p>", height=300)._repr_html_()[:52]
    '<iframe title="Influence report" sandbox="allow-scri'
    """

    html: str
    height: int = 800

    def __post_init__(self) -> None:
        if self.height < 1:
            raise ValueError(f"height must be 1 pixel or more, got {self.height}")

    def __repr__(self) -> str:
        return f"Frame(a page of {len(self.html):,} characters)"

    def _repr_html_(self) -> str:
        return (
            '<iframe title="Influence report" sandbox="allow-scripts" width="100%"'
            f' height="{self.height}" style="border: 1px solid #ccc"'
            f' srcdoc="{escape(self.html, quote=True)}"></iframe>'
        )
