"""Values as callers hear them, read as a person would read them (N5)."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fs_control.errors import UserMistake
from fs_control.media.prompts import LANGUAGES, prompt_path, prompts_folder
from fs_control.texts.numerals import LARGEST, digits_parts, number_parts
from fs_control.texts.spoken import (
    SpeakAs,
    date_parts,
    money_parts,
    spoken_parts,
    spoken_text,
    time_parts,
)

SENTENCES = yaml.safe_load((prompts_folder() / "sentences.yaml").read_text(encoding="utf-8"))
VALUES = {
    SpeakAs.DIGITS: ["13800138000", "11010519491231002X", "*#+"],
    SpeakAs.NUMBER: [*range(1200), 2222, 10**4, 123456789012, "-12.5", 0.5],
    SpeakAs.MONEY: [0, 1, 2, 12.5, "0.05", "-3.1", "1 USD", "2.01 USD", "1.5 EUR", "3 EUR"],
    SpeakAs.DATE: [
        f"{year}-{month:02}-{day:02}" for year in (1905, 2000, 2026) for month in range(1, 13) for day in range(1, 29)
    ]
    + ["2026-01-29", "2026-01-30", "2026-01-31"],
    SpeakAs.TIME: [f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60)],
    SpeakAs.AGENT: ["8001"],
}
NUMBERS = [
    (0, "零", "zero"),
    (2, "二", "two"),
    (10, "十", "ten"),
    (11, "十一", "eleven"),
    (20, "二十", "twenty"),
    (99, "九十九", "ninety nine"),
    (100, "一百", "one hundred"),
    (101, "一百零一", "one hundred one"),
    (110, "一百一十", "one hundred ten"),
    (112, "一百一十二", "one hundred twelve"),
    (200, "二百", "two hundred"),
    (1000, "一千", "one thousand"),
    (1001, "一千零一", "one thousand one"),
    (1010, "一千零一十", "one thousand ten"),
    (1100, "一千一百", "one thousand one hundred"),
    (2222, "两千二百二十二", "two thousand two hundred twenty two"),
    (10_000, "一万", "ten thousand"),
    (10_001, "一万零一", "ten thousand one"),
    (10_100, "一万零一百", "ten thousand one hundred"),
    (11_000, "一万一千", "eleven thousand"),
    (20_002, "两万零二", "twenty thousand two"),
    (22_000, "两万两千", "twenty two thousand"),
    (100_000, "十万", "one hundred thousand"),
    (101_000, "十万一千", "one hundred one thousand"),
    (100_010, "十万零一十", "one hundred thousand ten"),
    (1_000_000, "一百万", "one million"),
    (20_000_000, "两千万", "twenty million"),
    (10**8, "一亿", "one hundred million"),
    (10**8 + 1000, "一亿零一千", "one hundred million one thousand"),
    (10**8 + 10**7, "一亿一千万", "one hundred ten million"),
    (10**8 + 10**4, "一亿零一万", "one hundred million ten thousand"),
    (2 * 10**8 + 2, "两亿零二", "two hundred million two"),
    (10**9, "十亿", "one billion"),
    (
        123_456_789_012,
        "一千二百三十四亿五千六百七十八万九千零一十二",
        "one hundred twenty three billion four hundred fifty six million seven hundred eighty nine thousand twelve",
    ),
]


def read_aloud(parts: tuple[str, ...], language: str) -> str:
    """The words of the parts, one behind the other."""
    return ("" if language == "zh" else " ").join(SENTENCES[name][language] for name in parts)


def both(how: SpeakAs, value: str | float) -> tuple[str, str]:
    zh, en = (read_aloud(spoken_parts(how, value, language), language) for language in ("zh", "en"))
    return zh, en


@pytest.mark.parametrize(("number", "zh", "en"), NUMBERS)
def test_N5_a_number_is_said_as_people_say_it(number: int, zh: str, en: str) -> None:
    assert both(SpeakAs.NUMBER, number) == (zh, en)


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (-5, "负五", "minus five"),
        ("12.50", "十二点五", "twelve point five"),
        (0.05, "零点零五", "zero point zero five"),
        (0.1 + 0.2, "零点三", "zero point three"),
        (1e-9, "零", "zero"),
        (-1e-9, "零", "zero"),
        (1e11, "一千亿", "one hundred billion"),
        ("007", "七", "seven"),
    ],
)
def test_N5_signs_and_decimals_are_said_and_the_noise_of_computers_is_not(number, zh: str, en: str) -> None:
    assert both(SpeakAs.NUMBER, number) == (zh, en)


@pytest.mark.parametrize("language", LANGUAGES)
@given(one=st.integers(-LARGEST, LARGEST), other=st.integers(-LARGEST, LARGEST))
def test_two_numbers_never_sound_alike(language: str, one: int, other: int) -> None:
    same = read_aloud(number_parts(one, language), language) == read_aloud(number_parts(other, language), language)
    assert same == (one == other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_numbers_sound_alike_around_every_power_of_ten(language: str) -> None:
    near = {
        10**power * times + more for power in range(11) for times in (1, 2, 10, 11, 20, 99) for more in range(-12, 13)
    }
    numbers = set(range(20_000)) | {number for number in near if 0 <= number <= LARGEST}
    assert len({read_aloud(number_parts(number, language), language) for number in numbers}) == len(numbers)


@pytest.mark.parametrize(
    ("digits", "zh", "en"),
    [
        ("138-0013 8000", "幺三八零零幺三八零零零", "one three eight zero zero one three eight zero zero zero"),
        ("11X*#+", "幺幺艾克斯星号井号加", "one one ex star hash plus"),
        (120, "幺二零", "one two zero"),
    ],
)
def test_N5_a_row_of_digits_is_said_one_by_one(digits, zh: str, en: str) -> None:
    assert both(SpeakAs.DIGITS, digits) == (zh, en)


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        (0, "零元", "zero yuan"),
        (2, "两元", "two yuan"),
        (12.5, "十二元五角", "twelve point five yuan"),
        ("12.05", "十二元零五分", "twelve point zero five yuan"),
        ("10.22", "十元二角二分", "ten point two two yuan"),
        ("0.2", "两角", "zero point two yuan"),
        ("0.05", "五分", "zero point zero five yuan"),
        (12.345, "十二元三角五分", "twelve point three five yuan"),
        (-3, "负三元", "minus three yuan"),
        ("1 USD", "一美元", "one dollar"),
        ("12.50 usd", "十二点五美元", "twelve dollars and fifty cents"),
        ("0.01 USD", "零点零一美元", "one cent"),
        ("EUR 2", "两欧元", "two euros"),
    ],
)
def test_N5_money_is_said_with_its_units(amount, zh: str, en: str) -> None:
    assert both(SpeakAs.MONEY, amount) == (zh, en)


def test_an_amount_may_be_given_its_currency_apart() -> None:
    assert money_parts(1, "en", "USD") == ("part-number-1", "part-dollar")


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        ("2026-10-01", "二零二六年十月一日", "October first twenty twenty six"),
        ("2005-02-22", "二零零五年二月二十二日", "February twenty second two thousand five"),
        ("1999-12-31", "一九九九年十二月三十一日", "December thirty first nineteen ninety nine"),
        ("1905-05-20", "一九零五年五月二十日", "May twentieth nineteen hundred five"),
        ("1900-01-30", "一九零零年一月三十日", "January thirtieth nineteen hundred"),
        ("2000-02-29", "二零零零年二月二十九日", "February twenty ninth two thousand"),
    ],
)
def test_N5_a_date_is_said(day: str, zh: str, en: str) -> None:
    assert both(SpeakAs.DATE, day) == (zh, en)


@pytest.mark.parametrize(
    ("time", "zh", "en"),
    [
        ("09:05", "九点零五分", "nine oh five a.m."),
        ("9:05", "九点零五分", "nine oh five a.m."),
        ("02:30", "两点三十分", "two thirty a.m."),
        ("14:00", "十四点整", "two p.m."),
        ("00:00", "零点整", "midnight"),
        ("12:00", "十二点整", "noon"),
        ("00:05", "零点零五分", "twelve oh five a.m."),
        ("23:59", "二十三点五十九分", "eleven fifty nine p.m."),
    ],
)
def test_N5_a_time_of_day_is_said(time: str, zh: str, en: str) -> None:
    assert both(SpeakAs.TIME, time) == (zh, en)


def test_N5_an_agent_is_said_by_number() -> None:
    assert both(SpeakAs.AGENT, "8001") == ("工号八零零幺", "agent eight zero zero one")


@pytest.mark.parametrize(
    ("how", "value", "code"),
    [
        *[("digits", value, "spoken_not_digits") for value in ("", "12a", "1.5", "1" * 65, "-", True)],
        *[
            ("number", value, "spoken_not_a_number")
            for value in ("", "x", "1e5", "٣", float("nan"), float("inf"), True)
        ],
        ("number", LARGEST + 1, "spoken_number_too_large"),
        ("number", "9" * 30, "spoken_number_too_large"),
        *[("money", value, "spoken_not_money") for value in ("abc", "USD 1 EUR", "¥1")],
        ("money", "1 GBP", "spoken_currency_unknown"),
        ("money", "1.2.3", "spoken_not_a_number"),
        *[("date", value, "spoken_not_a_date") for value in ("2026-02-30", "20261001", "1.10.2026", "", 5)],
        *[("time", value, "spoken_not_a_time") for value in ("24:00", "9", "12:60", "", "09:05:00")],
        *[("agent", value, "spoken_not_an_agent") for value in ("", "王芳", "1" * 21)],
        ("sing", 1, "spoken_how_unknown"),
    ],
)
def test_what_cannot_be_said_is_refused_in_speech_and_in_writing(how: str, value, code: str) -> None:
    for language in LANGUAGES:
        with pytest.raises(UserMistake, match=code):
            spoken_parts(how, value, language)
        with pytest.raises(UserMistake, match=code):
            spoken_text(how, value, language)


def test_a_language_without_parts_is_refused() -> None:
    with pytest.raises(UserMistake, match="spoken_language_unknown"):
        spoken_parts("number", 1, "fr")


@pytest.mark.parametrize("how", SpeakAs)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_that_a_value_needs_is_recorded_in_its_language(how: SpeakAs, language: str) -> None:
    needed = {part for value in VALUES[how] for part in spoken_parts(how, value, language)}
    assert [name for name in sorted(needed) if not prompt_path(prompts_folder(), name, language).is_file()] == []


def test_no_part_is_recorded_that_nobody_says() -> None:
    said = {
        part
        for how, values in VALUES.items()
        for value in values
        for language in LANGUAGES
        for part in spoken_parts(how, value, language)
    }
    of_the_line = ("part-place", "part-wait", "part-own-agent", "part-minute")
    of_values = {name for name in SENTENCES if name.startswith("part-") and not name.startswith(of_the_line)}
    assert of_values - said == set()


@pytest.mark.parametrize(
    ("how", "value", "zh", "en"),
    [
        ("digits", "13800138000", "13800138000", "13800138000"),
        ("number", 12.50, "12.5", "12.5"),
        ("money", 12.5, "12.50 元", "12.50 yuan"),
        ("money", "3 USD", "3 美元", "3 dollars"),
        ("date", "2026-10-01", "2026年10月1日", "2026-10-01"),
        ("time", "09:05", "09:05", "09:05"),
        ("agent", "8001", "工号 8001", "agent 8001"),
    ],
)
def test_a_record_has_a_value_as_a_person_would_write_it(how: str, value, zh: str, en: str) -> None:
    assert (spoken_text(how, value, "zh"), spoken_text(how, value, "en")) == (zh, en)


def test_parts_of_a_day_and_a_time_are_not_mixed_up() -> None:
    assert "part-day" in date_parts("2026-10-01", "zh")
    assert "part-day" not in time_parts("10:01", "zh")
    assert digits_parts("1", "zh") != number_parts("1", "zh")
