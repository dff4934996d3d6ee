"""Trails damaged in every way: each damage is found, no whole trail is accused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.policy import Key, trail, trail_check
from hcpgraph.study import trailing

KEY = Key(b"0123456789abcdef" * 2)
OTHER = Key(b"fedcba9876543210" * 2)
STARTS = trailing.starts("the study")
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
OUTPUTS = st.builds(trail.TrailOutput, NAMES, st.just("0" * 64), st.none() | NAMES)
FACTS = st.builds(
    trail.TrailFacts,
    at=st.just("2026-01-02T03:04:05Z"),
    user=st.none() | NAMES,
    viewer=st.sampled_from(["medical", "sales"]),
    purpose=st.none() | st.just("commercial"),
    command=NAMES,
    outputs=st.lists(OUTPUTS, max_size=2).map(tuple),
    people=st.lists(st.text("0123456789abcdef", min_size=8, max_size=8)).map(tuple),
)


def written(facts, keys):
    """Lines and head of a trail with an entry for each of *facts*."""
    head, lines = trail.TrailHead(0, STARTS[0], 0), []
    for one, key in zip(facts, keys, strict=True):
        line = trail.sealed(one, head, key)
        head = head.before(trail.digest_of(trail.entry_of(line[:-1]))).after(line)
        lines.append(line)
    return lines, head.line(keys[-1])


def found(lines, head, key=KEY, starts=STARTS):
    whole = None if lines is None else b"".join(lines)
    return trail_check.check(whole, head, key, starts).findings


TRAILS = st.lists(FACTS, min_size=1, max_size=5).map(
    lambda facts: written(facts, [KEY] * len(facts))
)


@given(TRAILS)
def test_a_whole_trail_is_never_accused(made):
    """With the key, and without it."""
    assert found(*made) == found(*made, key=None) == ()


@given(st.data(), st.lists(FACTS, min_size=1, max_size=5))
def test_entries_of_writers_without_a_key_are_counted_and_not_accused(data, facts):
    """Whatever the order of writers with a key and without."""
    keys = data.draw(
        st.lists(st.sampled_from([KEY, None]), min_size=len(facts), max_size=len(facts))
    )
    lines, head = written(facts, keys)
    checked = trail_check.check(b"".join(lines), head, KEY, STARTS)
    assert checked.findings == ()
    assert checked.unkeyed == tuple(n for n, k in enumerate(keys, 1) if k is None)
    assert checked.unkeyed_head == (keys[-1] is None)


@settings(max_examples=400)
@given(st.data(), TRAILS)
def test_any_changed_byte_is_found(data, made):
    """Of either file, whichever byte it becomes."""
    lines, head = made
    files = [b"".join(lines), head]
    which = data.draw(st.sampled_from([0, 1]))
    place = data.draw(st.integers(0, len(files[which]) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != files[which][place]))
    files[which] = files[which][:place] + bytes([byte]) + files[which][place + 1 :]
    assert found([files[0]], files[1])


@given(st.data(), TRAILS)
def test_a_cut_anywhere_is_found(data, made):
    """At the end, at the start and in the middle, of either file."""
    lines, head = made
    files = [b"".join(lines), head]
    which = data.draw(st.sampled_from([0, 1]))
    start = data.draw(st.integers(0, len(files[which]) - 1))
    end = data.draw(st.integers(start + 1, len(files[which])))
    files[which] = files[which][:start] + files[which][end:]
    assert found([files[0]], files[1])
    assert found([files[0]], files[1], key=None)


@given(st.data(), TRAILS)
def test_lines_that_are_dropped_doubled_or_moved_are_found(data, made):
    """Without the key as well: the chain alone shows them."""
    lines, head = made
    place = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(st.integers(0, len(lines) - 1))
    damaged = data.draw(
        st.sampled_from(
            [
                lines[:place] + lines[place + 1 :],
                [*lines[:place], lines[other], *lines[place:]],
                [*lines, lines[place]],
                sorted(lines, reverse=True),
            ]
        )
    )
    if damaged != lines:
        assert found(damaged, head)
        assert found(damaged, head, key=None)


@given(st.data(), TRAILS, FACTS)
def test_an_entry_by_somebody_without_the_key_is_found(data, made, facts):
    """Put in anywhere, with numbers, chain and head made again as they should be."""
    lines, _ = made
    place = data.draw(st.integers(0, len(lines)))
    entries = [trail.entry_of(line[:-1]) for line in lines]
    forged = trail.entry_of(written([facts], [OTHER])[0][0][:-1])
    entries.insert(place, forged)
    again, previous = [], STARTS[0]
    for n, entry in enumerate(entries, start=1):
        line = trail.line_of({**entry, "n": n, "previous": previous})
        previous = trail.digest_of(trail.entry_of(line[:-1]))
        again.append(line)
    size = sum(map(len, again))
    head = trail.TrailHead(len(again), previous, size).line(OTHER)
    numbers = [one.entry for one in found(again, head)]
    assert place + 1 in numbers
    assert None in numbers  # the head
    assert found(again, head, key=None) == ()  # which is why there is a key


@given(TRAILS, FACTS)
def test_an_older_head_and_a_head_of_a_cut_trail_are_found(made, facts):
    """The older one was written by the key; that of the cut trail was not."""
    lines, head = made
    entry = trail.entry_of(lines[-1][:-1])
    older = trail.TrailHead(len(lines) - 1, entry["previous"], 0)
    size = sum(map(len, lines[:-1]))
    older = trail.TrailHead(older.count, older.digest, size)
    assert found(lines, older.line(KEY))
    assert found(lines[:-1], older.line(OTHER))
    assert found(lines[:-1], head)
    if len(lines) > 1:
        assert found(lines[:-1], older.line(None))


@given(TRAILS)
def test_a_file_that_is_gone_is_found(made):
    """One without the other is no trail."""
    lines, head = made
    assert found(None, head)
    assert found([], head)
    assert found(lines, None)
    assert found(lines, b"")
    assert found(None, None) == ()


@given(TRAILS)
def test_the_trail_of_another_study_and_another_key_are_found(made):
    """Both are whole; neither is this one."""
    (first, *_) = found(*made, starts=trailing.starts("another"))
    assert first.entry == 1
    assert "another study" in first.what
    assert {one.entry for one in found(*made, key=OTHER)} == {
        None,
        *range(1, len(made[0]) + 1),
    }


@given(st.data(), TRAILS, FACTS)
def test_a_writer_that_was_interrupted_is_not_accused(data, made, facts):
    """With no byte of its entry, a part of it, or all of it; and it is said."""
    lines, head = made
    read = trail.read_head(head)
    line = trail.sealed(facts, read, KEY)
    pending = read.before(trail.digest_of(trail.entry_of(line[:-1]))).line(KEY)
    part = data.draw(st.integers(0, len(line)))
    checked = trail_check.check(b"".join(lines) + line[:part], pending, KEY, STARTS)
    assert checked.findings == ()
    assert checked.interrupted


@given(st.data(), TRAILS)
def test_a_name_can_be_withheld_and_the_chain_holds(data, made):
    """Not one byte of the name stays; size and digests are as before."""
    lines, head = made
    whole = b"".join(lines)
    names = [
        one["path"]
        for line in lines
        for one in trail.entry_of(line[:-1])["outputs"]
        if one["path"].strip(trail.BLANK)
    ]
    gone = data.draw(st.sampled_from(names)) if names else None
    after = bytearray(whole)
    for start, content in trail.withheld(whole, lambda name: name == gone):
        after[start : start + len(content)] = content
    assert len(after) == len(whole)
    assert found([bytes(after)], head) == ()
    left = [
        one["path"]
        for line in bytes(after).splitlines()
        if trail.entry_of(line)
        for one in trail.entry_of(line)["outputs"]
    ]
    assert gone is None or gone not in left


def test_a_withheld_name_cannot_be_replaced_by_another():
    """Who may write the file can withhold a name, which shows, and no more."""
    facts = trail.TrailFacts(
        "2026-01-02T03:04:05Z", None, "medical", None, "rank",
        (trail.TrailOutput("leaders.csv", "0" * 64),),
    )  # fmt: skip
    lines, head = written([facts], [KEY])
    for name in ("others!.csv", "-eaders.csv"):
        changed = lines[0].replace(b"leaders.csv", name.encode())
        assert found([changed], head)


def test_fields_are_in_their_order():
    """What others read by name."""
    facts = trail.TrailFacts("2026-01-02T03:04:05Z", "ann", "medical", None, "rank")
    lines, _ = written([facts], [None])
    assert list(json.loads(lines[0])) == [
        *("n", "at", "user", "viewer", "purpose", "command", "outputs", "people"),
        *("previous", "mac"),
    ]


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"\xff", b"0\n"])
def test_what_is_no_head_or_entry_is_none(content):
    """However it is broken."""
    assert trail.read_head(content) is None
    assert trail.entry_of(content) is None
