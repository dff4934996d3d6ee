"""The posts behind ties: where they stand, who wrote them, how much they were answered.

What they say is not read: a link leads those to it who may see it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.evidence import Post

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

# A repost shows the numbers of its original, which are not its own.
_POSTS: Final = """
select post, platform, native_id, author, kind, epoch(created_at)::bigint as "at",
       case when kind = 'repost' then 0
            else coalesce(replies, 0) + coalesce(reposts, 0) + coalesce(quotes, 0)
       end as answers
from cited join post using (post)
order by post
"""

_HASHTAGS: Final = """
select post, hashtags from cited join post using (post)
where len(hashtags) > 0 order by post
"""


def read_posts(
    connection: duckdb.DuckDBPyConnection, posts: NDArray[np.int32]
) -> list[Post]:
    """The posts by number, ascending."""
    connection.register("cited", {"post": np.unique(posts)})
    return [Post(*row) for row in connection.execute(_POSTS).fetchall()]


def read_hashtags(
    connection: duckdb.DuckDBPyConnection, posts: NDArray[np.int32]
) -> dict[int, list[str]]:
    """The hashtags of posts, by number of the post; only posts that have any."""
    connection.register("cited", {"post": np.unique(posts)})
    return dict(connection.execute(_HASHTAGS).fetchall())
