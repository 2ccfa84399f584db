"""Why a value cannot be said to a caller."""

from __future__ import annotations

from typing import Final

SPOKEN: Final = {
    "spoken_not_digits": (
        "“{value}” cannot be said digit by digit: 1 to 64 digits, with * # + and X among them.",
        "“{value}”无法逐位播报：应为 1 到 64 位数字，可含 * # + 和 X。",
    ),
    "spoken_not_a_number": (
        "“{value}” is no number that can be said; write it as 12 or -12.5.",
        "“{value}”不是可播报的数字，应写作 12 或 -12.5。",
    ),
    "spoken_number_too_large": (
        "{value} is too large to be said; 999 999 999 999 is the largest.",
        "{value} 太大，无法播报；最大为 999 999 999 999。",
    ),
    "spoken_not_money": (
        "“{value}” is no amount of money; write it as 12.50 or 12.50 USD.",
        "“{value}”不是金额，应写作 12.50 或 12.50 USD。",
    ),
    "spoken_currency_unknown": (
        "The currency {currency} cannot be said; these can: {valid}.",
        "无法播报货币 {currency}，可用的有：{valid}。",
    ),
    "spoken_not_a_date": (
        "“{value}” is no day; write it as 2026-10-01.",
        "“{value}”不是有效日期，应写作 2026-10-01。",
    ),
    "spoken_not_a_time": (
        "“{value}” is no time of day; write it as 09:05.",
        "“{value}”不是有效时刻，应写作 09:05。",
    ),
    "spoken_not_an_agent": (
        "“{value}” is no agent's number.",
        "“{value}”不是坐席工号。",
    ),
    "spoken_how_unknown": (
        "Nothing is said as “{how}”.",
        "没有“{how}”这种播报方式。",
    ),
    "spoken_language_unknown": (
        "Values cannot be said in “{language}”; they can in: {valid}.",
        "无法用“{language}”播报数值，可用的语言：{valid}。",
    ),
}
