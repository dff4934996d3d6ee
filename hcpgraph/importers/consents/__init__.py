"""Files of consent: plain tables, exports of customer databases, results of X.

* ``headings``   what their columns are called
* ``words``      what their cells say, in five languages
* ``days``       when, and until when
* ``systems``    whose export a file is, and what a row of it says
* ``reading``    a file whole, as rows of consent
* ``platform``   results of the compliance jobs of X
"""

from hcpgraph.importers.consents.platform import is_platform_result
from hcpgraph.importers.consents.reading import read_consent

__all__ = ["is_platform_result", "read_consent"]
