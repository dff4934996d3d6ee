"""Cases: a file, what is said of it, and what must come of it if that is certain.

Each case is made of the seed and its own number alone, so that any one of them can
be made again.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.model.names import FORMATS, LAYERS
from tests.fuzz import mutations, pages, parquet, tables, values

if TYPE_CHECKING:
    from collections.abc import Mapping

_AS_IT_IS: Final = 0.2  # share of files without any damage
_PARQUET: Final = 0.15  # share of the tables of ties that are written as Parquet
_EGOS: Final = ("7", "@ada", "@", "", " ", "7.0", "a b", "'); --", "$id", "nan")
_PLATFORMS: Final = (
    "x",
    "bluesky",
    "mastodon.social",
    "X",
    "",
    "a b",
    "x:y",
    "$p",
    "'",
)
_SHARES: Final = (0.0, 0.05, 0.5, 1.0)


@dataclass(frozen=True)
class Case:
    """One file to import.

    Attributes:
        seed: of the run.
        number: which case of the seed.
        recipe: what the file was before it was damaged.
        name: under which it is stored.
        data: its bytes.
        said: what is said of it, as keywords of ``ImportOptions``.
        quiet: whether the command is to be quiet.
        by_command: whether the command imports it, else the library.
        expect: "accept" or "refuse" where only one can be right, with the reason.
        rng: for what is looked at afterwards.
    """

    seed: int
    number: int
    recipe: str
    name: str
    data: bytes
    said: Mapping[str, Any]
    quiet: bool
    by_command: bool
    expect: tuple[str, str] | None
    rng: Random

    def words(self) -> list[str]:
        """The options of ``hcpgraph import``."""
        names = {"max_rejected": "--max-rejected"}
        found = ["--quiet"] if self.quiet else []
        for name, value in self.said.items():
            found += [names.get(name, f"--{name}"), str(value)]
        return found


def make(seed: int, number: int) -> Case:
    """The case of that number."""
    rng = Random(f"{seed}:{number}")
    recipe, data, expect = _content(rng)
    said = _said(rng)
    name = _name(rng, number)
    if not _is_text(name):  # refused, whatever the file holds
        expect = None
    return Case(
        seed=seed,
        number=number,
        recipe=recipe,
        name=name,
        data=data,
        said=said,
        quiet=rng.random() < 0.1,
        by_command=rng.random() < 0.5,
        expect=_certain(expect, data, said),
        rng=rng,
    )


def _content(rng: Random) -> tuple[str, bytes, tuple[str, str] | None]:
    """A file, perhaps a damaged one: its recipe, its bytes, what must come of it."""
    draw = rng.random()
    if draw < 0.03:
        return "noise", values.noise(rng, rng.choice((0, 1, 3, 12, 300, 5000))), None
    harmed = rng.random() > _AS_IT_IS
    deep = harmed and rng.random() < 0.75  # else the damage is to bytes alone
    if draw < 0.55:
        recipe, data, expect = _of_table(rng, deep=deep)
    else:
        recipe, data, expect = _of_document(rng, deep=deep)
    if not harmed:
        return recipe, data, expect
    if not deep or rng.random() < 0.25:
        data = mutations.harm_bytes(rng, data)
    return recipe, data, None


def _of_table(rng: Random, *, deep: bool) -> tuple[str, bytes, tuple[str, str] | None]:
    recipe = rng.choice(list(tables.RECIPES))
    table = tables.RECIPES[recipe](rng)
    expect = table.expect
    if deep:
        mutations.harm_table(rng, table)
    if recipe in {"ties", "plain_ties"} and rng.random() < _PARQUET:
        # types are drawn without regard to what the columns mean
        return f"{recipe} in Parquet", parquet.to_bytes(rng, table), None
    return recipe, table.to_bytes(), expect


def _of_document(
    rng: Random, *, deep: bool
) -> tuple[str, bytes, tuple[str, str] | None]:
    recipe = rng.choice(list(pages.RECIPES))
    document = pages.RECIPES[recipe](rng)
    if not deep:
        return recipe, document.to_bytes(), document.expect
    mutations.harm_document(rng, document)
    return recipe, mutations.harm_json(rng, document.to_bytes()), None


def _certain(
    expect: tuple[str, str] | None, data: bytes, said: Mapping[str, Any]
) -> tuple[str, str] | None:
    """What must come of the file, given what is said of it."""
    if mutations.is_damaged_gzip(data):
        return "refuse", "damaged gzip"
    if expect is None or expect[0] == "refuse":
        return expect
    if {"format", "ids", "ego", "platform"} & said.keys():
        return None  # what is said may be wrong
    if expect[0] == "refuse unless --layer":
        return None if "layer" in said else ("refuse", expect[1])
    return expect


def _said(rng: Random) -> dict[str, Any]:
    """Options, most of them left out most of the time."""
    said: dict[str, Any] = {}
    if rng.random() < 0.2:
        said["format"] = rng.choice(FORMATS)
    if rng.random() < 0.4:
        said["layer"] = rng.choice(LAYERS)
    if rng.random() < 0.15:
        said["platform"] = rng.choice(_PLATFORMS)
    if rng.random() < 0.2:
        said["ids"] = rng.choice(("native", "handle"))
    if rng.random() < 0.2:
        said["ego"] = rng.choice((*values.IDS[:4], *_EGOS))
    if rng.random() < 0.4:
        said["max_rejected"] = rng.choice(_SHARES)
    return said


_ODD_NAMES: Final = (
    "a b", "it's", 'say "x"', "a*b", "a?b", "a[1-9]", "$name", "${x}", "a{b,c}", "%s",
    f"a\n{values.FORGED}", f"a\r{values.FORGED}", "a\x1b[31mb", "\u202ea", "a\u2028b",
    "\u674e", "a;b", "a,b", "caf\udce9", "x" * 200, "-v", "~", "a\tb", "#a", "a\\b",
)  # fmt: skip
_ENDINGS: Final = (".csv", ".jsonl", ".json", ".gz", ".parquet", ".txt", ".tsv", "")


def _name(rng: Random, number: int) -> str:
    """A file name: mostly plain, its ending without meaning."""
    odd = rng.choice(_ODD_NAMES) if rng.random() < 0.08 else ""
    return f"{number}{odd}{rng.choice(_ENDINGS)}"


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
