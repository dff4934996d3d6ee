"""Commands drawn at random, run for a viewer drawn at random."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING

from click.testing import CliRunner
from hypothesis import strategies as st

from hcpgraph.cli import main
from hcpgraph.model.columns import LISTS
from hcpgraph.store import Store
from tests.viewers.judging import Rules, head_of, leaks, strays
from tests.viewers.world import EVERYBODY, ROLES

if TYPE_CHECKING:
    from pathlib import Path

_NAMES = sorted({column.name for columns in LISTS.values() for column in columns})
_PATTERNS = ("rank*", "*_handle", "s*", "at_*", "?core")
_WHO = ("id", "handle", "name", "rank", "score", "country", "reason")
_KINDS = ("csv", "json", "parquet", "table")
AREA = ("--area", "breast-cancer")
# list -> a command that writes it, but for what is drawn
COMMANDS = {
    "rank": ("rank", "--resamples", "5"),
    "communities": ("communities",),
    "prospects": ("prospects", "--budget", "4", "--known", "known.csv"),
    "compare": ("compare", "--at", "2025-07-01"),
    "rising": ("rising",),
    "find": ("find",),
    "gaps": ("info", "--gaps", "breast-cancer"),
    "nodes": ("export", "nodes"),
    "ties": ("export", "ties"),
    "evidence": ("export", "evidence"),
}
OTHERS = (
    ("explain", "table"), ("explain", "json"), ("info", "json"), ("areas", "csv"),
    ("gexf", "gexf"), ("graphml", "graphml"), ("graphology", "json"),
    ("rejects", "table"), ("correct", "table"),
)  # fmt: skip


def names() -> st.SearchStrategy[tuple[str, ...]]:
    """Columns as a policy names them; those that tell who somebody is, more often."""
    one = st.sampled_from(_WHO) | st.sampled_from(_NAMES) | st.sampled_from(_PATTERNS)
    return st.lists(one, max_size=12, unique=True).map(tuple)


def rules() -> st.SearchStrategy[Rules]:
    """A viewer: some columns, without some of them, of some people."""
    fields = ("country", "region", "institution", "specialty")
    values = {
        field: st.lists(
            st.sampled_from(sorted({one.cells[field] for one in EVERYBODY})),
            min_size=1, max_size=8, unique=True,
        ).map(lambda some: tuple(value.upper() for value in some))
        for field in fields
    }  # fmt: skip
    values["role"] = st.lists(st.sampled_from(sorted(ROLES.values())), min_size=1).map(
        tuple
    )
    rows = st.fixed_dictionaries({}, optional=values).filter(lambda r: len(r) < 3)
    return st.builds(
        Rules, st.none() | names(), st.just(()) | names(), st.just({}) | rows
    )


def commands() -> st.SearchStrategy[tuple[str, str, tuple[str, ...]]]:
    """(list or name, kind of file, words) of a command."""
    person = st.sampled_from(EVERYBODY).flatmap(
        lambda one: st.sampled_from((one.cells["id"], f"@{one.cells['handle']}"))
    )
    part = st.sampled_from(EVERYBODY).flatmap(
        lambda one: st.sampled_from([cell[:5] for cell in one.cells.values()])
    )
    more = st.sampled_from(((), ("--audience", "all"), ("-q",), AREA))
    filtered = st.sampled_from(EVERYBODY).flatmap(
        lambda one: st.sampled_from(
            (
                (), ("--country", one.cells["country"]), ("--role", one.role),
                ("--specialty", one.cells["specialty"]), ("--by", "in_degree"),
                ("--weight", "reach=2"), ("--layers", "follow"),
            )
        )
    )  # fmt: skip
    listed = st.tuples(
        st.sampled_from(sorted(COMMANDS)), st.sampled_from(_KINDS), part, more, filtered
    ).map(_of_list)
    other = st.tuples(st.sampled_from(OTHERS), person).map(_of_other)
    return listed | other


def of_list(listing: str, kind: str = "csv") -> tuple[str, str, tuple[str, ...]]:
    """The plain command that writes a list."""
    command, *words = COMMANDS[listing]
    first = ("zz",) if listing == "find" else ()
    return listing, kind, (command, "s.duckdb", *first, *words)


def _of_list(drawn: tuple) -> tuple[str, str, tuple[str, ...]]:
    listing, kind, part, more, filtered = drawn
    command, *words = COMMANDS[listing]
    if command == "export" and kind == "table":
        kind = "csv"
    if listing == "find":
        more = more if more == ("-q",) else ()
    if listing in {"gaps"} or (command == "export" and "all" in more):
        more = ()
    if listing not in {"rank", "prospects"}:
        filtered = ()
    if listing == "prospects" and filtered[:1] in {
        ("--by",),
        ("--weight",),
        ("--layers",),
    }:
        filtered = ("--at-most", "country=1")
    first = (part,) if listing == "find" else ()
    return listing, kind, (command, "s.duckdb", *first, *words, *more, *filtered)


def _of_other(drawn: tuple) -> tuple[str, str, tuple[str, ...]]:
    (name, kind), person = drawn
    words = {
        "explain": ("explain", "s.duckdb", person, "--resamples", "5"),
        "correct": ("correct", "s.duckdb", person, "--role", "nurse"),
        "rejects": ("info", "s.duckdb"),
        "info": ("info", "s.duckdb", "--format", "json"),
        "areas": ("areas", "s.duckdb", "--format", "csv"),
    }.get(name, ("export", "s.duckdb", name))
    return name, kind, words


def put_in_force(study: Path, drawn: Rules) -> None:
    """Set the policy of a study."""
    with Store.open(study, write=True) as store:
        store.write_policy(drawn.toml(), datetime(2025, 1, 1))  # noqa: DTZ001 - as stored


def outputs_of(
    folder: Path, command: tuple[str, str, tuple[str, ...]]
) -> dict[str, bytes]:
    """Everything that a command says and writes, by name."""
    _, kind, words = command
    out = folder / f"out.{'txt' if kind == 'table' else kind}"
    writes = words[0] not in {"info", "areas", "correct"} or "--gaps" in words
    how = ("-o", out.name) if writes else ()
    with contextlib.chdir(folder):
        result = CliRunner().invoke(main, [*words, *how, "--as", "drawn"])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code in {0, 1}, (words, result.output)
    found = {"stdout": result.stdout_bytes, "stderr": result.stderr.encode()}
    for path in (out, folder / f"{out.name}.provenance.json"):
        if path.exists():
            found[path.name] = path.read_bytes()
            path.unlink()
    return found


def faults(
    drawn: Rules, command: tuple[str, str, tuple[str, ...]], outputs: dict[str, bytes]
) -> list:
    """What an output holds that the viewer may not see; words typed are one's own."""
    listing, kind, words = command
    typed = " ".join(words).casefold()
    found: list = [one for one in leaks(drawn, outputs) if one[1] not in typed]
    written = outputs.get(f"out.{kind}")
    if listing in COMMANDS and written is not None and kind != "table":
        found += strays(drawn, listing, head_of(written, kind))
    return found
