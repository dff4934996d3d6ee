"""The library's front door: one study, the whole chain.

* ``core``        ``Study``
* ``adding``      exports into the study
* ``listing``     who leads; ``backtesting`` how well that foretold attention
* ``explaining``  why somebody has a rank: ``reasoning`` gathers, ``telling`` and
  ``doubting`` say it, ``phrases`` in words
* ``planning``    whom to approach; ``people`` the lists brought for it
* ``grouping``    the graph and its communities
* ``provenance``  where a result came from
"""

from hcpgraph.study.core import Study

__all__ = ["Study"]
