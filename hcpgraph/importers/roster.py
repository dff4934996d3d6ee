"""Rosters: who health professionals are, one person a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.errors import MissingColumns
from hcpgraph.importers.forbidden_columns import forbidden_columns, refuse_forbidden
from hcpgraph.importers.people_columns import PEOPLE, PROFILE
from hcpgraph.importers.reading import addresses, conversions, id_mending, sql, tables
from hcpgraph.importers.reading.columns import TEXTS, find_ends, fold
from hcpgraph.importers.reading.staged_rows import staged_rows
from hcpgraph.importers.recognition.likeness import (
    NOTHING_ALIKE,
    SURE,
    Likeness,
    doubtful,
    lacking,
)
from hcpgraph.model import patients
from hcpgraph.model.files import FileDescription, RowType
from hcpgraph.model.names import MATCH_BASES, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hcpgraph.importers.reading.head import Head
    from hcpgraph.importers.reading.tables import Header
    from hcpgraph.model.files import ImportOptions
    from hcpgraph.model.statements import Statement

NAME: Final = "roster"

# Name in ``raw`` -> folded headers, best first.
CELLS: Final[Mapping[str, tuple[str, ...]]] = {
    "native": PEOPLE["id"],
    "handle": PEOPLE["handle"],
    "name": PEOPLE["name"],
    **PROFILE,
    "npi": PEOPLE["npi"],
    "basis": ("matchbasis",),
}
_WHO: Final = ("native", "handle")
_IDS: Final = ("native", "handle", "npi")
# What only rosters say of a person.
_OWN: Final = ("role", "specialty", "institution", "npi", "basis")
# What only tables of posts have.
_OF_POSTS: Final = TEXTS | {
    *("tweetid", "statusid", "postid", "messageid", "conversationid", "message"),
    *("retweetcount", "favoritecount", "likecount", "replycount", "retweetscount"),
    *("likescount", "repliescount", "isretweet", "inreplytostatusid", "hashtags"),
}

# Folded words for roles, besides the roles' own names.
_ROLE_WORDS: Final[Mapping[str, str]] = {
    "physician": "clinician",
    "doctor": "clinician",
    "md": "clinician",
    "surgeon": "clinician",
    "consultant": "clinician",
    "nursepractitioner": "nurse",
    "rn": "nurse",
    "scientist": "researcher",
    "academic": "researcher",
    "hcp": "other HCP",
    "healthcareprofessional": "other HCP",
    "organization": "organisation",
    "institution": "organisation",
    "journalist": "media",
    "journal": "media",
    **dict.fromkeys(("arzt", "ärztin", "médico", "médica", "medico"), "clinician"),
    **dict.fromkeys(("médecin", "docteur", "medica", "医師", "医生"), "clinician"),
    **dict.fromkeys(("krankenpfleger", "krankenschwester", "pflegekraft"), "nurse"),
    **dict.fromkeys(("enfermera", "enfermero", "infirmière", "infirmier"), "nurse"),
    **dict.fromkeys(("infermiera", "infermiere", "看護師", "护士"), "nurse"),
    **dict.fromkeys(("apotheker", "apothekerin", "farmacéutico"), "pharmacist"),
    **dict.fromkeys(("farmacéutica", "pharmacien", "薬剤師", "药师"), "pharmacist"),
}
_BAD = """
create or replace temp table unusable as
select line, reason from (
    select line, case
        when coalesce(native, handle) is null then 'neither an id nor a handle'
        when native is null or $hides then $handle_reason else $reason end as reason
    from raw where broken is null
) where reason is not null
"""

# The check digit of a registry number: Luhn's, over 80840 and the first nine digits.
_NPI_VALID = """coalesce(regexp_full_match(npi, '[0-9]{10}') and (
        24 + list_sum(list_transform(
            list_transform(range(1, 11), lambda i: {
                'place': i, 'digit': try_cast(npi[i] as integer)
            }),
            lambda d: case
                when d.place % 2 = 0 then d.digit
                when d.digit > 4 then 2 * d.digit - 9
                else 2 * d.digit end
        ))
    ) % 10 = 0, false)"""

_PERSON = """
create or replace temp table person as
select line, $native_id as native_id,
    coalesce(case when $no_handle is null then ltrim(handle, '@ ') end, $handle)
        as handle,
    handle is not null and $no_handle is not null as handle_lost, name, role as said,
    case regexp_replace(lower(role), '[\\s_.-]+', '', 'g')
        $roles end as role,
    coalesce(regexp_matches(
            regexp_replace(replace(role, '_', ' '), $for_patients, '', 'g'), $in_role)
        or regexp_matches(regexp_replace(
            strip_accents(replace(role, chr(8217), '''')), $others, ' . ', 'gi'
        ), $self, 'i'), false) as unlisted,
    specialty, institution, country, region, area, npi,
    case when npi is not null then $npi_valid end as npi_valid,
    lower(basis) in $bases as basis_valid, lower(basis) as basis
from raw anti join unusable using (line)
where broken is null
"""

_CERTAIN: Final = "case when npi_valid and basis_valid then $column end"
_PEOPLE: Final = staged_rows(
    RowType.PEOPLE,
    {
        "record": "true",
        **{
            name: name
            for name in (
                *("line", "native_id", "handle", "name", "role", "specialty"),
                *("institution", "country", "region", "area"),
            )
        },
        "npi": sql.fill(_CERTAIN, column="npi"),
        "match_basis": sql.fill(_CERTAIN, column="basis"),
        "listable": "case when unlisted then false end",
    },
    "person",
)

_REMARKS = """
select format('{:d} registry numbers are left out: their rows state no match_basis, '
    'which is optin or public_self_declared', count(*))
from person where npi is not null and not coalesce(basis_valid, false)
having count(*) > 0
union all
select format('{:d} registry numbers are left out: their check digit is wrong',
    count(*))
from person where coalesce(basis_valid, false) and not npi_valid
having count(*) > 0
union all
select format('{:d} handles beside ids are left out, the first in line {:d}: they are '
    'none', count(*), min(line))
from person where handle_lost having count(*) > 0
union all
select format('{:d} people have a role that is not known, the first in line {:d}: it '
    'is left out', count(*), min(line))
from person where said is not null and role is null and not unlisted
having count(*) > 0
"""


def likeness(head: Head) -> Likeness:
    """How much the file looks like a table that says who somebody is."""
    header = tables.header_of(head)
    if header is None or find_ends(header.folded) is not None:
        return NOTHING_ALIKE
    found = _columns(header)
    own = any(name in found for name in _OWN)
    if not any(name in found for name in _WHO):
        return lacking("id or handle") if own else NOTHING_ALIKE
    if forbidden_columns(header.names):
        return SURE  # to be refused as what it is
    foreign = [name for name in header.names if fold(name) in _OF_POSTS]
    if own or ("name" in found and not _notes(header, found)):
        return doubtful(*foreign[:3]) if foreign else SURE
    if foreign or not ({"name", "country", "region"} & found.keys()):
        return Likeness(0.1, ("role, specialty, institution or npi",))
    return lacking("role, specialty, institution or npi")


def describe(head: Head, options: ImportOptions) -> FileDescription:
    """How a roster maps onto the study.

    Raises:
        ForbiddenColumn: if a column holds what must never be kept of a person.
        MissingColumns: if there is neither an id nor a handle.
        ExportError: if a column is named twice.
    """
    header = tables.table_of(head)
    refuse_forbidden(head.path, header.names, options.allowed)
    found = _columns(header)
    if not any(who in found for who in _WHO):
        raise MissingColumns(head.path, ["id or handle"], header.names)
    stage = tables.stage(
        head,
        header,
        tables.positions_of(header, found),
        ids=_IDS,
        absent=tuple(CELLS.keys() - found.keys()),
    )
    rejects = tables.rejects(head, header)
    return of_raw(head, stage, options, rejects=rejects, notes=_notes(header, found))


def of_raw(
    head: Head,
    stage: Iterable[Statement],
    options: ImportOptions,
    *,
    rejects: str,
    notes: tuple[str, ...] = (),
) -> FileDescription:
    """How rows of a person each map onto the study, once they stand in ``raw``.

    Args:
        head: the file.
        stage: what makes ``raw``, with all columns of ``CELLS``.
        options: what the user says.
        rejects: a query for line and reason of what is no row.
        notes: what the user should know.
    """
    handles = options.ids == "handle"
    reason = conversions.id_reason(
        "native", "id", handles=handles, platform=options.platform
    )
    no_handle = conversions.id_reason(
        "handle", "handle", handles=True, platform=options.platform
    )
    return FileDescription(
        path=head.path,
        format=NAME,
        platform=None,
        unit=RowType.PEOPLE,
        stage=(
            *stage,
            *id_mending.mend(_IDS),
            *addresses.read(_WHO, platform=options.platform),
            sql.fill(
                _BAD,
                reason=reason,
                handle_reason=no_handle,
                hides=f"coalesce({conversions.hides('handle')}, false)",
            ),
            _person(handles=handles, no_handle=no_handle),
        ),
        queries={RowType.PEOPLE: _PEOPLE},
        rejects=f"{rejects} union all from unusable",
        notes=notes,
        remarks=" union all ".join(
            (id_mending.remarks(_IDS), addresses.REMARKS, _REMARKS)
        ),
    )


def _columns(header: Header) -> dict[str, str]:
    """Name in ``raw`` -> folded header, for the columns that are there."""
    folded = header.folded
    present = {
        name: next((word for word in words if word in folded), None)
        for name, words in CELLS.items()
    }
    return {name: word for name, word in present.items() if word is not None}


def _person(*, handles: bool, no_handle: str) -> str:
    """The statement that makes ``person`` of ``raw``."""
    words = {**_ROLE_WORDS, **{fold(role): role for role in ROLES}}
    return sql.fill(
        _PERSON,
        native_id=conversions.native_id("native", handles=handles),
        handle=conversions.handle("native", handles=handles),
        no_handle=no_handle,
        roles=" ".join(f"when '{word}' then '{role}'" for word, role in words.items()),
        in_role=sql.text(patients.IN_ROLE),
        for_patients=sql.text(patients.FOR_PATIENTS),
        others=sql.text("|".join(f"(?:{each})" for each in patients.OTHERS)),
        self=sql.text("|".join(f"(?:{each})" for each in patients.SELF)),
        npi_valid=_NPI_VALID,
        bases=sql.texts(MATCH_BASES),
    )


def _notes(header: Header, found: Mapping[str, str]) -> tuple[str, ...]:
    used = set(found.values())
    unread = [name for name in header.names if name and fold(name) not in used]
    return (f"columns not read: {', '.join(unread)}",) if unread else ()
