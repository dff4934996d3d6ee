"""What was measured, kept as JSON and read as medians with their spread."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

WHOLE = "whole"  # the stage that holds all others


@dataclass(frozen=True, slots=True)
class Measurement:
    """One stage of one program in one round.

    Attributes:
        job: what was done, such as ``chain``.
        who: the program or the variant of it.
        amount: how much was done, in the unit of the job (ties, bytes, areas).
        stage: a part of the job, or ``whole``.
        round: from 0; within a round all programs run in turn.
        seconds: how long it took.
        peak_mb: peak memory in MB of 10^6 bytes; None where it was not measured.
        said: what there is to say of the result, by name, such as modularity.
    """

    job: str
    who: str
    amount: int
    stage: str
    round: int
    seconds: float
    peak_mb: float | None = None
    said: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """All measurements of one run on one machine.

    Attributes:
        conditions: machine, versions, size, rounds and absent peers.
        measurements: in the order in which they were made.
    """

    conditions: dict[str, Any]
    measurements: tuple[Measurement, ...]

    def of(self, job: str, stage: str = WHOLE) -> list[Measurement]:
        """One stage of a job, of everyone, at every amount."""
        found = self.measurements
        return [m for m in found if m.job == job and m.stage == stage]


class Spread(NamedTuple):
    """Median, smallest and largest of some numbers."""

    middle: float
    low: float
    high: float


def spread(values: Iterable[float]) -> Spread:
    """Of at least one number."""
    ordered = sorted(values)
    return Spread(median(ordered), ordered[0], ordered[-1])


def by_who(
    measurements: Iterable[Measurement], value: Callable[[Measurement], float | None]
) -> dict[tuple[int, str], Spread]:
    """Spread of a value for each amount and program, where it was measured."""
    found: dict[tuple[int, str], list[float]] = {}
    for one in measurements:
        number = value(one)
        if number is not None:
            found.setdefault((one.amount, one.who), []).append(number)
    return {key: spread(values) for key, values in found.items()}


def ratios(mine: Sequence[Measurement], theirs: Sequence[Measurement]) -> Spread | None:
    """How many times longer *theirs* took, round by round; None without a pair."""
    own = {one.round: one.seconds for one in mine}
    pairs = [one.seconds / own[one.round] for one in theirs if one.round in own]
    return spread(pairs) if pairs else None


def load(path: Path) -> Results:
    """Results as ``save`` left them."""
    found = json.loads(path.read_text(encoding="utf-8"))
    rows = tuple(Measurement(**row) for row in found["measurements"])
    return Results(found["conditions"], rows)


def save(results: Results, path: Path) -> None:
    """One line a measurement, so that two runs can be compared line by line."""
    rows = ",\n".join("  " + json.dumps(asdict(m)) for m in results.measurements)
    conditions = json.dumps(results.conditions, sort_keys=True)
    path.write_text(
        f'{{"conditions": {conditions},\n"measurements": [\n{rows}\n]}}\n',
        encoding="utf-8",
    )


def merge(old: Results, new: Results) -> Results:
    """Keep the jobs of *old* that *new* did not do again, if conditions are equal.

    Raises:
        ValueError: if they differ: numbers of two machines stay apart.
    """
    if old.conditions != new.conditions:
        raise ValueError(
            "the stored results are of another machine, size or version: "
            "measure everything, or write elsewhere with --into FOLDER"
        )
    again = {one.job for one in new.measurements}
    kept = tuple(one for one in old.measurements if one.job not in again)
    return Results(new.conditions, kept + new.measurements)
