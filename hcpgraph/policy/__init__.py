"""What may leave a study: rules as data, applied wherever people are listed.

* ``rules``    ``policy.toml`` and what it means
* ``viewers``  which columns and people a viewer sees; ``regions`` what the law of a
  country asks for
* ``release``  which accounts may be listed, and how many were held back and why
* ``words``    which words of posts and files may leave, ``cells`` which of tables;
  ``folding`` how they are compared
* ``erasure``  who was erased, and what else calls such a person
* ``keys``     the key of hashes that stand for people and words

A graph or a ranking made without a study carries no policy.
"""

from hcpgraph.policy.cells import Cells
from hcpgraph.policy.erasure import Suppressed
from hcpgraph.policy.keys import Key
from hcpgraph.policy.regions import Region, region_of
from hcpgraph.policy.release import AUTO, Released, release, resolve
from hcpgraph.policy.rules import Audience, Policy, WordRules, load, parse
from hcpgraph.policy.viewers import Viewer
from hcpgraph.policy.words import Words

__all__ = [
    "AUTO",
    "Audience",
    "Cells",
    "Key",
    "Policy",
    "Region",
    "Released",
    "Suppressed",
    "Viewer",
    "WordRules",
    "Words",
    "load",
    "parse",
    "region_of",
    "release",
    "resolve",
]
