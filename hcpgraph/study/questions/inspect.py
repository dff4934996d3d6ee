"""``inspect``: what files are, and what an import would make of them.

No study is asked or changed: each file is imported into an empty one of its own, in a
temporary folder, so that the counts are those of an import.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from hcpgraph import importers, progress, writing
from hcpgraph.errors import (
    ExportError,
    MissingLayer,
    OutputError,
    StoreError,
    UnknownFormat,
)
from hcpgraph.importers import suggestions
from hcpgraph.importers.recognition.looking import Recognition, recognise
from hcpgraph.model.files import ImportOptions
from hcpgraph.model.inspection import (
    CERTAIN,
    UNKNOWN_LAYER,
    InspectedFile,
    Inspection,
    inspection,
)
from hcpgraph.store import Store, is_held
from hcpgraph.study import folders, importing
from hcpgraph.study.candidates import Candidate, candidates, contents
from hcpgraph.study.questions import lacks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcpgraph.model.files import FileReport

_EMPTY: Final = "holds no file"
# of ties whose layer nobody says; their number is that of any layer
_SOME_LAYER: Final = "connection"
_first_words = cache(importing.words)  # the same for every trial
_OWNERLESS: Final = frozenset({"ties"})  # formats of lists that are nobody's


@dataclass(frozen=True, slots=True)
class _Trial:
    """An import into an empty study.

    Attributes:
        report: what became of the file.
        summary: the study then, as ``info`` has it.
        contents: how much there is of what a ranking needs.
        owner: the account that all ties have in common.
    """

    report: FileReport
    summary: dict[str, Any]
    contents: dict[str, int]
    owner: str | None


def inspect(
    *files: Path | str,
    options: ImportOptions | None = None,
    suggest: Path | str | None = None,
) -> Inspection:
    """Say what files are before they are imported; no study is needed or changed.

    Args:
        files: files, or folders of which every file is looked at.
        options: what the files do not say themselves, as ``Study.add`` takes it.
        suggest: a file to write a first mapping into, in TOML, for the one table or
            JSON file that is named; it holds samples of the cells.

    Returns:
        One row a file, in order, whether an import would read it or not.

    Raises:
        MappingError: if ``options.mapping`` names none, or cannot be used.
        ValueError: if a mapping is to be written for several files, or a folder.
        ExportError: if a mapping is to be written for what is no table and no JSON.
        OutputError: if the mapping cannot be written.
    """
    paths, options = [Path(name) for name in files], options or ImportOptions()
    if suggest is not None:
        _suggest(paths, options, Path(suggest))
    return answer(paths, options)


def _suggest(paths: list[Path], options: ImportOptions, out: Path) -> None:
    """Write a first mapping for a file."""
    if len(paths) != 1 or not paths[0].is_file():
        raise ValueError("a mapping is suggested for one file; name one, and no folder")
    if writing.is_same(out, paths[0]):
        raise OutputError(out, "that is the file itself; name another one")
    writing.check(out)
    if is_held(paths[0]):
        raise importing.open_study(paths[0])
    text = suggestions.suggest(paths[0], options.layout, paths[0].name)
    writing.write(out, text.encode())


def answer(files: Iterable[Path], options: ImportOptions) -> Inspection:
    """What the files are, and those in folders and archives; one row each, in order.

    Raises:
        MappingError: if there is no such mapping, or it cannot be used.
    """
    options = importers.as_mapped(options)  # a wrong mapping is no fault of the files
    found = list(candidates(files))
    return inspection(each for one in found for each in _inspect_all(one, options))


def _inspect_all(candidate: Candidate, options: ImportOptions) -> list[InspectedFile]:
    """What a file is, or each of those in an archive."""
    found = [_inspect(each, options) for each in contents(candidate)]
    name = str(candidate.path)
    return found or [InspectedFile(name, "an archive", CERTAIN, how=(_EMPTY,))]


def _inspect(candidate: Candidate, options: ImportOptions) -> InspectedFile:
    """What one file is; whatever is wrong with it is part of the answer."""
    name = str(candidate.path)
    if candidate.report is not None:
        said = (candidate.report.error, *candidate.report.notes)
        refused = candidate.report.error is not None
        return InspectedFile(name, how=tuple(filter(None, said)), refused=refused)
    file = candidate.file or candidate.path
    try:
        if is_held(file):  # whoever reads it gives its lock away
            raise importing.open_study(candidate.path)
        return _inspect_readable(candidate, file, options)
    except ExportError as error:  # nothing of it could be read
        return _refused(candidate, Recognition.of(error))
    except OSError as error:
        if error.filename not in (name, str(file)):
            raise
        return InspectedFile(name, how=(folders.unreadable(error),), refused=True)


def _inspect_readable(
    candidate: Candidate, file: Path, options: ImportOptions
) -> InspectedFile:
    """What a file is that can be read, and what an import makes of it."""
    known = _recognise(file, options)
    if known.refusal is None:
        return _counted(candidate, file, known, options)
    if isinstance(known.refusal, MissingLayer):
        some = replace(options, layer=_SOME_LAYER)
        known_so = _recognise(file, some)
        if known_so.refusal is None:
            counted = _counted(candidate, file, known_so, some)
            return _without_layer(counted, known.refusal)
    return _refused(candidate, known)


def _recognise(file: Path, options: ImportOptions) -> Recognition:
    """What a file is, whatever it is kept in."""
    with importers.as_plain_text(file, options.layout) as text:
        return recognise(text.path, options)


def _without_layer(found: InspectedFile, refusal: MissingLayer) -> InspectedFile:
    """What a table of ties brings whose layer is open."""
    layers = {
        UNKNOWN_LAYER if name == _SOME_LAYER else name: count
        for name, count in found.layers.items()
    }
    return replace(
        found,
        layers=layers,
        missing=("layer", *found.missing),
        how=(refusal.reason, *found.how),
        refused=True,
    )


def _refused(candidate: Candidate, known: Recognition) -> InspectedFile:
    """What a file is that an import does not read, and why not."""
    missing, how = lacks.of_refused(known)
    passed = candidate.from_folder and isinstance(known.refusal, UnknownFormat)
    return InspectedFile(
        file=str(candidate.path),
        format=known.format,
        sure=known.sure,
        platform=known.platform,
        missing=missing,
        how=how,
        forbidden=known.forbidden,
        refused=not passed,
    )


def _counted(
    candidate: Candidate,
    file: Path,
    known: Recognition,
    options: ImportOptions,
) -> InspectedFile:
    """What a file brings into an empty study."""
    found = InspectedFile(
        file=str(candidate.path),
        format=known.format,
        sure=known.sure,
        platform=known.platform or options.platform,
        forbidden=known.forbidden,
    )
    try:
        trial = _try(candidate.path, file, options)
    except StoreError as error:
        return replace(found, how=(lacks.uncounted(error),), refused=True)
    report, summary = trial.report, trial.summary
    if report.error is not None:
        missing, why = lacks.unusable(report)
        rows = report.read or None
        return replace(found, rows=rows, missing=missing, how=(why,), refused=True)
    layers = summary["ties"]
    follows = bool(layers) and layers.keys() <= lacks.FOLLOWS
    listed = follows and report.format not in _OWNERLESS
    owner = trial.owner or options.ego if listed else None
    missing, how = lacks.of_contents(trial.contents, layers, known)
    return replace(
        found,
        rows=report.read,
        first=summary["first"],
        last=summary["last"],
        platform=next(iter(summary["platforms"]), found.platform),
        owner=owner,
        layers=layers,
        accounts=summary["accounts"],
        has=lacks.has(trial.contents),
        missing=missing,
        how=how,
    )


def _try(path: Path, file: Path, options: ImportOptions) -> _Trial:
    """Import *file*, which people know as *path*, into a study that is taken away."""
    heard = progress.listener()

    def tell(_: Path, done: int, size: int) -> None:
        if heard is not None:
            heard(f"inspecting {path.name}", done, size)

    with TemporaryDirectory(prefix="hcpgraph-") as folder:
        study = Path(folder) / "trial.duckdb"
        with Store.open(study, write=True, words=_first_words) as store:
            importing.check_area(store, options.area)
            candidate = Candidate(file, from_folder=False, file=file)
            report = importing.add_file(store, candidate, options, progress=tell)
            return _Trial(
                report, store.summarise(), store.read_contents(), store.read_owner()
            )
