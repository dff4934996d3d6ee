"""Users of X API v2: follower and following pages, and lists of users."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading import sql
from hcpgraph.importers.reading.staged_rows import staged_rows
from hcpgraph.importers.x_api import fast_path, field_spec, ids, pages, shapes, tables
from hcpgraph.importers.x_api.shapes import FOLLOW_URL, Shape
from hcpgraph.model.files import FileDescription, RowType

if TYPE_CHECKING:
    from hcpgraph.importers.reading.head import Head
    from hcpgraph.importers.recognition.likeness import Likeness
    from hcpgraph.model.files import ImportOptions
    from hcpgraph.model.statements import Statement

NAME: Final = "x-api-v2-users"
PLATFORM: Final = "x"

# The owner of a follower page is named by the address it came from, if at all.
_USERS = """
create or replace temp table x_user as
select line, person.id as id, person,
    coalesce(nullif(regexp_extract(url, $follow, 1), ''), $ego_id) as ego_id,
    case when regexp_matches(url, $follow) then null else $ego_handle end as ego_handle,
    coalesce(nullif(regexp_extract(url, $follow, 2), ''), $side) as side,
    null::varchar as doubt
from (select line, url, row as person from ($rows))
"""

_SIDES: Final = "case side when 'followers' then $follower else $followed end"
_OWNED: Final = (
    "x_user where id is not null and coalesce(ego_id, ego_handle) is not null"
)
_TIES: Final = MappingProxyType(
    {
        "line": "line",
        "source_id": sql.fill(_SIDES, follower="id", followed="ego_id"),
        "source_handle": sql.fill(
            _SIDES, follower="person.username", followed="ego_handle"
        ),
        "target_id": sql.fill(_SIDES, follower="ego_id", followed="id"),
        "target_handle": sql.fill(
            _SIDES, follower="ego_handle", followed="person.username"
        ),
        "layer": "'follow'",
        "weight": "1.0::double",
    }
)

_ACCOUNTS = """
select line, $record as record, $account from x_user where id is not null
"""

_UNUSABLE = """
select line, coalesce(doubt, 'a user has no id') as reason from x_user where id is null
"""
_OWNERLESS = """
select line,
    'the page does not say whose followers these are; name the owner with --ego'
from x_user where coalesce(ego_id, ego_handle) is null
"""


_OTHERWISE: Final = "--relation following says that the owner follows them"


def likeness(head: Head) -> Likeness:
    """How much the file looks like users of X API v2."""
    return shapes.likeness(head, frozenset({Shape.USERS}))


def describe(head: Head, options: ImportOptions) -> FileDescription:
    """How users map onto the study: accounts, and follows if the owner is known.

    Raises:
        UnknownFormat: if the file holds counts, lists or deletions, and nobody
            said that they are users.
    """
    if options.format is None:
        shapes.check(head, shapes.shape_of(head))
    names_owner = shapes.names_owner(head)
    follows = _are_follows(options, names_owner=names_owner)
    return description(
        head,
        options,
        name=NAME,
        names_owner=names_owner,
        stage=_stage(head, options, _unusable(follows=follows)),
        rejects=pages.rejects(head, "x_user"),
        broken=pages.broken(head),
        remarks=pages.MESSAGES,
    )


def _are_follows(options: ImportOptions, *, names_owner: bool) -> bool:
    """Whether users are on a list of somebody's followers or followed accounts."""
    return options.ego is not None or names_owner


def _stage(head: Head, options: ImportOptions, unusable: str) -> tuple[Statement, ...]:
    quick = fast_path.fast_path(head, field_spec.USER)
    raw = pages.rows(field_spec.USER)
    if quick is None:
        return (
            *pages.stage_raw(head, field_spec.USER),
            users(raw, options),
            *ids.MEND_USERS,
        )
    return (
        *pages.stage_quick(
            field_spec.USER,
            quick,
            alike=(users(quick.rows, options),),
            mixed=(users(f"{quick.rows} union all {raw}", options),),
        ),
        *ids.MEND_USERS,
        *fast_path.number_lines(head, quick, ("raw", "x_user"), unusable=unusable),
    )


def users(rows: str, options: ImportOptions) -> str:
    """A statement that makes ``x_user``, the users and whose list each is on.

    Args:
        rows: a query for the columns line, row (one user) and url.
        options: its ``ego`` owns the rows that do not name their owner.
    """
    ego = options.ego or ""
    return sql.fill(
        _USERS,
        rows=rows,
        follow=sql.text(FOLLOW_URL),
        side=sql.text(options.relation or "followers"),
        ego_id=sql.text(ego) if ego and not ego.startswith("@") else "null::varchar",
        ego_handle=sql.text(ego[1:]) if ego.startswith("@") else "null::varchar",
    )


def description(
    head: Head,
    options: ImportOptions,
    *,
    name: str,
    names_owner: bool,
    stage: tuple[Statement, ...],
    rejects: str,
    broken: str = "",
    remarks: str = "",
) -> FileDescription:
    """The description of a file of users, whatever it is read with.

    Args:
        head: the file.
        options: whether there is an ``ego``.
        name: of the format.
        names_owner: whether the file names owners itself.
        stage: what makes ``x_user``.
        rejects: a query for what is no row at all.
        broken: a query for what a mended copy may bring back.
        remarks: further notes to count.
    """
    follows = _are_follows(options, names_owner=names_owner)
    own = {"record": str(not follows).lower(), "account": tables.ACCOUNT}
    return FileDescription(
        path=head.path,
        format=name,
        platform=PLATFORM,
        unit=RowType.TIES if follows else RowType.ACCOUNTS,
        stage=stage,
        queries={
            RowType.ACCOUNTS: sql.fill(_ACCOUNTS, **own),
            RowType.TIES: staged_rows(
                RowType.TIES, {**_TIES, "record": str(follows).lower()}, _OWNED
            ),
        },
        rejects=f"{rejects} union all {_unusable(follows=follows)}",
        notes=_notes(options, follows=follows),
        broken=broken,
        remarks=remarks,
    )


def _unusable(*, follows: bool) -> str:
    return f"{_UNUSABLE} union all {_OWNERLESS}" if follows else _UNUSABLE


def _notes(options: ImportOptions, *, follows: bool) -> tuple[str, ...]:
    if not follows:
        return (
            "a list of users: accounts and no ties; if they are the followers of "
            "someone, name that account with --ego, and if someone follows them, say so"
            " with --relation following",
        )
    if options.ego is not None:
        followed = options.relation == "following"
        who = "accounts followed by" if followed else "the followers of"
        said = f"pages that do not name their owner are {who} {options.ego}"
        return (said if options.relation else f"{said}; {_OTHERWISE}",)
    return ()
