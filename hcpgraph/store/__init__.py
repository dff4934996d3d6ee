"""The DuckDB file between an import and everything else. SQL runs only here.

* ``core`` ``Store``: the file, open
* ``schema`` its tables, version by version
* ``connection`` opening it; ``making`` it, and bringing it up to date
* ``holding`` which studies this program has open, whichever thread has
* ``faults`` what can go wrong with it, in words
* ``transaction`` all or nothing, and Ctrl-C; ``boundaries`` where tests break it off
* ``ingest.importing`` one file, one transaction: ``ingest.staging``,
  ``ingest.numbering``, ``ingest.writing``; ``bulk.edge_list`` for lists of numbers
* ``ingest.removing`` one file back out
* ``erasing.erasing`` people out, in a file written anew (``erasing.rewriting``) and
  searched (``erasing.searching``)
* ``ingest.vocabulary`` disease areas, and labelling everything by them
* ``queries.reading`` ties, in one order, and accounts as arrays
* ``queries.roles`` who may be listed, and who works in an area
* ``queries.evidence`` the posts behind ties, without what they say
* ``queries.finding`` accounts by what people type; corrections by hand
* ``trail_file`` the two files of the audit trail, beside the study
* ``queries.summary`` what is in the study, and what could not be used
"""

from hcpgraph.store.core import Store
from hcpgraph.store.erasing import rewriting, searching
from hcpgraph.store.holding import is_held
from hcpgraph.store.ingest.importing import ImportJob, Labelling
from hcpgraph.store.ingest.suppressing import NO_KEY
from hcpgraph.store.ingest.vocabulary import VocabularyRows
from hcpgraph.store.queries.finding import BY_NAME, SEARCHED
from hcpgraph.store.queries.reading import PERSON, Scope
from hcpgraph.store.schema import WORKS_POSTS, WORKS_SHARE
from hcpgraph.store.trail_file import OpenTrail, TrailFile

__all__ = [
    "BY_NAME",
    "NO_KEY",
    "PERSON",
    "SEARCHED",
    "WORKS_POSTS",
    "WORKS_SHARE",
    "ImportJob",
    "Labelling",
    "OpenTrail",
    "Scope",
    "Store",
    "TrailFile",
    "VocabularyRows",
    "is_held",
    "rewriting",
    "searching",
]
