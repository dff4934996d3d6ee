"""Numbers out of text, as exactly as they are written.

Only what a program would write again in the same way is a number: no sign, no zero
in front, and no more than 64 bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

_QUOTE: Final = ord('"')
_BLANK: Final = ord(" ")
_LINE_FEED: Final = ord("\n")
_RETURN: Final = ord("\r")
_ZERO: Final = ord("0")
_LONGEST: Final = 20  # digits of 2^64 - 1

_ONE, _TWO, _THREE, _FOUR = (np.uint64(n) for n in range(1, 5))
_TEN: Final = np.uint64(10)
_HUNDRED: Final = np.uint64(100)
_TEN_THOUSAND: Final = np.uint64(10**4)
_HUNDRED_MILLION: Final = np.uint64(10**8)
_TWENTY_DIGITS: Final = np.uint64(10**19)

# Masks for eight letters in one integer.
_ZEROS: Final = np.uint64(0x3030303030303030)
_SIXES: Final = np.uint64(0x0606060606060606)
_HIGH: Final = np.uint64(0xF0F0F0F0F0F0F0F0)
_PAIRS: Final = np.uint64(0x00FF00FF00FF00FF)
_FOURS: Final = np.uint64(0x0000FFFF0000FFFF)
_EIGHT: Final = np.uint64(0x00000000FFFFFFFF)


@compiled
def read_rows(  # noqa: C901, PLR0912 - a call with an array costs more than a number
    text: NDArray[np.uint8],
    bounds: tuple[int, int, bool],
    delimiter: int,
    numbers: NDArray[np.uint64],
) -> int:
    """Read lines of two numbers each; lines without a character are passed over.

    Quotes and blanks around a number do no harm.

    Args:
        text: the lines.
        bounds: where the first line begins, where lines to read no longer begin, and
            whether the file ends with *text*, so that the last line may do without
            a line end.
        delimiter: what separates the two cells.
        numbers: filled with the first and the second number of each line, shape
            (2, n) with enough room.

    Returns:
        How many rows were read; -1 if a line is anything else.
    """
    at, stop, whole = bounds
    end = len(text)
    cells = 0
    while at < end and (at < stop or cells % 2):
        if cells % 2 == 0:
            if text[at] == _RETURN and at + 1 < end:
                at += 1
            if text[at] == _LINE_FEED:
                at += 1
                continue
        while at < end and text[at] == _BLANK:
            at += 1
        quoted = at < end and text[at] == _QUOTE
        at += quoted
        while quoted and at < end and text[at] == _BLANK:
            at += 1
        start = at
        value = np.uint64(0)
        while at + 8 <= end and at - start <= 8:
            p = np.uint64(at)
            low = _joined(text[p], text[p + _ONE], text[p + _TWO], text[p + _THREE])
            p += _FOUR
            high = _joined(text[p], text[p + _ONE], text[p + _TWO], text[p + _THREE])
            eight = low | high << np.uint64(32)
            if not _are_digits(eight):
                break
            value = value * _HUNDRED_MILLION + _value_of(eight)
            at += 8
        while at < end and np.uint8(text[at] - _ZERO) <= 9:
            value = value * _TEN + np.uint64(text[at] - _ZERO)
            at += 1
        if start == end or not _is_number(text[start], at - start, value):
            return -1
        numbers[cells % 2, cells // 2] = value
        while at < end and text[at] == _BLANK:
            at += 1
        if quoted:
            if at == end or text[at] != _QUOTE:
                return -1
            at += 1
            while at < end and text[at] == _BLANK:
                at += 1
        cells += 1
        if cells % 2 == 0 and at + 1 < end and text[at] == _RETURN:
            at += 1
        if at == end:
            break
        if text[at] != (delimiter if cells % 2 else _LINE_FEED):
            return -1
        at += 1
    complete = whole or at == 0 or text[at - 1] == _LINE_FEED
    return cells // 2 if cells % 2 == 0 and complete else -1


@compiled
def read_texts(
    text: NDArray[np.uint8], offsets: NDArray[np.int64], numbers: NDArray[np.uint64]
) -> bool:
    """Read cells that stand one behind the other; false if one is no number.

    Args:
        text: all cells.
        offsets: where each begins, and the end of the last, shape (n + 1,).
        numbers: filled with the numbers, shape (n,).
    """
    for i in range(len(numbers)):
        value = np.uint64(0)
        for at in range(offsets[i], offsets[i + 1]):
            digit = np.uint8(text[at] - _ZERO)
            if digit > 9:
                return False
            value = value * _TEN + np.uint64(digit)
        length = offsets[i + 1] - offsets[i]
        if not (length and _is_number(text[offsets[i]], length, value)):
            return False
        numbers[i] = value
    return True


@compiled
def _is_number(first: int, length: int, value: np.uint64) -> bool:
    """Whether so many digits, beginning with *first*, write the number *value*."""
    if length < _LONGEST:
        return length == 1 or (length > 1 and first != _ZERO)
    # of 20 digits, those above 2^64 either begin with 2 or more, or wrapped around
    in_range = length == _LONGEST and first == _ZERO + 1 and value >= _TWENTY_DIGITS
    return bool(in_range)


@compiled
def _joined(a: np.uint8, b: np.uint8, c: np.uint8, d: np.uint8) -> np.uint64:
    """Four letters in one integer, the first in the lowest bits."""
    low = np.uint64(a) | np.uint64(b) << np.uint64(8)
    return low | np.uint64(c) << np.uint64(16) | np.uint64(d) << np.uint64(24)


@compiled
def _are_digits(eight: np.uint64) -> bool:
    """Whether all of eight letters lie between 0 and 9."""
    alike = (eight & _HIGH) == _ZEROS and ((eight + _SIXES) & _HIGH) == _ZEROS
    return bool(alike)


@compiled
def _value_of(eight: np.uint64) -> np.uint64:
    """The number that eight digits write, the first of them in the lowest bits."""
    digits = eight - _ZEROS
    pairs = (digits * _TEN + (digits >> np.uint64(8))) & _PAIRS
    fours = (pairs * _HUNDRED + (pairs >> np.uint64(16))) & _FOURS
    return (fours * _TEN_THOUSAND + (fours >> np.uint64(32))) & _EIGHT
