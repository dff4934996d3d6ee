"""The key of hashes: read from a file, too long to guess, nowhere in a log."""

from __future__ import annotations

import pytest

from hcpgraph.errors import KeyFileError
from hcpgraph.policy import Key

SECRET = b"0123456789abcdef" * 2


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "key"
    found.write_bytes(SECRET + b"\n")
    return found


def test_the_key_is_of_the_file_that_is_named_and_else_of_the_environment(
    path, monkeypatch
):
    """An option wins; without either there is no key."""
    monkeypatch.delenv("HCPGRAPH_KEY_FILE", raising=False)
    assert Key.read() is None
    monkeypatch.setenv("HCPGRAPH_KEY_FILE", str(path))
    assert Key.read().digest("account", "x:1") == Key(SECRET).digest("account", "x:1")
    with pytest.raises(KeyFileError, match="No such file"):
        Key.read(path.with_name("none"))


def test_a_short_key_is_refused(path):
    """It could be tried out; the message says how to make a longer one."""
    path.write_bytes(b"secret")
    with pytest.raises(KeyFileError, match="at least 32 bytes; make one with: python"):
        Key.read(path)


def test_hashes_differ_by_key_and_kind_and_text(path):
    """Nobody with another key makes the same hash; a handle is not an id."""
    key, other = Key(SECRET), Key(SECRET[::-1])
    hashes = {
        key.digest("account", "x:1"),
        key.digest("account", "x:2"),
        key.digest("word", "x:1"),
        other.digest("account", "x:1"),
    }
    assert len(hashes) == 4


def test_a_key_does_not_show_its_secret():
    """Logs and notebooks print values."""
    assert "0123" not in repr(Key(SECRET))
