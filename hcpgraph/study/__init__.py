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
* ``corrections``     what a correction by hand may say
* ``person_lists``    lists of people that come with a question
* ``releasing``       words on their way out
* ``output``          results as bytes and files; ``origin`` what they were made of
* ``progress``        progress of long steps
"""

from hcpgraph.study.core import Study

__all__ = ["Study"]
