"""Lists of followers, or of followed accounts, as text: one id or @handle a line.

Whose they are and which way they follow stands nowhere in such a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.errors import UnreadFormat
from hcpgraph.importers import ties
from hcpgraph.importers.people_columns import meaning
from hcpgraph.importers.person_cells import is_person, strip
from hcpgraph.importers.reading import delimited, sql
from hcpgraph.importers.reading.delimited import Header
from hcpgraph.importers.recognition.likeness import NOTHING_ALIKE, SURE, Likeness

if TYPE_CHECKING:
    from hcpgraph.importers.reading.head import Head
    from hcpgraph.model.files import FileDescription, ImportOptions

NAME: Final = "follower-list"

_OWNER: Final = "update raw set $owner = $ego where broken is null"
_ADD: Final = "alter table raw add column $owner varchar"
_AS_HANDLES: Final = """
update raw set $who = '@' || $who where $who is not null and not starts_with($who, '@')
"""
_READ_AS: Final = {
    "followers": "read as the followers of {}",
    "following": "read as accounts followed by {}",
}
_ASK: Final = (
    "is a list of accounts, and does not say whose followers they are, or who follows"
    " them; say whose with --ego, and which with --relation followers or --relation"
    " following"
)


def likeness(head: Head) -> Likeness:
    """Whether every line is an id or a handle, but for a heading."""
    lines = _lines(head)
    heading = _heading(lines)
    people = lines[1:] if heading else lines
    if not people or head.parquet:
        return NOTHING_ALIKE
    fit = all(
        is_person(line) or (heading == "handle" and line.isidentifier())
        for line in people
    )
    return SURE if fit else NOTHING_ALIKE


def describe(head: Head, options: ImportOptions) -> FileDescription:
    """How a list of accounts maps onto the study, as follows.

    Raises:
        UnreadFormat: if nobody says whose list it is, or which way they follow.
    """
    if options.ego is None or options.relation is None:
        raise UnreadFormat(head.path, _ASK, what=NAME)
    heading = _heading(_lines(head))
    who, owner = "source", "target"
    if options.relation == "following":
        who, owner = owner, who
    header = Header(",", ("account",), head.first_line if heading else 0)
    layer = options.layer or "follow"
    plan = ties.TieColumns(
        cells={who: 0, owner: 0},
        names={who: "account", owner: "owner"},
        handles=False,
        layer=layer,
        notes=(_READ_AS[options.relation].format(options.ego),),
    )
    handles = heading == "handle" or options.ids == "handle"
    parts = {"who": who, "owner": owner, "ego": sql.text(options.ego)}
    stage = (
        *delimited.stage(head, header, {who: 0}),
        *((sql.fill(_AS_HANDLES, **parts),) if handles else ()),
        sql.fill(_ADD, **parts),
        sql.fill(_OWNER, **parts),
    )
    return ties.description(head, header, plan, options, stage=stage, name=NAME)


def _lines(head: Head) -> list[str]:
    return [strip(line.strip(' \t"')) for line in head.lines()]


def _heading(lines: list[str]) -> str | None:
    """What the first line says that the others are: ids or handles."""
    found = meaning(lines[0]) if lines else None
    return found if found in ("id", "handle") else None
