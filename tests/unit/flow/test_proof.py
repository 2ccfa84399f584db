"""The proof finds what strands a caller, says by which rule and how, and passes what does not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from fs_control.flow import Flow, HoursTold
from fs_control.flow.proof import Interval, PromptState, Proof, Rule, Surroundings, prove
from fs_control.flow.proof.times import times_of
from fs_control.flow.source import read_source

OPEN, CLOSED, HOLIDAY = HoursTold(True, "regular"), HoursTold(False, "none"), HoursTold(False, "holiday")
PROMPTS = dict.fromkeys(("hello", "choose", "sorry", "apology"), PromptState.PLAYABLE)
WORLD = Surroundings({"sales": 2, "empty": 0}, {**PROMPTS, "silence": PromptState.EMPTY}, ("office",))

BYE = """
  bye: {do: play, prompt: sorry, next: end}
  end: {do: hangup}
"""


def flow(steps: str, head: str = "") -> str:
    return f"flow: main\nlanguage: en\nstart: a\n{head}steps:{steps}{BYE}"


def proof(*texts: str, world: Surroundings = WORLD) -> Proof:
    """Prove the first of these flows; places are found in the texts."""
    flows = [Flow.model_validate(read_source(text, "main.yaml").data) for text in texts]
    sources = {each.name: (f"{each.name}.yaml", text) for each, text in zip(flows, texts, strict=True)}
    return prove({each.name: each for each in flows}, flows[0].name, world, sources)


def found(*texts: str, **named: Any) -> list[tuple[str, str]]:
    return [(finding.rule.value, finding.step) for finding in proof(*texts, **named).findings]


FINE = {
    "a menu, a line, a way for everybody": """
  a: {do: menu, prompt: choose, keys: {1: line, "*": a}, wrong_key: {next: bye}, no_key: {next: line}}
  line: {do: queue, group: sales, wait_at_most: 60, waited_too_long: bye, nobody_signed_in: bye}""",
    "a line without a limit": """
  a: {do: queue, group: sales, nobody_signed_in: bye}""",
    "back into line three times": """
  a: {do: set, values: {tries: 0}, next: b}
  b: {do: set, values: {tries: "= tries + 1"}, next: c}
  c: {do: play, prompt: hello, next: line}
  line: {do: queue, group: sales, wait_at_most: 60, waited_too_long: d, nobody_signed_in: bye}
  d: {do: branch, when: [{if: tries < 3 and customer.vip > 2, next: b}], otherwise: bye}""",
    "a message when nobody is there": """
  a: {do: queue, group: sales, nobody_signed_in: m}
  m: {do: message, box: sales, prompt: hello, next: end, nothing_said: bye}""",
    "served, and round again": """
  a: {do: menu, prompt: choose, keys: {1: line}, wrong_key: {next: bye}, no_key: {next: line}}
  line: {do: queue, group: sales, nobody_signed_in: bye, served: a}""",
    "a server asked three times": """
  a: {do: set, values: {tries: 0}, next: ask}
  ask: {do: http, url: "https://crm.example.com/", next: bye, failed: count}
  count: {do: set, values: {tries: "= tries + 1"}, next: again}
  again: {do: branch, when: [{if: tries < 3, next: ask}], otherwise: bye}""",
    "a server that may not answer": """
  a: {do: http, url: "https://crm.example.com/", into: {level: a.b}, next: b, failed: bye}
  b: {do: branch, when: [{if: level > 3, next: line}], otherwise: bye}
  line: {do: queue, group: sales, nobody_signed_in: bye}""",
}


@pytest.mark.parametrize("steps", FINE.values(), ids=FINE)
def test_a_flow_in_which_nobody_is_stranded_passes(steps: str) -> None:
    assert found(flow(steps)) == []


STRANDED = {
    "a counter that never gets there": (
        """
  a: {do: set, values: {n: 0}, next: ask}
  ask: {do: http, url: "https://crm.example.com/", next: bye, failed: count}
  count: {do: set, values: {n: "= (n + 1) % 3"}, next: again}
  again: {do: branch, when: [{if: n < 3, next: ask}], otherwise: bye}""",
        ("loop_without_wait", "ask"),
    ),
    "a menu that silence leads back to": (
        """
  a: {do: menu, prompt: choose, keys: {1: bye}, wrong_key: {next: bye}, no_key: {next: a}}""",
        ("silence_goes_round", "a"),
    ),
    "a menu that nobody can leave": (
        """
  a: {do: menu, prompt: choose, keys: {1: a}, wrong_key: {next: a}, no_key: {next: a}}""",
        ("no_way_out", "a"),
    ),
    "a menu that only silence leaves": (
        """
  a: {do: menu, prompt: choose, keys: {1: a}, wrong_key: {next: a}, no_key: {next: bye}}""",
        ("keys_go_round", "a"),
    ),
    "back into line for ever": (
        """
  a: {do: play, prompt: hello, next: line}
  line: {do: queue, group: sales, wait_at_most: 60, waited_too_long: a, nobody_signed_in: bye}""",
        ("loop_without_limit", "a"),
    ),
    "a server asked until it answers": (
        """
  a: {do: http, url: "https://crm.example.com/", next: bye, failed: b}
  b: {do: set, values: {n: 1}, next: c}
  c: {do: http, url: "https://crm.example.com/", next: bye, failed: a}""",
        ("loop_without_wait", "a"),
    ),
    "an end without a word": (
        """
  a: {do: queue, group: sales, nobody_signed_in: end}""",
        ("silent_hang_up", "end"),
    ),
    "nothing said after a telephone that nobody took up": (
        """
  a: {do: play, prompt: hello, next: b}
  b: {do: dial, number: "02112345678", busy: bye, no_answer: end, failed: bye}""",
        ("silent_hang_up", "end"),
    ),
    "a value that is not set where it is said": (
        """
  a: {do: http, url: "https://crm.example.com/", into: {n: a.b}, next: say, failed: say}
  say: {do: say, text: "It is {n:digits}.", next: bye}""",
        ("step_breaks", "say"),
    ),
    "a step behind what is never true": (
        """
  a: {do: set, values: {n: 1}, next: b}
  b: {do: branch, when: [{if: n > 1, next: c}], otherwise: bye}
  c: {do: play, prompt: hello, next: bye}""",
        ("step_never_taken", "c"),
    ),
    "a group of nobody": (
        """
  a: {do: queue, group: empty, nobody_signed_in: bye}""",
        ("group_without_members", "a"),
    ),
    "a group that is not there": (
        """
  a: {do: queue, group: gone, nobody_signed_in: bye}""",
        ("unknown_group", "a"),
    ),
    "a prompt that is not there": (
        """
  a: {do: play, prompt: gone, next: bye}""",
        ("unknown_prompt", "a"),
    ),
    "a prompt in which nothing is heard": (
        """
  a: {do: play, prompt: silence, next: bye}""",
        ("nothing_heard", "a"),
    ),
    "a calendar that is not there": (
        """
  a: {do: hours, calendar: gone, open: bye, closed: bye}""",
        ("unknown_calendar", "a"),
    ),
    "a flow that is not there": (
        """
  a: {do: flow, flow: gone, next: bye}""",
        ("unknown_flow", "a"),
    ),
    "an exit to nowhere": (
        """
  a: {do: play, prompt: hello, next: gone}""",
        ("exit_to_nowhere", "a"),
    ),
}


@pytest.mark.parametrize(("steps", "expected"), STRANDED.values(), ids=STRANDED)
def test_a_flow_that_strands_somebody_is_found_by_its_rule(steps: str, expected: tuple[str, str]) -> None:
    assert expected in found(flow(steps))


def test_a_finding_names_its_place_and_tells_a_caller_who_is_stranded() -> None:
    text = flow("\n  a: {do: play, prompt: hello, next: b}\n  b: {do: queue, group: sales, nobody_signed_in: end}")
    (finding,) = (each for each in proof(text).findings if each.rule is Rule.SILENT_HANG_UP)
    assert (finding.place.file, finding.place.line, finding.place.column) == ("main.yaml", 8, 3)
    assert [f"{item.step} {item.kind} {item.detail}" for item in finding.path] == [
        "a heard hello",
        "b exit nobody_signed_in",
        "end ended finished",
    ]
    assert finding.times == ()


def test_a_flow_is_proved_with_those_that_it_runs() -> None:
    main = flow("\n  a: {do: flow, flow: other, next: b}\n  b: {do: play, prompt: hello, next: bye}")
    fine = "flow: other\nlanguage: zh\nstart: x\nsteps:\n  x: {do: play, prompt: hello, next: y}\n  y: {do: return}\n"
    assert found(main, fine) == []
    assert ("loop_without_limit", "x") in found(main, fine.replace("next: y", "next: x"))


def test_where_faults_lead_and_what_is_done_after_a_hang_up_are_proved_as_well() -> None:
    steps = "\n  a: {do: play, prompt: hello, next: bye}\n  oops: {do: hangup}"
    assert found(flow(steps, "on_error: oops\n")) == [("silent_hang_up", "oops")]
    assert found(flow(steps, "on_hangup: oops\n")) == []


def test_a_counter_that_is_never_looked_at_is_not_counted_for_ever() -> None:
    steps = """
  a: {do: set, values: {n: "= n + 1"}, next: b}
  b: {do: menu, prompt: choose, keys: {1: a, 2: c}, wrong_key: {next: bye}, no_key: {next: bye}}
  c: {do: branch, when: [{if: n > 5, next: bye}], otherwise: a}"""
    checked = proof(flow(steps))
    assert checked.findings == ()
    assert checked.states < 1000


def test_a_broken_step_is_found_in_its_own_flow_where_the_fault_leads_on_into_another() -> None:
    main = flow(
        """
  a: {do: http, url: "https://crm.example.com/", into: {n: a.b}, next: tell, failed: tell}
  tell: {do: say, text: "It is {n:digits}.", next: bye}
  help: {do: flow, flow: night}""",
        "on_error: help\n",
    )
    night = flow("\n  a: {do: play, prompt: hello, next: bye}").replace("flow: main", "flow: night")
    (finding,) = proof(main, night).findings
    assert (finding.rule, finding.flow, finding.step) == (Rule.STEP_BREAKS, "main", "tell")
    assert (finding.place.file, finding.place.line) == ("main.yaml", 7)


def test_a_broken_step_is_found_though_another_key_leads_to_the_same_end() -> None:
    steps = """
  a: {do: menu, prompt: choose, keys: {1: end, 2: tell, 3: get}, wrong_key: {next: bye}, no_key: {next: bye}}
  get: {do: http, url: "https://crm.example.com/", into: {n: a.b}, next: tell, failed: bye}
  tell: {do: say, text: "It is {n:digits}.", next: bye}"""
    assert ("step_breaks", "tell") in found(flow(steps, "on_error: end\n"))


# --- times -----------------------------------------------------------------------------------------------------------

LUNCH = """
  a: {do: hours, calendar: office, open: b, closed: end}
  b: {do: play, prompt: hello, next: bye}"""
MONDAY = datetime(2026, 11, 30)  # noqa: DTZ001 - the clock on the wall


def days(count: int) -> list[Interval]:
    """So many days from a Monday on, open but for lunch."""
    found = []
    for day in (MONDAY + timedelta(days=number) for number in range(count)):
        cuts = [day, day + timedelta(hours=12), day + timedelta(hours=13), day + timedelta(days=1)]
        told = (OPEN, CLOSED, OPEN)
        found += [Interval(cuts[n], cuts[n + 1], {"office": told[n]}) for n in range(3)]
    return found


def test_what_happens_at_some_times_is_found_and_told_with_them() -> None:
    world = Surroundings(WORLD.groups, WORLD.prompts, ("office",), days(10))
    (finding,) = proof(flow(LUNCH), world=world).findings
    assert finding.rule is Rule.SILENT_HANG_UP
    (times,) = finding.times
    assert (f"{times.begin:%H:%M}", f"{times.end:%H:%M}") == ("12:00", "13:00")
    assert (times.count, times.every_day, times.first) == (10, True, MONDAY.date())


def test_equal_times_are_proved_once() -> None:
    world = Surroundings(WORLD.groups, WORLD.prompts, ("office",), days(10))
    assert (proof(flow(LUNCH), world=world).intervals, proof(flow(LUNCH), world=world).distinct) == (30, 2)


def test_a_calendar_that_never_opens_is_found() -> None:
    closed = [Interval(MONDAY, MONDAY + timedelta(days=400), {"office": HOLIDAY})]
    world = Surroundings(WORLD.groups, WORLD.prompts, ("office",), closed)
    assert ("calendar_never_opens", "a") in found(flow(LUNCH), world=world)


def test_what_never_comes_about_is_not_held_against_a_flow() -> None:
    open_always = [Interval(MONDAY, MONDAY + timedelta(days=400), {"office": OPEN})]
    world = Surroundings(WORLD.groups, WORLD.prompts, ("office",), open_always)
    assert found(flow(LUNCH), world=world) == []


def test_times_that_follow_one_another_are_one() -> None:
    def at(day: int, begin: int, end: int) -> Interval:
        midnight = MONDAY + timedelta(days=day)
        return Interval(midnight + timedelta(hours=begin), midnight + timedelta(hours=end), {})

    morning, night = times_of([at(0, 9, 10), at(0, 10, 12), at(1, 9, 12), at(7, 9, 12), at(8, 18, 30)])
    assert (morning.begin.hour, morning.end.hour, morning.count, morning.weekdays) == (9, 12, 3, (1, 2))
    assert (night.begin.hour, night.end.hour, night.days, night.count) == (18, 6, 1, 1)
    assert not morning.every_day


def test_of_many_times_of_day_the_most_frequent_are_told_and_the_others_counted() -> None:
    begin = [MONDAY + timedelta(days=day, hours=day % 5) for day in range(23)]
    *_, last = times_of([Interval(each, each + timedelta(minutes=10), {}) for each in begin])
    assert (last.begin.hour, last.count, last.others) == (2, 5, 8)
