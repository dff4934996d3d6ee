"""Values -> one HTML page, offline and interactive.

* ``atlas``      where accounts stand, and which ties are drawn
* ``rendering``  the page, and its frame inside a notebook
* ``curves``     its curves of coverage, as SVG
* ``words``      texts of the page: sentences, and names made safe to show
* ``payload``    what the page's program reads
* ``page/``      sources of the program and its looks; ``built/`` what is shipped
"""

from hcpgraph.reports.atlas import communities_of, draw_map
from hcpgraph.reports.rendering import Frame, render

__all__ = ["Frame", "communities_of", "draw_map", "render"]
