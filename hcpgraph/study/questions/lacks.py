"""What a ranking needs and a file lacks, and how to get it: a sentence each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import (
    MissingColumns,
    MissingLayer,
    PrivateMessages,
    UnknownFormat,
    UnreadFormat,
)
from hcpgraph.model.files import RowType
from hcpgraph.model.inspection import UNSURE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.errors import StoreError
    from hcpgraph.importers.recognition.looking import Recognition
    from hcpgraph.model.files import FileReport

# What a file may have, most important first -> the counts of the study that show it.
_HAS: Final[Mapping[str, tuple[str, ...]]] = {
    "ties": ("ties",),
    "texts": ("texts",),
    "times": ("timed_ties", "timed_posts"),
    "areas": ("areas",),
    "ids": ("ids",),
    "handles": ("handles",),
    "names": ("names",),
    "bios": ("bios",),
    "roles": ("roles",),
    "originals": ("originals",),
    "followers": ("followers",),
    **{
        name: (name,)
        for name in (
            *("specialties", "institutions", "countries", "npis"),
            *("hashtags", "links", "languages"),
        )
    },
}
_ENOUGH: Final = 0.9  # of reposts and quotes, so many with the author of the original
_ROSTER: Final = "roster"
_LIST_OF_ACCOUNTS: Final = "follower-list"

# What a file lacks -> how to get it, on X and elsewhere.
_HOW: Final[Mapping[str, tuple[str, str]]] = {
    "owner": (
        "Say whose followers these are with --ego ID; twarc2 followers writes the owner"
        " into the file",
        "Say whose list it is with --ego ID",
    ),
    "direction": (
        "Say what they are to the owner with --relation followers or --relation"
        " following; twarc2 writes it into the file",
        "Say what they are to the owner with --relation followers or --relation"
        " following",
    ),
    "ties": (
        "Collect more posts of the area (twarc2 search), or follower lists (twarc2"
        " followers): none of these mentions, answers or reposts another account",
        "Export more posts of the area, or follower lists: none of these mentions,"
        " answers or reposts another account",
    ),
    "times": (
        "Fetch the posts again with their times: twarc2 does, other clients with"
        " tweet.fields=created_at",
        "Export the posts with a column of times (ISO 8601 with a zone)",
    ),
    "texts": (
        "Fetch the posts again by their ids with their texts, as twarc2 hydrate does",
        "Export the posts with their texts",
    ),
    "roles": (
        "Import a roster (columns handle or id, name, role), or profiles with bios, as"
        " twarc2 users gives them",
        "Import a roster (columns handle or id, name, role), or profiles with bios",
    ),
    "originals": (
        "Fetch the posts again with the originals of reposts and quotes: twarc2 does,"
        " other clients with expansions=referenced_tweets.id.author_id",
        "Import the posts that are reposted or quoted, too: their authors are unknown",
    ),
    "handles": (
        "Fetch the accounts by their ids, as twarc2 users does: lists then show handles"
        " and names",
        "Import a table of the accounts with id, handle and name",
    ),
    "ids": (
        "Fetch the accounts by their handles, as twarc2 users --usernames does: handles"
        " change, ids do not",
        "Export ids beside the handles: handles change, ids do not",
    ),
}
_ROSTER_ALONE: Final = (
    "A roster says who people are: import it beside posts, ties or follower lists"
)
_UNTIMED_FOLLOWS: Final = (
    "No platform gives the time of a follow: import posts of the area, too, for"
    " recency, compare and rising"
)
_UNTIMED_TIES: Final = (
    "Add a column timestamp (ISO 8601 with a zone, or Unix time) for recency,"
    " compare and rising"
)
_NO_AREA: Final = (
    "Give the area of all ties with import --area SLUG or a column area, or import a"
    " roster or bios that say who works in it"
)
_NO_TERM: Final = (
    "No text is about an area of the vocabulary: add its terms with hcpgraph areas"
    " STUDY --add FILE.toml, or give the area with import --area SLUG"
)
FOLLOWS: Final = frozenset({"follow", "connection"})
_UNHEADED: Final = (
    "is a table in no format that hcpgraph reads, and none of its columns has a name"
    " that it knows: write the names of its columns into a first line, or read a list"
    " of ties without headings with --format edges"
)
_MAP: Final = (
    "hcpgraph inspect FILE --suggest MAP.toml writes a first mapping of its columns,"
    " for import --map MAP.toml"
)
_TEXT: Final = "is text in no format that hcpgraph reads"
_READS: Final = ". It reads "  # and then every format, which is no news here
_PEOPLE: Final = (
    "A list of people for --known or --exclude of prospects is read as it is, and not"
    " imported"
)

# What reasons say behind a cell of the file, which is somebody's name or words, and
# what the file lacks then.
_CAUSES: Final[Mapping[str, str]] = {
    "has no author_id": "authors",
    "the page does not say whose followers": "owner",
    "was rounded by a spreadsheet": "ids",
    "went through a decimal number": "ids",
    "is what a spreadsheet writes": "ids",
    "has no time zone": "time zones",
    "is neither ISO 8601": "times",
    "neither an id nor a handle": "ids",
    "no kind; say what ties": "layer",
    "is no layer": "layer",
    **dict.fromkeys(
        (
            *("is empty", "holds a control character", "holds a character that no id"),
            *("is a formula", "is an address", "is no handle", "is out of range"),
            *("is a name, and the others are ids", "is not a number", "means no tie"),
            *("is negative", "neither a page nor a row", "the line is not valid JSON"),
            *("a quote is opened", "the quotes are misplaced", "a user has no id"),
        ),
        "",
    ),
}
_FIELDS: Final = re.compile("[0-9]+ fields instead of [0-9]+")


def has(contents: Mapping[str, int]) -> tuple[str, ...]:
    """What there is, most important first."""
    return tuple(
        name for name, counts in _HAS.items() if any(contents[each] for each in counts)
    )


def of_contents(
    contents: Mapping[str, int],
    layers: Mapping[str, int],
    known: Recognition,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a file lacks that an import reads, and a sentence each.

    Args:
        contents: how much there is of what a ranking needs.
        layers: layer -> ties.
        known: what the file is.
    """
    found = _lacks(contents, layers, known)
    return tuple(found), (*found.values(), *_left_out(known))


