"""Values -> files that other tools take.

* ``tables``      a table as CSV, JSON or Parquet
* ``workbook``    tables as the sheets of an XLSX workbook
* ``network``     a network with coordinates, sizes and colours, in columns
* ``markup``      a network as GEXF or GraphML
* ``graphology``  a network as the JSON of graphology
* ``attributes``  columns of any values as what those formats can hold

Each is imported by itself: a table as CSV needs nothing of what writes XML.
"""
