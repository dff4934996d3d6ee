"""Texts for people are in the field's terms, and private words do not come back.

The glossary joins the terms of network science and statistics with what they mean. A
private word beside it ("voices" for activity time, "heard" for followed, "foretold" for
predicted) is a word that a reader can look up nowhere.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from hcpgraph.cli import main

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "hcpgraph"
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
# private word -> the field's; read as regular expressions, case set aside
PRIVATE = {
    r"those (?:who|whom|to whom)": "a noun: followers, responders, candidates",
    r"whom|whoever": "a noun: the audience, contacts, people of the list",
    r"foretell\w*|foretold|foresee\w*": "predict",
    r"luck(?:y|ily)?": "noise, sampling error",
    r"(?:drawn|worked out|computed) anew|redrawn": "resampled, again",
    r"by chance|chances?(?! agreement)": "probability, at random",
    r"moments?": "cut-off; time",
    r"acts?(?! on\b)": "interaction",
    r"attend(?:s|ed|ing)?(?! with\b)": "follow or respond to; in-neighbours",
    r"hear(?:s|d)?": "follow or respond to; responders",
    r"listen(?:s|ed|ing)?": "follow or respond to; audience",
    r"voices": "activity time; accounts",
    r"heed(?:s|ed)?": "respond to",
    r"the record": "the period, the data",
    r"thin(?! lines?\b)": "sparse",
    r"halved": "half-life",
    r"(?:first|top) tenth": "top decile",
    r"hindsight": "the ideal order",
    r"held back": "not listed; held out",
    r"speaks? up|spoke up": "post",
    r"pass(?:es)? on": "repost",
    r"plain counts?": "baseline",
    r"moved? by|moves (?:one|others|them)": "updated on; changed; activate",
    r"as if \S+ accounts": "effective number",
    r"says? of|said of|told": "a noun and a verb of the field",
    r"comes? to|stands? (?:by|beside|for|there)": "is, has, equals",
}
_PRIVATE = re.compile(rf"\b(?:{'|'.join(PRIVATE)})\b", re.IGNORECASE)
COMMANDS = tuple(main.list_commands(None))  # type: ignore[arg-type]  # names need no context
DOCS = (
    *("README.md", "figures/README.md"),
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").rglob("*.md"))),
)
MODULES = sorted(PACKAGE.rglob("*.py"))
# bios and posts of invented people are in their own words, not in ours
INVENTED = {PACKAGE / "demo" / "people.py", PACKAGE / "demo" / "text.py"}
SENTENCES = [path for path in MODULES if path not in INVENTED]
# what finds words in bios, such as "patient voices", is no sentence
_PATTERN = re.compile(r"\\[bswd]|\(\?:")


def found_in(text):
    """The private words of a text, each with some words around it."""
    return [
        " ".join(text[max(hit.start() - 30, 0) : hit.end() + 30].split())
        for hit in _PRIVATE.finditer(text)
    ]


def docstrings(tree):
    """The constants that are docstrings or stand alone as a statement."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def sentences(path):
    """The texts of a module that can reach a reader: strings of two words or more."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = docstrings(tree)
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in skipped
        and len(node.value.split()) > 1
        and not _PATTERN.search(node.value)
        and not node.value.lstrip().lower().startswith(("select", "with ", "create"))
    ]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_the_terms_of_the_field(command):
    """A person in medical affairs reads it without a dictionary of ours."""
    shown = CliRunner().invoke(main, [*filter(None, [command]), "--help"]).output

    assert found_in(" ".join(shown.split())) == []


@pytest.mark.parametrize(
    "path", SENTENCES, ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_messages_are_in_the_terms_of_the_field(path):
    """Notes, errors, reasons, captions and titles, wherever they are written."""
    assert [hit for text in sentences(path) for hit in found_in(text)] == []


@pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_first_sentences_are_in_the_terms_of_the_field(path):
    """What an editor shows of a module, a class or a function as one hovers over it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    texts = [ast.get_docstring(n) or "" for n in ast.walk(tree) if isinstance(n, kinds)]

    assert [hit for text in texts for hit in found_in(text.split("\n\n")[0])] == []


@pytest.mark.parametrize("name", DOCS)
def test_docs_are_in_the_terms_of_the_field(name):
    """What is set as code is a name, and names of columns and signals stay."""
    text = (ROOT / name).read_text(encoding="utf-8")
    text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", " ", text, flags=re.DOTALL)

    assert found_in(text) == []


@pytest.mark.parametrize("name", ["page/report.html", "built/report.js"])
def test_the_page_is_in_the_terms_of_the_field(name):
    """Its headings, legends and explanations, and what its program adds."""
    text = (PACKAGE / "reports" / name).read_text(encoding="utf-8")
    if name.endswith(".js"):
        text = "\n".join(re.findall(r'"([\w ,.:;%-]+ [\w ,.:;%-]+)"', text))
    else:
        text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", " ", text, flags=re.DOTALL)

    assert found_in(text) == []


def test_a_private_word_would_be_found():
    """The guard is no net with holes: the sentences that it replaced are caught."""
    old = (
        "57 accounts listen to them and to nobody known or listed above",
        "worth 16.8 responders of today, each halved with every half of the record",
        "the prior that comes with hcpgraph, moved by 3 moments of the own past",
        "said of people 5.3%, seen 6.1%",
        "one chance in five to enter the first tenth",
        "people moved by more than luck explains",
        "How well past rankings foretold attention",
        "Row: whose attention; column: by whom it is heard",
    )
    assert [text for text in old if not found_in(text)] == []


@pytest.mark.parametrize(
    "term",
    [
        *("follower", "mention", "tie", "layer", "community", "cut-off", "half-life"),
        *("percentile", "responder", "resample", "baseline", "sparse", "modularity"),
        *("audience", "endorser", "tier", "introducer", "known", "contribution"),
        *("counterfactual", "momentum", "burst", "top decile", "out-degree"),
        *("influence probability", "independent cascade", "linear threshold"),
        *("weighted cascade", "optimality bound", "quota", "local influencer"),
        *("p-value", "precision", "ndcg", "backbone", "resolution"),
        *("coordinated amplification", "interval", "prospect", "response"),
    ],
)
def test_terms_of_help_and_notes_are_in_the_glossary(term):
    """What a text uses can be looked up in one place."""
    assert re.search(rf"\b{re.escape(term)}", GLOSSARY, re.IGNORECASE)