def _lacks(
    contents: Mapping[str, int],
    layers: Mapping[str, int],
    known: Recognition,
) -> dict[str, str]:
    """What is missing, most important first, and how to get it."""
    place = 0 if known.platform == "x" else 1
    if known.unit is RowType.PEOPLE:
        return {"ties": _ROSTER_ALONE}
    if known.unit is RowType.ACCOUNTS and not contents["posts"]:
        return {name: _HOW[name][place] for name in ("owner", "direction")}
    untied = contents["untied"] > (1 - _ENOUGH) * contents["answers"]
    lacking = {
        "ties": not contents["ties"],
        "areas": not contents["areas"],
        "times": not contents["timed_ties"] + contents["timed_posts"],
        "texts": known.unit is RowType.POSTS and not contents["texts"],
        "roles": not contents["bios"] + contents["roles"],
        "originals": untied,
        "handles": not contents["handles"],
        "ids": not contents["ids"],
    }
    said = {
        "areas": _NO_TERM if contents["texts"] else _NO_AREA,
        "times": _untimed(contents, layers, place),
    }
    return {
        name: said.get(name) or _HOW[name][place]
        for name, is_lacking in lacking.items()
        if is_lacking
    }


def _untimed(contents: Mapping[str, int], layers: Mapping[str, int], place: int) -> str:
    if contents["posts"]:
        return _HOW["times"][place]
    return _UNTIMED_FOLLOWS if layers.keys() <= FOLLOWS else _UNTIMED_TIES


def _left_out(known: Recognition) -> tuple[str, ...]:
    """That columns are passed over which are never kept of a person."""
    if not known.forbidden:
        return ()
    return (f"Never kept of a person, and passed over: {', '.join(known.forbidden)}",)


def of_refused(known: Recognition) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a file lacks that an import refuses, and why it does so, in words."""
    refusal = known.refusal
    missing: tuple[str, ...] = ()
    if isinstance(refusal, MissingLayer):
        missing = ("layer",)
    elif known.format == _LIST_OF_ACCOUNTS:
        missing = ("owner", "direction")
    elif isinstance(refusal, MissingColumns) and known.headed:
        missing = refusal.missing
    return missing, _why(known) if refusal else ()


def _why(known: Recognition) -> tuple[str, ...]:
    """Why an import refuses a file, and what to do about it."""
    refusal = known.refusal
    reason = refusal.reason.partition(_READS)[0] if refusal else ""
    several = known.columns > 1
    if isinstance(refusal, PrivateMessages) or not isinstance(
        refusal, UnknownFormat | MissingColumns
    ):
        return (reason,)
    if not isinstance(refusal, UnreadFormat):
        # columns without a known name may be a first row, with somebody's name in it
        if not known.headed:
            reason = _UNHEADED if several else _TEXT
        if known.format == _ROSTER and known.sure == UNSURE:
            return (reason, _PEOPLE)
    return (reason, _MAP) if several else (reason,)


def unusable(report: FileReport) -> tuple[tuple[str, ...], str]:
    """What a file of unusable rows lacks, and why, without a word of theirs."""
    if not report.reasons:
        return (), report.error or ""
    line, reason = report.reasons[0]
    cause = next((each for each in _CAUSES if each in reason), "")
    lacks = _CAUSES.get(cause, "")
    return (lacks,) if lacks else (), (
        f"{report.rejected} of {report.read} rows are unusable, the first is line"
        f" {line}{_told(reason, cause)}. Mend them, or allow more with --max-rejected"
    )


def _told(reason: str, cause: str) -> str:
    """A reason without the cell that stands in it, behind a colon.

    >>> _told("id Ann Able is no handle", "is no handle")
    ': id ... is no handle'
    """
    if _FIELDS.fullmatch(reason) or (cause and reason.startswith(cause)):
        return f": {reason}"
    if not cause:
        return ""
    what, _, _ = reason.partition(" ")
    return f": {what} ... {reason[reason.rfind(cause) :]}"


def uncounted(error: StoreError) -> str:
    """That there was no room or no right to make a study for a trial."""
    return (
        f"not counted, as no trial import can be made in {error.path.parent.parent}:"
        f" {error.reason}. Name another folder with TMPDIR"
    )
