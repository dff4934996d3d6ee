"""A mapping: which columns of somebody's table are what a study has a place for."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.model.files import Layout, RowType

if TYPE_CHECKING:
    from collections.abc import Mapping

# Column of the study -> what stands in it, by what a row of the table is.
OF_POSTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "author": "handle of the author",
        "author_id": "id of the author",
        "author_name": "display name of the author; no key",
        "bio": "profile text of the author",
        "followers": "number of followers of the author",
        "text": "text of the post",
        "time": "time of the post",
        "id": "id of the post",
        "link": "address of the post",
        "parent": "id or address of the post replied to",
        "parent_author": "handle of the account replied to",
        "parent_author_id": "id of the account replied to",
        "repost_of": "id or address of the reposted post",
        "reposted_author": "handle of the reposted account",
        "reposted_author_id": "id of the reposted account",
        "quote_of": "id or address of the quoted post",
        "quoted_author": "handle of the quoted account",
        "quoted_author_id": "id of the quoted account",
        "kind": "original, reply, repost or quote",
        "lang": "language of the post",
        "weight": "weight of the ties of the post",
        "area": "disease area of the ties of the post",
        "platform": "platform of the row",
        "mentions": "handles of the accounts mentioned",
        "hashtags": "hashtags of the post",
    }
)
OF_TIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "source": "id or @handle of the account that follows, mentions or refers",
        "source_name": "display name of the source",
        "target": "id or @handle of the account that is followed or mentioned",
        "target_name": "display name of the target",
        "layer": "layer of the tie, such as follow or referral",
        "weight": "weight of the tie",
        "time": "time of the tie",
        "area": "disease area of the tie",
    }
)
OF_PEOPLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "id": "id of the account",
        "handle": "handle of the account",
        "npi": "registry number",
        "match_basis": "optin or public_self_declared; needed beside npi",
        "name": "name of the person",
        "role": "role, such as physician or nurse",
        "specialty": "specialty",
        "institution": "institution",
        "country": "country",
        "region": "region or state",
        "area": "disease area the person works in",
    }
)
COLUMNS: Final[Mapping[RowType, Mapping[str, str]]] = MappingProxyType(
    {RowType.POSTS: OF_POSTS, RowType.TIES: OF_TIES, RowType.PEOPLE: OF_PEOPLE}
)
# Of each of these, one column must be mapped: what tells accounts apart.
KEYS: Final[Mapping[RowType, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        RowType.POSTS: (("author", "author_id"),),
        RowType.TIES: (("source",), ("target",)),
        RowType.PEOPLE: (("id", "handle", "npi"),),
    }
)
# How sure a mapping is of the headings that it names.
SURE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "seen": "seen in real files",
        "headers": "headings known from public code, no file seen",
        "template": "headings not known: fill in",
    }
)
KINDS: Final = ("original", "reply", "repost", "quote")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column of a table, or place in a JSON record, is what of a study.

    Attributes:
        name: of a shipped mapping, or of the file it stands in.
        unit: what a row of the table is: posts, ties or people.
        columns: column of the study -> places in the record; the first that is filled
            counts.
        optional: columns of the study that the file may lack.
        constants: column of the study -> what all rows have.
        area: disease area of the file as a whole, if it is named.
        values: column of the study -> pairs of what stands in a cell and what it
            means, the first that fits; ``*`` is any text, and in the meaning that text.
        about: what it is for.
        sure: a key of ``SURE``, or empty.
        platform: platform of all rows; None if the file or the user says it.
        ids: ``"native"`` or ``"handle"``, what the ids of ties are; None if the user
            says it.
        layout: how the file is written.
        records: where the list of records stands in a JSON document.
        formats: how times are written; ISO 8601 if none is given.
        zone: zone of times without one; None for UTC.
        from_text: whether mentions and reposts are read from texts.
    """

    name: str
    unit: RowType
    columns: Mapping[str, tuple[str, ...]]
    optional: frozenset[str] = frozenset()
    constants: Mapping[str, str] = field(default_factory=dict)
    area: str | None = None
    values: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    about: str = ""
    sure: str = ""
    platform: str | None = None
    ids: str | None = None
    layout: Layout = field(default_factory=Layout)
    records: str | None = None
    formats: tuple[str, ...] = ()
    zone: str | None = None
    from_text: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """All places in a record that it names, each once."""
        named = (place for places in self.columns.values() for place in places)
        return tuple(dict.fromkeys(named))

    def means(self, column: str) -> bool:
        """Whether a column of the study is mapped or constant."""
        return column in self.columns or column in self.constants
