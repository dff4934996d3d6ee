"""Figures to paste into a slide or print: values in, matplotlib Figures out."""

from hcpgraph.figures.backtests import backtest
from hcpgraph.figures.files import save
from hcpgraph.figures.networks import network
from hcpgraph.figures.rankings import ranking

__all__ = ["backtest", "network", "ranking", "save"]
