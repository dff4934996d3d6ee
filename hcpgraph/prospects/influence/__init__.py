"""Influence diffusion and influence maximisation.

* ``probabilities`` influence probabilities; ``learned`` from who
  responded to what they saw (``exposures``)
* ``simulation`` simulated diffusion: how far some people move others
* ``rr_sets`` who would have moved a random account: ``rr_sampling`` draws such sets,
  ``max_cover`` counts what people have of them
* ``opim`` greedy picks with a certificate; ``maximizing`` for a graph
* ``baselines`` choices anyone could make
"""
