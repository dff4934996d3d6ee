"""Cases: a file, what is said of it, and what must come of it if that is certain.

Each case is made of the seed and its own number alone, so that any one of them can
be made again.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.model.files import Layout
from hcpgraph.model.names import FORMATS, LAYERS
from tests.fuzz import (
    mutations,
    packing,
    pages,
    parquet,
    plain_lists,
    tables,
    values,
)

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
_IN_A_WORKBOOK: Final = 0.08  # share of the tables
_RECODED: Final = 0.04
_ARCHIVED: Final = 0.06  # share of all files
_TOLD: Final = 0.8  # share of the files without headings that are told to be so
_MAPPINGS: Final = (
    *("tweets", "talkwalker", "tweets-by-name", "meltwater", "brandwatch", "twets"),
    *("", "nowhere.toml", "a/b"),
)
_LAYOUTS: Final = (
    Layout(encoding="utf-16"), Layout(encoding="cp1252"), Layout(separator=";"),
    Layout(decimal=","), Layout(header=2), Layout(header=99), Layout(sheet="Notes"),
    Layout(sheet="Sheet1", header=3),
)  # fmt: skip
_OPTIONS: Final = {"max_rejected": "--max-rejected", "mapping": "--map"}
_TABLES: Final = {**tables.RECIPES, **plain_lists.RECIPES}


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
        found = ["--quiet"] if self.quiet else []
        for name, value in self.said.items():
            if isinstance(value, Layout):
                found += _layout_words(value)
            else:
                found += [_OPTIONS.get(name, f"--{name}"), str(value)]
        return found


def make(seed: int, number: int) -> Case:
    """The case of that number."""
    rng = Random(f"{seed}:{number}")
    recipe, data, expect = _content(rng)
    said = _said(rng)
    if recipe in plain_lists.SAID and rng.random() < _TOLD:
        said |= plain_lists.SAID[recipe]
    if rng.random() < _ARCHIVED:
        recipe, data, expect = (
            f"{recipe} in an archive",
            packing.archived(rng, data),
            None,
        )
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
    recipe = rng.choice(list(_TABLES))
    table = _TABLES[recipe](rng)
    expect = table.expect
    if deep:
        mutations.harm_table(rng, table)
    if recipe in {"ties", "plain_ties"} and rng.random() < _PARQUET:
        # types are drawn without regard to what the columns mean
        return f"{recipe} in Parquet", parquet.to_bytes(rng, table), None
    draw = rng.random()
    if draw < _IN_A_WORKBOOK:
        return f"{recipe} in a workbook", packing.workbook(rng, table), None
    if draw < _IN_A_WORKBOOK + _RECODED:
        return f"{recipe} recoded", packing.encoded(rng, table.to_bytes()), None
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
    if said.keys() - {"layer", "max_rejected"}:
        return None  # what is said may be wrong
    if expect[0] == "refuse unless --layer":
        return None if "layer" in said else ("refuse", expect[1])
    return expect


# Option -> how often it is given, and what it may be.
_SAID: Final[Mapping[str, tuple[float, tuple[Any, ...]]]] = {
    "format": (0.2, FORMATS),
    "layer": (0.4, LAYERS),
    "platform": (0.15, _PLATFORMS),
    "ids": (0.2, ("native", "handle")),
    "ego": (0.2, (*values.IDS[:4], *_EGOS)),
    "max_rejected": (0.4, _SHARES),
    "mapping": (0.06, _MAPPINGS),
    "layout": (0.06, _LAYOUTS),
    "relation": (0.1, ("followers", "following", "friends")),
    "area": (0.1, ("asthma", "breast-cancer", "astma", "")),
}


def _said(rng: Random) -> dict[str, Any]:
    """Options, most of them left out most of the time."""
    return {
        name: rng.choice(pool)
        for name, (share, pool) in _SAID.items()
        if rng.random() < share
    }


def _layout_words(layout: Layout) -> list[str]:
    """A layout as the command takes it."""
    told = {
        name: getattr(layout, name)
        for name in ("encoding", "separator", "decimal", "header", "sheet")
        if getattr(layout, name) != getattr(Layout(), name)
    }
    return [word for n, value in told.items() for word in ("--layout", f"{n}={value}")]


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
