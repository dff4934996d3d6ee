"""Bring exports into a study: each file whole or not at all."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING

from hcpgraph import areas, identity, importers, steps
from hcpgraph.errors import (
    AlreadyImported,
    ExportError,
    RejectedRows,
    UnknownFile,
    UnknownFormat,
)
from hcpgraph.model.files import FileReport
from hcpgraph.store import Arrival, Labelling, Store
from hcpgraph.study import releasing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from hcpgraph.model.files import FileDescription, ImportOptions

    # told the file, the bytes of it that are done, and its size in bytes
    Progress = Callable[[Path, int, int], None]

LABELLING = Labelling(
    posts=areas.label_posts,
    accounts=(*identity.assign_roles, *areas.label_accounts),
)

_BLOCK = 1 << 20  # bytes digested at a time
_DEFAULT_PLATFORM = "x"
_NOT_TEXT = "its name is no UTF-8 text; rename it, or set PYTHONUTF8=1"
_PASSED_OVER = "passed over: in no format that hcpgraph reads"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to import; those found in a folder may be passed over."""

    path: Path
    from_folder: bool


def candidates(paths: Iterable[Path]) -> Iterator[Candidate]:
    """Every file to look at: those named, and those in folders, sorted by path."""
    for path in paths:
        if path.is_dir():
            inside = (
                found
                for found in sorted(path.rglob("*"))
                if found.is_file()
                and not any(p.startswith(".") for p in found.relative_to(path).parts)
            )
            yield from (Candidate(found, from_folder=True) for found in inside)
        else:
            yield Candidate(path, from_folder=False)


def add_file(
    store: Store,
    candidate: Candidate,
    options: ImportOptions,
    *,
    progress: Progress | None = None,
) -> FileReport:
    """Import one file and report what became of it; a refusal is a report too.

    Only what is wrong with the *file* is reported; what is wrong with the study
    (a full disk, say) is raised, as the next file would meet it again.
    """
    path = candidate.path
    if not _is_text(path):
        return FileReport(path, format="", error=_NOT_TEXT)
    try:
        description = importers.describe(path, options)
    except UnknownFormat as error:
        if candidate.from_folder:
            return FileReport(path, format="", notes=(_PASSED_OVER,))
        return FileReport(path, format="", error=error.reason)
    except ExportError as error:
        return FileReport(path, format="", error=error.reason)
    return _import(store, description, options, progress)


def remove_file(store: Store, name: str) -> str:
    """Take one imported file back out; gives its path, where that may be said.

    Raises:
        UnknownFile: if the study holds no such file, or several.
    """
    said = releasing.read_words(store)
    shown = {
        entry["path"]: releasing.release_file(said, entry["path"], entry["sha256"])
        for entry in store.read_files()
    }
    try:
        return shown[store.remove_file(name, LABELLING)]
    except UnknownFile as error:
        raise UnknownFile(name, [shown[path] for path in error.known]) from error


def write_vocabulary(store: Store, vocabulary: areas.Vocabulary | None = None) -> None:
    """Add the disease areas of a vocabulary, the built-in one if none is given."""
    numbered, terms = areas.rows(vocabulary or areas.load())
    slug = {number: slug for number, slug, *_ in numbered}
    store.write_vocabulary(
        [(slug, name, mesh, origin) for _, slug, name, mesh, origin in numbered],
        [(slug[number], kind, term) for number, kind, term in terms],
        LABELLING,
    )


def _import(
    store: Store,
    description: FileDescription,
    options: ImportOptions,
    progress: Progress | None,
) -> FileReport:
    path = description.path
    size = path.stat().st_size
    progress = progress or _heard()
    tell = None
    if progress is not None:

        def tell(share: float) -> None:
            progress(path, int(share * size), size)

    try:
        with _digesting(path) as digest:
            arrival = Arrival(
                description=description,
                digest=digest,
                platform=_platform(store, description, options),
                max_rejected=options.max_rejected,
            )
            report = store.import_file(arrival, LABELLING, tell=tell)
    except AlreadyImported as error:
        return FileReport(path, description.format, notes=(_known_as(store, error),))
    except RejectedRows as error:
        return FileReport(
            path,
            description.format,
            read=error.read,
            rejected=error.rejected,
            reasons=error.reasons,
            error=error.reason,
        )
    except ExportError as error:
        return FileReport(path, description.format, error=error.reason)
    finally:  # a file that was refused is done with, too
        if progress is not None:
            progress(path, size, size)
    return replace(report, path=path)


def _known_as(store: Store, error: AlreadyImported) -> str:
    """That a file is in the study, under a name that may be said."""
    said = releasing.read_words(store)
    known = error.known
    if known != str(error.path):
        known = releasing.release_file(said, known, error.sha256)
    return f"already imported as {known}; to read it in another way, remove it first"


def _heard() -> Progress | None:
    """Who hears of files because they listen to all long steps."""
    heard = steps.listener()
    if heard is None:
        return None
    return lambda path, done, size: heard(f"importing {path.name}", done, size)


def _is_text(path: Path) -> bool:
    r"""Whether a path can be written down; Python reads stray bytes as half characters.

    >>> from pathlib import Path
    >>> _is_text(Path("caf\u00e9.csv")), _is_text(Path("caf\udce9.csv"))
    (True, False)
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def _digesting(path: Path) -> Iterator[Callable[[], str]]:
    """Digest a file while its rows are read; gives what waits for the digest."""
    done = Event()
    with ThreadPoolExecutor(1) as reader:
        try:
            yield reader.submit(_digest, path, done).result
        finally:
            done.set()  # whoever gives up need not wait for the end of a long file


def _digest(path: Path, done: Event) -> str:
    """SHA-256 of a file in hexadecimal, or of its beginning if all is done before."""
    found = hashlib.sha256()
    with path.open("rb", buffering=0) as stream:
        while not done.is_set() and (block := stream.read(_BLOCK)):
            found.update(block)
    return found.hexdigest()


def _platform(
    store: Store, description: FileDescription, options: ImportOptions
) -> str:
    """The file's own platform, else the user's word, else the study's only one."""
    if description.platform:
        return description.platform
    if options.platform:
        return options.platform
    platforms = store.platforms()
    return platforms[0] if len(platforms) == 1 else _DEFAULT_PLATFORM
