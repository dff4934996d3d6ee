"""The key of hashes: it stands in a file outside the study, never in it."""

from __future__ import annotations

import hmac
import os
from hashlib import sha256
from pathlib import Path
from typing import Final, Self

from hcpgraph.errors import KeyFileError

FROM_ENVIRONMENT: Final = "HCPGRAPH_KEY_FILE"
_LEAST: Final = 32  # bytes; fewer could be tried out one by one


class Key:
    """A secret that makes hashes of names and ids that nobody else can make.

    Without it, a hash of an id could be found by trying every id there is.

    Args:
        secret: at least 32 bytes.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    @classmethod
    def read(cls, path: Path | None = None) -> Self | None:
        """The key of a file; None where no file is named.

        Args:
            path: the file; None for the one that ``HCPGRAPH_KEY_FILE`` names.

        Raises:
            KeyFileError: if the file cannot be read, or is too short for a key.
        """
        named = os.environ.get(FROM_ENVIRONMENT)
        if path is None and not named:
            return None
        path = Path(named or "") if path is None else path
        try:
            secret = path.read_bytes().strip()
        except OSError as error:
            raise KeyFileError(path, error.strerror or str(error)) from error
        if len(secret) < _LEAST:
            raise KeyFileError(
                path,
                f"a key has at least {_LEAST} bytes; make one with:"
                " python -c 'import secrets; print(secrets.token_hex(32))'",
            )
        return cls(secret)

    def digest(self, kind: str, text: str) -> str:
        """The keyed hash (HMAC-SHA256, hexadecimal) of a text of some kind.

        Args:
            kind: what the text is, such as ``"account"``; equal texts of two kinds
                have different hashes.
            text: what is hashed.

        >>> key = Key(b"0123456789abcdef" * 2)
        >>> key.digest("account", "x:12")[:12]
        '057f3ed202de'
        """
        said = f"{kind}\0{text}".encode()
        return hmac.new(self._secret, said, sha256).hexdigest()

    def __repr__(self) -> str:
        return "Key(...)"  # never in a log
