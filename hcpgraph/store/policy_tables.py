"""The tables of the policy: its rules, what people consent to, who was erased."""

from __future__ import annotations

from typing import Final

# One row: the text of the policy file that is in force; none for the packaged one.
POLICY: Final = """
create table policy (text varchar not null, set_at timestamp not null);
"""

# What rows of files of consent say, and by which names each row calls its person. A
# name of kind id or handle is text, any other a keyed hash; consent_key tells whether
# a key is that of the hashes.
CONSENT: Final = """
create table consent (
    file integer not null,
    line bigint not null,
    channel varchar not null,
    purpose varchar not null,
    status varchar not null,
    basis varchar not null,
    given date,
    until date,
    said_in varchar not null
);
create table consent_name (
    file integer not null,
    line bigint not null,
    kind varchar not null,
    platform varchar not null,
    name varchar not null
);
create table consent_key (proof varchar not null);
"""

# Keyed hashes of ids, handles and registry numbers of those who were erased, and one
# row that tells whether a key is that of the hashes.
SUPPRESSION: Final = """
create table suppression (hash varchar not null, "at" timestamp not null);
create table suppression_key (proof varchar not null);
"""

# Which study this is, whatever its file is called.
IDENTITY: Final = "create table identity as select cast(uuid() as varchar) as id"

TABLES: Final = (POLICY, CONSENT, SUPPRESSION, IDENTITY)
