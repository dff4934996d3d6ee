"""Two accounts turn out to be one: everything of the loser becomes the winner's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.store.sql import number

if TYPE_CHECKING:
    import duckdb

# (table, column) of everything that names an account.
REFERRING: Final = (
    ("post", "author"),
    ("post_again", "author"),
    ("post_tie", "source"),
    ("post_tie", "target"),
    ("account_seen", "account"),
    ("person_account", "account"),
    ("registry_match", "account"),
    ("touched_account", "account"),
)

_DERIVED: Final = ("account_role", "account_area")

# The ties of posts are made anew from what the posts say.
_AFFECTED: Final = """
insert into affected_post (post)
select post from tie where post is not null
  and (source in (select loser from merge) or target in (select loser from merge))
union
select post from post_tie
where source in (select loser from merge) or target in (select loser from merge)
"""

# What the loser and the winner both did may now be one tie: those rows are taken
# out, regrouped by file, and the first file's put back as the tie.
_TAKE_OUT: Final = """
create temp table moved as
select coalesce(s.winner, t.source) as source, coalesce(d.winner, t.target) as target,
       t.layer, t."at", t.post, t.weight, t.area, t.file
from (select * from tie union all select * from tie_again) t
left join merge s on t.source = s.loser
left join merge d on t.target = d.loser
where t.post is null
  and (t.source in (select loser from merge union select winner from merge)
    or t.target in (select loser from merge union select winner from merge))
"""
_DELETE: Final = """
delete from {table}
where post is null
  and (source in (select loser from merge union select winner from merge)
    or target in (select loser from merge union select winner from merge))
"""
_REGROUP: Final = """
create temp table regrouped as
select source, target, layer, "at", post, max(weight) as weight, area, file,
       row_number() over (
           partition by source, target, layer, "at", post, area order by file
       ) as place
from moved
where source <> target -- what the loser and the winner did to each other is no tie
group by source, target, layer, "at", post, area, file
"""


def merge_accounts(connection: duckdb.DuckDBPyConnection) -> None:
    """Move all rows of ``merge.loser`` to ``merge.winner`` and drop the losers.

    Corrections made by hand move too, unless the winner has its own. Reads the
    temporary table ``merge(loser, winner)``; a winner is nobody's loser. Posts whose
    ties have to be made anew are added to ``affected_post``.
    """
    if not number(connection, "select count(*) from merge"):
        return
    connection.execute("insert into touched_account (account) select winner from merge")
    connection.execute(_AFFECTED)
    for table, column in REFERRING:
        connection.execute(
            f"update {table} set {column} = merge.winner from merge"
            f" where {table}.{column} = merge.loser"
        )
    connection.execute(
        "insert into correction (account, field, value)"
        " select winner, field, min(value) from correction"
        " join merge on account = loser group by winner, field on conflict do nothing"
    )
    connection.execute(_TAKE_OUT)
    for table in ("tie", "tie_again"):
        connection.execute(_DELETE.format(table=table))
    connection.execute(_REGROUP)
    for table, which in (("tie", "place = 1"), ("tie_again", "place > 1")):
        connection.execute(
            f"insert into {table} by name"
            f" select * exclude (place) from regrouped where {which}"
        )
    for table in (*_DERIVED, "correction", "account"):
        connection.execute(
            f"delete from {table} where account in (select loser from merge)"
        )
