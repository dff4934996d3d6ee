"""The options of a command as values: query, lists, quotas, destination.

click hands each option over by itself. Options that several commands share arrive here
together, so that a command takes a query and a destination, not twenty parameters.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any, Final

import click

from hcpgraph.model.files import ImportOptions
from hcpgraph.model.people import GivenLists

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class QueryOptions:
    """Area, period, people, layers, engine and seed; defaults for options not taken.

    Attributes:
        area: slug of a disease area; ``"all"`` for each; None for the whole study.
        since: first day, inclusive.
        until: last day, exclusive.
        audience: ``"auto"``, ``"hcp"`` or ``"all"``.
        country: only people of this country.
        specialty: only people of this specialty.
        role: only people of this role.
        engine: where centrality measures are computed.
        seed: of the random steps.
        layers: layer -> weight of its ties; None for the default layers.
        families: two families of layers to compare; none for those with most people.
    """

    area: str | None = None
    since: str | None = None
    until: str | None = None
    audience: str = "auto"
    country: str | None = None
    specialty: str | None = None
    role: str | None = None
    engine: str = "local"
    seed: int = 0
    layers: Mapping[str, float] | None = None
    families: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListOptions:
    """Lists of people for one run.

    Attributes:
        known: people already known.
        exclude: people never to suggest.
        include: people to put on the list in any case.
        allow_unmatched: continue if nobody of *exclude* is in the study.
        mapping: which columns of the lists are what.
    """

    known: Path | None = None
    exclude: Path | None = None
    include: Path | None = None
    allow_unmatched: bool = False
    mapping: str | None = None

    def given(self) -> GivenLists:
        """The lists as a study takes them."""
        lists = (self.known, self.exclude, self.include)
        return GivenLists(*lists, self.allow_unmatched, self.mapping)


@dataclass(frozen=True, slots=True)
class QuotaOptions:
    """Quotas of a list of prospects.

    Attributes:
        at_most: maxima, such as ``"country=2"``.
        at_least: minima, such as ``"specialty:oncology=5"``.
        mix: minima of kinds, such as ``"leader=10,rising=5"``.
        anyone: also people who are inactive or not known to work in the area.
    """

    at_most: tuple[str, ...] = ()
    at_least: tuple[str, ...] = ()
    mix: str | None = None
    anyone: bool = False


@dataclass(frozen=True, slots=True)
class DiffusionOptions:
    """The diffusion model of influence maximisation.

    Attributes:
        probability: ``"learned"``, ``"weighted"`` or a number.
        model: ``"ic"`` (independent cascade) or ``"lt"`` (linear threshold).
        error: approximation error of the choice.
    """

    probability: str | float = "learned"
    model: str = "ic"
    error: float = 0.1


@dataclass(frozen=True, slots=True)
class PageOptions:
    """The size of a figure.

    Attributes:
        page: page size and font size, by name.
        dpi: dots per inch of a .png file.
    """

    page: str = "slide"
    dpi: int = 200


@dataclass(frozen=True, slots=True)
class Destination:
    """Format and file of a result.

    Attributes:
        format_name: the requested format; None for that of the file's name.
        out: the file; None for stdout.
    """

    format_name: str | None = None
    out: Path | None = None


# parameter of a command -> what it is made of
_VALUES: Final[Mapping[str, type]] = {
    "query": QueryOptions,
    "lists": ListOptions,
    "quotas": QuotaOptions,
    "diffusion": DiffusionOptions,
    "paper": PageOptions,
    "destination": Destination,
    "settings": ImportOptions,
}


def gathered(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command its shared options as values, by the names of its parameters.

    Args:
        function: the command; a parameter named ``query``, ``lists``, ``quotas``,
            ``diffusion``, ``paper``, ``destination`` or ``settings`` gets the value of
            its options.
    """
    wanted = {n: _VALUES[n] for n in signature(function).parameters if n in _VALUES}

    @wraps(function)
    def command(*context: Any, **given: Any) -> Any:
        for name, kind in wanted.items():
            taken = [f.name for f in fields(kind) if f.name in given]
            said = {option: given.pop(option) for option in taken}
            try:
                given[name] = kind(**said)
            except ValueError as error:  # a wrong value is one line
                raise click.ClickException(str(error)) from error
        return function(*context, **given)

    return command
