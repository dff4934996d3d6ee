"""Commands over a small study, with options that nobody should give."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from hcpgraph.model.names import (
    AUDIENCES,
    EXPORTS,
    FIGURES,
    FORMATS,
    MEASURES,
    ROLES,
)
from hcpgraph.study import Study
from tests.fuzz import faults, mutations, tables, values
from tests.fuzz.faults import Fault
from tests.fuzz.sessions import run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TIES: Final = """\
source,target,kind,timestamp,area
1,9,mention,2025-01-01T10:00:00Z,asthma
2,9,mention,2025-01-02T10:00:00Z,asthma
3,9,reply,2025-01-03T10:00:00Z,asthma
4,9,repost,2025-02-01T10:00:00Z,asthma
9,3,mention,2025-02-02T10:00:00Z,asthma
2,3,quote,2025-02-03T10:00:00Z,asthma
4,2,mention,2025-03-01T10:00:00Z,copd
1,9,follow,,
2,9,follow,,
"""
_ROSTER: Final = """\
id,handle,name,role,specialty,institution,country
9,nina,Nina Nine,physician,Pulmonology,Lakeside Clinic,Norway
3,theo,Theo Three,nurse,Pulmonology,Hill Hospital,Norway
2,tara,Tara Two,researcher,Immunology,Hill Hospital,Chile
4,acme,Acme Inhalers,company,,,
"""
_TOML: Final = b'[my-area]\nname = "Mine"\nterms = ["mine", "gold"]\nmesh = "D000001"\n'

_AREAS: Final = ("asthma", "copd", "all", "astma", "ASTHMA", "ast\u0127ma", "a" * 300)
_DATES: Final = ("2025-01-01", "2025-02-01", "2025-03-15", "2025-01-01T00:00:00Z")
_PEOPLE: Final = ("9", "@nina", "x:9", "@NINA", "nobody", "4", "x:", ":9", "@")
_NUMBERS: Final = (
    "1", "3", "25", "0", "-1", "1.5", "2147483648", "9" * 19, "9" * 30, "nan", "inf",
    "", "1e3", "\u0661", "x",
)  # fmt: skip
_SHARES: Final = (
    "0.1",
    "0.5",
    "1",
    "0",
    "-1",
    "nan",
    "inf",
    "-inf",
    "1e-300",
    "1e300",
    "x",
)
_WEIGHTS: Final = (
    "reach=0.5", "reach=0", "reach=-1", "reach=nan", "reach=inf", "reach=1e308",
    "reach", "=1", "raech=1", "reach=", "=", "authority=1e-320", "a=b=c",
)  # fmt: skip
_LAYERS: Final = (
    "follow", "mention,reply=2", "nomination=0.5,coauthor", "mentoin", "mention=0",
    "mention=-1", "mention=nan", "mention=1e308", "mention=1e-320", "mention,mention=2",
    "", ",", "=1", "mention=", " mention = 2 , reply ",
)  # fmt: skip
_FAMILIES: Final = (
    "social,nominated", "scientific,social", "social", "social,social", "x,y", "", ",",
)  # fmt: skip
_LIMITS: Final = (
    "institution=1", "country:Norway=1", "country:=0", "team=-1", "x=1", "institution",
    "kind:leader=99999999999", "country:Norway=nan", ":=", "community=1", "region:x=0",
)  # fmt: skip
_MIXES: Final = ("leader=1", "leader=1,voice=1", "leader", "x=1", "leader=-1", ",", "=")
_PERIODS: Final = (
    "2025-01-01..2025-02-01", "..2025-02-01", "2025-02-01..", "..", "2025-01-01", "",
    "2025-02-01..2025-01-01", "a..b", "2025-01-01..2025-02-01..2025-03-01",
)  # fmt: skip
_LAYOUTS: Final = (
    "separator=;", "header=2", "header=0", "sheet=x", "encoding=utf-16", "encoding=x",
    "decimal=,", "separator", "=", "header=1e9", "separator=,,",
)  # fmt: skip
_OUTS: Final = (
    "out.csv", "out.json", "out.parquet", "out.txt", "out.png", "out.svg", "out.pdf",
    "out.html", "out.xlsx", "out.gexf", "out.graphml", "out.xyz", "out", "no/out.csv",
    "folder", "s.study", "x" * 300 + ".csv", "a\nb.csv", ".csv", "OUT.CSV", "-",
)  # fmt: skip


def _people_file(rng: Random) -> str:
    return rng.choice(
        ("people.csv", "people.csv", "people.csv", "nowhere.csv", "folder")
    )


_OPTIONS: Final[Mapping[str, Callable[[Random], str]]] = {
    "--area": lambda rng: rng.choice(_AREAS),
    "--since": lambda rng: rng.choice(_DATES),
    "--until": lambda rng: rng.choice(_DATES),
    "--audience": lambda rng: rng.choice((*AUDIENCES, "none")),
    "--country": lambda rng: rng.choice(("Norway", "NORWAY", "x", "")),
    "--specialty": lambda rng: rng.choice(("Pulmonology", "x", "")),
    "--role": lambda rng: rng.choice((*ROLES, "x")),
    "--top": lambda rng: rng.choice(_NUMBERS),
    "--by": lambda rng: rng.choice(("score", *MEASURES, "pagernak", "")),
    "--resamples": lambda rng: rng.choice(("0", "1", "2", "-1", "x")),
    "--weight": lambda rng: rng.choice(_WEIGHTS),
    "--layers": lambda rng: rng.choice(_LAYERS),
    "--families": lambda rng: rng.choice(_FAMILIES),
    "--seed": lambda rng: rng.choice(_NUMBERS),
    "--format": lambda rng: rng.choice(("table", "csv", "json", "xml")),
    "-o": lambda rng: rng.choice(_OUTS),
    "--known": _people_file,
    "--exclude": _people_file,
    "--include": _people_file,
    "--budget": lambda rng: rng.choice(_NUMBERS[:7]),
    "--at-most": lambda rng: rng.choice(_LIMITS),
    "--at-least": lambda rng: rng.choice(_LIMITS),
    "--mix": lambda rng: rng.choice(_MIXES),
    "--probability": lambda rng: rng.choice(("learned", "weighted", *_SHARES)),
    "--model": lambda rng: rng.choice(("ic", "lt", "x")),
    "--error": lambda rng: rng.choice(_SHARES[:-3]),
    "--resolution": lambda rng: rng.choice(_SHARES),
    "--at": lambda rng: rng.choice(_DATES),
    "--before": lambda rng: rng.choice(_PERIODS),
    "--after": lambda rng: rng.choice(_PERIODS),
    "--dpi": lambda rng: rng.choice(("36", "72", "35", "1201", "nan")),
    "--page": lambda rng: rng.choice(("slide", "print", "x")),
    "--name": lambda rng: rng.choice(values.NAMES),
    "--set": lambda rng: rng.choice(("area.toml", "default", "nowhere.toml")),
    "--check": lambda rng: rng.choice(("people.csv", "area.toml", "s.study", "folder")),
    "--add": lambda rng: rng.choice(("area.toml", "area.toml", "nowhere.toml")),
    "--allow-unmatched": lambda rng: "",
    "--gaps": lambda rng: rng.choice(_AREAS),
    "--map": lambda rng: rng.choice(("tweets", "brandwatch", "twets", "area.toml", "")),
    "--layout": lambda rng: rng.choice(_LAYOUTS),
    "--read-as": lambda rng: rng.choice((*FORMATS, "x")),
    "--suggest": lambda rng: rng.choice(("map.toml", "no/map.toml", "folder")),
}
_FLAGS: Final = (
    "--anyone",
    "--all",
    "--hide",
    "--show",
    "--quiet",
    "--allow-unmatched",
)
_PERIOD: Final = ("--area", "--since", "--until", "--audience")
_WHO: Final = (*_PERIOD, "--country", "--specialty", "--role")
_OUT: Final = ("--format", "-o")
_LISTS: Final = ("--known", "--exclude", "--budget")

# command -> what it is asked besides the study, and the options that it takes
_COMMANDS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "rank": (
        "",
        (*_WHO, *_OUT, "--top", "--by", "--resamples", "--weight", "--layers",
         "--seed"),
    ),
    "explain": (
        "person", (*_WHO, "--resamples", "--weight", "--layers", "--seed", *_OUT)
    ),
    "prospects": (
        "",
        (*_WHO, *_LISTS, *_OUT, "--include", "--at-most", "--at-least", "--mix",
         "--anyone", "--probability", "--model", "--error", "--allow-unmatched"),
    ),
    "figure": (
        "figure", (*_PERIOD, *_LISTS, "--top", "--families", "--page", "--dpi", "-o")
    ),
    "export": ("export", (*_PERIOD, *_LISTS, "--top", "--seed", "-o")),
    "compare": (
        "", ("--area", *_WHO[3:], "--at", "--before", "--after", "--layers", *_OUT)
    ),
    "rising": ("", (*_WHO, "--top", "--layers", "--seed", *_OUT)),
    "communities": ("", (*_PERIOD, "--resolution", "--seed", *_OUT)),
    "find": ("text", ("--top", *_OUT)),
    "areas": ("", ("--add", "--all", *_OUT)),
    "backtest": ("", (*_PERIOD, "--top", "--layers", *_OUT)),
    "info": ("", ("--format", "--gaps", "--top", "-o")),
    "inspect": ("people", ("--format", "--map", "--layout", "--read-as", "--suggest")),
    "correct": ("person", ("--role", "--name", "--hide", "--show")),
    "remove": ("file", ()),
    "policy": ("", ("--set", "--check", *_OUT)),
    "report": ("", (*_PERIOD, *_LISTS, "--top", "-o")),
}  # fmt: skip
_SLOW: Final = ("figure", "report", "backtest")  # asked more seldom


@dataclass(frozen=True)
class Question:
    """One command with its words.

    Attributes:
        number: which question of the seed.
        words: the command, the study as ``{}``, and its options.
        people: the list of people that some options name.
        vocabulary: the areas that one option names.
    """

    number: int
    words: tuple[str, ...]
    people: bytes
    vocabulary: bytes


def make(seed: int, number: int) -> Question:
    """The question of that number."""
    rng = Random(f"question {seed}:{number}")
    name = rng.choice(list(_COMMANDS))
    if name in _SLOW and rng.random() < 0.6:
        name = "rank"
    kind, options = _COMMANDS[name]
    words = [name, "{}", *_asked(rng, kind)]
    for option in rng.sample(options, min(len(options), rng.randint(0, 4))):
        words.append(option)
        if option not in _FLAGS:
            words.append(_value(rng, option))
    if name in {"figure", "export", "report"} and "-o" not in words:
        words += ["-o", rng.choice(_OUTS)]
    if rng.random() < 0.02:
        words.append(values.odd_text(rng).replace("\0", ""))
    people = tables.people(rng)
    if rng.random() < 0.6:
        mutations.harm_table(rng, people)
    listed = people.to_bytes()
    if rng.random() < 0.2:
        listed = mutations.harm_bytes(rng, listed)
    vocabulary = _TOML if rng.random() < 0.3 else mutations.harm_bytes(rng, _TOML)
    return Question(number, tuple(words), listed, vocabulary)


# What a command asks about besides the study -> what that may be.
_ABOUT: Final[Mapping[str, Callable[[Random], str]]] = {
    "person": lambda rng: _value(rng, "person"),
    "text": lambda rng: _value(rng, "text"),
    "people": lambda rng: rng.choice(("people.csv", "area.toml", "folder", "nowhere")),
    "figure": lambda rng: rng.choice(FIGURES),
    "export": lambda rng: rng.choice(tuple(EXPORTS)),
    "file": lambda rng: rng.choice(("ties.csv", "nowhere", "", "roster.csv", "0", "%")),
}


def _asked(rng: Random, kind: str) -> list[str]:
    return [_ABOUT[kind](rng)] if kind else []


def _value(rng: Random, option: str) -> str:
    """A value for an option; now and then one for no option at all."""
    if rng.random() < 0.12 and option != "-o":
        return values.odd_text(rng).replace("\0", "")  # no shell can hand that over
    if option == "person":
        return rng.choice(_PEOPLE)
    if option == "text":
        return rng.choice(("nina", "%", "_", "", "'", "\\", "hospital", "."))
    return _OPTIONS[option](rng)


class Asking:
    """A small study that questions are asked of, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder.parent / f"{folder.name}.template"
        self._make()

    def _make(self) -> None:
        for name, text in (("ties.csv", _TIES), ("roster.csv", _ROSTER)):
            path = self._template.parent / name
            path.write_text(text, encoding="utf-8")
            Study(self._template).add(path)

    def begin(self) -> None:
        """Begin with a study as it was made."""
        shutil.rmtree(self._folder, ignore_errors=True)
        (self._folder / "folder").mkdir(parents=True)
        shutil.copyfile(self._template, self._folder / "s.study")

    def judge(self, question: Question) -> list[Fault]:
        """Ask, from within the folder; gives everything that is wrong."""
        (self._folder / "people.csv").write_bytes(question.people)
        (self._folder / "area.toml").write_bytes(question.vocabulary)
        words = ["s.study" if word == "{}" else word for word in question.words]
        result, found = run(*words)
        name = words[0]
        told = f"stdout of {name}"
        if not {"csv", "json", "-o"} & set(words):
            found += faults.of_screen(result.stdout, told)
        if name == "info" and "json" in words and not result.exit_code:
            json.loads(result.stdout)
        opened, wrong = run("info", "s.study")
        if opened.exit_code:
            found.append(Fault.of(f"the study does not open after {name}", words))
            self.begin()
        return found + wrong
