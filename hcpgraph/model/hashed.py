"""What keyed hashes of people are made of: the same wherever one is made."""

from __future__ import annotations

import unicodedata


def account_texts(
    platform: str, native_id: str | None, handle: str | None
) -> tuple[str, ...]:
    """What is hashed of an account: its id, and its handle however it is typed.

    >>> account_texts("x", "12", "Ann"), account_texts("x", None, "@ANN ")
    (('x:12', 'x:@ann'), ('x:@ann',))
    """
    found = []
    if native_id is not None:
        found.append(f"{platform}:{native_id}")
    if handle is not None:
        spelt = unicodedata.normalize("NFC", handle.strip().lstrip("@")).casefold()
        found.append(f"{platform}:@{spelt}")
    return tuple(found)
