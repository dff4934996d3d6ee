"""Addresses of profiles and posts, read as what they name.

Whose profile it is stands in its address, if it is one of the platform that the ids
are of: ``https://x.com/ann`` is @ann. What any other address names is not certain, and
``conversions.id_reason`` refuses it.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading import sql
from hcpgraph.model.names import DEFAULT_PLATFORM
from hcpgraph.model.statements import IfAny

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hcpgraph.model.statements import Statement

# The platform of files that name none.

_BEFORE: Final = r"(?i)(?:https?://)?(?:(?:www|mobile|m)\.)?"
_BEHIND: Final = r"/?(?:[?#].*)?"
_X: Final = r"(?:twitter|x)\.com/(?:#!/)?"
_NAME: Final = "[A-Za-z0-9_]{1,30}"

# Platform -> where profiles stand; the first group is the handle.
HANDLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "x": rf"{_X}@?({_NAME})",
        "bluesky": r"bsky\.app/profile/@?([a-z0-9-]+(?:\.[a-z0-9-]+)+)",
        "instagram": r"instagram\.com/(?:_u/)?@?([a-z0-9_.]{1,30})",
        "threads": r"threads\.(?:net|com)/@([a-z0-9_.]{1,30})",
        "tiktok": r"tiktok\.com/@([a-z0-9_.]{1,30})",
        "youtube": r"youtube\.com/@([\w.-]{1,60})",
        "linkedin": r"(?:[a-z]{2}\.)?linkedin\.com/in/([\w%-]{1,120})",
    }
)
# The same for addresses that hold an id.
_IDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "x": rf"{_X}(?:i/user/|intent/(?:user|follow)\?user_id=)([0-9]+)",
        "bluesky": r"bsky\.app/profile/(did:[a-z]+:[\w.:-]+)",
        "youtube": r"youtube\.com/channel/([\w-]{10,40})",
    }
)
# Platform -> where posts stand; the groups are the handle, which may be empty, and the
# id of the post.
POSTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "x": rf"{_X}(?:({_NAME})|i/web)/status(?:es)?/([0-9]+)"
        r"(?:/(?:photo|video)/[0-9]+)?",
        "instagram": r"instagram\.com/(?:([a-z0-9_.]{1,30})/)?(?:p|reel|tv)/([\w-]+)",
        "threads": r"threads\.(?:net|com)/@([a-z0-9_.]{1,30})/post/([\w-]+)",
        "tiktok": r"tiktok\.com/@([a-z0-9_.]{1,30})/(?:video|photo)/([0-9]+)",
        "youtube": r"(?:youtube\.com/(?:watch\?v=|shorts/)|youtu\.be/)()([\w-]{11})"
        r"(?:&.*)?",
    }
)
# Platform -> its addresses.
SITES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "x": r"(?:twitter|x)\.com",
        "instagram": r"instagram\.com",
        "threads": r"threads\.(?:net|com)",
        "tiktok": r"tiktok\.com",
        "youtube": r"youtube\.com|youtu\.be",
        "bluesky": r"bsky\.app",
        "linkedin": r"(?:[a-z]{2}\.)?linkedin\.com",
        "facebook": r"(?:[a-z-]+\.)?facebook\.com|fb\.com",
        "reddit": r"(?:old\.|new\.)?reddit\.com",
    }
)
# Pages of the platforms themselves that stand where profiles do.
_PAGES: Final = (
    *("home", "explore", "search", "i", "intent", "share", "hashtag", "notifications"),
    *("messages", "settings", "login", "signup", "tos", "privacy", "about", "jobs"),
    *("compose", "p", "reel", "reels", "stories", "accounts"),
)

# What is an address, of whatever.
ANY: Final = (
    r"(?i)(?:[a-z][a-z0-9+.-]*://|www\.).*"
    r"|(?:[a-z0-9-]+\.)+(?:com|org|net|app|social|edu|gov|io|eu|ch|de|fr|uk)/.*"
)
MAIL: Final = r"[^@\s]+@[^@\s]+\.[^@\s.]+"

_FIND: Final = """
create or replace temp table addressed as
select distinct on (kind, was) kind, was, id from ($found) where id is not null
"""
_OF_PEOPLE: Final = """
    select 'profile' as kind, was, case
        when lower($handle) in $pages then null
        when $handle <> '' then '@' || $handle
        else nullif($native, '') end as id
    from (select distinct $column as was from raw where contains($column, '/'))
