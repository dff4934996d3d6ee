"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# The first example of a kernel may compile it, for seconds; no test is a timing.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
