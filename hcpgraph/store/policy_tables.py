"""The tables of the policy: its rules, what people consent to, who was erased."""

from __future__ import annotations

from typing import Final

# One row: the text of the policy file that is in force; none for the packaged one.
POLICY: Final = """
create table policy (text varchar not null, set_at timestamp not null);
"""

# Keyed hashes of ids, handles and registry numbers of those who were erased, and one
# row that tells whether a key is that of the hashes.
SUPPRESSION: Final = """
create table suppression (hash varchar not null, "at" timestamp not null);
create table suppression_key (proof varchar not null);
"""

TABLES: Final = (POLICY, SUPPRESSION)
