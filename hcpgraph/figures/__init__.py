"""Figures to paste into a slide or print: values in, matplotlib Figures out."""

from hcpgraph.figures.areas import areas
from hcpgraph.figures.backtests import backtest
from hcpgraph.figures.communities import communities
from hcpgraph.figures.coverages import coverage
from hcpgraph.figures.families import families
from hcpgraph.figures.files import kind_of, render, save, texts
from hcpgraph.figures.networks import network
from hcpgraph.figures.rankings import ranking
from hcpgraph.figures.timelines import timeline
from hcpgraph.figures.titles import WHOLE
from hcpgraph.figures.wording import called, names_in

__all__ = [
    "WHOLE",
    "areas",
    "backtest",
    "called",
    "communities",
    "coverage",
    "families",
    "kind_of",
    "names_in",
    "network",
    "ranking",
    "render",
    "save",
    "texts",
    "timeline",
]
