"""Who reads or changes a study, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

# Who reads where nobody is named: who sees every list.
VIEWER: Final = "medical"

# What a result is for: the two are kept apart.
PURPOSES: Final = ("medical", "commercial")


@dataclass(frozen=True, slots=True)
class Access:
    """Who reads or changes a study, why, and with which key.

    Attributes:
        viewer: whose columns and rows are shown: a name in ``[viewers]`` of the policy.
        user: the person at the keyboard; None where nobody says.
        purpose: ``"medical"`` or ``"commercial"``; None for the viewer's own.
        key: file of the key of hashes; None for the file named by
            ``HCPGRAPH_KEY_FILE``, if any.
        on: the day as of which consent is judged; None for today.
    """

    viewer: str = VIEWER
    user: str | None = None
    purpose: str | None = None
    key: Path | None = None
    on: date | None = None
