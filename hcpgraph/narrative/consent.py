"""Notes on consent: how many people are left out, and as of which day, never whose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.model.note import ROUTINE, Note

if TYPE_CHECKING:
    from datetime import date


def as_of(on: date) -> Note:
    """The day as of which consent is judged.

    >>> from datetime import date
    >>> as_of(date(2026, 3, 31))
    'consent is judged as of 2026-03-31 (--on)'
    """
    said = f"consent is judged as of {on} (--on)"
    return Note(said, "consent", {"on": on.isoformat()}, ROUTINE)


def unscored(many: int) -> tuple[Note, ...]:
    """That people object to profiling; nothing where nobody does."""
    if not many:
        return ()
    said = (
        f"accounts of people who object to profiling: {many}; they are scored and"
        " listed nowhere, and their ties are left out"
    )
    return (Note(said, "objections to profiling", {"accounts": many}),)


def unsuggested(many: int) -> tuple[Note, ...]:
    """That people object to contact; nothing where nobody does."""
    if not many:
        return ()
    said = f"people here who object to contact: {many}; they are not suggested"
    return (Note(said, "objections to contact", {"people": many}),)


def without_basis(many: int) -> tuple[Note, ...]:
    """That the region of some people asks for a basis, or another channel."""
    if not many:
        return ()
    said = (
        f"people without a basis for contact that their region asks for: {many}; they"
        " are not suggested, nor people of regions that do not name the channel"
    )
    return (Note(said, "no basis", {"people": many}),)


def absent(many: int) -> tuple[Note, ...]:
    """That statements wait for people who are not in the study."""
    if not many:
        return ()
    said = f"people with statements who are not in the study: {many}"
    return (Note(said, "absent", {"people": many}, ROUTINE),)
