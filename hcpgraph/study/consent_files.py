"""Bring files of consent into a study: each whole, and nothing of it in clear.

Names of people who are in the study stand as the study has them. Those of others are
kept as keyed hashes, and so are registry numbers, e-mail addresses and the ids of
customer databases of everybody: what people say applies as soon as they come.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ConsentKeyError, ExportError
from hcpgraph.importers.consents import read_consent
from hcpgraph.model.consent import (
    ACCOUNT,
    HANDLE,
    ID,
    NO,
    NPI,
    ConsentRow,
    StoredRow,
)
from hcpgraph.model.files import FileReport
from hcpgraph.model.hashed import account_texts
from hcpgraph.model.names import DEFAULT_PLATFORM
from hcpgraph.policy import Key, consent, consent_people
from hcpgraph.store import Store, is_held
from hcpgraph.study import clock, consents, folders, pipes, releasing, trailing
from hcpgraph.study.suppressing import suppressed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from hcpgraph.model.access import Access
    from hcpgraph.model.consent import ConsentFile, PersonName, Statement
    from hcpgraph.policy import Suppressed

    Name = tuple[str, str, str]
    # (platform, id, handle in small letters)
    Account = tuple[str, str | None, str | None]

FORMAT: Final = "consent"
_SHOWN: Final = 5  # rejected rows of a report
_NO_KEY: Final = (
    "names nobody in the study by id or handle; other names are kept with a key alone:"
    " --key FILE"
)
_SEVERAL: Final = "may be several people; write platform:id"
_STUDY: Final = "is a study that is open, and no file of consent"
_ERASED: Final = "rows about people who were erased, and not kept: {}"
_ABSENT: Final = (
    "{} of its people are not in the study by these names; what they say applies if"
    " they come"
)
_OTHER_KEY: Final = (
    "the study holds consent by hashes of another key; name that one with --key FILE or"
    " HCPGRAPH_KEY_FILE"
)
_PROOF: Final = ("key", "consent")  # tells a key from another without telling the key
_PENDING: Final = (
    "the study holds consent of people who may be in this file, by keyed hashes; name"
    " their key with --key FILE or HCPGRAPH_KEY_FILE"
)
# What became of the statements of a file, in the order of the report.
_NEW: Final = "new"
_KNOWN: Final = "known"
_STRICTER: Final = "stricter"
_KEPT: Final = "kept stricter"
_WORDED: Final[Mapping[str, str]] = {
    _NEW: "{} new",
    _KNOWN: "{} known already",
    _STRICTER: "{} stricter than what was known",
    _KEPT: "{} less strict than what is known, which stays",
}


def add_files(study: Path, files: Iterable[Path], access: Access) -> list[FileReport]:
    """Bring in files of consent; one report each, in order.

    Args:
        study: the study, which exists.
        files: each independent of the rest.
        access: names the key of the hashes, and the day as of which statements are
            compared.

    Raises:
        ConsentKeyError: if the key is not that of the hashes in the study.
        SuppressionKeyError: if people were erased and their key is not given.
        KeyFileError: if the key cannot be read.
        StoreError: if the study cannot be written.
    """
    with Store.open(study, write=True, must_exist=True) as store:
        known = suppressed(store, access)
        reports = [add_file(store, path, access, suppressing=known) for path in files]
        if any(report.imported for report in reports):
            trailing.record_change(store, access, "consent", done=True)
        return reports


def add_file(
    store: Store,
    path: Path,
    access: Access,
    *,
    suppressing: Suppressed | None,
    name: Path | None = None,
) -> FileReport:
    """Bring in one file of consent; what is wrong with it stands in the report.

    Args:
        store: open for writing.
        path: the file.
        access: as in ``add_files``.
        suppressing: people who were erased, and whose rows are not kept.
        name: what people call the file; its path if None.
    """
    if is_held(path):  # whoever reads it gives its lock away
        return FileReport(path, format="", error=_STUDY)
    try:
        with pipes.waited_for(path):
            found = replace(read_consent(path), path=name or path)
    except ExportError as error:
        return FileReport(path, format="", error=error.reason)
    except OSError as error:
        return FileReport(path, format="", error=folders.unreadable(error))
    known = store.known_file(found.sha256)
    if known is not None:
        shown = releasing.release_file(releasing.read_words(store), known, found.sha256)
        return FileReport(found.path, FORMAT, notes=(f"already imported as {shown}",))
    key = Key.read(access.key)
    check_key(store, key)
    erased, kept = _without_erased(store, found.rows, suppressing)
    if erased:
        notes = (*found.notes, _ERASED.format(erased))
        found = replace(found, rows=kept, notes=notes)
    return _add(store, found, key, consents.day_of(access))


def _without_erased(
    store: Store, rows: tuple[ConsentRow, ...], suppressing: Suppressed | None
) -> tuple[int, tuple[ConsentRow, ...]]:
    """How many rows are about people who were erased, and the others."""
    if suppressing is None:
        return 0, rows
    platforms = {DEFAULT_PLATFORM, *store.platforms()}

    def is_erased(name: PersonName) -> bool:
        if name.kind == NPI:
            return suppressing.holds_number(name.text)
        if name.kind not in (ID, HANDLE):
            return False
        native_id = name.text if name.kind == ID else None
        handle = name.text if name.kind == HANDLE else None
        return any(
            suppressing.holds(platform, native_id, handle)
            for platform in ((name.platform,) if name.platform else sorted(platforms))
        )

    kept = tuple(row for row in rows if not any(map(is_erased, row.names)))
    return len(rows) - len(kept), kept


def _add(store: Store, found: ConsentFile, key: Key | None, on: date) -> FileReport:
    kept, refused = _NamesKept(store, key).stored(found.rows)
    rejected = tuple(sorted((*found.rejected, *refused)))
    read = len(found.rows) + len(found.rejected)
    if read and not kept:
        return FileReport(
            found.path,
            FORMAT,
            read=read,
            rejected=read,
            reasons=rejected[:_SHOWN],
            error=f"no row can be used; line {rejected[0][0]}: {rejected[0][1]}",
        )
    fates = _fates(store.read_consent(), kept, on)
    known = sum(fate == {_KNOWN} for fate in fates)
    counted = Counter(one for fate in fates for one in sorted(fate))
    notes = (*found.notes, *_counted(counted))
    described = replace(found, rejected=rejected, notes=notes)
    new = len(kept) - known
    proof = None if key is None else key.digest(*_PROOF)
    store.write_consent(described, kept, (new, known), clock.now(), proof=proof)
    absent = consent_people.waiting(kept, store.read_bearers())
    if absent:
        notes += (_ABSENT.format(absent),)
    return FileReport(
        found.path, FORMAT, read=read, accepted=new, known=known,
        rejected=len(rejected), reasons=rejected[:_SHOWN], notes=notes,
    )  # fmt: skip


def settle(store: Store, key: Key | None) -> None:
    """Give statements that wait for their people the accounts that have come.

    Raises:
        ConsentKeyError: if some wait by hash, and their key is not given.
    """
    if not store.has_consent():
        return
    check_key(store, key)
    hashed = store.read_hashed_names()
    found: set[tuple[int, int, str, str, str]] = set()
    if hashed:
        if key is None:
            raise ConsentKeyError(store.path, _PENDING)
        bearers = _hashed_accounts(store, key, {kind for _, _, kind, _ in hashed})
        for file, line, kind, name in hashed:
            for account in bearers.get((kind, name), ()):
                found.add((file, line, *clear_name(account)))
    store.add_consent_names(sorted(found))


def check_key(store: Store, key: Key | None, *, needed: bool = False) -> None:
    """Refuse a key that is not that of the hashes in a study.

    Args:
        store: the study.
        key: the one that is given, if any.
        needed: whether people are about to come in, who may be among those hashes.

    Raises:
        ConsentKeyError: if it is another, or needed and not given.
    """
    if key is None:
        if needed and store.has_consent() and store.read_hashed_names():
            raise ConsentKeyError(store.path, _PENDING)
        return
    known = store.read_consent_proof()
    if known is not None and known != key.digest(*_PROOF):
        raise ConsentKeyError(store.path, _OTHER_KEY)


def _hashed_accounts(
    store: Store, key: Key, kinds: set[str]
) -> dict[tuple[str, str], list[Account]]:
    """The accounts of the study by the hashes of their names."""
    found: dict[tuple[str, str], list[Account]] = {}
    if ACCOUNT in kinds:
        for _, platform, native_id, handle in store.read_all_accounts():
            for text in account_texts(platform, native_id, handle):
                name = (ACCOUNT, key.digest(ACCOUNT, text))
                found.setdefault(name, []).append((platform, native_id, handle))
    if NPI in kinds:
        for number, platform, native_id, handle in store.read_registered():
            name = (NPI, key.digest(NPI, number))
            found.setdefault(name, []).append((platform, native_id, handle))
    return found


def clear_name(account: Account) -> Name:
    """How a row names an account of the study."""
    platform, native_id, handle = account
    if native_id is not None:
        return (ID, platform, native_id)
    return (HANDLE, platform, str(handle))


@dataclass(frozen=True, slots=True)
class _NameKept:
    """One name of a row: how it is stored, and the accounts that bear it."""

    stored: tuple[Name, ...]
    accounts: tuple[Account, ...]


class _NamesKept:
    """How names of files are kept in a study.

    Args:
        store: the study.
        key: of the hashes, if any.
    """

    def __init__(self, store: Store, key: Key | None) -> None:
        self._store = store
        self._key = key
        self._platform = store.usual_platform()
        self._accounts = {
            number: (platform, native_id, handle)
            for number, platform, native_id, handle in store.read_all_accounts()
        }

    def stored(
        self, rows: Sequence[ConsentRow]
    ) -> tuple[tuple[StoredRow, ...], tuple[tuple[int, str], ...]]:
        """The rows as they are kept, and those that cannot be, with the reason."""
        found = self._found({name for row in rows for name in row.names})
        kept, refused = [], []
        for row in rows:
            named = [found[name] for name in row.names]
            names = tuple(sorted({one for each in named for one in each.stored}))
            allows = any(one.status != NO for one in row.statements)
            if not names:
                refused.append((row.line, _NO_KEY))
            elif allows and any(_ambiguous(each) for each in named):
                refused.append((row.line, _SEVERAL))
            else:
                kept.append(StoredRow(-1, row.line, names, row.statements))
        return tuple(kept), tuple(refused)

    def _found(self, names: set[PersonName]) -> dict[PersonName, _NameKept]:
        """Each name as it is kept; those of accounts are looked up at once."""
        asked = sorted(name for name in names if name.kind in (ID, HANDLE, NPI))
        met: dict[PersonName, list[Account]] = {name: [] for name in names}
        for npi in (False, True):
            some = [name for name in asked if (name.kind == NPI) is npi]
            answers = self._store.resolve_many(map(_written, some), npi=npi)
            for name, numbers in zip(some, answers, strict=True):
                met[name] = [self._accounts[number] for number in numbers.values()]
        return {name: self._kept(name, tuple(met[name])) for name in names}

    def _kept(self, name: PersonName, accounts: tuple[Account, ...]) -> _NameKept:
        clear = tuple(clear_name(account) for account in accounts)
        if name.kind not in (ID, HANDLE):
            hashed = self._hashed(name.kind, name.text)
            return _NameKept((*clear, *hashed), accounts)
        if clear:
            return _NameKept(clear, accounts)
        platform = name.platform or self._platform
        if self._key is None:
            return _NameKept(((name.kind, platform, name.text),), ())
        is_id = name.kind == ID
        (text,) = account_texts(
            platform, name.text if is_id else None, None if is_id else name.text
        )
        return _NameKept(self._hashed(ACCOUNT, text), ())

    def _hashed(self, kind: str, text: str) -> tuple[Name, ...]:
        if self._key is None:
            return ()
        return ((kind, "", self._key.digest(kind, text)),)


def _written(name: PersonName) -> str:
    """A name as the study looks it up."""
    sign = "@" if name.kind == HANDLE else ""
    head = f"{name.platform}:" if name.platform else ""
    return f"{head}{sign}{name.text}"


def _ambiguous(named: _NameKept) -> bool:
    """Whether an id or a handle is borne on several platforms."""
    return len(named.accounts) > 1 and all(
        kind in (ID, HANDLE) for kind, *_ in named.stored
    )


def _fates(
    before: Sequence[StoredRow], kept: Sequence[StoredRow], on: date
) -> list[set[str]]:
    """What becomes of each row of a file, given what the study holds."""
    fate: dict[int, set[str]] = {id(row): {_NEW} for row in kept}
    for person in consent_people.people([*before, *kept]):
        known = {one for row in person if row.file >= 0 for one in row.statements}
        for row in person:
            if row.file >= 0 or not row.statements:
                continue
            found = set()
            for one in row.statements:
                found.add(_fate(one, known, on))
                known.add(one)
            fate[id(row)] = found
    return [fate[id(row)] for row in kept]


def _fate(one: Statement, known: set[Statement], on: date) -> str:
    if one in known:
        return _KNOWN
    before, alone, after = (
        consent.strictness(said, on, channel=one.channel, purpose=one.purpose)
        for said in (known, {one}, {*known, one})
    )
    if before is None or alone is None or after is None:
        return _NEW
    if after > before:
        return _STRICTER
    return _KEPT if alone < before else _NEW


def _counted(counted: Mapping[str, int]) -> tuple[str, ...]:
    said = [
        text.format(counted[what]) for what, text in _WORDED.items() if counted[what]
    ]
    return (f"statements: {', '.join(said)}",) if said else ()
