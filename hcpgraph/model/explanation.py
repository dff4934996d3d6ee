"""The explanation of a rank: sentences, with a table each."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from hcpgraph.model.table import Listed, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Section(Listed):
    """One question about a rank, answered.

    Attributes:
        title: the question, or what the table shows.
        says: the answer in sentences.
        table: the figures; it may be empty.
        told: whether the sentences say all that the table holds.
    """

    title: str
    says: tuple[str, ...] = ()
    table: Table = field(default_factory=lambda: Table({}))
    told: bool = False

    def __repr__(self) -> str:
        return f"Section({self.title!r}, {len(self.table)} rows)"

    def _repr_html_(self) -> str:
        said = "".join(f"<p>{escape(line)}</p>" for line in self.says)
        table = self.table._repr_html_() if len(self.table) else ""
        return f"<h4>{escape(self.title)}</h4>{said}{table}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One person's rank, and why, as released.

    Read from the top: who and where, what the score is made of, who carries it, where
    to look it up, where else and since when, what would change it, and how far it can
    be trusted. Each section shows as a table in a notebook.

    Attributes:
        id: as printed in lists; None, as the rank and the score, where it is withheld
            from who asks.
        who: the person in one line.
        area: the disease area; None for the whole study.
        rank: from 1.
        of: how many people are listed.
        score: sum of the contributions.
        rank_low: best rank within the 90 % interval; None if none was asked for.
        rank_high: worst rank within it.
        tier: from 1; None as above.
        audience_claimed: followers by the profile on the platform; no part of the
            score; None where no profile says.
        says: the rank in one or two sentences.
        contributions: each beside the median of those listed.
        signals: the plain numbers beneath.
        endorsers: the accounts whose attention adds most.
        leaning: the rank without the first of them together.
        evidence: posts that respond to the person.
        areas: the ranks in every area.
        periods: the ranks in one period after another.
        gaps: what would change the rank.
        layers: the rank without each kind of tie.
        discounted: responders nobody vouches for, and the rank without their discount.
        fakes: what fake accounts would buy.
        boosting: signs of coordinated amplification.
        notes: what a reader of the ranking must know.
        parameters: query parameters, for reproduction.
    """

    id: str | None
    who: str
    area: str | None
    rank: int | None
    of: int
    score: float | None
    rank_low: int | None
    rank_high: int | None
    tier: int | None
    says: tuple[str, ...]
    contributions: Section
    signals: Section
    endorsers: Section
    leaning: Section
    evidence: Section
    areas: Section
    periods: Section
    gaps: Section
    layers: Section
    discounted: Section
    fakes: Section
    boosting: Section
    notes: tuple[str, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)
    audience_claimed: int | None = None

    def sections(self) -> Iterator[tuple[str, Section]]:
        """The sections by name, in the order in which they are read."""
        for name in _SECTIONS:
            yield name, getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """All of it in plain values, as ``--format json`` writes it."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in _PLAIN}
        plain["says"] = list(self.says)
        for name, section in self.sections():
            names = section.table.names
            plain[name] = {
                "title": section.title,
                "says": list(section.says),
                "rows": [
                    dict(zip(names, row, strict=True)) for row in section.table.rows()
                ],
            }
        plain["notes"] = list(self.notes)
        return plain

    def __repr__(self) -> str:
        where = self.area or "whole study"
        return f"Explanation({self.id}, rank {self.rank} of {self.of} in {where})"

    def _repr_html_(self) -> str:
        said = "".join(f"<p>{escape(line)}</p>" for line in self.says)
        rest = "".join(
            section._repr_html_()
            for _, section in self.sections()
            if section.says or section.table.names  # else all of it is withheld
        )
        return f"<h3>{escape(self.who)}</h3>{said}{rest}"


_PLAIN = (
    *("id", "who", "area", "rank", "of", "rank_low", "rank_high", "tier", "score"),
    "audience_claimed",
)
_SECTIONS = (
    *("contributions", "signals", "endorsers", "leaning", "evidence", "areas"),
    *("periods", "gaps", "layers", "discounted", "fakes", "boosting"),
)
