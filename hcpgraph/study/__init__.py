"""The library's front door: one study, the whole chain.

* ``core``        ``Study``
* ``adding``      exports into the study
* ``listing``     who leads
* ``planning``    whom to approach; ``people`` the lists brought for it
* ``grouping``    the graph and its communities
* ``provenance``  where a result came from
"""

from hcpgraph.study.core import Study

__all__ = ["Study"]
