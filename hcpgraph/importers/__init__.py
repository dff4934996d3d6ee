"""Social exports, described: how a file maps onto the tables of a study.

An importer recognises a file by its content, never by its name, and says with
queries how its rows become accounts, posts, ties or people. It opens no
database: the store runs the queries, in one transaction a file. Values are read
as text and converted one by one, so that a row that cannot be used is rejected
with its line and the reason, and every other row is imported as it stands.

* ``describe``  what a file is and how to read it
* ``as_plain_text``  workbooks, other encodings and titles above headings, as text
* ``read_mapping``  which columns of somebody's table are what
* ``archives``  what zips and tars hold
* ``is_platform_result``  whether a file says which accounts are gone
* ``Integrity``  whether all of a compressed file is there
* ``write_copy``  what comes through a pipe, in a file
* ``IMPORTERS``  format name -> module that recognises and describes it
"""

from hcpgraph.importers import archives
from hcpgraph.importers.consents.platform import is_platform_result
from hcpgraph.importers.mapping_file import as_mapped, read_mapping
from hcpgraph.importers.reading.addresses import profile_named
from hcpgraph.importers.reading.copying import write_copy
from hcpgraph.importers.reading.integrity import Integrity
from hcpgraph.importers.reading.plain_text import as_plain_text
from hcpgraph.importers.recognition.describing import describe
from hcpgraph.importers.registry import IMPORTERS

__all__ = [
    "IMPORTERS",
    "Integrity",
    "archives",
    "as_mapped",
    "as_plain_text",
    "describe",
    "is_platform_result",
    "profile_named",
    "read_mapping",
    "write_copy",
]
