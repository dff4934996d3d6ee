"""A first mapping of a table that nobody documented, from what its columns look like.

* ``columns``        the columns of a table, or places in JSON records, with some cells
* ``cell_shapes``    what cells are: ids, handles, addresses, times, texts
* ``cell_meanings``  what the words of a kind, a layer or a role mean
* ``meanings``       what cells must look like to be what a heading says
* ``assigning``      which column is what of a study, and how sure that is
* ``as_toml``        the mapping as the file that ``--map`` reads
"""

from hcpgraph.importers.suggestions.as_toml import suggest

__all__ = ["suggest"]
