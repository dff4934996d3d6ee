"""Posts that stand as evidence behind ties."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Post:
    """A post as evidence.

    Attributes:
        post: number of the post.
        platform: where it stands.
        native_id: its id there.
        author: account number.
        kind: original, reply, repost or quote.
        at: Unix seconds; None if not known.
        answers: replies, reposts and quotes that the platform counted; 0 for a repost.
    """

    post: int
    platform: str
    native_id: str
    author: int
    kind: str
    at: int | None
    answers: int