"""
_OF_POSTS: Final = """
    select 'post' as kind, was, nullif($native, '') as id
    from (select distinct $column as was from raw where contains($column, '/'))
"""
_APPLY: Final = """
update raw set $column = addressed.id from addressed
where raw.$column = addressed.was and addressed.kind = '$kind'
"""
REMARKS: Final = """
select format('{:d} addresses are read as the accounts or posts that they name, such '
    'as {} as {}', count(*), min(was), arg_min(id, was))
from addressed having count(*) > 0
"""


def profile_named(address: str) -> tuple[str, ...]:
    """Whose profile an address may be of, as ``platform:@handle`` or ``platform:id``.

    >>> profile_named("https://x.com/Ann?lang=en"), profile_named("x.com/i/user/12")
    (('x:@Ann',), ('x:12',))
    """
    found = []
    for sign, known in (("@", HANDLES), ("", _IDS)):
        for platform, pattern in known.items():
            match = re.fullmatch(_BEFORE + pattern + _BEHIND, address.strip())
            if match and match[1].lower() not in _PAGES:
                found.append(f"{platform}:{sign}{match[1]}")
    return tuple(found)


def profile(platform: str) -> str:
    """A pattern of whole addresses whose first group is a handle of *platform*."""
    return _BEFORE + HANDLES[platform] + _BEHIND


def of_post(cell: str, platform: str | None, *, handle: bool = False) -> str:
    """The id, or the handle, in an address of a post of *platform*; else empty."""
    if (platform or DEFAULT_PLATFORM) not in POSTS:
        return "''"
    pattern = f"^{_BEFORE}{POSTS[platform or DEFAULT_PLATFORM]}{_BEHIND}$"
    return f"regexp_extract({cell}, {sql.text(pattern)}, {1 if handle else 2})"


def site(cell: str) -> str:
    """The platform of an address: ``web`` for others, null for what is no address."""
    patterns = {
        platform: sql.text(f"^{_BEFORE}(?:{pattern})(?:[/?#:]|$)")
        for platform, pattern in SITES.items()
    }
    known = " ".join(
        f"when regexp_matches({cell}, {pattern}) then {sql.text(platform)}"
        for platform, pattern in patterns.items()
    )
    any_ = f"regexp_full_match({cell}, {sql.text(ANY)})"
    return f"case {known} when {any_} then 'web' end"


def read(
    people: Iterable[str], posts: Iterable[str] = (), *, platform: str | None
) -> tuple[Statement, ...]:
    """Statements that put handles and ids in the place of addresses in ``raw``.

    Args:
        people: columns of accounts.
        posts: columns of posts.
        platform: whose accounts and posts they are.
    """
    kinds = {**dict.fromkeys(people, "profile"), **dict.fromkeys(posts, "post")}
    found = " union all ".join(
        _found(column, kind, platform or DEFAULT_PLATFORM)
        for column, kind in kinds.items()
    )
    apply = (sql.fill(_APPLY, column=name, kind=kind) for name, kind in kinds.items())
    return (
        sql.fill(_FIND, found=found),
        IfAny("from addressed limit 1", tuple(apply)),
    )


def _found(column: str, kind: str, platform: str) -> str:
    if kind == "post":
        return sql.fill(_OF_POSTS, column=column, native=of_post("was", platform))
    return sql.fill(
        _OF_PEOPLE,
        column=column,
        handle=_group(HANDLES, platform),
        native=_group(_IDS, platform),
        pages=f"({', '.join(map(sql.text, _PAGES))})",
    )


def _group(known: Mapping[str, str], platform: str) -> str:
    """What the first group of a pattern matches; empty where it does not."""
    if platform not in known:
        return "''"
    pattern = f"^{_BEFORE}{known[platform]}{_BEHIND}$"
    return f"regexp_extract(was, {sql.text(pattern)}, 1)"
