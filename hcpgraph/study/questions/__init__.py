"""What can be asked of an open study: one module a command, loaded when it is asked.

Each has ``answer(opened, query, ...)``, which gives a value of the model; ``inspect``
is asked of files, before there is a study. numba alone takes 0.3 s to load, for which
no import of files should wait; so these modules are attributes of the package that come
to be when they are used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from hcpgraph.study.questions import (
        areas,
        audit,
        backtest,
        communities,
        compare,
        consent,
        evidence,
        explain,
        export,
        families,
        figure,
        find,
        forget,
        gaps,
        info,
        inspect,
        network,
        policy,
        policy_check,
        prospects,
        rank,
        report,
        retention,
        rising,
        timeline,
    )

__all__ = [
    "areas",
    "audit",
    "backtest",
    "communities",
    "compare",
    "consent",
    "evidence",
    "explain",
    "export",
    "families",
    "figure",
    "find",
    "forget",
    "gaps",
    "info",
    "inspect",
    "network",
    "policy",
    "policy_check",
    "prospects",
    "rank",
    "report",
    "retention",
    "rising",
    "timeline",
]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"no question {name!r}")
    return import_module(f"{__name__}.{name}")
