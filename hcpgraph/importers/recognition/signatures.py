"""What a binary file is that hcpgraph does not read, by its signature bytes."""

from __future__ import annotations

from typing import Final

# Where in the beginning of a file -> which bytes -> what it is.
_BYTES: Final = (
    (257, b"ustar", "a tar archive; unpack it and import the files inside"),
    (0, b"PK\x03\x04", "a zip archive; unpack it and import the files inside"),
    (0, b"PK\x05\x06", "an empty zip archive"),
    (0, b"Rar!", "a RAR archive; unpack it and import the files inside"),
    (0, b"7z\xbc\xaf", "a 7z archive; unpack it and import the files inside"),
    (0, b"BZh", "compressed with bzip2; unpack it, or pack it with gzip"),
    (0, b"\xfd7zXZ", "compressed with xz; unpack it, or pack it with gzip"),
    (0, b"\x28\xb5\x2f\xfd", "compressed with zstd; unpack it, or pack it with gzip"),
    (0, b"\xd0\xcf\x11\xe0", "a workbook of old Excel; save it as CSV UTF-8"),
    (0, b"SQLite format 3", "a database of SQLite; export its tables as CSV"),
    (0, b"%PDF", "a PDF document"),
    (0, b"ORC", "an ORC table; write it as Parquet"),
    (0, b"ARROW1", "an Arrow table; write it as Parquet"),
    (0, b"!BDN", "a letter box of Outlook, which hcpgraph never reads"),
)
_WORKBOOK: Final = "a workbook of Excel; save its sheet as CSV UTF-8"
_INSIDE: Final = 2**16  # bytes of an archive in which its first names stand


def name_of_bytes(data: bytes) -> str | None:
    """What a binary file is, after "is", and what to do with it."""
    if data.startswith(b"PK\x03\x04") and b"xl/" in data[:_INSIDE]:
        return _WORKBOOK
    return next((what for at, mark, what in _BYTES if data[at:].startswith(mark)), None)
