"""The words every layer shares: frozen values, without behaviour that computes.

* ``names``      layers, roles, measures and formats by name; loads no numpy
* ``table``      a small table of columns, as printed, saved and shown in notebooks
* ``columns``    every column of every list, declared once; ``column`` says what one is
* ``explanation_columns``  those of the sections of an explanation
* ``notebook``   how tables look in a notebook
* ``query``  what a question to a study is about
* ``ties``       ties and attributes of the accounts
* ``files``      how an export maps onto the tables, and what an import did
* ``statements``  what the store runs for rooms that open no database
* ``scores``     one number, or one label, per node
* ``ranking``    a ranked list with its contributions
* ``backtest``   past rankings held against what came after
* ``timeline``     what pictures show beyond lists: attention over time
* ``people``  a list of people brought for one run
* ``prospects``  people to approach, each with a reason
"""
