"""One look for every figure: pages, colours, type."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from matplotlib import style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from hcpgraph.figures.wording import families

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

INK: Final = "#222222"
SOFT_INK: Final = "#5f6368"
HAIRLINE: Final = "#c9ccd1"
# A contribution has the same colour in every figure.
CONTRIBUTION_COLOURS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "reach": "#0072b2",
        "resonance": "#56b4e9",
        "authority": "#009e73",
        "brokerage": "#e69f00",
        "activity": "#cc79a7",
    }
)

# A family of layers has the same colour in every figure.
FAMILY_COLOURS: Final[Mapping[str, str]] = MappingProxyType(
    {"social": "#0072b2", "scientific": "#009e73", "nominated": "#b83a00"}
)

# What an account is to a plan: the chosen and those they reach stand out.
PLAN_COLOURS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "other": "#d5d8dc",
        "reached": "#8d939b",
        "covered": "#e69f00",
        "known": "#222222",
        "chosen": "#b83a00",
    }
)


@dataclass(frozen=True, slots=True)
class Page:
    """How large a figure is and how large its type.

    Attributes:
        width: in inches.
        height: in inches.
        title: type size in points, as are those below.
        text: labels and legends.
        small: captions, axis ticks and side remarks.
        margin: free rim in inches.
        column: width of the legend at the right, in inches.
    """

    width: float
    height: float
    title: float
    text: float
    small: float
    margin: float
    column: float


PAGES: Final[Mapping[str, Page]] = MappingProxyType(
    {
        "slide": Page(13.333, 7.5, 20, 11, 9.5, 0.4, 3.2),
        "print": Page(7.2, 4.8, 10.5, 6.8, 6, 0.15, 1.75),
    }
)


def page_named(name: str) -> Page:
    """The page of that name.

    Raises:
        ValueError: if there is none.
    """
    if name not in PAGES:
        raise ValueError(f"no page {name!r}; choose from: {', '.join(PAGES)}")
    return PAGES[name]


@contextmanager
def styled() -> Iterator[None]:
    """Matplotlib's own settings and ours inside, the caller's again afterwards.

    Without this a caller's style sheet would change the picture, and the salt of
    SVG ids and the dates of files would change its bytes.
    """
    ours = {
        "font.family": list(families()),
        "text.usetex": False,
        # hinted letters are wider at some sizes: words measured would not fit
        "text.hinting": "no_hinting",
        "text.color": INK,
        "axes.edgecolor": HAIRLINE,
        "axes.linewidth": 0.8,
        "svg.hashsalt": "hcpgraph",
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
        "path.simplify": False,
    }
    with style.context(["default", ours]):
        yield


def blank(width: float, height: float) -> Figure:
    """An empty white figure of that size in inches, apart from pyplot's state."""
    figure = Figure(figsize=(width, height), facecolor="white")
    FigureCanvasAgg(figure)
    return figure
