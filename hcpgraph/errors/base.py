"""The class that every error of hcpgraph is of."""

from __future__ import annotations


class HcpgraphError(Exception):
    """Base class: catch it to catch everything hcpgraph raises on purpose."""
