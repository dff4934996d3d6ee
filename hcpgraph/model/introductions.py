"""Introduction paths from known people to a prospect."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """Two people who know each other, and how that shows.

    Attributes:
        source: account number of the one who pays attention in *layer*; of two who
            both do, the one nearer to the prospect.
        target: account number of the other.
        layer: the layer that says most about the two.
        ties: distinct ties from *source* to *target* in it, at least 1.
        posts: numbers of the latest posts of either towards the other, in any layer,
            the latest first; where they are, and what they are about, is to be
            looked up.
        back: distinct ties from *target* to *source* in the same layer.
    """

    source: int
    target: int
    layer: str
    ties: int
    posts: tuple[int, ...] = ()
    back: int = 0


@dataclass(frozen=True, slots=True)
class Introduction:
    """A path from a known person to a prospect.

    Attributes:
        known: account number of the known person who can introduce.
        steps: one to three, from the known person on, each between two who know each
            other; whichever of the two pays attention.
        strength: product of the strengths of the ties, in (0, 1).
    """

    known: int
    steps: tuple[Step, ...]
    strength: float

    @property
    def people(self) -> tuple[int, ...]:
        """Everyone on the way: the known person, those between, the prospect."""
        found = [self.known]
        for step in self.steps:
            found.append(step.target if step.source == found[-1] else step.source)
        return tuple(found)
