"""Every way through a flow, walked: what callers press, what lines, calendars and servers say."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from fs_control.face.trying.office import made_up_office
from fs_control.face.trying.paths import MOST_WAYS, Exit, Walk, walk_paths
from fs_control.face.trying.play import read_library
from fs_control.media.prompts import prompt_names
from fs_control.records import FlowText

HEAD = "flow: main\nlanguage: en\nstart: a\n"
END = "  end: {do: hangup}\n"
FAILS = "no_key: {next: end}, wrong_key: {next: end}"


def walk(steps: str, head: str = HEAD, others: Mapping[str, str] | None = None) -> Walk:
    texts = [FlowText("main", f"{head}steps:\n{steps}{END}")]
    texts += [
        FlowText(name, f"flow: {name}\nlanguage: en\nstart: a\nsteps:\n{text}") for name, text in (others or {}).items()
    ]
    return walk_paths(read_library(made_up_office(texts, [], prompt_names()), "main"), "main")


def told(walked: Walk) -> list[str]:
    return [" ".join(f"{each.step}:{each.left_by}".rstrip(":") for each in way.visits) for way in walked.ways]


def test_a_menu_is_left_by_every_key_and_by_both_failures() -> None:
    walked = walk(
        "  a: {do: menu, prompt: main-menu, keys: {1: end, '*': end}, no_key: {next: end}, wrong_key: {next: end}}\n"
    )
    assert told(walked) == ["a:1 end", "a:* end", "a:wrong_key end", "a:no_key end"]
    assert (walked.steps, walked.exits, walked.missed_exits, walked.are_all) == (2, 4, (), True)


def test_a_line_is_left_by_every_exit() -> None:
    walked = walk(
        "  a: {do: queue, group: sales, wait_at_most: 9, keys: {0: end}, nobody_signed_in: end, waited_too_long: end,"
        " served: end, nobody_free: end}\n"
    )
    exits = ["served", "nobody_signed_in", "waited_too_long", "0", "line_full", "nobody_free"]
    assert told(walked) == [f"a:{name} end" for name in exits]
    assert walked.missed_exits == ()


def test_conditions_are_tried_with_the_values_that_they_name() -> None:
    walked = walk(
        "  a: {do: branch, when: [{if: 'customer.vip >= 5', next: b}, {if: customer.known, next: end}], otherwise: b}\n"
        "  b: {do: branch, when: [{if: 'customer.vip >= 8', next: end}], otherwise: end}\n"
    )
    assert walked.missed_exits == ()


def test_a_fact_stays_what_it_is_on_one_way() -> None:
    walked = walk(
        "  a: {do: branch, when: [{if: 'customer.known', next: b}], otherwise: c}\n"
        "  b: {do: branch, when: [{if: 'customer.known', next: end}], otherwise: c}\n"
        "  c: {do: hangup, reason: stranger}\n"
    )
    assert Exit("main", "b", "otherwise") in walked.missed_exits


def test_digits_and_answers_of_servers_are_those_that_conditions_name() -> None:
    walked = walk(
        "  a: {do: collect, prompt: welcome, length: 2, into: code, next: b, wrong: {next: end}, no_key: {next: end}}\n"
        "  b: {do: branch, when: [{if: \"code == '42'\", next: c}], otherwise: end}\n"
        "  c: {do: http, url: 'https://x.example/{code}', into: {days: days}, next: d, failed: end}\n"
        "  d: {do: branch, when: [{if: 'days > 3', next: end}], otherwise: end}\n"
    )
    assert walked.missed_exits == ()


def test_another_flow_comes_back() -> None:
    sub = "  a: {do: menu, prompt: main-menu, keys: {1: b}, no_key: {next: c}, wrong_key: {next: c}}\n"
    walked = walk(
        "  a: {do: flow, flow: sub, next: end}\n", others={"sub": sub + "  b: {do: return}\n  c: {do: hangup}\n"}
    )
    assert told(walked)[0] == "a:sub a:1 b end"
    assert (walked.missed_steps, walked.missed_exits) == ((), ())


def test_steps_for_faults_and_for_hanging_up_are_walked() -> None:
    head = HEAD + "on_error: b\non_hangup: c\n"
    walked = walk(
        "  a: {do: play, prompt: welcome, next: end}\n  b: {do: hangup}\n  c: {do: set, values: {x: 1}, next: end}\n",
        head,
    )
    assert [(way.begins, way.ends) for way in walked.ways] == [
        ("start", "finished"),
        ("on_error", "finished"),
        ("on_hangup", "finished"),
    ]
    assert walked.missed_steps == ()


def test_a_circle_is_walked_once() -> None:
    walked = walk(
        "  a: {do: menu, prompt: main-menu, keys: {1: a, 2: end}, no_key: {next: end}, wrong_key: {next: end}}\n"
    )
    assert walked.ways[0].ends == ""
    assert walked.missed_exits == ()


def test_a_limit_bounds_what_is_told_and_not_what_is_reached() -> None:
    steps = "".join(
        f"  {step}: {{do: menu, prompt: main-menu, keys: {{1: {following}, 2: {following}, 3: {following}}},"
        f" no_key: {{next: {following}}}, wrong_key: {{next: {following}}}}}\n"
        for step, following in zip("abcdefgh", [*"bcdefgh", "end"], strict=True)
    )
    walked = walk(steps)
    assert (len(walked.ways), walked.are_all) == (MOST_WAYS, False)
    assert (walked.missed_steps, walked.missed_exits) == ((), ())


@pytest.mark.parametrize("calendar", ["holiday: end, special: end", "holiday: end", "special: end", ""])
def test_a_calendar_is_in_every_state_that_is_told_apart(calendar: str) -> None:
    assert walk(f"  a: {{do: hours, calendar: office, open: end, closed: end, {calendar}}}\n").missed_exits == ()
