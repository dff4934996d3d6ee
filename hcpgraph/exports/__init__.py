"""Values -> files that other tools take.

* ``tables``      a table as CSV, JSON or Parquet
* ``workbook``    tables as the sheets of an XLSX workbook
* ``network``     a network with coordinates, sizes and colours, in columns
* ``markup``      a network as GEXF or GraphML
* ``graphology``  a network as the JSON of graphology
* ``attributes``  columns of any values as what those formats can hold
* ``files``       bytes onto disk, whole or not at all
"""

from hcpgraph.exports.attributes import Attribute, sanitize
from hcpgraph.exports.files import write_whole
from hcpgraph.exports.graphology import to_graphology
from hcpgraph.exports.markup import to_gexf, to_graphml
from hcpgraph.exports.network import Network
from hcpgraph.exports.tables import WRITERS, to_csv, to_json, to_parquet
from hcpgraph.exports.workbook import Sheet, to_xlsx

__all__ = [
    "WRITERS",
    "Attribute",
    "Network",
    "Sheet",
    "sanitize",
    "to_csv",
    "to_gexf",
    "to_graphml",
    "to_graphology",
    "to_json",
    "to_parquet",
    "to_xlsx",
    "write_whole",
]
