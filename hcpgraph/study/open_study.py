"""A study open for reading: one connection, and what was read through it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from hcpgraph import memo, policy, progress
from hcpgraph.errors import UnknownArea
from hcpgraph.model.columns import profile_fields
from hcpgraph.model.query import EVERY_AREA
from hcpgraph.narrative import notes
from hcpgraph.store import Scope, Store
from hcpgraph.study import consents, origin, releasing, viewing
from hcpgraph.study.consented_study import ConsentedStudy

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from hcpgraph.model.access import Access
    from hcpgraph.model.layer_counts import LayerCounts
    from hcpgraph.model.query import Query
    from hcpgraph.model.ties import Roles, Ties

_WITHHELD: Final = "withheld"


class OpenStudy(ConsentedStudy):
    """A study open for reading; whatever is asked of it twice is read once.

    Attributes:
        store: the file.
        access: who reads, and why.
        memo: what was read and computed, for as long as the file stays as it is.
    """

    def words(self) -> policy.Words:
        """Which words may leave."""
        return self.memo.once(
            "words", lambda: policy.Words(*self._called(), self.rules.words)
        )

    def profiles(
        self,
        accounts: Sequence[int] | NDArray[np.int32],
        fields: Sequence[str] | None = None,
    ) -> tuple[dict[str, list[str | None]], tuple[str, ...]]:
        """Id and *fields* of people who may be listed, and what a reader must know.

        What would call somebody who may not be listed is left empty.
        """
        found = self.people(accounts, fields)
        released, said = releasing.release_cells(self._cells(), found)
        blank = [None] * len(accounts)
        called = (released.get(name, blank) for name in ("name", "handle"))
        looked_up = self.looked_up()
        for one, name, handle in zip(found["id"], *called, strict=True):
            looked_up[str(one)] = name, handle
        return released, said

    def looked_up(self) -> dict[str, tuple[str | None, str | None]]:
        """Name and handle of everybody whose profile was asked for so far, by id."""
        return self.memo.once("looked up", dict)

    def groups(
        self, accounts: NDArray[np.int32], fields: Sequence[str]
    ) -> dict[str, list[str | None]]:
        """Id and *fields* to count people by; what may not leave has a number."""
        found = self.people(accounts, fields)
        return releasing.release_groups(self._cells(), found)

    def search(
        self, text: str, *, most: int
    ) -> tuple[dict[str, list[str | None]], tuple[str, ...]]:
        """Accounts with *text* in what the viewer sees of their profile.

        Beside them what a reader must know.
        """
        accounts = self.store.search(
            text,
            most=most,
            fields=viewing.searched(self.viewer),
            seen=self.seen() if self.viewer.some_people else None,
        )
        return self.profiles(accounts, profile_fields("find")[1:])

    def _cells(self) -> policy.Cells:
        return self.memo.once(
            "cells", lambda: policy.Cells(*self._called(), self.rules.words)
        )

    def _called(self) -> releasing.Called:
        return self.memo.once("called", self._read_called)

    def _read_called(self) -> releasing.Called:
        """The names that may not leave: of the unlisted, and of what is withheld."""
        names, terms = releasing.read_called(self.store)
        if self.viewer.everything:
            return names, terms
        seen = self.seen() if self.viewer.some_people else None
        kinds = [one for one in ("id", "handle", "name") if not self.viewer.shows(one)]
        more = self.store.read_other_names(seen, kinds)
        return sorted({*names, *more}), terms

    def audience(self, query: Query) -> str:
        """The audience of a list, never ``"auto"``."""
        if query.audience != policy.AUTO:
            return query.audience
        known = self.memo.once("roles are known", self.store.knows_roles)
        return "hcp" if known else "all"

    def areas(self) -> list[Mapping[str, Any]]:
        """Every area that may be named, with its posts, accounts and ties."""
        return self.memo.once(
            "areas",
            lambda: releasing.release_areas(self.store.count_areas(), self.words),
        )

    def area_names(self) -> dict[str, str]:
        """Areas by slug, as their vocabulary calls them."""
        return {str(row["slug"]): str(row["name"]) for row in self.areas()}

    def slugs(self, query: Query) -> tuple[str, ...]:
        """The areas that are asked for; none means the whole study.

        Raises:
            UnknownArea: if the study has no such area.
        """
        if query.area is None:
            return ()
        if query.area == EVERY_AREA:
            return tuple(row["slug"] for row in self.areas() if row["ties"])
        known = tuple(row["slug"] for row in self.areas())
        if query.area not in known:
            raise UnknownArea(query.area, known)
        return (query.area,)

    def parts(self, query: Query) -> tuple[str | None, ...]:
        """The areas that are asked for one by one; None is the whole study."""
        return (None,) if query.area is None else self.slugs(query)

    def ties(self, query: Query) -> list[tuple[str | None, Ties]]:
        """The ties of each area that is asked for, or of the whole study."""
        parts = self.parts(query)
        keys = {part: ("ties", part, query.ties_key()) for part in parts}
        missing = [part for part in parts if keys[part] not in self.memo]
        if missing:
            with progress.step("reading ties"):
                self._read(query, {part: keys[part] for part in missing})
        return [(part, self._held(query, part, keys[part])) for part in parts]

    def _read(self, query: Query, keys: Mapping[str | None, Hashable]) -> None:
        """Read the ties of some areas at once, or of the whole study."""
        slugs = tuple(part for part in keys if part is not None)
        every = self.store.read_ties(scope_of(query, slugs))
        for i, key in enumerate(keys.values()):
            ties = every if len(keys) == 1 else every.where(every.area == i)
            self.memo.keep(key, ties, rows=len(ties))

    def _held(self, query: Query, part: str | None, key: Hashable) -> Ties:
        """The ties of one area, read anew if there was no room to keep them."""
        slugs = () if part is None else (part,)
        return self.memo.once(
            key, lambda: self.store.read_ties(scope_of(query, slugs)), rows=len
        )

    def layer_counts(self, layer: str) -> LayerCounts | None:
        """What the study holds of a layer that platforms give account by account."""
        return self.memo.once(
            ("layer", layer),
            lambda: self.store.count_layer(layer),
            rows=lambda found: 0 if found is None else len(found.account),
        )

    def texts(self) -> tuple[int, int]:
        """How many posts have a text, and how many posts there are."""
        return self.memo.once("texts", self.store.count_texts)

    def release(
        self, query: Query, accounts: Roles
    ) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
        """Which of *accounts* may be listed, and notes on the others, by reason."""
        released = self.released(accounts, self.audience(query))
        viewing.check_query(self.viewer, query)
        allowed, filtered = released.mask, None
        if query.has_filter:
            fits = self.store.read_matching(
                accounts.account,
                country=query.country,
                specialty=query.specialty,
                role=query.role,
            )
            filtered = int((allowed & ~fits).sum())
            allowed = allowed & fits
        said = notes.held_back(released.audience, released.held, filtered)
        return allowed, (*said, *consents.notes_of(self.consents))

    def released(self, accounts: Roles, audience: str) -> policy.Released:
        """Which of *accounts* may be listed for an audience, and why others may not."""
        found = policy.release(accounts, audience=audience, policy=self.rules)
        if not self.viewer.some_people:
            return found
        seen = np.isin(accounts.account, self.seen(), assume_unique=True)
        return viewing.hold_back(found, seen, self.viewer)

    def origin(self, parameters: Mapping[str, object]) -> dict[str, Any]:
        """What someone needs to get a result again: inputs, parameters, versions."""
        files = releasing.release_files(self.words(), self.store.read_files())
        said = origin.without_words(parameters, self._digest)
        if self.consents.said:
            said = {**said, "consent_on": self.on.isoformat()}
        return origin.describe_origin(files, said)

    def _digest(self, word: str) -> str:
        """What stands in provenance for a word that may name somebody."""
        return _WITHHELD if self.key is None else self.key.digest("word", word)


def scope_of(query: Query, slugs: tuple[str, ...]) -> Scope:
    """The part of a study that is asked about; no areas mean all of it."""
    return Scope(slugs, tuple(query.layers), query.since, query.until)


@contextmanager
def open_study(path: Path, kept: memo.Memo, access: Access) -> Iterator[OpenStudy]:
    """Open a study for reading; what it finds is kept while the file stays as it is.

    Args:
        path: the study.
        kept: what was found when it was open before.
        access: who reads, and why.

    Raises:
        NotAStudy: if there is no study there, or it is another kind of file.
        LockedStudy: if another process holds it.
        UnknownViewer: if the policy has no such viewer.
        UnknownPurpose: if that viewer does not read for the purpose given.
    """
    with Store.open(path) as store:
        # nobody writes while it is open
        beside = path.with_name(f"{path.name}.wal")
        kept.keep_for((_state(path), _state(beside), consents.day_of(access)))
        try:
            with memo.kept_in(kept):
                opened = OpenStudy(store, kept, access)
                opened.viewer  # noqa: B018 - who may not read, is told before all else
                opened.leave_out_objecting()
                yield opened
        finally:
            kept.trim()


def _state(path: Path) -> Hashable:
    """Which file this is and when it was last written; None if there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
