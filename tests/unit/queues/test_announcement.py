"""The sentences that callers in line hear, read as a person would read them."""

from __future__ import annotations

import pytest
import yaml

from fs_control.media.prompts import LANGUAGES, prompt_path, prompts_folder
from fs_control.queues import announced_parts

SENTENCES = yaml.safe_load((prompts_folder() / "sentences.yaml").read_text(encoding="utf-8"))


def read_aloud(position: int, minutes: int | None, language: str) -> str:
    """The words of the parts, one behind the other."""
    words = [SENTENCES[name][language] for name in announced_parts(position, minutes, language)]
    return ("" if language == "zh" else " ").join(words)


@pytest.mark.parametrize(
    ("position", "minutes", "zh", "en"),
    [
        (1, None, "您现在排在第一位", "You are number one in line."),
        (2, None, "您现在排在第二位", "You are number two in line."),
        (10, None, "您现在排在第十位", "You are number ten in line."),
        (12, None, "您现在排在第十二位", "You are number twelve in line."),
        (20, None, "您现在排在第二十位", "You are number twenty in line."),
        (21, None, "您现在排在第二十一位", "You are number twenty one in line."),
        (99, None, "您现在排在第九十九位", "You are number ninety nine in line."),
    ],
)
def test_Q9_a_place_is_said_as_people_say_it(position: int, minutes: int | None, zh: str, en: str) -> None:
    """When all agents are busy the number of people queuing is announced."""
    assert (read_aloud(position, minutes, "zh"), read_aloud(position, minutes, "en")) == (zh, en)


def test_Q9_beyond_ninety_nine_nobody_is_told_a_figure() -> None:
    assert read_aloud(100, None, "en") == "There are ninety-nine callers or more before you."
    assert announced_parts(5000, None, "zh") == ("part-place-over",)


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (0, "预计等待时间不到一分钟。", "The estimated waiting time is less than a minute."),
        (1, "预计等待时间大约一分钟", "The estimated waiting time is about one minute."),
        (2, "预计等待时间大约两分钟", "The estimated waiting time is about two minutes."),
        (12, "预计等待时间大约十二分钟", "The estimated waiting time is about twelve minutes."),
        (22, "预计等待时间大约二十二分钟", "The estimated waiting time is about twenty two minutes."),
        (60, "预计等待时间在一小时以上。", "The estimated waiting time is an hour or more."),
    ],
)
def test_Q9_minutes_are_said_as_people_say_them(minutes: int, zh: str, en: str) -> None:
    assert read_aloud(3, minutes, "zh").removeprefix("您现在排在第三位") == zh
    assert read_aloud(3, minutes, "en").removeprefix("You are number three in line. ") == en


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_that_may_be_needed_is_recorded(language: str) -> None:
    figures = [(position, None) for position in range(1, 102)] + [(1, minutes) for minutes in range(62)]
    needed = {name for position, minutes in figures for name in announced_parts(position, minutes, language)}
    assert [name for name in sorted(needed) if not prompt_path(prompts_folder(), name, language).is_file()] == []
