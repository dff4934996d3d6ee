"""Who was erased from a study, for whatever brings people into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph import policy
from hcpgraph.errors import SuppressionKeyError
from hcpgraph.policy import erasure
from hcpgraph.store import NO_KEY
from hcpgraph.study import releasing

if TYPE_CHECKING:
    from hcpgraph.model.access import Access
    from hcpgraph.store import Store

MAKE_KEY: Final = (
    "make one with: python -c 'import secrets; print(secrets.token_hex(32))' > FILE,"
    " and keep it apart from the study"
)
_OTHER_KEY: Final = (
    "people were erased from this study with another key; name that one with --key FILE"
    " or HCPGRAPH_KEY_FILE"
)
_NEEDED: Final = (
    "forgetting needs a key, so that the person does not come back with the next"
    f" import: --key FILE or HCPGRAPH_KEY_FILE; {MAKE_KEY}"
)


def suppressed(store: Store, access: Access) -> policy.Suppressed | None:
    """The people erased from a study; None where nobody was.

    Raises:
        SuppressionKeyError: if people were erased and their key is not given.
        KeyFileError: if the key cannot be read.
    """
    known = store.read_proof()
    if known is None:
        return None
    key = policy.Key.read(access.key)
    if key is None:
        raise SuppressionKeyError(store.path, NO_KEY)
    _check(store, key)
    return policy.Suppressed(key, store.read_suppressed(), common_words(store))


def needed_key(store: Store, access: Access) -> policy.Key:
    """The key to erase somebody with.

    Raises:
        SuppressionKeyError: if there is none, or others were erased with another.
        KeyFileError: if it cannot be read.
    """
    key = policy.Key.read(access.key)
    if key is None:
        raise SuppressionKeyError(store.path, _NEEDED)
    _check(store, key)
    return key


def common_words(store: Store) -> frozenset[str]:
    """Words that are no name, nor a part of one, folded."""
    rules = releasing.read_rules(store).words
    terms = {word for term in store.read_terms() for word in policy.folding.words(term)}
    return rules.common | rules.titles | terms


def _check(store: Store, key: policy.Key) -> None:
    known = store.read_proof()
    if known is not None and known != erasure.proof(key):
        raise SuppressionKeyError(store.path, _OTHER_KEY)
