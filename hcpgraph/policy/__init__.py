"""What may leave a study: rules as data, applied wherever people are listed.

* ``rules``    ``policy.toml`` and what it means
* ``release``  which accounts may be listed, and how many were held back and why
* ``words``    which words of posts and files may leave, ``cells`` which of tables;
  ``folding`` how they are compared

A graph or a ranking made without a study carries no policy.
"""

from hcpgraph.policy.cells import Cells
from hcpgraph.policy.release import AUTO, Released, release, resolve
from hcpgraph.policy.rules import Audience, Policy, WordRules, load
from hcpgraph.policy.words import Words

__all__ = [
    "AUTO",
    "Audience",
    "Cells",
    "Policy",
    "Released",
    "WordRules",
    "Words",
    "load",
    "release",
    "resolve",
]
