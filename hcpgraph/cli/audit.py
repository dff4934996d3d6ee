"""``hcpgraph audit``: what was written out of a study, by which user and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph.cli import options, output, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim

if TYPE_CHECKING:
    from pathlib import Path

    from hcpgraph.study import Study


@click.command("audit", cls=Verbatim)
@values.gathered
@options.study
@click.option(
    "--verify",
    is_flag=True,
    help="Check that no entry was changed, removed, inserted or moved; exit 1 if one"
    " was.",
)
@click.option(
    "--person",
    metavar="PERSON",
    help="Only outputs that name this person (an id or @handle); needs the key.",
)
@click.option(
    "--people",
    "each_person",
    is_flag=True,
    help="A row per entry and person; needs the key.",
)
@options.since
@options.until
@click.option("--by-user", metavar="NAME", help="Only entries of this user.")
@click.option(
    "--viewer", "for_viewer", metavar="VIEWER", help="Only entries for this viewer."
)
@options.printed
def command(
    study: Path,
    verify: bool,
    person: str | None,
    each_person: bool,
    query: values.QueryOptions,
    by_user: str | None,
    for_viewer: str | None,
    destination: values.Destination,
) -> None:
    r"""List outputs and changes of STUDY, with user, viewer, time and purpose.

    The trail is STUDY.audit.jsonl, beside the study, with its head STUDY.audit.head.
    Reading that writes no file leaves no entry. People are keyed hashes in it; with
    the key, --person lists the outputs that name somebody, even after an erasure.

    \b
    Example:
        hcpgraph audit oncology.duckdb --since 2026-01-01
        hcpgraph audit oncology.duckdb --verify --key key.txt
        hcpgraph audit oncology.duckdb --person @ninanine --key key.txt -o seen.csv
    """
    asked = study_at(study)
    if verify:
        given = {"--person": person, "--people": each_person or None}
        given |= {"--since": query.since, "--until": query.until}
        given |= {"--by-user": by_user, "--viewer": for_viewer}
        for name, value in given.items():
            if value is not None:
                raise click.UsageError(f"{name}: --verify is of the whole trail")
        _verify(asked, destination)
        return
    with output.usage():
        found = asked.audit(
            person,
            since=query.since,
            until=query.until,
            user=by_user,
            viewer=for_viewer,
            each_person=each_person,
        )
    output.notify(found.notes)
    output.emit(
        found.table,
        study=asked,
        destination=destination,
        parameters=output.parameters_of(found, "audit"),
    )


def _verify(asked: Study, destination: values.Destination) -> None:
    """Print what is wrong with the trail; exit 1 if anything is."""
    found = asked.check_audit()
    output.notify(found.notes)
    output.emit(
        found.table,
        study=asked,
        destination=destination,
        parameters={"command": "audit --verify"},
    )
    if not found.intact:
        entry, what = next(found.table.rows())
        where = "the head" if entry is None else f"entry {entry}"
        raise click.ClickException(
            f"the audit trail is not as it was written: {where}: {what}"
        )
