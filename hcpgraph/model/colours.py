"""Colours of communities, the same in figures, pages and files."""

from __future__ import annotations

from typing import Final

OTHER: Final = "#b3b7bd"  # communities beyond the palette, and measures without parts

# Okabe and Ito's colours, without their black and their yellow (too pale for a
# dot on white), with Tol's wine and a dark brown-grey in their place. They differ
# in lightness too, so that they stay apart in grey print.
COMMUNITY_COLOURS: Final = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#d55e00",
    "#882255",
    "#5b4a3a",
)
