"""The query of a study: area, period, layers, people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hcpgraph.model.names import AUDIENCES, DEFAULT_LAYERS, LAYERS, ROLES, suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

EVERY_AREA = "all"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which ties are read, and who may be listed.

    Attributes:
        area: slug of a disease area; ``"all"`` for each in turn; None for the
            whole study without regard to area.
        since: first instant, inclusive, UTC without zone; None for no bound.
        until: last instant, exclusive, UTC without zone; None for no bound.
        layers: layer name to the weight its ties count with, positive.
        audience: ``"auto"``, ``"hcp"`` or ``"all"``.
        country: only people of this country; case and accents do not matter.
        specialty: only people of this specialty; likewise.
        role: only people of this role.

    Raises:
        ValueError: if a name is not known or the period is empty.
    """

    area: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    layers: Mapping[str, float] = field(default_factory=lambda: DEFAULT_LAYERS)
    audience: str = "auto"
    country: str | None = None
    specialty: str | None = None
    role: str | None = None

    def __post_init__(self) -> None:
        for name, weight in self.layers.items():
            if name not in LAYERS:
                raise ValueError(f"no layer {name!r}; {suggest(name, LAYERS)}")
            if not 0 < weight < float("inf"):
                raise ValueError(f"the weight of layer {name!r} must be positive")
        if self.audience not in AUDIENCES:
            raise ValueError(
                f"no audience {self.audience!r}; {suggest(self.audience, AUDIENCES)}"
            )
        if self.role is not None and self.role not in ROLES:
            raise ValueError(f"no role {self.role!r}; {suggest(self.role, ROLES)}")
        if self.since and self.until and self.since >= self.until:
            raise ValueError("the period is empty: since must lie before until")

    @property
    def has_filter(self) -> bool:
        """Whether only people of some country, specialty or role are asked for."""
        return any((self.country, self.specialty, self.role))

    def parameters(self) -> dict[str, object]:
        """What was asked, in plain values, for provenance."""
        return {
            "area": self.area,
            "since": _text(self.since),
            "until": _text(self.until),
            "layers": dict(self.layers),
            "audience": self.audience,
            "country": self.country,
            "specialty": self.specialty,
            "role": self.role,
        }


def moment(value: str | datetime | None) -> datetime | None:
    """A point in time in UTC without zone.

    Args:
        value: a date (its first instant), an ISO 8601 time (UTC if it names no
            zone), a ``datetime``, or None.

    >>> moment("2025-03-01")
    datetime.datetime(2025, 3, 1, 0, 0)
    >>> moment("2025-03-01T02:00:00+02:00")
    datetime.datetime(2025, 3, 1, 0, 0)
    """
    if value is None:
        return None
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(
                f"{value!r} is no date; write it like 2025-03-01 or"
                " 2025-03-01T12:00:00Z"
            ) from None
    if value.tzinfo is not None:
        value = value.astimezone(UTC).replace(tzinfo=None)
    return value


def _text(value: datetime | None) -> str | None:
    return None if value is None else f"{value.isoformat()}Z"
