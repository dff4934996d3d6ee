"""Response prediction (link prediction): probability to respond to a contact.

* ``history`` the data as they stood at past cut-offs
* ``pair_features`` what is known of two people; ``local_pagerank`` walks from one to
  the other
* ``model`` from pairs to persons, by logistic regression and calibration
* ``calibration`` what was predicted, held against what came
* ``prediction`` the three put together
"""
