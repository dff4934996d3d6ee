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
        on: what it was done on, where the amount does not say it.
    """

    job: str
    who: str
    amount: int
    stage: str
    round: int
    seconds: float
    peak_mb: float | None = None
    said: dict[str, float] = field(default_factory=dict)
    on: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """All measurements on one machine.

    Attributes:
        conditions: of each job: machine, versions, size, rounds and absent peers.
        measurements: in the order in which they were made.
    """

    conditions: dict[str, dict[str, Any]]
    measurements: tuple[Measurement, ...]

    def of(self, job: str, stage: str = WHOLE) -> list[Measurement]:
        """One stage of a job, of everyone, at every amount."""
        found = self.measurements
        return [m for m in found if m.job == job and m.stage == stage]

    def measured_on(self, machine: dict[str, Any]) -> bool:
        """Whether everything was measured on a machine like this."""
        return all(known["machine"] == machine for known in self.conditions.values())


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


def same(
    found: Iterable[Measurement],
    *,
    who: str | None = None,
    amount: int | None = None,
    on: str | None = None,
    stage: str | None = None,
) -> list[Measurement]:
    """Those of one program, amount, thing or stage, as far as these are given."""
    wanted = {"who": who, "amount": amount, "on": on, "stage": stage}
    asked = {name: value for name, value in wanted.items() if value is not None}
    return [one for one in found if all(getattr(one, k) == v for k, v in asked.items())]


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
    """One line a job and a measurement, so that runs can be compared line by line."""
    known = ",\n".join(
        f"  {json.dumps(job)}: {json.dumps(told, sort_keys=True)}"
        for job, told in results.conditions.items()
    )
    rows = ",\n".join("  " + json.dumps(asdict(m)) for m in results.measurements)
    path.write_text(
        f'{{"conditions": {{\n{known}\n}},\n"measurements": [\n{rows}\n]}}\n',
        encoding="utf-8",
    )


def merge(old: Results, new: Results) -> Results:
    """Keep the jobs of *old* that *new* did not do again, if the machine is the same.

    Raises:
        ValueError: if it is another: numbers of two machines stay apart.
    """
    conditions = {**old.conditions, **new.conditions}
    if not all(old.measured_on(known["machine"]) for known in new.conditions.values()):
        raise ValueError(
            "the stored results are of another machine: measure everything, or write "
            "elsewhere with --into FOLDER"
        )
    kept = tuple(one for one in old.measurements if one.job not in new.conditions)
    return Results(conditions, kept + new.measurements)
