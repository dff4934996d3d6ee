"""Ask a study who moved between two periods, by more than luck explains."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.engines import open_engine
from hcpgraph.model.comparison import Comparison
from hcpgraph.model.names import CONTRIBUTIONS, DEFAULT_LAYERS
from hcpgraph.model.query import EVERY_AREA, Selection, moment
from hcpgraph.model.table import Table
from hcpgraph.model.ties import NO_TIME
from hcpgraph.store import Store
from hcpgraph.study import releasing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.table import Cell
    from hcpgraph.ranking.change.comparison import Shifts
    from hcpgraph.study.core import Study, When
    from hcpgraph.study.scoring import Question, ScoredArea

    Bounds = tuple[datetime | None, datetime | None]

_PERSON: Final = ("role", "specialty", "institution", "country")
# What a contribution counts, in words, where a count can be said aloud.
_COUNTED: Final = {
    "resonance": ("listeners", "accounts respond"),
    "activity": ("posts", "own posts heeded"),
    "reach": ("followers", "followers"),
}


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One period: who may be listed, best first, and the rank of each by account."""

    place: ScoredArea
    standings: Scored
    rank: Mapping[int, int]

    def value(self, account: int, column: NDArray[np.float64]) -> float:
        row = self.rank.get(account)
        return 0.0 if row is None else float(column[row - 1])


def compare(  # noqa: PLR0913 - one keyword per thing an analyst may ask
    study: Study,
    area: str | None = None,
    *,
    at: When = None,
    before: tuple[When, When] | None = None,
    after: tuple[When, When] | None = None,
    top: int = 25,
    audience: str = "auto",
    country: str | None = None,
    specialty: str | None = None,
    role: str | None = None,
    layers: Mapping[str, float] | None = None,
    resamples: int = 100,
    seed: int = 0,
) -> Comparison:
    """Who moved between two periods, by more than luck explains.

    Args:
        study: the study.
        area: slug of a disease area; None for the study.
        at: all that comes before this moment is compared with all from it on; or else
            give both of:
        before: the earlier period: first moment, inclusive, and last, exclusive, UTC;
            None for no bound.
        after: the later period, likewise.
        top: people listed, those with the best rank in either period first.
        audience: ``"auto"``, ``"hcp"`` or ``"all"``.
        country: only people of this country.
        specialty: only people of this specialty.
        role: only people of this role.
        layers: layer -> weight; all but mentions inside reposts by default.
        resamples: draws behind the noise and the intervals of ranks.
        seed: for the random steps.

    Raises:
        UnknownArea: if the study has no such area.
        ValueError: if the periods overlap or are not given, or nothing with a time
            happened in one of them.
    """
    from hcpgraph import ranking  # noqa: PLC0415 - imports need no numba
    from hcpgraph.ranking.change.comparison import Period, shifts  # noqa: PLC0415 - likewise
    from hcpgraph.study import scoring  # noqa: PLC0415 - likewise

    if top < 0 or resamples < 2:
        raise ValueError("top must be 0 or more, resamples 2 or more")
    if area == EVERY_AREA:
        raise ValueError("two periods are compared in one area, or the whole study")
    selection = Selection(
        area=area, audience=audience, country=country, specialty=specialty, role=role,
        layers=DEFAULT_LAYERS if layers is None else layers,
    )  # fmt: skip
    spans = _spans(at, before, after)
    with Store.open(study.path) as store:
        question = scoring.Question(
            selection, open_engine(), seed=seed, resamples=resamples, learn=False
        )  # one measure for both periods: the prior
        sides = [_side(store, question, span) for span in spans]
        periods = [Period(s.standings, s.place.ties, s.place.accounts) for s in sides]
        found = shifts(
            periods[0], periods[1],
            weights=ranking.prior(), layers=selection.layers, draws=resamples,
            seed=seed,
        )  # fmt: skip
        table, emptied = _table(store, question, sides, found, top=top)
    return Comparison(
        table=table,
        area=area,
        compared=len(found.account),
        moved=int(found.sure.sum()),
        notes=(*_notes(spans, found, len(table)), *sides[1].place.notes, *emptied),
        parameters={
            **selection.parameters(),
            "before": [_stamp(end) for end in spans[0]],
            "after": [_stamp(end) for end in spans[1]],
            "top": top,
            "resamples": resamples,
            "seed": seed,
        },
    )


def _spans(
    at: When, before: tuple[When, When] | None, after: tuple[When, When] | None
) -> tuple[Bounds, Bounds]:
    """The two periods that were asked for."""
    if at is not None and before is None and after is None:
        before, after = (None, at), (at, None)
    if before is None or after is None or at not in {None, after[0]}:
        raise ValueError("give both periods, before and after, or a moment, at")
    early = (moment(before[0]), moment(before[1]))
    late = (moment(after[0]), moment(after[1]))
    if early[1] is None or late[0] is None or early[1] > late[0]:
        raise ValueError(
            "the periods overlap: the first must end where the second begins, or before"
        )
    return early, late


