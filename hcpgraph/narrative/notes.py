"""What a reader must know of a list, in one line each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from hcpgraph.model import words
from hcpgraph.model.ties import NO_TIME
from hcpgraph.narrative import moments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hcpgraph.model.query import Query
    from hcpgraph.model.ties import Ties
    from hcpgraph.ranking.change.calibration import Check
    from hcpgraph.ranking.change.comparison import Shifts
    from hcpgraph.ranking.validation.backtest import Cutoff, Judged
    from hcpgraph.ranking.validation.quick_check import QuickCheck

_DAY: Final = 86_400
_NAMED: Final = 10  # lines of a list that are named as not found


def held_back(
    audience: str, held: Mapping[str, int], filtered: int | None
) -> tuple[str, ...]:
    """For whom a list is, and who is not on it.

    Args:
        audience: for whom the list is.
        held: reason -> people held back for it.
        filtered: other people than those of the country, specialty and role asked for;
            None if all are asked for.

    >>> held_back("hcp", {"bot": 2}, 3)
    ('audience: hcp', 'not listed: 2 bot', 'other people filtered out: 3')
    """
    reasons = [f"not listed: {count} {reason}" for reason, count in held.items()]
    others = () if filtered is None else (f"other people filtered out: {filtered}",)
    return (f"audience: {audience}", *reasons, *others)


def undated(ties: Ties, *, has_period: bool) -> tuple[str, ...]:
    """The ties without a time, if a period is asked for."""
    timeless = int((ties.at == NO_TIME).sum())
    if not timeless or not has_period:
        return ()
    if timeless == len(ties):
        return (
            "no dated ties in this period; the result rests on"
            f" {words.count(timeless, 'undated tie')}",
        )
    return (f"{words.count(timeless, 'undated tie')}, counted in every period",)


def too_large_to_check(count: int, limit: int) -> str:
    """Why weights are the usual ones, and unchecked."""
    return (
        f"default weights used and not validated: {count:,} ties exceed the limit of"
        f" {limit:,}; 'hcpgraph backtest' validates them"
    )


def checked_on_past(found: QuickCheck, top: int) -> str:
    """How well a ranking predicted attention in its own past."""
    times = f"{found.moments} cut-off{'s' if found.moments > 1 else ''}"
    return (
        f"validated on this study's past: NDCG@{top} {found.ndcg:.2f} at {times}"
        f" (best baseline: {found.rival} {found.rival_ndcg:.2f})"
    )


def compared(periods: tuple[str, str], found: Shifts, listed: int) -> tuple[str, ...]:
    """What was compared, how many changed, and how noise was allowed for.

    Args:
        periods: the two, in words.
        found: the changes.
        listed: people listed.
    """
    count, moved = len(found.account), int(found.sure.sum())
    notes = [
        f"{periods[0]} against {periods[1]}",
        f"{moved} of {count} people changed significantly (FDR 10 %); {found.thin}"
        " more had too few responses to test",
        f"area-wide change of scores, subtracted from each: {found.drift:+.2f}",
        "both periods use the built-in weights; 'rank' adapts them per period",
    ]
    if found.noise > 1.05:
        notes.append(
            f"overdispersion {found.noise:.1f}: variances were inflated accordingly"
        )
    if listed < moved:
        notes.append(f"the first {listed} of those who changed are listed")
    return tuple(notes)


def predicted(
    since: int, until: int, found: Check | None, figures: Mapping[str, float]
) -> tuple[str, ...]:
    """The next period, and in short how such predictions did before.

    Args:
        since: beginning of the last period, Unix seconds.
        until: its end.
        found: the predictions of the past beside what came; None if there are none.
        figures: their Brier scores and AUCs.
    """
    days = max(round((until - since) / _DAY), 1)
    last = datetime.fromtimestamp(until, UTC)
    period = (
        f"next period: {days} {'day' if days == 1 else 'days'} from {last:%Y-%m-%d}"
        " (the duration of the last sixth of interactions); top decile by distinct"
        " responders"
    )
    if found is None:
        return (period, "not validated: nobody entered the top decile in this past")
    bands = "; ".join(
        f"of {words.count(people, 'person', 'people')} with"
        f" {low * 100:.0f}-{high * 100:.0f} %, {seen * 100:.0f} % entered"
        for low, high, people, _, seen in found.bands()
    )
    notes = (
        period,
        f"validated on this study's past, at {found.moments} cut-offs: {bands}",
        f"Brier score {figures['brier']:.4f}, of the base rate"
        f" {figures['brier_base_rate']:.4f}; AUC {figures['auc']:.2f}, of the rank"
        f" {figures['auc_rank']:.2f}, of momentum {figures['auc_momentum']:.2f}",
    )
    if found.brier < found.base:
        return notes
    return (*notes, "not better than the base rate in validation; treat as indicative")


def undated_at_cutoffs(count: int, without: str) -> str:
    """That ties without a time are in every ranking of the past.

    Args:
        count: ties without a time.
        without: the method that leaves them out.
    """
    return (
        f"{words.count(count, 'undated tie')} {'is' if count == 1 else 'are'} visible"
        f" at every cut-off (possible leakage); '{without}' leaves them out"
    )


def cutoffs(found: Sequence[Cutoff], points: Sequence[float]) -> list[str]:
    """At which cut-offs rankings were checked, and at which not."""
    kept = [
        f"cut-off {100 * m.share:g} % ({moments.second(m.at)}):"
        f" {len(m.account):,} people ranked, {m.responded:,} with later responses"
        for m in found
    ]
    left = [f"{100 * p:g} %" for p in points if p not in {m.share for m in found}]
    if left:
        kept.append(f"{' and '.join(left)}: not evaluated, too few later responses")
    return kept


def verdict(judged: Sequence[Judged]) -> str:
    """Where hcpgraph stands beside the other methods, in one line."""
    verdicts = [one.difference[3] for one in judged if one.difference]
    counts = [
        f"{words} {verdicts.count(word)}"
        for word, words in (
            ("ahead", "ahead of"), ("level", "level with"), ("behind", "behind"),
        )
        if word in verdicts
    ]  # fmt: skip
    return f"hcpgraph is {', '.join(counts)}, by 90 % intervals of the difference"


def shortfall(
    what: str, source: str | None, entries: int, missing: Sequence[int]
) -> str | None:
    """Who of a list is not in the study, by line; None if everyone is.

    Args:
        what: the list is of, such as ``"excluded"``.
        source: name of its file, if it came from one.
        entries: people on it.
        missing: lines of the file, or places among the values, not found.
    """
    if not missing:
        return None
    if len(missing) == entries:
        return (
            f"{what}: none of {entries} entries is in the study; are ids"
            " damaged (1.0E+18), or of another platform?"
        )
    named = ", ".join(map(str, missing[:_NAMED]))
    if len(missing) > _NAMED:
        named += f" and {len(missing) - _NAMED} more"
    where = f"{'entry' if source is None else 'line'} {named}"
    return (
        f"{entries - len(missing)} of {entries} people of {source or f'the {what}'}"
        f" are in this study; not found: {where}"
    )


def found_on_list(what: str, count: int, here: int, missing: int) -> str:
    """How many of a list are in the study, and among the accounts asked of."""
    note = f"{what}: {count} people found in the study, {here} of them here"
    return f"{note}; {missing} not found" if missing else note


def topics_left_out(count: int) -> str:
    """That some hashtags may not leave."""
    return f"topics left out: {count} that few accounts use or that may name somebody"


def unnamed_nodes(hidden: int, count: int, first: str, last: str) -> str:
    """That some accounts of a network stand under running numbers."""
    return (
        f"{hidden} of {count} accounts are not named: they stand as"
        f" {first} to {last}, with their ties, but without id, handle and name"
    )


def evidence_left_out(unnamed: int, without_post: int) -> tuple[str, ...]:
    """Which ties have no row of evidence."""
    notes: tuple[str, ...] = ()
    if unnamed:
        notes += (
            f"{unnamed} ties made by posts are left out: an end of"
            " them may not be named",
        )
    if without_post:
        notes += (f"{without_post} ties, such as follows, were made by no post",)
    return notes


def empty_export(query: Query, what: str) -> str:
    """Why a file holds nothing.

    Args:
        query: what was asked.
        what: is empty: ``"network"`` or ``"evidence"``.
    """
    where = query.area or "the study"
    period = " in this period" if query.has_period else ""
    why = "no ties" if what == "network" else "no tie that a post made and may be shown"
    return f"the {what} is empty: {why} in {where}{period}"
