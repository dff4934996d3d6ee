"""How much is known: layers given account by account, texts given post by post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.layer_counts import LayerCounts
from hcpgraph.model.names import ACTS, LAYERS
from hcpgraph.store.sql import execute

if TYPE_CHECKING:
    import duckdb

# The list of what one account follows says nothing of who follows those on it. Pages
# of several owners in one file have far fewer owners than accounts on them.
_WIDER: Final = 3
_RESPONSES: Final = (*ACTS, "nomination", "coauthor", "referral")
_COUNTS: Final = f"""
with said as (
    select source, target, file from tie where layer = $layer
    union all
    select source, target, file from tie_again where layer = $layer
),
following as (
    select said.file from said join source_file using (file)
    group by said.file, format
    having count(*) > 1 and (min(source) = max(source)
        or (format = 'x-api-v2-users'
            and {_WIDER} * approx_count_distinct(source)
                < approx_count_distinct(target)))
),
listed as (
    select target as account, count(*) as listed from said
    where file not in (select file from following) group by target
),
responded as (
    select target as account, count(distinct source) as responders from tie
    where layer in (select layer from layer where list_contains($responses, name))
    group by target
)
select account, coalesce(listed, 0) as listed, coalesce(responders, 0) as responders
from listed full outer join responded using (account)
order by account
"""
_TEXTS: Final = "select count(text), count(*) from post"
_ANY: Final = "select 1 from tie where layer = $layer limit 1"


def count_layer(
    connection: duckdb.DuckDBPyConnection, layer: str
) -> LayerCounts | None:
    """The ties of one layer to each account, and its responders; None without any."""
    code = LAYERS.index(layer)
    if not execute(connection, _ANY, {"layer": code}).fetchall():
        return None
    asked = {"layer": code, "responses": _RESPONSES}
    found = execute(connection, _COUNTS, asked).fetchnumpy()
    return LayerCounts(
        account=found["account"].astype(np.int32, copy=False),
        listed=found["listed"].astype(np.int64, copy=False),
        responders=found["responders"].astype(np.int64, copy=False),
    )


def count_texts(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """How many posts have a text, and how many posts there are."""
    ((known, posts),) = connection.execute(_TEXTS).fetchall()
    return int(known), int(posts)
