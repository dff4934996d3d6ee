"""The sections of an explanation that say how far a rank can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.model.explanation import Section
from hcpgraph.model.table import Table
from hcpgraph.narrative import phrases
from hcpgraph.ranking.explain import coordination, fake_accounts
from hcpgraph.ranking.explain.context import usual_layer
from hcpgraph.ranking.explain.gaps import gaps as find_gaps
from hcpgraph.ranking.explain.periods import windows
from hcpgraph.ranking.validation import sparse_data

if TYPE_CHECKING:
    from hcpgraph.narrative.standing import Names
    from hcpgraph.ranking.explain.context import ExplanationContext
    from hcpgraph.ranking.explain.coordination import Sign, Signs
    from hcpgraph.ranking.explain.gaps import Gap

_SIGNS = {
    "burst": "of the responses fell into the densest 24 hours",
    "returned": "of the responders are responded to by this person as well",
    "one target": "of the responders respond to nobody else here",
    "new, one target": "of the responders respond to nobody else, and only since the"
    " last sixth of the record",
}


def periods(case: ExplanationContext) -> Section:
    """The ranks in one period after another."""
    found = windows(case)
    says = () if found else ("Too few dated interactions for ranks over time.",)
    return Section(
        "Ranks over time, each period by itself",
        says,
        Table(
            {
                "since": [phrases.day(one.since) for one in found],
                "until": [phrases.day(one.until) for one in found],
                "rank": [one.rank for one in found],
                "of": [one.of for one in found],
                "responders": [one.responders for one in found],
            }
        ),
    )


def gaps(case: ExplanationContext, names: Names) -> Section:
    """What would change the rank."""
    found = find_gaps(case)
    return Section(
        "What would change the rank",
        tuple(_gap(case, gap, names) for gap in found)
        or ("Nobody else is listed here.",),
        Table(
            {
                "neighbour": [names[gap.neighbour] for gap in found],
                "place": ["above" if gap.upward else "below" for gap in found],
                "apart": [gap.score for gap in found],
                "needed": [gap.count for gap in found],
            }
        ),
        told=True,
    )


def _gap(case: ExplanationContext, gap: Gap, names: Names) -> str:
    """One gap in a sentence."""
    does, name = phrases.DOES[gap.layer], names[gap.neighbour]
    if gap.upward:
        head = f"{name} is {gap.score:.2f} ahead at rank {case.rank - 1}"
        whom, result = "this person", f"bring rank {gap.rank}"
    else:
        head = f"{name} is {gap.score:.2f} behind at rank {case.rank + 1}"
        whom, result = name, f"bring them to rank {gap.rank}"
    if gap.count is None:
        return f"{head}; no number of new accounts that {does} {whom} would {result}."
    more = phrases.count(gap.count, "more distinct account")
    if gap.count == 1:
        return f"{head}: one more distinct account that would {does} {whom} now would" \
               f" {result}."  # fmt: skip
    return f"{head}: {more} that {does} {whom} now would {result}."


def layers(case: ExplanationContext) -> Section:
    """The rank without each kind of tie, and whether the area is too thin to rank."""
    record = case.record
    found = sparse_data.layers_left_out(
        record.ties, case.accounts, case.listed,
        layers=record.layers, measure=record.measure,
        weights=case.weights, seed=record.seed,
    )  # fmt: skip
    thin = sparse_data.sparse_notes(record.ties, case.listed, record.layers)
    says = [f"{note[0].upper()}{note[1:]}." for note in thin]
    if not found:
        says.append("There is one kind of tie; without it nothing is left.")
    return Section(
        "Without each kind of tie",
        tuple(says),
        Table(
            {
                "left_out": [one.layer for one in found],
                "ties": [one.ties for one in found],
                "rank": [one.rank_of(case.person) for one in found],
            }
        ),
    )


def bought(case: ExplanationContext) -> Section:
    """What fake accounts would buy."""
    found = fake_accounts.bought(case)
    does = phrases.DOES[usual_layer(case.record.ties, case.record.layers)]
    return Section(
        "What fake accounts would buy",
        (
            f"The rank if that many invented accounts would {does} this person once,"
            " at the end of the record: by the score, by distinct accounts (in-degree)"
            " and by PageRank.",
        ),
        Table(
            {
                "fakes": [one.count for one in found],
                "by_score": [one.score for one in found],
                "by_in_degree": [one.in_degree for one in found],
                "by_pagerank": [one.pagerank for one in found],
            }
        ),
    )


def boosted(case: ExplanationContext) -> Section:
    """Figures in which coordinated amplification shows."""
    found = coordination.signs(case)
    return Section(
        "Signs of coordinated amplification",
        tuple(_sign(one, found) for one in found.signs if one.out_of)
        or ("Nobody responds to this person.",),
        Table(
            {
                "sign": [one.name for one in found.signs],
                "count": [one.count for one in found.signs],
                "out_of": [one.out_of for one in found.signs],
                "share": [one.share for one in found.signs],
                "median": [one.median for one in found.signs],
            }
        ),
        told=True,
    )


def _sign(sign: Sign, found: Signs) -> str:
    said = f"{sign.count} of {sign.out_of} {_SIGNS[sign.name].removeprefix('of the ')}"
    usual = "" if sign.median is None else f"; median {phrases.percent(sign.median)}"
    said = f"{said} ({phrases.percent(sign.share)}{usual})"
    if sign.name == "burst" and found.burst_at is not None:
        said += f", from {phrases.minute(found.burst_at)} UTC; on other days" \
                f" {phrases.number(found.usual)} a day"  # fmt: skip
    return f"{said}."
