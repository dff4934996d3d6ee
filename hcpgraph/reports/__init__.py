"""Values -> one HTML page, offline and interactive.

* ``atlas``      where accounts stand, and which ties are drawn
* ``rendering``  the page
* ``words``      texts of the page: sentences, and names made safe to show
* ``payload``    what the page's program reads
* ``curves``     small charts as SVG
* ``frame``      the page inside a notebook
* ``page/``      sources of the program and its looks; ``built/`` what is shipped
"""

from hcpgraph.reports.atlas import communities_of, draw_map
from hcpgraph.reports.frame import Frame
from hcpgraph.reports.rendering import render

__all__ = ["Frame", "communities_of", "draw_map", "render"]
