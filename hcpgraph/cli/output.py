"""Output of results: data on stdout or in a file, messages on stderr."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from hcpgraph import study as library
from hcpgraph import writing
from hcpgraph.cli import screen
from hcpgraph.cli.options import FORMATS
from hcpgraph.cli.screen import notify, warn
from hcpgraph.model.signs import on_one_line
from hcpgraph.model.table import Table, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from hcpgraph.cli.values import Destination
    from hcpgraph.model.table import Cell
    from hcpgraph.study import Study

__all__ = [
    "as_text",
    "choose_format",
    "deliver",
    "emit",
    "notify",
    "parameters_of",
    "usage",
    "warn",
    "wrote",
]

_DIGITS = 3  # of a score on screen; files have more
_TEXT, _REASON = 12, 30  # letters that a narrow terminal leaves to texts
_TOLD_APART_BY_END = ("file", "path")
_GAP = 3  # between two columns


def emit(
    table: Table,
    *,
    study: Study,
    destination: Destination,
    parameters: Mapping[str, object],
) -> None:
    """Print *table*, or write it to its file with the provenance beside it."""
    out, chosen = destination.out, choose_format(destination)
    if out is None and chosen == "parquet":
        screen.refuse_binary()
    if chosen == "table":
        content = as_text(table, wide=out is not None).encode()
    else:
        if chosen == "csv" and out is None and screen.shows_data():
            table = _on_screen(table)
        content = library.output.render(table, chosen)
    people = library.named_people.in_tables(table) if out is not None else ()
    deliver(content, study=study, out=out, parameters=parameters, people=people)


def deliver(
    content: bytes,
    *,
    study: Study,
    out: Path | None,
    parameters: Mapping[str, object],
    people: Iterable[str],
) -> None:
    """Print a result, or write it to *out* with its provenance beside it.

    Args:
        content: the bytes of the result.
        study: where it is from.
        out: the file; None for stdout.
        parameters: what was asked.
        people: everybody who is named in it, for the audit trail.
    """
    if out is None:
        screen.put(content)
        return
    with study.opened() as opened:
        beside = library.output.save(opened, content, out, parameters, people=people)
    notify(wrote(out, beside))


def wrote(out: Path, beside: Path | None) -> list[str]:
    """The message for a file that was written."""
    return [f"wrote {out}" if beside is None else f"wrote {out} and {beside}"]


def _on_screen(table: Table) -> Table:
    """The same cells, each of them on its line."""
    return Table(
        {
            name: [on_one_line(c) if isinstance(c, str) else c for c in cells]
            for name, cells in table.columns.items()
        }
    )


def choose_format(destination: Destination) -> str:
    """The requested format, else that of the file's name, else a table."""
    out = destination.out
    if destination.format_name:
        return destination.format_name
    if out is not None and not out.suffix and not writing.is_regular(out):
        return "table"  # a pipe has no name that ends
    suffix = out.suffix.lstrip(".").lower() if out is not None else "txt"
    if suffix not in (*FORMATS, "txt"):
        kinds = ", ".join(f".{name}" for name in (*FORMATS[1:], "txt"))
        raise click.UsageError(f"{out}: end the name in {kinds}, or use --format")
    return suffix if suffix in FORMATS else "table"


def as_text(table: Table, *, wide: bool = False) -> str:
    """The table as people read it; columns without any value are left out.

    Args:
        table: what is shown.
        wide: as for pipes, though stdout may be a terminal.
    """
    shown = {
        name: [_brief(cell) for cell in cells]
        for name, cells in table.columns.items()
        if any(cell is not None for cell in cells) or not cells
    }
    right = [name for name in shown if _is_numeric(table[name])]
    if screen.shows_data() and not wide:
        return _fitted(shown, right)
    return _laid_out(shown, right)


def _is_numeric(cells: Sequence[Cell]) -> bool:
    return all(isinstance(cell, int | float) or cell is None for cell in cells)


def _laid_out(shown: Mapping[str, Sequence[str]], right: Sequence[str]) -> str:
    """Columns as wide as they need to be, for pipes and files."""
    columns, widths = [], []
    for name, texts in shown.items():
        sizes = [_cell_len(text) for text in (name, *texts)]
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
    from rich import box, console, table, text  # noqa: PLC0415 - 0.05 s that --help need not wait for

    terminal = console.Console(
        color_system=None, highlight=False, markup=False, emoji=False
    )
    widths = _widths(shown, terminal.width)
    left_out = [name for name in shown if name not in widths]
    shown = {name: shown[name] for name in widths}
    for name, width in widths.items():
        if name in _TOLD_APART_BY_END and width is not None:
            shown[name] = [_without_middle(text, width) for text in shown[name]]
    grid = table.Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in shown:
        grid.add_column(
            text.Text(name),
            justify="right" if name in right else "left",
            no_wrap=name != "reason",
            overflow="fold" if name == "reason" else "ellipsis",
            max_width=widths[name],
        )
    for row in zip(*shown.values(), strict=True):
        grid.add_row(*map(text.Text, row))
    with terminal.capture() as captured:
        terminal.print(grid)
    lines = (line.rstrip() for line in captured.get().splitlines())
    said = "\n".join(lines).strip("\n") + "\n"
    if left_out:
        said += f" {len(left_out)} more columns: {', '.join(left_out)}\n"
    return said


def _without_middle(text: str, width: int) -> str:
    """A name cut to a width in its middle: files of one export differ at the end.

    >>> _without_middle("follows-2025-01.jsonl", 12)
    'fol…01.jsonl'
    """
    if _cell_len(text) <= width:
        return text
    room = width - 1
    start, end = "", ""
    for letter in reversed(text):
        if _cell_len(letter + end) > (2 * room + 2) // 3:
            break
        end = letter + end
    for letter in text:
        if _cell_len(start + letter) + _cell_len(end) > room:
            break
        start += letter
    return f"{start}…{end}"


def _widths(shown: Mapping[str, Sequence[str]], width: int) -> dict[str, int | None]:
    """How wide the columns are that a terminal has room for, the first and the reason.

    Long texts give way first; all columns squeezed to their dots would say nothing.
    """
    longest = {name: max(map(_cell_len, (name, *shown[name]))) for name in shown}
    room = width - (min(_REASON, longest["reason"]) + _GAP if "reason" in shown else 0)
    least: dict[str, int] = {}
    for name in (name for name in shown if name != "reason"):
        narrow = min(longest[name], max(_TEXT, _cell_len(name)))
        if room < narrow + _GAP and len(least) > 1:
            break
        room -= narrow + _GAP
        least[name] = narrow
    long = [name for name, narrow in least.items() if longest[name] > narrow]
    share = max(room, 0) // max(len(long), 1)
    return {
        name: None if name == "reason" else least[name] + share * (name in long)
        for name in shown
        if name in least or name == "reason"
    }


def _cell_len(text: str) -> int:
    """How wide a text is on a screen: wide letters take two places."""
    from rich.cells import cell_len  # noqa: PLC0415 - as above

    return cell_len(text)


def _brief(cell: Cell) -> str:
    if isinstance(cell, float) and not isinstance(cell, bool):
        return f"{cell:.{_DIGITS}g}" if abs(cell) < 1 else f"{cell:.2f}"
    return on_one_line(" ".join(show(cell).split()))


@contextmanager
def usage() -> Iterator[None]:
    """A wrong value given on the command line is one line, not a traceback."""
    try:
        yield
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def parameters_of(result: Any, command: str) -> dict[str, object]:
    """The parameters of a result, with the command that computed it."""
    return {"command": command, **result.parameters}