def _side(store: Store, question: Question, span: Bounds) -> _Side:
    """The people of one period, ranked."""
    from hcpgraph.study import scoring  # noqa: PLC0415 - imports need no numba

    selection = replace(question.selection, since=span[0], until=span[1])
    place = scoring.read_scored_areas(store, replace(question, selection=selection))[0]
    if not (place.ties.at != NO_TIME).any():
        raise ValueError(
            f"{_said(span)}: no tie has a time, so there is nothing to compare"
        )
    standings = place.standings.only(place.accounts, place.allowed)
    rank = {int(a): i for i, a in enumerate(standings.account, start=1)}
    return _Side(place, standings, rank)


def _table(
    store: Store,
    question: Question,
    sides: Sequence[_Side],
    found: Shifts,
    *,
    top: int,
) -> tuple[Table, tuple[str, ...]]:
    """Those who surely moved, the best ranked in either period first."""
    rows = np.flatnonzero(found.sure).tolist()
    account = {row: int(found.account[row]) for row in rows}

    def first(row: int) -> tuple[int, float, int]:
        places = [s.rank[account[row]] for s in sides if account[row] in s.rank]
        return min(places), -abs(float(found.change[row])), row

    rows = sorted(rows, key=first)[:top]
    people = [account[row] for row in rows]
    profiles, emptied = releasing.read_profiles(store, people)
    up = [bool(found.change[row] > 0) for row in rows]
    columns: dict[str, Sequence[Cell]] = {
        **{name: profiles[name] for name in ("id", "handle", "name")},
        "moved": [_moved(sides, a, u) for a, u in zip(people, up, strict=True)],
    }
    for name, side in zip(("before", "after"), sides, strict=True):
        columns |= _ranks(question, side, people, name)
    columns["change"] = [float(found.change[row]) for row in rows]
    columns["p"] = [float(found.p[row]) for row in rows]
    columns["reason"] = [_reason(sides, a, u) for a, u in zip(people, up, strict=True)]
    return Table({**columns, **{name: profiles[name] for name in _PERSON}}), emptied


def _ranks(
    question: Question, side: _Side, people: Sequence[int], name: str
) -> dict[str, Sequence[Cell]]:
    """The rank of each person in one period, with its interval."""
    from hcpgraph import ranking  # noqa: PLC0415 - imports need no numba

    ranks = [side.rank.get(account) for account in people]
    listed = ranking.with_intervals(
        side.standings, side.place.ties, side.place.accounts,
        weights=ranking.prior(), layers=question.selection.layers,
        top=max((rank for rank in ranks if rank), default=0),
        resamples=question.draws, seed=question.seed,
    )  # fmt: skip
    assert listed.low is not None  # with_intervals gives them
    assert listed.high is not None
    low, high = listed.low.tolist(), listed.high.tolist()
    return {
        f"rank_{name}": ranks,
        f"low_{name}": [rank and low[rank - 1] for rank in ranks],
        f"high_{name}": [rank and high[rank - 1] for rank in ranks],
    }


def _moved(sides: Sequence[_Side], account: int, up: bool) -> str:
    """new: nobody responded before; gone: nobody does any more; else up or down."""
    other = sides[0] if up else sides[1]
    if other.value(account, other.standings.signal["listeners"]) > 0:
        return "up" if up else "down"
    return "new" if up else "gone"


def _reason(sides: Sequence[_Side], account: int, up: bool) -> str:
    """The contribution that changed most in the direction of the whole."""
    change = {
        name: late - early
        for name in CONTRIBUTIONS
        for early, late in [
            [s.value(account, s.standings.contribution[name]) for s in sides]
        ]
    }
    name = max(CONTRIBUTIONS, key=lambda name: change[name] if up else -change[name])
    said = f"{name} {change[name]:+.2f}"
    signal, words = _COUNTED.get(name, ("", ""))
    if any(signal not in side.standings.signal for side in sides):
        return said
    early, late = (s.value(account, s.standings.signal[signal]) for s in sides)
    return f"{said}: {words}: {early:.0f} before, {late:.0f} after"


def _notes(spans: tuple[Bounds, Bounds], found: Shifts, listed: int) -> tuple[str, ...]:
    compared, moved = len(found.account), int(found.sure.sum())
    notes = [
        f"{_said(spans[0])} against {_said(spans[1])}",
        f"{moved} of {compared} people moved by more than luck explains (of such, at"
        f" most one in ten is false); {compared - moved} did not, and {found.thin} more"
        " are heard too little to tell",
        f"the scores of the area as a whole changed by {found.drift:+.2f}, which is"
        " taken off",
        "both periods are weighed alike, not by their own pasts as 'rank' weighs them",
    ]
    if found.noise > 1.05:
        notes.append(
            f"changes are spread {found.noise:.1f} times as wide as resampling posts"
            " explains; that is taken for noise, too"
        )
    if listed < moved:
        notes.append(f"the first {listed} of those who moved are listed")
    return tuple(notes)


def _said(span: Bounds) -> str:
    """A period in words."""
    first, last = (
        f"{end:%Y-%m-%d}" if end and end.time() == time.min else _stamp(end)
        for end in span
    )
    if first and last:
        return f"{first} to {last}"
    return f"all before {last}" if last else f"all from {first} on"


def _stamp(end: datetime | None) -> str | None:
    return None if end is None else f"{end.isoformat()}Z"
