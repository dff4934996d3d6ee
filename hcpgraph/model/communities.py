"""Communities as released: ids, names, labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from hcpgraph.model.notebook import as_html, notes_as_html
from hcpgraph.model.table import Listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.model.scores import Partition
    from hcpgraph.model.table import Table

_SHOWN = 10  # communities whose size a notebook shows


@dataclass(frozen=True, slots=True)
class Communities(Listed):
    """The communities of an area, with those members that may be listed.

    Attributes:
        table: at least ``id, handle, community``; largest community first, in it
            the member who receives most attention first. ``size`` counts all
            members, listed or not.
        partition: all members, by account number, and the quality of the split.
        notes: notes for the reader.
        parameters: query parameters, for reproduction.
    """

    table: Table
    partition: Partition
    notes: tuple[str, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Communities({len(self)} listed; {self.partition!r})"

    def _repr_html_(self) -> str:
        # the sizes first: the members of the largest alone would fill a page
        sizes = self.partition.sizes()[:_SHOWN].tolist()
        first = as_html({"community": list(range(1, len(sizes) + 1)), "members": sizes})
        members = self.table._repr_html_()
        said = notes_as_html(self.notes)
        return f"<p>{escape(repr(self))}</p>{first}{members}{said}"
