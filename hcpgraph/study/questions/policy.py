"""``policy``: what is in force in a study, and how it is put in force."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hcpgraph import policy
from hcpgraph.errors import ExportError, PolicyFileError
from hcpgraph.model.policy import PACKAGED, PolicyInForce
from hcpgraph.model.table import Table
from hcpgraph.study import clock, pipes, releasing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hcpgraph.store import Store
    from hcpgraph.study.open_study import OpenStudy

    Row = tuple[str, str, str, str]

_COLUMNS: Final = ("part", "name", "rule", "value")
_UNCHANGED: Final = "policy: it says what was in force already"


def answer(opened: OpenStudy) -> PolicyInForce:
    """The policy in force."""
    return _in_force(opened.rules, packaged=opened.store.read_policy() is None)


def put(store: Store, given: str) -> PolicyInForce:
    """Put a policy in force; its notes say what changed.

    Args:
        store: the study, open for writing.
        given: a TOML file, or ``"default"`` for the policy of the toolkit.

    Raises:
        PolicyFileError: if the file cannot be read, or is only half understood; the
            policy before stays in force.
    """
    before = _rows(policy.as_plain(releasing.read_rules(store)))
    if given == PACKAGED:
        rules = policy.load()
        store.remove_policy()
    else:
        text = _read(Path(given))
        rules = _parsed(text, Path(given))
        store.write_policy(text, clock.now())
    made = _in_force(rules, packaged=given == PACKAGED)
    after = _rows(made.rules)
    notes = _changed(before, after) or [_UNCHANGED]
    return PolicyInForce(made.table, made.rules, made.packaged, tuple(notes))


def _in_force(rules: policy.Policy, *, packaged: bool) -> PolicyInForce:
    plain = policy.as_plain(rules)
    rows = _rows(plain)
    columns = {name: [row[i] for row in rows] for i, name in enumerate(_COLUMNS)}
    return PolicyInForce(Table(columns, "policy"), plain, packaged)


def _read(path: Path) -> str:
    try:
        with pipes.waited_for(path):
            return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise PolicyFileError(path, "it is no UTF-8 text") from error
    except ExportError as error:
        raise PolicyFileError(path, str(error)) from error
    except OSError as error:
        raise PolicyFileError(path, error.strerror or str(error)) from error


def _parsed(text: str, path: Path) -> policy.Policy:
    try:
        return policy.parse(text, path.name)
    except ValueError as error:
        raise PolicyFileError(path, str(error)) from error


def _rows(plain: Mapping[str, Any]) -> list[Row]:
    """Part, name, rule and value of each rule.

    >>> _rows({"words": {"least_accounts": 5}, "audience": {"all": {"roles": ["a"]}}})
    [('words', '', 'least_accounts', '5'), ('audience', 'all', 'roles', 'a')]
    """
    return [row for part, held in plain.items() for row in _rows_of(part, held)]


def _rows_of(part: str, held: Mapping[str, Any]) -> Iterator[Row]:
    for name, value in held.items():
        if not isinstance(value, dict):
            yield part, "", name, _text(value)
            continue
        for rule, inner in value.items():
            if not isinstance(inner, dict):
                yield part, name, rule, _text(inner)
                continue
            for field, innermost in inner.items():
                yield part, name, f"{rule}.{field}", _text(innermost)


def _text(value: object) -> str:
    """A value on one line; lists joined by commas."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _changed(before: list[Row], after: list[Row]) -> list[str]:
    """What differs between two policies, a line each.

    >>> _changed([("words", "", "least_accounts", "5")],
    ...         [("words", "", "least_accounts", "9")])
    ['words least_accounts: 5 -> 9']
    """
    old = {row[:3]: row[3] for row in before}
    new = {row[:3]: row[3] for row in after}
    lines = []
    for key in sorted(old.keys() | new.keys()):
        one, other = old.get(key), new.get(key)
        if one != other:
            called = " ".join(filter(None, key))
            lines.append(f"{called}: {_shown(one)} -> {_shown(other)}")
    return lines


def _shown(value: str | None) -> str:
    if value is None:
        return "nothing"
    return value or "nothing at all"
