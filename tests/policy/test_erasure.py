"""How people who were erased are known again, and found in words of others."""

from __future__ import annotations

import duckdb
import pytest

from hcpgraph.model.erasure import ERASED, Identifiers
from hcpgraph.policy import Key, Suppressed
from hcpgraph.policy.erasure import account_texts, hashes, patterns, proof

KEY = Key(b"0123456789abcdef" * 2)
COMMON = frozenset({"oncology", "md", "dr"})


def erased(text, **known):
    """The text without what calls the people, as a study is rewritten."""
    pattern = patterns(Identifiers(**known), COMMON).named
    query = "select regexp_replace($text, $pattern, $by, 'g')"
    asked = {"text": text, "pattern": pattern, "by": f"\\1{ERASED}\\2"}
    return duckdb.execute(query, asked).fetchone()[0]


HANDLES = {
    "with @": ("thanks @Jane_H!", "jane_h", "thanks [erased]!"),
    "in another case": ("thanks @JANE_H", "jane_h", "thanks [erased]"),
    "bare, with a sign": ("ask jane_h", "jane_h", "ask [erased]"),
    "bare, and long": ("ask DrJaneHolm", "drjaneholm", "ask [erased]"),
    "of a word, with @": ("see @oncology", "oncology", "see [erased]"),
    "of a word, bare": ("on oncology", "oncology", "on oncology"),
    "short and plain": ("johanna and anna", "anna", "johanna and anna"),
    "inside a longer word": ("xjane_hx", "jane_h", "xjane_hx"),
    "in an address": (
        "x.com/anna/status/123 is it", "anna", "x.com[erased] is it",
    ),
    "letters beyond ASCII": ("@ÑANDÚ_7 said", "ñandú_7", "[erased] said"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "handle", "left"), HANDLES.values(), ids=HANDLES)
def test_a_handle_is_a_whole_word_that_is_nothing_else(text, handle, left):
    """Words of the field and short names count behind @ and / alone."""
    assert erased(text, handles=(("x", handle),)) == left


NAMES = {
    "as it is": "with Jane Holmwood today",
    "in another case": "with JANE HOLMWOOD today",
    "with a title": "with Dr. Jane Holmwood today",
    "backwards": "with Holmwood, Jane today",
    "glued": "with #JaneHolmwood today",
}


@pytest.mark.parametrize("text", NAMES.values(), ids=NAMES)
def test_a_name_counts_as_a_whole(text):
    """Forwards, backwards and glued; who bears one of its words keeps it."""
    left = erased(text, names=("Dr Jane Holmwood, MD",))

    assert "olmwood" not in left.lower()
    assert ERASED in left
    assert erased("Holmwood Hall", names=("Jane Holmwood",)) == "Holmwood Hall"


def test_accents_and_scripts_without_blanks():
    """A name without its accents is the same, and 王小明 needs no blanks around it."""
    assert "Nunez" not in erased("met Jose Nunez", names=("José Núñez",))
    assert "王小明" not in erased("感谢王小明医生", names=("王小明",))


def test_ids_that_are_short_need_their_platform():
    """12 is a number of patients."""
    assert erased("12 of x:12", ids=(("x", "12"),)) == f"12 of {ERASED}"
    assert erased("user 7000001", ids=(("x", "7000001"),)) == f"user {ERASED}"


def test_an_account_is_known_by_id_or_handle_whatever_its_case():
    """The hash of one is enough; another platform is another account."""
    known = Suppressed(
        KEY, hashes(KEY, Identifiers((("x", "12"),), (("x", "Ann_Lee"),)))
    )

    assert known.holds("x", "12", None)
    assert known.holds("x", "99", "ANN_lee")
    assert not known.holds("bluesky", "12", "ann_lee")
    assert not known.holds("x", "21", "ann")


def test_hashes_are_of_the_texts_that_other_parts_hash():
    """``platform:id`` and ``platform:@handle``, kind account."""
    assert list(account_texts("x", "12", "@Ann")) == ["x:12", "x:@ann"]
    known = Identifiers((("x", "12"),), (("x", "Ann"),), numbers=("123",))
    texts = (("account", "x:12"), ("account", "x:@ann"), ("npi", "123"))
    assert set(hashes(KEY, known)) == {KEY.digest(*text) for text in texts}
    assert proof(KEY) != proof(Key(b"f" * 32))


def test_words_of_texts_are_known_by_their_hashes_alone():
    """Nobody needs the names: tokens are hashed, with their pieces."""
    gone = Identifiers((("x", "7000001"),), (("x", "jane_h"), ("x", "anna")))
    known = Suppressed(KEY, hashes(KEY, gone), COMMON)

    found = known.called("x", ["@Anna.", "anna", "jane_h", "7000001", "x.com", "/anna"])

    assert found.ids == (("x", "7000001"),)
    assert set(found.handles) == {("x", "Anna"), ("x", "anna"), ("x", "jane_h")}
    assert known.called("x", ["anna", "janeh"]) == Identifiers()


def test_a_path_and_a_note_lose_handles():
    """Names of files are joined with signs that handles have, too."""
    known = Suppressed(KEY, hashes(KEY, Identifiers((), (("x", "jane_h"),))))

    assert known.covered("x", "in/followers_of_Jane_H_2025.csv") == (
        "in/followers_of_[erased]_2025.csv"
    )
    assert known.covered("x", "the owner is @jane_h") == "the owner is @[erased]"
    assert known.covered("x", "follows.csv") == "follows.csv"
