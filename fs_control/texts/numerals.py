"""Numbers as people say them: figures in, names of recorded parts out (`part-*`), in the order in which they are said.

Pure. Knows whole numbers to twelve digits, decimals, and rows of digits such as a telephone number; money and dates are
put together of these in `spoken`. Easy to break: Chinese counts by ten thousands, says 零 once for any row of noughts
within a number, 十 without 一 only where a number begins, 两 before 千, 万 and 亿 but 二 before 十 and 百, and 幺 for a
one in a row of digits; in English no "and" stands behind a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Final, TypeAlias

from fs_control.errors import UserMistake

Figure: TypeAlias = int | float | Decimal | str

LARGEST: Final = 999_999_999_999
DECIMALS: Final = 6
"""Places behind the point that are said; what is finer is the noise of computers."""
MOST_DIGITS: Final = 64
"""In a row; a switch plays 128 files at once, and nobody follows so many."""
TWO: Final = "part-two-of"

_FIGURE: Final = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_EXACT: Final = Context(prec=70)
_SIGNS: Final = {"*": "part-star", "#": "part-hash", "+": "part-plus", "X": "part-letter-x", "x": "part-letter-x"}
_UNSAID: Final = frozenset(" -\u00a0")
_ENGLISH: Final = ((10**9, "part-billion"), (10**6, "part-million"), (1000, "part-thousand"))
_CHINESE: Final = ((10**8, "part-hundred-million"), (10**4, "part-ten-thousand"))


def digits_parts(text: Figure, language: str) -> tuple[str, ...]:
    """Return a row of digits, one by one; `*`, `#`, `+` and X are said, too, blanks and dashes are not.

    UserMistake `spoken_not_digits` for anything else, for nothing at all and for more than 64.
    """
    row = [sign for sign in _written(text) if sign not in _UNSAID]
    if not 0 < len(row) <= MOST_DIGITS or not all(sign in _SIGNS or sign in "0123456789" for sign in row):
        raise UserMistake("spoken_not_digits", value=_shown(text))
    one = "part-digit-1" if language == "zh" else "part-number-1"
    return tuple(_SIGNS.get(sign) or (one if sign == "1" else f"part-number-{sign}") for sign in row)


def number_parts(number: Figure, language: str) -> tuple[str, ...]:
    """Return a number, negative or with decimals too: `-12.5` is minus twelve point five.

    UserMistake `spoken_not_a_number`, or `spoken_number_too_large` from a million millions on.
    """
    value = decimal_of(number)
    whole, _, behind = f"{abs(value):f}".partition(".")
    point = ("part-point", *(f"part-number-{digit}" for digit in behind)) if behind else ()
    sign = ("part-minus",) if value < 0 else ()
    return (*sign, *_whole(int(whole), language), *point)


def count_parts(number: int, language: str) -> tuple[str, ...]:
    """Return how many there are of something that is named behind it: Chinese says 两 for two alone (两分钟)."""
    return (TWO,) if (number, language) == (2, "zh") else number_parts(number, language)


def decimal_of(figure: Figure, places: int = DECIMALS) -> Decimal:
    """Return a figure, rounded half up to so many places, without noughts behind them; refusals as `number_parts`."""
    text = _written(figure)
    if not _FIGURE.fullmatch(text):
        raise UserMistake("spoken_not_a_number", value=_shown(figure))
    value = Decimal(text).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    if abs(value) > LARGEST:
        raise UserMistake("spoken_number_too_large", value=_shown(figure))
    bare = value.normalize(_EXACT) + 0  # and no minus before a nought
    return bare.quantize(Decimal(1)) if bare == bare.to_integral_value() else bare


def _written(figure: Figure) -> str:
    """Return a figure as text without an exponent; what is no number comes out as it calls itself."""
    if isinstance(figure, bool):
        return ""
    if isinstance(figure, float | Decimal):
        try:
            return f"{Decimal(str(figure)):f}"
        except InvalidOperation:
            return str(figure)
    return str(figure).strip()


def _shown(figure: Figure) -> str:
    return str(figure)[:40]


# --- whole numbers ---------------------------------------------------------------------------------------------------


def _whole(number: int, language: str) -> tuple[str, ...]:
    if number == 0:
        return ("part-number-0",)
    return tuple(_chinese(number) if language == "zh" else _english(number))


def _to_ninety_nine(number: int) -> tuple[str, ...]:
    """Say a number from 1 to 99; both languages have tens and ones from twenty on."""
    if number <= 20 or number % 10 == 0:
        return (f"part-number-{number}",)
    return (f"part-number-{number - number % 10}", f"part-number-{number % 10}")


def _english(number: int) -> Iterator[str]:
    for size, name in _ENGLISH:
        if number >= size:
            yield from (*_english_hundreds(number // size), name)
            number %= size
    yield from _english_hundreds(number)


def _english_hundreds(number: int) -> Iterator[str]:
    if number >= 100:
        yield from (f"part-number-{number // 100}", "part-hundred")
    if number % 100:
        yield from _to_ninety_nine(number % 100)


def _chinese(number: int) -> Iterator[str]:
    """Say the groups of four digits; 零 stands before one that follows an empty group or has no thousands."""
    begun, gap = False, False
    for size, name in (*_CHINESE, (1, "")):
        group, number = divmod(number, size)
        if not group:
            gap = begun
            continue
        if begun and (gap or group < 1000):
            yield "part-number-0"
        yield from (TWO,) if name and group == 2 else _chinese_group(group, is_first=not begun)
        if name:
            yield name
        begun, gap = True, False


def _chinese_group(group: int, *, is_first: bool) -> Iterator[str]:
    thousands, hundreds, rest = group // 1000, group // 100 % 10, group % 100
    if thousands:
        yield from (TWO if thousands == 2 else f"part-number-{thousands}", "part-thousand")
    if hundreds:
        yield from (f"part-number-{hundreds}", "part-hundred")
    if not rest:
        return
    if (thousands and not hundreds) or (hundreds and rest < 10):
        yield "part-number-0"
    if 10 <= rest < 20 and not (is_first and group < 100):
        yield from ("part-number-1", "part-number-10")  # 一百一十二, but 十二
        rest -= 10
    if rest:
        yield from _to_ninety_nine(rest)
