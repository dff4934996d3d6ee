"""What posts and bios say."""

from __future__ import annotations

from typing import Any

import pytest

from hcpgraph.demo import text
from hcpgraph.demo.text import cut, entities


@pytest.mark.parametrize(
    "by_language",
    [text.ORIGINALS, text.MENTIONS, text.REPLIES, text.QUOTES],
)
def test_every_language_has_phrases(by_language: dict[str, tuple[str, ...]]) -> None:
    """Nobody is left speechless in a language of the world."""
    assert set(by_language) == {"en", "de", "fr", "es"}
    assert all(by_language.values())


def test_a_mention_phrase_names_whom_it_mentions() -> None:
    """Otherwise the tie that was drawn would not be in the text."""
    named = [p for texts in text.MENTIONS.values() for p in texts]

    assert all("{who}" in phrase for phrase in (*named, *text.LOUD_MENTIONS))


def test_what_a_repost_cuts_off_is_no_entity() -> None:
    """A handle or hashtag that runs into the ellipsis names nothing."""
    text = cut("RT @a: " + "x" * 127 + " @bcdefgh #tag")

    found = entities(text, {"a": "1", "bcde": "2"}, links={})

    assert text.endswith("@bcd\N{HORIZONTAL ELLIPSIS}")
    assert [mention["id"] for mention in found["mentions"]] == ["1"]
    assert "hashtags" not in found


def test_only_patients_say_so(small: Any) -> None:
    """A bio that tells of a person's own illness belongs to someone not listable."""
    people, truth = small.world.people, small.truth()
    telling = [
        str(account)
        for account, bio in zip(people.id.tolist(), people.bio, strict=True)
        if bio.startswith(("Living with", "Patient with", "Diagnosed with"))
    ]

    assert telling
    assert {truth[account]["listable"] for account in telling} == {"false"}
