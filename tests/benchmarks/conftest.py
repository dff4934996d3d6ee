"""Benchmarks are run by ``make bench``; the normal test run passes them over."""

collect_ignore_glob = ["*.py"]
