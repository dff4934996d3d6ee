"""Text cells to ids, layers and weights, in SQL, and why a cell is refused.

Every function gives the text of an expression over a column of trimmed text in
which null means empty. ``*_reason`` is null where the cell can be used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading import addresses, sql
from hcpgraph.importers.reading.columns import KIND_WORDS, fold
from hcpgraph.model.names import DEFAULT_PLATFORM, LAYERS
from hcpgraph.model.signs import HIDDEN_IN_RE2

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LAYER_OF: Final[Mapping[str, str]] = {
    **KIND_WORDS,
    **{fold(layer): layer for layer in LAYERS},
}

# A spreadsheet turns long ids into 1.23457E+18; ``id_mending`` has mended what it can.
# Nan, None, null, NA and N/A are names that people bear. A few digits, an e and one or
# two digits are what programs print of floats; hashes that look so are longer.
_ID_REASON = """case
    when try_cast($cell as ubigint)::varchar = $cell then null
    when $cell is null then $what || ' is empty'
    when regexp_full_match($cell, '@?[:-]*[0-9A-Za-z_][0-9A-Za-z_:-]*')
        and not regexp_full_match($cell, '[0-9]{1,3}[eE][0-9]{1,2}') then null
    when regexp_matches($cell, '[\\x00-\\x1f\\x7f]')
        then $what || ' holds a control character'
    when $hides then $what || ' holds a character that no id or handle has'
    when regexp_full_match($cell, '[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+') then $what
        || ' ' || $cell || ' was rounded by a spreadsheet; export ids as text'
    when regexp_full_match($cell, '[+-]?[0-9]+[.,][0-9]*') then $what
        || ' ' || $cell || ' went through a decimal number; export ids as text'
    when regexp_full_match($cell, '#(N/A|NAME\\?|REF!|VALUE!|NUM!|DIV/0!|NULL!|#+)')
        then $what || ' ' || $cell || ' is what a spreadsheet writes in place of an id'
    when not regexp_matches($cell, '[\\p{L}\\p{N}_]') or $cell = '<NA>'
        then $what || ' is empty (' || $cell || ')'
    when starts_with($cell, '=') then $what || ' ' || left($cell, 80)
        || ' is a formula; save the table with its values'
    $shapes
    end"""
# No handle holds other signs; Mastodon's may name their server.
_HANDLE: Final = r"@?[\p{L}\p{N}\p{M}_.\x{b7}-]+(@[0-9A-Za-z.-]+(:[0-9]+)?)?"
# at:// is how Bluesky writes ids of posts.
_ADDRESS: Final = f"""when regexp_full_match($cell, {sql.text(addresses.ANY)})
        and not regexp_full_match($cell, 'at://[^/]+/app[.]bsky[.]feed[.]post/[^/]+')
        then $what || ' ' || left($cell, 80) || ' is an address of which no account of '
        || $platform || ' is certain; write ids, or handles as @handle'"""
_MAIL: Final = f"""when regexp_full_match($cell, {sql.text(addresses.MAIL)})
        then $what || ' ' || left($cell, 80) || ' is an address of e-mail, which is no'
        || ' account of x; say with --platform where it is one'"""
_NO_HANDLE: Final = f"""when $handles and not regexp_full_match($cell,
        {sql.text(_HANDLE)}) then $what || ' ' || left($cell, 80) || ' is no handle'"""


def id_reason(
    cell: str,
    what: str,
    *,
    handles: bool = False,
    platform: str | None = None,
    more: str = "",
) -> str:
    """Why an id or @handle cannot be one.

    Args:
        cell: the column.
        what: what the reason calls it.
        handles: whether all that stands there are handles, with an @ or without.
        platform: the platform of the accounts; of x if nobody says so.
        more: further cases, ``when ... then ...``, over ``$cell`` and ``$what``.
    """
    mail = platform in (None, DEFAULT_PLATFORM)
    shapes = (_ADDRESS, *((_MAIL,) if mail else ()), _NO_HANDLE, more)
    parts = {
        "cell": cell,
        "what": sql.text(what),
        "platform": sql.text(platform or DEFAULT_PLATFORM),
        "hides": hides(cell),
        "handles": "true" if handles else f"starts_with({cell}, '@')",
    }
    return sql.fill(
        _ID_REASON, shapes=" ".join(sql.fill(s, **parts) for s in shapes), **parts
    )


def is_handle(cell: str) -> str:
    """Whether a cell can be a handle."""
    return f"regexp_full_match({cell}, {sql.text(_HANDLE)})"


def hides(cell: str) -> str:
    """Whether a cell holds signs that steer a screen or cannot be seen."""
    return f"regexp_matches({cell}, '[{HIDDEN_IN_RE2}]')"


def native_id(cell: str, *, handles: bool) -> str:
    """The id as it stands; null where the cell is a handle."""
    if handles:
        return "null::varchar"
    return f"case when not starts_with({cell}, '@') then {cell} end"


def handle(cell: str, *, handles: bool) -> str:
    """The handle without its @; null where the cell is an id."""
    bare = f"ltrim({cell}[2:])"
    if handles:
        return f"case when starts_with({cell}, '@') then {bare} else {cell} end"
    return f"case when starts_with({cell}, '@') then {bare} end"


def layer(cell: str, default: str | None) -> str:
    """The layer that a kind of tie means; null for an unknown kind.

    Args:
        cell: the column.
        default: what an empty cell means; None if nobody said so.
    """
    own = " ".join(f"when '{name}' then '{name}'" for name in LAYERS)
    words = " ".join(f"when '{word}' then '{name}'" for word, name in LAYER_OF.items())
    folded = f"regexp_replace(lower({cell}), '[\\s_.-]+', '', 'g')"
    empty = "null" if default is None else sql.text(default)
    return (
        f"case {cell} {own} else case when {cell} is null then {empty} "
        f"else case {folded} {words} end end end"
    )


_LAYER_REASON = """case when $cell in $names then null when $layer is null then
    coalesce('kind ' || $cell || ' is no layer; the closest is ' || list_reverse_sort(
        list_transform($list, lambda name: {
            'likeness': jaro_winkler_similarity(name, lower($cell)), 'name': name
        })
    )[1].name$more, 'no kind; say what ties without one are with --layer')
    end"""


def layer_reason(cell: str, default: str | None) -> str:
    """Why a kind is no layer, with the closest one."""
    names = ", ".join(sql.text(name) for name in LAYERS)
    more = " || ', or say what all ties are with --layer'" if default is None else ""
    return sql.fill(
        _LAYER_REASON,
        layer=layer(cell, default),
        cell=cell,
        names=f"({names})",
        list=f"[{names}]",
        more=more,
    )


_NUMBER = "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?"

_WEIGHT_REASON = f"""case
    when $cell is null then null
    when not regexp_full_match($cell, '{_NUMBER}')
        or not coalesce(isfinite(try_cast($cell as double)), false)
        then 'weight ' || $cell || ' is not a number'
    when try_cast($cell as double) = 0
        then 'weight ' || $cell || ' means no tie'
    when try_cast($cell as double) < 0
        then 'weight ' || $cell || ' is negative'
    when try_cast($cell as double) not between 1e-37 and 1e37
        then 'weight ' || $cell || ' is out of range'
    end"""


def weight(cell: str) -> str:
    """A weight; 1 where the cell is empty."""
    return f"coalesce(try_cast({cell} as double), 1.0)"


def weight_reason(cell: str, *, comma: bool = False) -> str:
    """Why a weight is none: it must be a number above zero.

    Args:
        cell: the column.
        comma: whether the decimal sign is a comma, as ``decimal_commas`` has read it.
    """
    reason = sql.fill(_WEIGHT_REASON, cell=cell)
    return sql.fill(_NO_COMMA, cell=cell, reason=reason) if comma else reason


_NO_COMMA = """case when contains($cell, '.') and $cell not in
    (select value from with_comma) then 'weight ' || $cell
    || ' holds a point, and the decimal sign is a comma' else $reason end"""

# A comma is one of decimals where it separates no cells and no point stands anywhere.
_WITH_COMMA = """
create or replace temp table with_comma as
select distinct weight as was,
    replace(replace(weight, '.', ''), ',', '.') as value
