"""All notes: what a reader must know of a result, a sentence with its data each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from hcpgraph.model import words
from hcpgraph.model.note import CAUTION, ROUTINE, Note
from hcpgraph.model.ties import NO_TIME
from hcpgraph.narrative import times

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hcpgraph.model.query import Query
    from hcpgraph.model.ties import Ties
    from hcpgraph.ranking.change.calibration import Check
    from hcpgraph.ranking.change.comparison import Shifts
    from hcpgraph.ranking.validation.backtest import Cutoff
    from hcpgraph.ranking.validation.quick_check import QuickCheck

_DAY: Final = 86_400
_NAMED: Final = 10  # lines of a list that are named as not found


def held_back(
    audience: str, held: Mapping[str, int], filtered: int | None
) -> tuple[Note, ...]:
    """The audience of a list, and the people not on it, by reason.

    Args:
        audience: of the list.
        held: reason -> people not listed for it.
        filtered: other people than those of the country, specialty and role asked for;
            None if all are asked for.

    >>> held_back("hcp", {"bot": 2}, 3)
    ('audience: hcp', 'not listed: 2 bot', 'other people filtered out: 3')
    """
    notes = [Note(f"audience: {audience}", "audience", {"audience": audience}, ROUTINE)]
    for reason, count in held.items():
        data = {"reason": reason, "people": count}
        notes.append(Note(f"not listed: {count} {reason}", "not listed", data))
    if filtered is not None:
        said = f"other people filtered out: {filtered}"
        notes.append(Note(said, "filtered", {"people": filtered}, ROUTINE))
    return tuple(notes)


def of_area(area: str | None, note: str) -> Note:
    """A note of one area among several."""
    return (note if isinstance(note, Note) else Note(note)).of_area(area)


def equals_cut(listed: int, cut: int, what: str = "score") -> tuple[Note, ...]:
    """That a list ends among people with equal scores.

    Args:
        listed: people listed.
        cut: further people with the score of the last one.
        what: they are equal in.

    >>> equals_cut(25, 3)
    ('cut among equals: 3 more people have the score of the last one; a list of 28 \
has them all',)
    """
    if not cut:
        return ()
    more = "1 more person has" if cut == 1 else f"{cut:,} more people have"
    said = f"cut among equals: {more} the {what} of the last one; a list of"
    said += f" {listed + cut} has them all"
    return (Note(said, "equals cut", {"listed": listed, "cut": cut}),)


def gaps(
    width: float | None, first: int, suggested: int, *, alone: bool = False
) -> tuple[Note, ...]:
    """What lists to collect are measured by.

    Args:
        width: mean width of the first intervals; None where no gain is estimated.
        first: how many people.
        suggested: things to collect.
        alone: whether people are ranked by partly known lists and nothing else.

    >>> gaps(12.34, 25, 3)
    ('gain: expected narrowing of the rank intervals of the first 25 people, now 12.3 \
ranks wide on average',)
    >>> gaps(None, 25, 0)
    ('nothing to collect: no list, post or profile of the first 25 people is missing',)
    """
    data = {"width": width, "first": first, "suggested": suggested}
    if width is not None:
        said = f"gain: expected narrowing of the rank intervals of the first {first}"
        said += f" people, now {width:.1f} ranks wide on average"
    elif suggested and alone:
        said = "gain: not estimated, as nothing but such lists ranks people; the most"
        said += " followed by their profiles come first, then profiles to collect"
    elif suggested:
        said = "gain: not estimated, as no list is known for a part of the people only"
    else:
        said = "nothing to collect: no list, post or profile of the first"
        said += f" {first} people is missing"
    return (Note(said, "gaps", data),)


def undated(ties: Ties, *, has_period: bool) -> tuple[Note, ...]:
    """The ties without a time, if a period is asked for."""
    timeless = int((ties.at == NO_TIME).sum())
    if not timeless or not has_period:
        return ()
    said = words.count(timeless, "undated tie")
    data = {"undated": timeless, "ties": len(ties)}
    if timeless == len(ties):
        text = f"no dated ties in this period; the result rests on {said}"
        return (Note(text, "undated", data, CAUTION),)
    return (Note(f"{said}, counted in every period", "undated", data),)


def discounted(strangers: int, responders: int) -> tuple[Note, ...]:
    """How many responders are discounted, and why.

    Args:
        strangers: accounts that nobody vouches for.
        responders: all that respond to somebody.

    >>> discounted(35, 240)
    ('35 of 240 responders count less by recency: nobody vouches for them, as the \
community does not respond to them',)
    """
    if not strangers:
        return ()
    return (
        Note(
            f"{strangers} of {responders} responders count less by recency: nobody"
            " vouches for them, as the community does not respond to them",
            "discounted",
            {"discounted": strangers, "responders": responders},
        ),
    )


def too_large_to_check(count: int, limit: int) -> Note:
    """Why weights are the usual ones, and unchecked."""
    return Note(
        f"default weights used and not validated: {count:,} ties exceed the limit of"
        f" {limit:,}; 'hcpgraph backtest' validates them",
        "not validated",
        {"ties": count, "limit": limit},
        CAUTION,
    )


def checked_on_past(found: QuickCheck, top: int) -> Note:
    """How well a ranking predicted attention in its own past."""
    at = f"{found.cutoffs} cut-off{'s' if found.cutoffs > 1 else ''}"
    (low, high), (least, most) = found.span, found.gain_span
    gain = found.ndcg - found.rival_ndcg
    return Note(
        f"validated on this study's past: NDCG@{top} {found.ndcg:.2f} (90 % interval"
        f" {low:.2f} to {high:.2f}) at {at}; best baseline: {found.rival}"
        f" {found.rival_ndcg:.2f}, difference {words.signed(gain)}"
        f" ({words.signed(least)} to {words.signed(most)})",
        "validated",
        {
            "ndcg": found.ndcg,
            "ndcg_low": low,
            "ndcg_high": high,
            "cutoffs": found.cutoffs,
            "baseline": found.rival,
            "baseline_ndcg": found.rival_ndcg,
            "difference_low": least,
            "difference_high": most,
        },
    )


def compared(periods: tuple[str, str], found: Shifts, listed: int) -> tuple[Note, ...]:
    """What was compared, how many changed, and how noise was allowed for.

    Args:
        periods: the two, in words.
        found: the changes.
        listed: people listed.
    """
    count, moved = len(found.account), int(found.sure.sum())
    notes = [
        Note(f"{periods[0]} against {periods[1]}", "periods", {"periods": periods}),
        Note(
            f"{moved} of {count} people changed significantly (FDR 10 %); {found.thin}"
            " more had too few responses to test",
            "changed",
            {"changed": moved, "tested": count, "untested": found.thin},
        ),
        Note(
            f"area-wide change of scores, subtracted from each: {found.drift:+.2f}",
            "area-wide change",
            {"change": found.drift},
        ),
        Note(
            "both periods use the built-in weights; 'rank' adapts them per period",
            "weights",
            weight=ROUTINE,
        ),
    ]
    if found.noise > 1.05:
        said = f"overdispersion {found.noise:.1f}: variances were inflated accordingly"
        notes.append(Note(said, "overdispersion", {"factor": found.noise}, CAUTION))
    if listed < moved:
        said = (
            f"the first {listed} of {moved} people with a significant change are listed"
        )
        notes.append(Note(said, "cut short", {"listed": listed, "changed": moved}))
    return tuple(notes)


def predicted(
    since: int, until: int, found: Check | None, figures: Mapping[str, float]
) -> tuple[Note, ...]:
    """The next period, and in short how such predictions did before.

    Args:
        since: beginning of the last period, Unix seconds.
        until: its end.
        found: the predictions of the past beside what came; None if there are none.
        figures: their Brier scores and AUCs.
    """
    days = max(round((until - since) / _DAY), 1)
    last = datetime.fromtimestamp(until, UTC)
    period = Note(
        f"next period: {days} {'day' if days == 1 else 'days'} from {last:%Y-%m-%d}"
        " (the duration of the last sixth of interactions); top decile by distinct"
        " responders",
        "next period",
        {"days": days, "from": f"{last:%Y-%m-%d}"},
    )
    if found is None:
        said = "not validated: nobody entered the top decile in this past"
        return period, Note(said, "not validated", weight=CAUTION)
    bands = "; ".join(
        f"of {words.count(people, 'person', 'people')} with"
        f" {low * 100:.0f}-{high * 100:.0f} %, {seen * 100:.0f} % entered"
        for low, high, people, _, seen in found.bands()
    )
    said = f"validated on this study's past, at {found.cutoffs} cut-offs: {bands}"
    notes = (
        period,
        Note(said, "validated", {"cutoffs": found.cutoffs}),
        Note(
            f"Brier score {figures['brier']:.4f}, of the base rate"
            f" {figures['brier_base_rate']:.4f}; AUC {figures['auc']:.2f}, of the rank"
            f" {figures['auc_rank']:.2f}, of momentum {figures['auc_momentum']:.2f}",
            "calibration",
            figures,
        ),
    )
    if found.brier < found.base:
        return notes
    said = "not better than the base rate in validation; treat as indicative"
    return (*notes, Note(said, "no skill", weight=CAUTION))


def undated_at_cutoffs(count: int, without: str) -> Note:
    """That ties without a time are in every ranking of the past.

    Args:
        count: ties without a time.
        without: the method that leaves them out.
    """
    return Note(
        f"{words.count(count, 'undated tie')} {'is' if count == 1 else 'are'} visible"
        f" at every cut-off (possible leakage); '{without}' leaves them out",
        "undated",
        {"undated": count},
        CAUTION,
    )


def cutoffs(found: Sequence[Cutoff], points: Sequence[float]) -> list[Note]:
    """At which cut-offs rankings were checked, and at which not."""
    kept = [
        Note(
            f"cut-off {100 * m.share:g} % ({times.second(m.at)}):"
            f" {len(m.account):,} people ranked, {m.responded:,} with later responses",
            "cut-off",
            {"share": m.share, "ranked": len(m.account), "responded": m.responded},
        )
        for m in found
    ]
    left = [f"{100 * p:g} %" for p in points if p not in {m.share for m in found}]
    if left:
        said = f"{' and '.join(left)}: not evaluated, too few later responses"
        kept.append(Note(said, "not evaluated", {"shares": left}, CAUTION))
    return kept


def not_evaluated(lacking: str) -> Note:
    """That an area has no backtest.

    Args:
        lacking: why not, as a clause.
    """
    said = f"not evaluated: {lacking}"
    return Note(said, "not evaluated", {"reason": lacking}, CAUTION)


def shortfall(
    what: str, source: str | None, entries: int, missing: Sequence[int]
) -> Note | None:
    """Who of a list is not in the study, by line; None if everyone is.

    Args:
        what: the list is of, such as ``"excluded"``.
        source: name of its file, if it came from one.
        entries: people on it.
        missing: lines of the file, or places among the values, not found.
    """
    if not missing:
        return None
    data = {"list": what, "people": entries, "missing": len(missing)}
    if len(missing) == entries:
        return Note(
            f"{what}: none of {entries} entries is in the study; are ids"
            " damaged (1.0E+18), or of another platform?",
            "not found",
            data,
            CAUTION,
        )
    named = ", ".join(map(str, missing[:_NAMED]))
    if len(missing) > _NAMED:
        named += f" and {len(missing) - _NAMED} more"
    where = f"{'entry' if source is None else 'line'} {named}"
    return Note(
        f"{entries - len(missing)} of {entries} people of {source or f'the {what}'}"
        f" are in this study; not found: {where}",
        "not found",
        data,
        CAUTION,
    )


def found_on_list(what: str, count: int, here: int, missing: int) -> Note:
    """How many of a list are in the study, and among the accounts asked of."""
    said = f"{what}: {count} people found in the study, {here} of them here"
    data = {"list": what, "found": count, "here": here, "missing": missing}
    return Note(f"{said}; {missing} not found" if missing else said, "found", data)


def topics_left_out(count: int) -> Note:
    """That some hashtags may not leave."""
    said = (
        f"topics left out: {count} that few accounts use, that may name somebody or"
        " tell of beliefs, origin, health or an address"
    )
    return Note(said, "topics left out", {"topics": count}, ROUTINE)


def unnamed_nodes(hidden: int, count: int, first: str, last: str) -> Note:
    """That some accounts of a network stand under running numbers."""
    return Note(
        f"{hidden} of {count} accounts are not named: they stand as"
        f" {first} to {last}, with their ties, but without id, handle and name",
        "not named",
        {"unnamed": hidden, "accounts": count},
    )


def evidence_left_out(unnamed: int, without_post: int) -> tuple[Note, ...]:
    """Which ties have no row of evidence."""
    notes: tuple[Note, ...] = ()
    if unnamed:
        said = f"{unnamed} ties made by posts are left out: an end of"
        said += " them may not be named"
        notes += (Note(said, "not named", {"ties": unnamed}),)
    if without_post:
        said = f"{without_post} ties, such as follows, were made by no post"
        notes += (Note(said, "no post", {"ties": without_post}, ROUTINE),)
    return notes


def empty_export(query: Query, what: str) -> Note:
    """Why a file holds nothing.

    Args:
        query: what was asked.
        what: is empty: ``"network"`` or ``"evidence"``.
    """
    where = query.area or "the study"
    period = " in this period" if query.has_period else ""
    why = "no ties" if what == "network" else "no tie that a post made and may be shown"
    said = f"the {what} is empty: {why} in {where}{period}"
    return Note(said, "empty", {"what": what, "area": query.area}, CAUTION)
