"""The query of a study: area, period, layers, people."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

from hcpgraph.errors import UnknownMeasure
from hcpgraph.model.names import (
    AUDIENCES,
    DEFAULT_LAYERS,
    LAYERS,
    MEASURES,
    ROLES,
    suggest,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    When = str | datetime | None

EVERY_AREA: Final = "all"
SCORE: Final = "score"
_LEAST: Final = 1e-9  # weight of a layer; sums of such have digits left beside others


@dataclass(frozen=True, slots=True)
class Query:
    """What a study is asked: parsed once, checked once, and passed on as it is.

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
        by: ``"score"`` or the name of a measure.
        weights: of signals or contributions, in place of those that hcpgraph has.
        resamples: draws behind the intervals of ranks; 0 for none; None for the
            default by score, and none by a measure, which has no intervals.
        learn: whether the study's own past updates the weights.
        engine: where measures run.
        seed: for the random steps.

    Raises:
        UnknownMeasure: if *by* is no measure.
        ValueError: if a name is not known, the period is empty, or a measure is asked
            for weights or intervals.
    """

    area: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    layers: Mapping[str, float] = field(default_factory=lambda: DEFAULT_LAYERS)
    audience: str = "auto"
    country: str | None = None
    specialty: str | None = None
    role: str | None = None
    by: str = SCORE
    weights: Mapping[str, float] = field(default_factory=dict)
    resamples: int | None = None
    learn: bool = True
    engine: str = "local"
    seed: int = 0

    @classmethod
    def of(  # noqa: PLR0913 - one keyword per thing an analyst may ask
        cls,
        area: str | None = None,
        *,
        since: When = None,
        until: When = None,
        layers: Mapping[str, float] | None = None,
        audience: str = "auto",
        country: str | None = None,
        specialty: str | None = None,
        role: str | None = None,
        by: str = SCORE,
        weights: Mapping[str, float] | None = None,
        resamples: int | None = None,
        learn: bool = True,
        engine: str = "local",
        seed: int = 0,
    ) -> Self:
        """A query as people write it: dates as text, None for what is usual."""
        return cls(
            area, utc_time(since), utc_time(until),
            DEFAULT_LAYERS if layers is None else layers,
            audience, country, specialty, role,
            by=by, weights=weights or {}, resamples=resamples, learn=learn,
            engine=engine, seed=seed,
        )  # fmt: skip

    def __post_init__(self) -> None:
        self._check_layers()
        if self.audience not in AUDIENCES:
            raise ValueError(
                f"no audience {self.audience!r}; {suggest(self.audience, AUDIENCES)}"
            )
        if self.role is not None and self.role not in ROLES:
            raise ValueError(f"no role {self.role!r}; {suggest(self.role, ROLES)}")
        if self.since and self.until and self.since >= self.until:
            raise ValueError("the period is empty: since must lie before until")
        self._check_measure()

    def _check_layers(self) -> None:
        if not self.layers:
            raise ValueError(f"no layer is asked for; {suggest('', LAYERS)}")
        for name, weight in self.layers.items():
            if name not in LAYERS:
                raise ValueError(f"no layer {name!r}; {suggest(name, LAYERS)}")
            if not 0 < weight < float("inf"):
                raise ValueError(
                    f"the weight of layer {name!r} must be a finite number above 0, got"
                    f" {weight:g}; leave the layer out to leave its ties out"
                )
            if not _LEAST <= weight <= 1.0 / _LEAST:
                raise ValueError(
                    f"the weight of layer {name!r} must lie between {_LEAST:g} and"
                    f" {1.0 / _LEAST:g}, got {weight:g}"
                )

    def _check_measure(self) -> None:
        if self.by != SCORE and self.by not in MEASURES:
            raise UnknownMeasure(self.by, (SCORE, *MEASURES))
        if self.resamples is not None and self.resamples < 0:
            raise ValueError(f"resamples must be 0 or more, got {self.resamples}")
        if self.by != SCORE and self.weights:
            raise ValueError(f"{self.by!r} has no signals to weigh; rank by score")
        if self.by != SCORE and self.resamples:
            raise ValueError(
                f"ranks by {self.by!r} have no intervals; leave resamples out, or rank"
                " by score"
            )

    @property
    def has_filter(self) -> bool:
        """Whether only people of some country, specialty or role are asked for."""
        return any((self.country, self.specialty, self.role))

    @property
    def has_period(self) -> bool:
        """Whether a part of all time is asked for."""
        return bool(self.since or self.until)

    def one_area(self, what: str) -> None:
        """Refuse every area at once, where *what* is of one.

        Args:
            what: is asked for, such as ``"a network is of"``.

        Raises:
            ValueError: if every area is asked for.
        """
        if self.area == EVERY_AREA:
            raise ValueError(f"{what} one area, or the whole study: name one")

    def ties_key(self) -> Hashable:
        """What the ties that are read depend on, besides the area."""
        return self.since, self.until, tuple(self.layers)

    def graph_key(self) -> Hashable:
        """What the graph depends on, besides the area."""
        return self.since, self.until, tuple(sorted(self.layers.items()))

    def people_key(self) -> Hashable:
        """What the accounts read, and who of them may be listed, depend on."""
        who = self.audience, self.country, self.specialty, self.role
        return self.ties_key(), who

    def score_key(self) -> Hashable:
        """What scores depend on, besides the area; neither top nor intervals."""
        how = tuple(sorted(self.weights.items())), self.learn, self.engine, self.seed
        return self.people_key(), self.graph_key(), how

    def parameters(self) -> dict[str, object]:
        """Which ties and people were asked for, in plain values, for provenance."""
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


def utc_time(value: str | datetime | None) -> datetime | None:
    """A point in time in UTC without zone.

    Args:
        value: a date (its first instant), an ISO 8601 time (UTC if it names no
            zone), a ``datetime``, or None.

    >>> utc_time("2025-03-01")
    datetime.datetime(2025, 3, 1, 0, 0)
    >>> utc_time("2025-03-01T02:00:00+02:00")
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
