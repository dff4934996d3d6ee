"""Cells of twarc-csv as they are meant, under any options of the tool.

It writes lists as JSON of texts or of whole objects, and on demand every cell as JSON;
what went through a program of one's own may hold lists as Python prints them.
"""

from __future__ import annotations

from typing import Final

from hcpgraph.importers.reading import sql

# What no platform allows as a handle is nobody's, JSON and texts above all.
HANDLE: Final = "[A-Za-z0-9_]{1,30}"

_PLAIN = """case when starts_with($cell, '"') and json_valid($cell)
        then json_extract_string($cell, '$$') else $cell end"""

_OPTIONAL = """case when lower($plain) not in ('', 'nan', 'null', 'none', '<na>')
        then $plain end"""

# A single object is a list of one; names that stand there as they are, one of names.
_LIST = """case
        when $cell is null then []::json[]
        when json_valid($cell) then case json_type($cell)
            when 'ARRAY' then from_json($cell, '["JSON"]')
            when 'OBJECT' then [$cell::json] else []::json[] end
        when json_valid($python) and json_type($python) = 'ARRAY'
            then from_json($python, '["JSON"]')
        when regexp_full_match($cell, '[@#]?\\w+([ ,;|]+[@#]?\\w+)*')
            then list_transform(regexp_extract_all($cell, '\\w+'), lambda w: to_json(w))
        else []::json[] end"""
_PYTHON = """regexp_replace(regexp_replace(regexp_replace(
        replace($cell, '''', '"'), '\\bNone\\b', 'null', 'g'),
        '\\bTrue\\b', 'true', 'g'), '\\bFalse\\b', 'false', 'g')"""

_IS_ENCODED = """
create or replace temp table encoded as select $each from raw where broken is null
"""
_ENCODED = """coalesce(bool_and(
    starts_with($name, '"') and json_valid($name)) filter ($name != 'NaN'), false) as
    $name"""
_WORDS = """case when (select $name from encoded) then case
            when $name != 'NaN' then json_extract_string($name, '$$') end
        else replace($name, '\\n', chr(10)) end"""


def plain(cell: str) -> str:
    """What a cell says, also if it is JSON of a text."""
    return sql.fill(_PLAIN, cell=cell)


def optional(cell: str) -> str:
    """The same; null also where a program wrote a word for nothing."""
    return sql.fill(_OPTIONAL, plain=plain(cell))


def elements(cell: str) -> str:
    """The elements of a list, each as JSON; empty if the cell holds no list."""
    text = f"({plain(cell)})"
    return sql.fill(_LIST, cell=text, python=sql.fill(_PYTHON, cell=text))


def find_encoded(names: tuple[str, ...]) -> str:
    """A statement that makes ``encoded``: which columns hold JSON in every cell."""
    return sql.fill(
        _IS_ENCODED, each=", ".join(sql.fill(_ENCODED, name=name) for name in names)
    )


def words(name: str) -> str:
    """A text with its line ends; needs ``encoded``."""
    return sql.fill(_WORDS, name=name)


def handle(cell: str) -> str:
    """A handle without its @; null where it can be none.

    Where every cell is JSON, the id among them, a bare word is none either.
    """
    text = f"ltrim({plain(cell)}, '@')"
    bare = f"starts_with(id, '\"') and not starts_with({cell}, '\"')"
    return (
        f"case when regexp_full_match({text}, '{HANDLE}') and not ({bare})"
        f" then {text} end"
    )


# One element of a list: a text, or an object that names it.
_NAME = """case when json_type(e) = 'VARCHAR'
            then ltrim(json_extract_string(e, '$$'), '$sign')
        else coalesce($keys) end"""


def named(sign: str, *keys: str) -> str:
    """What an element ``e`` names: itself without *sign*, or one of its *keys*."""
    paths = ", ".join(f"json_extract_string(e, '$.{key}')" for key in keys)
    return sql.fill(_NAME, sign=sign, keys=paths)
