"""How likely a person is to turn to somebody already known.

* ``book``      the record as it stood at past moments
* ``pairs``     what is known of two people; ``wandering`` walks from one to the other
* ``forecast``  from pairs to persons, by logistic regression and calibration
* ``foreseen``  what was foretold, held against what came
* ``likely``    the three put together
"""
