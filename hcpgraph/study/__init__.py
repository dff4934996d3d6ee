"""The library's front door: one study, the whole chain.

Values flow ``Query`` -> ``OpenStudy`` -> ``ScoredArea`` -> answer.

* ``core``            ``Study``: files, areas, corrections; ``ranking_methods``,
  ``network_methods`` and ``output_methods`` have its other methods, each a signature
  and one call; ``study_file`` opens the file for them
* ``open_study``      the one open store, and what was read through it
* ``scored_area``     the people of an area, scored; its graph and communities
* ``questions``       one module a command: ``answer(opened, query, ...)``
* ``past_check``      how well a ranking predicted attention in its own past
* ``importing``       exports into the study, from ``folders`` and ``pipes``
* ``person_lists``    lists of people that come with a question
* ``releasing``       words on their way out
* ``output``          results as bytes and files; ``origin`` what they were made of
* ``trailing``        what the audit trail records of it; ``named_people`` who is named
* ``progress``        progress of long steps
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hcpgraph.study import named_people, output, person_lists, questions
    from hcpgraph.study.core import Study

__all__ = ["Study", "named_people", "output", "person_lists", "questions"]


def __getattr__(name: str) -> Any:
    # on first use: a command that only shows its help needs neither DuckDB nor numpy
    if name == "Study":
        return import_module("hcpgraph.study.core").Study
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