from raw where regexp_full_match(weight, $pattern) and ($certain)
"""
_PLAIN_COMMA: Final = "[+-]?[0-9]+,[0-9]+"
_GROUPED: Final = f"{_PLAIN_COMMA}|[+-]?[0-9]{{1,3}}([.][0-9]{{3}})+(,[0-9]+)?"
# Of 1,234 alone nobody knows whether it is a thousand.
_NO_POINT: Final = """not exists (select 1 from raw where contains(weight, '.'))
    and exists (select 1 from raw where regexp_full_match(weight,
        '[+-]?(0,[0-9]+|[0-9]+,([0-9]{1,2}|[0-9]{4,}))'))"""
_APPLY_COMMA: Final = """
update raw set weight = with_comma.value from with_comma
where raw.weight = with_comma.was
"""
DECIMAL_REMARKS: Final = """
select format('weights are read with a decimal comma, such as {} as {}', min(was),
    arg_min(value, was)) from with_comma having count(*) > 0
"""


def decimal_commas(delimiter: str, decimal: str) -> tuple[str, str]:
    """Statements that read weights such as 2,5 where that is certain, or said.

    Args:
        delimiter: what separates the cells.
        decimal: the decimal sign that the user names.
    """
    if decimal == ",":
        pattern, certain = _GROUPED, "true"
    else:
        pattern = _PLAIN_COMMA
        certain = _NO_POINT if delimiter in (";", "\t") else "false"
    made = sql.fill(_WITH_COMMA, pattern=sql.text(pattern), certain=certain)
    return made, _APPLY_COMMA


def in_english(cell: str, *, decimal: str) -> str:
    """A number with a point before its decimals, and nothing between thousands."""
    mark, between = (",", ".") if decimal == "," else (".", ",")
    grouped = f"[+-]?[0-9]{{1,3}}([{between}][0-9]{{3}})+([{mark}][0-9]*)?"
    plain = f"[+-]?[0-9]*[{mark}]?[0-9]+"
    bare = f"replace(replace({cell}, '{between}', ''), '{mark}', '.')"
    return (
        f"case when regexp_full_match({cell}, {sql.text(f'{grouped}|{plain}')})"
        f" then {bare} when contains({cell}, '{between}') then {cell} || ' ('"
        f" || {sql.text(f'the decimal sign is {mark}')} || ')' else {cell} end"
    )


def meaning(cell: str, pairs: Iterable[tuple[str, str]]) -> str:
    """What a cell means by the first pair that fits, else the cell itself.

    Args:
        cell: the column.
        pairs: what stands there, with ``*`` for any text, and what it means, with
            ``*`` for that text. Case does not count.
    """
    cases = []
    for said, meant in pairs:
        if not said:
            cases.append(f"when {cell} is null then {sql.text(meant)}")
        elif "*" not in said:
            fits = f"lower({cell}) = {sql.text(said.lower())}"
            cases.append(f"when {fits} then {sql.text(meant)}")
        else:
            parts = (f"\\Q{part}\\E" if part else "" for part in said.split("*"))
            pattern = sql.text(f"(?is)^{'(.*)'.join(parts)}$")
            value = sql.text(meant)
            if "*" in meant:
                # of RE2, \1 is the text in place of the star
                filled = sql.text(meant.replace("\\", "\\\\").replace("*", "\\1"))
                value = f"regexp_replace({cell}, {pattern}, {filled})"
            cases.append(f"when regexp_matches({cell}, {pattern}) then {value}")
    if not cases:
        return cell
    return f"nullif(case {' '.join(cases)} else {cell} end, '')"


def first_reason(reasons: list[str]) -> str:
    """The first reason that applies, or null."""
    return "coalesce(\n" + ",\n".join(reasons) + "\n)"
