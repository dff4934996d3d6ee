"""How influence spreads, and who together spread it farthest.

* ``chances``      who may move whom, with what probability; ``learned`` from who
  responded to what they saw (``exposures``)
* ``spread``       cascades forward: how far some people move others
* ``reverse_sets`` who would have moved a random account: ``reverse_walks`` draws such
  sets, ``covering`` counts what people have of them
* ``opim``         greedy picks with a certificate; ``maximizing`` for a graph
* ``baselines``    choices anyone could make
"""
