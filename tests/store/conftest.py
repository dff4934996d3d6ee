"""A study on disk."""

from __future__ import annotations

import pytest

from tests.store.rows import Exports


@pytest.fixture
def exports(tmp_path):
    """Makes exports of literal rows and brings them into one study."""
    return Exports(tmp_path)
