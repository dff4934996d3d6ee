"""Hashtags on their way out of a study: none names anybody who is not listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcpgraph import policy
    from hcpgraph.study.open_study import OpenStudy


def release_tags(opened: OpenStudy, audience: str, tags: Iterable[str]) -> set[str]:
    """Those of some hashtags that may leave, in small letters.

    Terms of the vocabulary may; others if enough accounts use them, and if they call
    nobody who is held back from lists for this audience.
    """
    said = opened.words()
    spelt: dict[str, set[str]] = {}
    for tag in tags:
        spelt.setdefault(tag.lower(), set()).add(tag)
    free = {tag for tag in spelt if said.is_term(tag)}
    users = opened.store.count_users(spelt.keys() - free)
    asked = {
        tag
        for tag, many in users.items()
        if many >= said.least_accounts and not any(map(said.calls, spelt[tag]))
    }
    return free | (asked - _calling_held(opened, audience, said, asked))


def _calling_held(
    opened: OpenStudy, audience: str, said: policy.Words, tags: set[str]
) -> set[str]:
    """The tags that are the handle or the name of anybody not listed."""
    forms = {tag: said.plain_forms(tag) for tag in tags}
    every = [form for some in forms.values() for form in some]
    accounts, words = opened.store.read_called(every, opened.rules.words.titles)
    if not len(accounts):
        return set()
    ascending = np.unique(accounts)
    released = opened.released(opened.store.read_roles(ascending), audience)
    allowed = released.mask[np.searchsorted(ascending, accounts)]
    held = {word for word, free in zip(words, allowed, strict=True) if not free}
    return {tag for tag, some in forms.items() if some & held}
