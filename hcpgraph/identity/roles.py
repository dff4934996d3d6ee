"""Queries that say what accounts do, and which must not be listed.

They run inside the transaction of an import for the accounts in the temporary table
``touched_account``, whose former roles they replace. An account may get two roles,
one from a roster and one from its bio; where they differ, the roster's counts
(``PRECEDENCE``).

The rules become one ``CASE`` per text with constant patterns: joined as a table, each
pattern would be compiled anew for every account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.identity.rules import BIO_RULES, MISLEADING, ROSTER_RULES
from hcpgraph.model.names import ROLES
from hcpgraph.model.patients import OTHERS, SELF
from hcpgraph.model.statements import ROSTERED, IfAny

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcpgraph.identity.rules import RoleRule
    from hcpgraph.model.statements import Statement

# Which source of a role counts first.
PRECEDENCE: Final = ("roster", "bio")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _plain(text: str) -> str:
    """SQL for *text* without accents, typographic apostrophes and NULs."""
    clean = f"replace(replace(coalesce({text}, ''), chr(0), ' '), chr(8217), '''')"
    return f"strip_accents({clean})"


def _without(text: str, patterns: Sequence[str], flags: str) -> str:
    """SQL for *text* with whatever fits a pattern replaced by a full stop.

    A full stop, so that words to its left and right do not read as one phrase. Few
    texts hold any of the phrases: all patterns are looked for at once before one
    after the other is replaced.
    """
    replaced = text
    for pattern in patterns:
        replaced = f"regexp_replace({replaced}, {_quoted(pattern)}, ' . ', 'g{flags}')"
    return f"case when {_any(text, patterns, flags)} then {replaced} else {text} end"


def _any(text: str, patterns: Sequence[str], flags: str) -> str:
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return f"regexp_matches({text}, {_quoted(joined)}, '{flags}')"


def _first(rules: Sequence[RoleRule], texts: dict[str, str]) -> str:
    """SQL for the number of the first rule that fits, counted from 1."""
    cases = " ".join(
        f"when regexp_matches({texts[rule.where]}, {_quoted(rule.pattern)})"
        f" then {number}"
        for number, rule in enumerate(rules, 1)
    )
    return f"case {cases} end"


def _table(rules: Sequence[RoleRule]) -> str:
    """SQL for the rules as a table (rule, role, evidence)."""
    values = ", ".join(
        f"({number}, {_quoted(rule.role)}, {_quoted(rule.evidence)})"
        for number, rule in enumerate(rules, 1)
    )
    return f"(values {values}) as rules(rule, role, evidence)"


_FORGET: Final = """
delete from account_role where account in (select account from touched_account)
"""

# What accounts say of themselves, in plain letters.
_SAID: Final = f"""
create or replace temp table account_said as
select account, {_plain("name")} as name,
    {_plain("concat_ws(' | ', name, bio)")} as said
from account
where account in (select account from touched_account)
    and (name is not null or bio is not null)
"""
_ANY_SAID: Final = "select account from account_said limit 1"

# Patients, and people who care for one. This table is gone when the queries end.
_CLOSED: Final = f"""
create or replace temp table account_closed as
select account
from (select account, {_without("said", OTHERS, "i")} as said from account_said)
where {_any("said", SELF, "i")}
"""

# Open to lists: no patient by their own word or a roster's, and no roster row that
# closes them.
_LISTABLE: Final = """
update account set listable = account not in (select account from account_closed)
where account in (select account from touched_account)
"""
_ALL_LISTABLE: Final = """
update account set listable = true
where account in (select account from touched_account)
"""
_LISTABLE_BY_ROSTER: Final = f"""
update account set listable = false
where account in (select account from touched_account) and account in (
    select account from person_account join (
        select person, listable, {_plain("role")} as said from person
    ) using (person)
    where listable is false or {_any(_without("said", OTHERS, "i"), SELF, "i")}
)
"""

# The roster's own word for it where that is a role, else the first rule that fits.
# Of several rows of one account the latest that says a role counts.
_FROM_ROSTER: Final = f"""
insert into account_role (account, role, source, evidence)
with written as (
    select account, person,
        trim({_plain("coalesce(nullif(trim(role), ''), specialty)")}) as said
    from touched_account join person_account using (account)
    join person using (person)
), judged as (
    select account, person, said, {_first(ROSTER_RULES, {"all": "said"})} as rule
    from written
), named as (
    select account, person,
        coalesce(word.role, rules.role) as role,
        coalesce('roster: ' || word.role, rules.evidence) as evidence
    from judged
    left join (select unnest({list(ROLES)!r}) as role) as word
        on lower(word.role) = lower(said)
    left join {_table(ROSTER_RULES)} using (rule)
)
select account, arg_max(role, person), 'roster', arg_max(evidence, person)
from named
where role <> 'unknown'
group by account
order by account
"""

_FROM_BIO: Final = f"""
insert into account_role (account, role, source, evidence)
with plain as (
    select account, {_without("name", MISLEADING, "")} as name,
        {_without("said", MISLEADING, "")} as said
    from account_said
    where account not in (select account from account_closed)
), judged as (
    select account, {_first(BIO_RULES, {"name": "name", "all": "said"})} as rule
    from plain
)
select account, role, 'bio', evidence
from judged join {_table(BIO_RULES)} using (rule)
order by account
"""

assign_roles: Final[tuple[Statement, ...]] = (
    _FORGET,
    _SAID,
    IfAny(
        _ANY_SAID,
        (_CLOSED, _LISTABLE, _FROM_BIO, "drop table account_closed"),
        # as after a list of follows; the rules alone take a while to be read
        otherwise=(_ALL_LISTABLE,),
    ),
    IfAny(ROSTERED, (_LISTABLE_BY_ROSTER, _FROM_ROSTER)),
    "drop table account_said",
)
