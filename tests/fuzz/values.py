"""Values as exports hold them, and values that no export should hold."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from random import Random

# Begins every line that only odd content of a file can have brought.
FORGED: Final = "FORGED"

# What spreadsheets, programs and vandals leave in a cell.
ODD: Final = (
    "", " ", "\t", "-", ".", "0", "-0", "-1", "007", "+1", "11.0", "1.43e+18",
    "1294030472427835393.0", "1,43E+18", "1.29403E+18",
    '="1294030472427835393"',
    "'1294030472427835393", "9" * 25, "9" * 400, "1e308", "1e400", "inf", "-inf", "nan",
    "NaN", "Nan", "NA", "N/A", "#N/A", "#REF!", "None", "null", "NULL", "<NA>", "nil",
    "true", "False", "1_000", "0x1F", "1/2", "\u0661\u0662\u0663", "\uff11\uff12\uff13",
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", "\n=1+1", " =1+1",
    "\uff1d1+1", "@", "@@", "@ ", "@bob smith", "@.", "'); drop table tie; --",
    "; select 1", "$id", "${line}", "$$", "%s", "{}", "{:d}", "{0!r:>{1}}", "\\", "\\n",
    "\\u0000", '"', '""', '"""', "'", "''", "`", "{", "[", "]", "<b>x</b>", "&amp;",
    '{"id": "1", "username": "bob"}', '[{"id": "1", "username": "bob"}]', '["@bob"]',
    "[{'id': '1', 'username': 'bob'}]", "a\x00b", "\x00", "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07", "\x9b31m", "\x7f", f"a\r\n{FORGED} line", f"\n{FORGED} line",
    f"a\r{FORGED} line", f"a\x85{FORGED} line", f"a\u2028{FORGED} line",
    f"a\x0b{FORGED}", f"a\x0c{FORGED}", "\u202eevil\u202c", "a\u2066b\u2069",
    "a\u200bb", "\ufeff1", "a\u00a0b", "\ud83d", "a\udc00b", "\ufffd", "\ufdd0",
    "a b", "a,b", "a;b", "a\tb", "a|b", "a\nb", "Z\u00fcrich", "\U0001f9a0" * 10,
    "e\u0301" * 40, "\u0130stanbul", "\ufb03", "x" * 5000, "../../x", "C:\\x\\y",
    "https://x.com/a b", "did:plc:abc", "x:1", ":", "1:2:3",
)  # fmt: skip

IDS: Final = tuple(str(n) for n in range(1, 25))
LONG_IDS: Final = tuple(str(1294030472427835393 + 7 * n) for n in range(8))
HANDLES: Final = ("ada", "bob", "Eve", "SUE_4", "dr_kim", "li", "nina99", "Theo")
NAMES: Final = (
    "Ada Able", "Bob Best", "Dr. Eve O'Hara", "Sue, MD", "Kim \u00c5s", "Nan", "NA",
    "None", "\u674e\u4fca", "Null",
)  # fmt: skip
TEXTS: Final = (
    "New data on breast cancer at #ASCO25", "RT @bob: asthma and copd", "words",
    "lipids, statins; \u00e9tude", "line one\nline two", "he said \"no\"",
    "@ada thanks",
)  # fmt: skip
TIMES: Final = (
    "2025-03-01T12:00:00Z", "2025-03-01T12:00:00.000Z", "2024-05-01T10:00:00+02:00",
    "1735689600", "1735689600000", "2025-01-01 10:00:00 UTC", "2025-03-01T12:00Z",
    "2025-03-01 12:00:00+00:00", "",
)  # fmt: skip
ODD_TIMES: Final = (
    "2025-03-01T12:00:00", "2025-03-01", "2025-02-30T00:00:00Z", "0", "-1", "1e9",
    "99999999999999999", "9" * 30, "9999-12-31T23:59:60Z", "0001-01-01T00:00:00Z",
    "290000-01-01T00:00:00Z", "yesterday", "22/09/17 11:00:24", "14-Aug-25",
    "Wed Oct 10 20:19:24 +0000 2018", "2025-03-01T12:00:00+99:99", "12:00",
    "2025-W10-1", "2025-060", "2025-03-01T12:00:00[Europe/Paris]",
    "1735689600.123456789",
    "infinity", "-infinity", "epoch", "now", "2025-03-01T24:00:00Z", "20250301T120000Z",
)  # fmt: skip
KINDS: Final = ("follow", "mention", "RT", "replies to", "quote", "retweet", "")
ODD_KINDS: Final = ("likes", "mentoin", "blocks", "Directed", "42", "follow,mention")
ROLES: Final = ("physician", "nurse", "patient", "journalist", "MD", "", "wizard")
WEIGHTS: Final = ("1", "2", "0.5", "3.0", "")
ODD_WEIGHTS: Final = ("0", "-1", "inf", "nan", "1e300", "1e-300", "1,5", "heavy", "NaN")

# What stands in JSON in the place of anything.
ODD_JSON: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 11.0, 1.43e18, 2**63, 2**64, 10**40, 1e-320, float("inf"),
    float("nan"), [], {}, [[]], [None], [{}], {"id": None}, {"": 1}, {"a": {"b": []}},
)  # fmt: skip


def some_id(rng: Random) -> str:
    """An id that other files name, too; sometimes a long one."""
    return rng.choice(LONG_IDS if rng.random() < 0.15 else IDS)


def handle(rng: Random) -> str:
    """A handle that other files name, too, in any case."""
    return rng.choice((str, str.upper, str.lower))(rng.choice(HANDLES))


def time(rng: Random) -> str:
    """A time in a form that is read."""
    return rng.choice(TIMES)


def odd_text(rng: Random) -> str:
    """A text that should surprise whoever reads it."""
    pool = rng.choice((ODD, ODD, ODD, ODD_TIMES, ODD_WEIGHTS, ODD_KINDS))
    text = rng.choice(pool)
    if rng.random() < 0.1:
        text += rng.choice(ODD)
    return text


def odd_json(rng: Random) -> Any:
    """A value that should not stand where it stands in JSON."""
    return copy.deepcopy(rng.choice(ODD_JSON)) if rng.random() < 0.5 else odd_text(rng)


def noise(rng: Random, size: int) -> bytes:
    """Bytes without any sense, or with a little."""
    if rng.random() < 0.5:
        return rng.randbytes(size)
    signs = b'{}[]",;:\n\r\t 0123456789idsourcetargetdata@\\\x00\xff'
    return bytes(rng.choice(signs) for _ in range(size))
