"""Columns of the records for officers: what people allow, and who is to be informed."""

from __future__ import annotations

from typing import Final

from hcpgraph.model.column import DAY, ID, LISTED, TEXT, TRUTH, Column

_ID: Final = Column("id", ID, LISTED, "id on the platform, or @handle", profile=True)
_HANDLE: Final = Column("handle", TEXT, LISTED, "handle, without @", profile=True)
_NAME: Final = Column(
    "name", TEXT, LISTED, "display name, as roster or platform has it", profile=True
)
CONSENT: Final = (
    *(_ID, _HANDLE, _NAME),
    Column("channel", TEXT, LISTED, "all, email, phone, visit and others"),
    Column(
        "purpose",
        TEXT,
        LISTED,
        "all, profiling, contact, medical, commercial, tracking or notice",
    ),
    Column("status", TEXT, LISTED, "yes, no, pending or informed, as the file says"),
    Column("basis", TEXT, LISTED, "legal basis, where the file says one"),
    Column("date", DAY, LISTED, "day on which it was said"),
    Column("source", TEXT, LISTED, "where it was said, without addresses and numbers"),
    Column("expiry", DAY, LISTED, "last day of its term; empty without end"),
    Column(
        "in_force",
        TRUTH,
        LISTED,
        "whether the person allows it, all statements taken together",
    ),
)
NOTICES: Final = (
    *(_ID, _HANDLE, _NAME),
    Column("country", TEXT, LISTED, "from rosters", profile=True),
    Column("region", TEXT, LISTED, "from rosters", profile=True),
    Column("sources", TEXT, LISTED, "files that the data came from, joined by |"),
    Column("first_imported", DAY, LISTED, "day on which the first of them came in"),
    Column("due", DAY, LISTED, "one month later: the last day to inform the person"),
    Column("basis", TEXT, LISTED, "bases on which the person allows something"),
)
