"""What a correction by hand may say."""

from __future__ import annotations

from hcpgraph.model.names import ROLES, suggest


def changes(
    *, role: str | None, name: str | None, hidden: bool | None
) -> dict[str, str | None]:
    """The fields that a correction sets, each with its value; None takes it back.

    Raises:
        ValueError: if there is no such role, or the name is blank.

    >>> changes(role=None, name=" Ana  Ruiz ", hidden=False)
    {'name': 'Ana Ruiz', 'hidden': None}
    """
    if role is not None and role not in ROLES:
        raise ValueError(f"no role {role!r}; {suggest(role, ROLES)}")
    if name is not None and not name.strip():
        raise ValueError("a name must have letters in it")
    said: dict[str, str | None] = {}
    if role is not None:
        said["role"] = role
    if name is not None:
        said["name"] = " ".join(name.split())
    if hidden is not None:
        said["hidden"] = "yes" if hidden else None
    return said
