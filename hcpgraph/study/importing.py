"""Bring exports into a study: each file whole or not at all."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from hcpgraph import areas, identity, importers, progress
from hcpgraph.errors import (
    AlreadyImported,
    ExportError,
    RejectedRows,
    UnknownArea,
    UnknownFile,
    UnknownFormat,
    UnreadFormat,
)
from hcpgraph.model.files import FileReport
from hcpgraph.policy import Key
from hcpgraph.store import ImportJob, Labelling, Store, VocabularyRows, is_held
from hcpgraph.study import consent_files, folders, pipes, releasing, trailing
from hcpgraph.study.candidates import candidates, contents
from hcpgraph.study.suppressing import suppressed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hcpgraph.model.access import Access
    from hcpgraph.model.files import ImportOptions
    from hcpgraph.policy import Suppressed, Words
    from hcpgraph.study.candidates import Candidate

    # told the file, the bytes of it that are done, and its size in bytes
    Progress = Callable[[Path, int, int], None]

LABELLING = Labelling(
    posts=areas.label_posts,
    accounts=(*identity.assign_roles, *areas.label_accounts),
)

_BLOCK = 1 << 20  # bytes digested at a time
_CHANGED = "changed while it was read; import it again once it is complete"
_STUDY = "is a study that is open, and no export"
_PASSED_OVER = "passed over: in no format that hcpgraph reads"
_ADD_AREA = " (areas of your own: hcpgraph areas {study} --add VOCABULARY.toml)"


def add_file(
    store: Store,
    candidate: Candidate,
    options: ImportOptions,
    *,
    suppressing: Suppressed | None = None,
    progress: Progress | None = None,
) -> FileReport:
    """Import one file and report what became of it; a refusal is a report too.

    Only what is wrong with the *file* is reported; what is wrong with the study
    (a full disk, say) is raised, as the next file would meet it again.
    """
    path = candidate.path
    if candidate.report is not None:
        return candidate.report
    try:
        arriving = _Arriving(path, candidate.file or path, suppressing)
        return _add(store, arriving, options, progress)
    except ExportError as error:
        if candidate.from_folder and isinstance(error, UnknownFormat):
            known = isinstance(error, UnreadFormat)
            note = f"passed over: {error.reason}" if known else _PASSED_OVER
            return FileReport(path, format="", notes=(note,))
        return FileReport(path, format="", error=error.reason)
    except OSError as error:
        if error.filename != str(path):
            raise
        return FileReport(path, format="", error=folders.unreadable(error))


def add_files(
    study: Path,
    files: Iterable[Path],
    options: ImportOptions,
    *,
    access: Access,
    progress: Progress | None = None,
) -> list[FileReport]:
    """Import files, and those in folders and archives; one report each, in order.

    Results of compliance jobs of X are applied as consent.

    Raises:
        SuppressionKeyError: if people were erased and their key is not given.
        TrailError: if files were imported and the audit trail cannot be continued.
        MappingError: if there is no such mapping, or it cannot be used.
        UnknownArea: if the study has no such area.
        ConsentKeyError: if consent waits by hash for people who may come, and its key
            is not given.
        StoreError: if the study cannot be written.
    """
    options = importers.as_mapped(options)  # a wrong mapping is no fault of the files
    found = list(candidates(files))
    reports: list[FileReport] = []
    with Store.open(study, write=True, words=words) as store:
        try:
            check_area(store, options.area)
            key = Key.read(access.key)
            consent_files.check_key(store, key, needed=bool(found))
            known = suppressed(store, access) if found else None
            allowed = releasing.read_rules(store).columns_allowed
            options = replace(options, allowed=allowed)
            # one by one: what is in stays known if a later file is interrupted
            for one in found:
                for each in contents(one):
                    report = _applied(store, each, access, known) or add_file(
                        store, each, options, suppressing=known, progress=progress
                    )
                    reports.append(report)
                    consent_files.settle(store, key)
        finally:
            if store.made and not any(report.imported for report in reports):
                # a study of nothing would only puzzle its owner
                store.remove_made()
            elif any(report.imported for report in reports):
                trailing.record_change(
                    store, access, "import", done=True, begins=store.made
                )
    return reports


def _applied(
    store: Store, candidate: Candidate, access: Access, known: Suppressed | None
) -> FileReport | None:
    """What became of a file that says which accounts are gone; None for any other."""
    file = candidate.file or candidate.path
    # whoever reads a study that is open gives its lock away
    if candidate.report is not None or is_held(file):
        return None
    if not importers.is_platform_result(file):
        return None
    return consent_files.add_file(
        store, file, access, name=candidate.path, suppressing=known
    )


def check_area(store: Store, area: str | None) -> None:
    """Raise ``UnknownArea`` for an area that the study does not have."""
    if area is not None and area not in store.area_slugs():
        said = partial(releasing.read_words, store)
        known = releasing.release_areas(store.count_areas(), said)
        hint = _ADD_AREA.format(study=store.path)
        raise UnknownArea(area, [row["slug"] for row in known], hint)


def add_vocabulary(study: Path, path: Path, *, access: Access) -> None:
    """Add the disease areas of a TOML file, and label the whole study anew.

    Raises:
        VocabularyError: if the file cannot be used.
        ExportError: if it is a device.
    """
    with pipes.waited_for(path):
        said = words(areas.load(path))
    with Store.open(study, write=True, words=words) as store:
        store.write_vocabulary(said.areas, said.terms, said.labelling)
        trailing.record_change(store, access, "areas --add", done=True)


def remove_file(store: Store, name: str, said: Words) -> str:
    """Take one imported file back out; gives its path, where that may be said.

    Args:
        store: open for writing.
        name: of the file.
        said: which words may leave.

    Raises:
        UnknownFile: if the study holds no such file, or several.
    """
    shown = {
        entry["path"]: releasing.release_file(said, entry["path"], entry["sha256"])
        for entry in store.read_files()
    }
    try:
        return shown[store.remove_file(name, LABELLING)]
    except UnknownFile as error:
        raise UnknownFile(name, [shown[path] for path in error.known]) from error


def words(vocabulary: areas.Vocabulary | None = None) -> VocabularyRows:
    """The disease areas of a vocabulary, the built-in one if none is given."""
    numbered, terms = areas.rows(vocabulary or areas.load())
    slug = {number: slug for number, slug, *_ in numbered}
    return VocabularyRows(
        tuple((slug, name, mesh, origin) for _, slug, name, mesh, origin in numbered),
        tuple((slug[number], kind, term) for number, kind, term in terms),
        LABELLING,
    )


@dataclass(frozen=True, slots=True)
class _Arriving:
    """A file on its way into a study.

    Attributes:
        path: what people know it as.
        file: where it stands.
        suppressing: knows who was erased from the study; None where nobody was.
    """

    path: Path
    file: Path
    suppressing: Suppressed | None


def _add(
    store: Store,
    arriving: _Arriving,
    options: ImportOptions,
    progress: Progress | None,
) -> FileReport:
    """Import a file.

    Raises:
        ExportError: if nothing can be made of it.
    """
    path, file = arriving.path, arriving.file
    if is_held(file):  # whoever reads it gives its lock away
        raise open_study(path)
    try:
        before = _state(file)
        platform = options.platform or store.usual_platform()
        said = replace(options, platform=platform)
        zone = "Z" if options.mapping is None else ""  # a mapping names its own
        with (
            importers.as_plain_text(file, options.layout, zone=zone) as text,
            _digesting(file) as wait,
        ):
            description = importers.describe(text.path, said, text.notes)

            def digest() -> str:
                found = wait()
                if _state(file) != before:
                    raise ExportError(path, _CHANGED)
                return found

            arrival = ImportJob(
                description=description,
                digest=digest,
                platform=description.platform or platform,
                max_rejected=options.max_rejected,
                name=str(path),
                area=options.area,
                original=file,
                suppressing=arriving.suppressing,
            )
            return replace(_import(store, arrival, path, progress), path=path)
    except OSError as error:
        if error.filename not in {str(path), str(file)}:
            raise
        raise ExportError(path, folders.unreadable(error)) from error


def _import(
    store: Store, arrival: ImportJob, path: Path, progress: Progress | None
) -> FileReport:
    description = arrival.description
    size = description.path.stat().st_size
    progress = progress or _heard()
    tell = None
    if progress is not None:

        def tell(share: float) -> None:
            progress(path, int(share * size), size)

    try:
        return _import_whole(store, arrival, tell)
    except AlreadyImported as error:
        return FileReport(
            path, description.format, notes=(_known_as(store, path, error),)
        )
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


def _import_whole(
    store: Store, arrival: ImportJob, tell: Callable[[float], None] | None
) -> FileReport:
    """Import a file; of what is wrong with it, what its bytes say comes first."""
    try:
        return store.import_file(arrival, LABELLING, tell=tell)
    except AlreadyImported:
        raise
    except ExportError:
        arrival.digest()  # of a file that is cut short, the rest is unusable, too
        raise


def open_study(path: Path) -> UnreadFormat:
    """The error for a file that is a study, and open."""
    return UnreadFormat(path, _STUDY, what="a study")


def _state(file: Path) -> tuple[int, ...]:
    """What changes of a file when it is written to or replaced."""
    found = file.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _known_as(store: Store, path: Path, error: AlreadyImported) -> str:
    """That a file is in the study, under a name that may be said."""
    said = releasing.read_words(store)
    known = error.known
    if known != str(path):
        known = releasing.release_file(said, known, error.sha256)
    return f"already imported as {known}; to read it in another way, remove it first"


def _heard() -> Progress | None:
    """A callback for the progress of files, from the one for all long steps, if any."""
    heard = progress.listener()
    if heard is None:
        return None
    return lambda path, done, size: heard(f"importing {path.name}", done, size)


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
    """SHA-256 of a file in hexadecimal, or of its beginning if all is done before.

    Raises:
        ExportError: if it is compressed, and damaged or cut short.
    """
    found = hashlib.sha256()
    integrity = importers.Integrity(path)
    with path.open("rb", buffering=0) as stream:
        while not done.is_set() and (block := stream.read(_BLOCK)):
            found.update(block)
            integrity.feed(block)
    if not done.is_set():
        integrity.close()
    return found.hexdigest()
