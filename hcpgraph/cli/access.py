"""Who runs a command, and why: options of every command, and the study for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from hcpgraph import study as library

if TYPE_CHECKING:
    from hcpgraph.study import Study

_SAID: Final = "hcpgraph.access"


def _keep(context: click.Context, option: click.Parameter, value: Any) -> None:
    if value is not None:
        context.meta.setdefault(_SAID, {})[option.name] = value


# What every command takes; ``study_at`` hands it to the library.
OPTIONS: Final = (
    click.Option(
        ["--as", "viewer"],
        metavar="VIEWER",
        expose_value=False,
        callback=_keep,
        help="Show what this viewer may see, such as sales; see: hcpgraph policy."
        "  [default: medical]",
    ),
    click.Option(
        ["--purpose"],
        type=click.Choice(("medical", "commercial")),
        expose_value=False,
        callback=_keep,
        help="What the result is for.  [default: the viewer's own purpose]",
    ),
    click.Option(
        ["--user"],
        metavar="NAME",
        expose_value=False,
        callback=_keep,
        help="Who you are, for the audit trail.  [default: HCPGRAPH_USER]",
    ),
    click.Option(
        ["--key"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        expose_value=False,
        callback=_keep,
        help="The key of hashes.  [default: the file that HCPGRAPH_KEY_FILE names]",
    ),
    click.Option(
        ["--on"],
        type=click.DateTime(("%Y-%m-%d",)),
        metavar="DATE",
        expose_value=False,
        callback=_keep,
        help="The day as of which consent is judged.  [default: today]",
    ),
)


def study_at(path: Path) -> Study:
    """A study, opened for the viewer, purpose and user of the running command."""
    said = click.get_current_context().meta.get(_SAID, {})
    return library.Study(
        path,
        viewer=said.get("viewer"),
        user=said.get("user"),
        purpose=said.get("purpose"),
        key=said.get("key"),
        on=said["on"].date() if "on" in said else None,
    )
