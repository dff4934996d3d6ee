"""The tables of the policy: its rules, what people consent to, who was erased."""

from __future__ import annotations

from typing import Final

# One row: the text of the policy file that is in force; none for the packaged one.
POLICY: Final = """
create table policy (text varchar not null, set_at timestamp not null);
"""

# Which study this is, whatever its file is called.
IDENTITY: Final = "create table identity as select cast(uuid() as varchar) as id"

TABLES: Final = (POLICY, IDENTITY)
