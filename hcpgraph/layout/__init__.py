"""Where accounts stand on a page: communities as discs, members inside theirs."""

from hcpgraph.layout.placement import Placement, place

__all__ = ["Placement", "place"]
