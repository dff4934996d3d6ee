"""Values -> files that other tools take.

* ``tables``  a table as CSV, JSON or Parquet
* ``files``   bytes onto disk, whole or not at all
"""

from hcpgraph.exports.files import write_whole
from hcpgraph.exports.tables import WRITERS, to_csv, to_json, to_parquet

__all__ = ["WRITERS", "to_csv", "to_json", "to_parquet", "write_whole"]
