"""What to collect of a person, column by column: the fields of a suggestion."""

from __future__ import annotations

from typing import Final

from hcpgraph.model.column import LISTED, NUMBER, TEXT, WHOLE, Column

COLLECTED: Final = (
    Column(
        "collect",
        TEXT,
        LISTED,
        "what to collect of the person: followers, connections, posts or profile",
    ),
    Column(
        "cost",
        WHOLE,
        LISTED,
        "pages of 1,000 followers or connections, 100 posts or one profile; of"
        " followers by the profile, else by the median of the lists in the study",
        "pages",
        of=("audience_claimed",),
    ),
    Column(
        "gain",
        NUMBER,
        LISTED,
        "expected narrowing of the rank intervals of the first people, on average;"
        " empty where it cannot be estimated",
        "ranks",
    ),
    Column(
        "reason",
        TEXT,
        LISTED,
        "what is known so far, and what the gain rests on",
        of=("collect", "gain", "audience_claimed"),
    ),
)
