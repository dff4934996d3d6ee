"""How results leave: data on stdout or in a file, all else on stderr."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from hcpgraph.cli.examples import is_quiet
from hcpgraph.cli.options import FORMATS
from hcpgraph.model.table import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from hcpgraph.model.table import Cell, Table
    from hcpgraph.study import Study

_DIGITS = 3  # of a score on screen; files have more


def emit(
    table: Table,
    *,
    study: Study,
    format_name: str | None,
    out: Path | None,
    parameters: Mapping[str, object],
) -> None:
    """Print *table*, or write it to *out* with its provenance beside it."""
    from hcpgraph.study import saving  # noqa: PLC0415 - numpy waits for a command

    chosen = choose_format(format_name, out)
    if chosen == "parquet" and out is None and sys.stdout.isatty():
        raise click.UsageError("parquet is not for screens: write it with -o FILE")
    if chosen == "table":
        content = as_text(table).encode()
    else:
        content = saving.render(table, chosen)
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)  # UTF-8 and LF on every console
        return
    beside = saving.save(study, content, out, parameters)
    say([f"wrote {out} and {beside}"])


def choose_format(format_name: str | None, out: Path | None) -> str:
    """The format asked for, else that of the file's name, else a table."""
    if format_name:
        return format_name
    suffix = out.suffix.lstrip(".").lower() if out is not None else "txt"
    if suffix not in (*FORMATS, "txt"):
        kinds = ", ".join(f".{name}" for name in (*FORMATS[1:], "txt"))
        raise click.UsageError(f"{out}: end the name in {kinds}, or say --format")
    return suffix if suffix in FORMATS else "table"


def say(lines: Iterable[str]) -> None:
    """Facts about the result, for people, on stderr; none if they want it quiet."""
    if not is_quiet():
        complain(lines)


def complain(lines: Iterable[str]) -> None:
    """What went wrong, on stderr, however quiet it is to be."""
    for line in lines:
        click.echo(line, err=True)


def as_text(table: Table) -> str:
    """The table as people read it; columns without any value are left out."""
    shown = {
        name: [_brief(cell) for cell in cells]
        for name, cells in table.columns.items()
        if any(cell is not None for cell in cells) or not cells
    }
    right = [name for name in shown if _is_numeric(table[name])]
    if sys.stdout.isatty():
        return _fitted(shown, right)
    return _laid_out(shown, right)


def _is_numeric(cells: Sequence[Cell]) -> bool:
    return all(isinstance(cell, int | float) or cell is None for cell in cells)


def _laid_out(shown: Mapping[str, Sequence[str]], right: Sequence[str]) -> str:
    """Columns as wide as they need to be, for pipes and files."""
    from rich.cells import cell_len  # noqa: PLC0415 - wide letters take two places

    columns, widths = [], []
    for name, texts in shown.items():
        sizes = [cell_len(text) for text in (name, *texts)]
        width = max(sizes)
        gaps = (" " * (width - size) for size in sizes)
        pairs = zip((name, *texts), gaps, strict=True)
        columns.append([gap + t if name in right else t + gap for t, gap in pairs])
        widths.append(width)
    rule = "─" * (sum(widths) + 3 * (len(widths) - 1))
    head, *rows = (f" {'   '.join(row)}".rstrip() for row in zip(*columns, strict=True))
    return "\n".join([head, f" {rule}", *rows]) + "\n"


def _fitted(shown: Mapping[str, Sequence[str]], right: Sequence[str]) -> str:
    """Columns cut to the terminal; reasons go on in the next line."""
    from rich import box  # noqa: PLC0415 - 0.05 s that --help need not wait for
    from rich.console import Console  # noqa: PLC0415 - likewise
    from rich.table import Table as RichTable  # noqa: PLC0415 - likewise
    from rich.text import Text  # noqa: PLC0415 - likewise

    grid = RichTable(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in shown:
        grid.add_column(
            name,
            justify="right" if name in right else "left",
            no_wrap=name != "reason",
            overflow="fold" if name == "reason" else "ellipsis",
        )
    for row in zip(*shown.values(), strict=True):
        grid.add_row(*map(Text, row))
    console = Console(color_system=None, highlight=False)
    with console.capture() as captured:
        console.print(grid)
    lines = (line.rstrip() for line in captured.get().splitlines())
    return "\n".join(lines).strip("\n") + "\n"


def _brief(cell: Cell) -> str:
    if isinstance(cell, float) and not isinstance(cell, bool):
        return f"{cell:.{_DIGITS}g}" if abs(cell) < 1 else f"{cell:.2f}"
    # a name may hold line ends and marks that turn the writing direction
    return "".join(c for c in " ".join(show(cell).split()) if c.isprintable())


@contextmanager
def usage() -> Iterator[None]:
    """A wrong value given on the command line is one line, not a traceback."""
    try:
        yield
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def parameters_of(result: Any, command: str) -> dict[str, object]:
    """What was asked, with the command that asked it."""
    return {"command": command, **result.parameters}
