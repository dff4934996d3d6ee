"""The library's front door: one study, the whole chain.

* ``core``        ``Study``
* ``importing``   exports into the study
* ``selecting``   which ties are asked about, and who may be listed
* ``scoring``     the people of areas, scored; ``recalling`` those scored already
* ``listing``     who leads; ``backtesting`` how well that foretold attention
* ``explaining``  why somebody has a rank: ``reasoning`` gathers, the room
  ``narrative`` says it
* ``planning``    whom to approach; ``person_lists`` those brought for it,
  ``prospect_rows`` the table
* ``naming``      how accounts and areas are called
* ``grouping``    the graph and its communities
* ``drawing``     figures; ``charting`` and ``courses`` what they show
* ``reporting``   one page of everything, ``composing`` its parts
* ``exporting``   files for other tools: ``networking`` the network, ``evidence`` the
  posts behind its ties
* ``progress``    progress of long steps
* ``provenance``  where a result came from
"""

from hcpgraph.study.core import Study

__all__ = ["Study"]
