"""Variables of flows: set before they are used, said as they can be, and never said where they are sensitive."""

from __future__ import annotations

import pytest

from fs_control.flow import FlowFile, read_flow_files
from tests.unit.flow.knowing import NAMES, problems_of, reading_of, told, warnings_of

HEAD = "flow: f\nlanguage: zh\nstart: a\nsteps:\n"
END = "  end: {do: hangup}\n"
COLLECT = "{do: collect, prompt: welcome, length: 4, into: card, next: %s, wrong: {next: end}, no_key: {next: %s}%s}\n"
FETCH = "{do: http, url: 'https://a.example/', into: {balance: data.balance}, next: %s, failed: %s}\n"


def flow(**steps: str) -> str:
    return HEAD + "".join(f"  {name}: {step.rstrip()}\n" for name, step in steps.items()) + END


def codes(text: str) -> list[str]:
    return [problem.partition(" ")[2] for problem in problems_of(text)]


def test_what_is_asked_for_is_there_where_it_was_got_and_not_where_it_failed() -> None:
    said = "{do: say, text: '{balance:money}', next: end}"
    assert codes(flow(a=FETCH % ("b", "end"), b=said)) == []
    assert codes(flow(a=FETCH % ("end", "b"), b=said)) == ["flow_variable_not_yet name=balance"]


def test_what_is_set_on_some_ways_only_is_warned_of() -> None:
    text = flow(a=FETCH % ("b", "b"), b="{do: say, text: '{balance:money}', next: end}")
    assert warnings_of(text) == ["6:24 flow_variable_perhaps_not_set name=balance"]
    before = text.replace("start: a", "start: z") + "  z: {do: set, values: {balance: 0}, next: a}\n"
    assert warnings_of(before) == []


def test_a_variable_may_be_set_by_a_way_round() -> None:
    """The caller comes to `a` twice; the first time `tries` is 0 in the computation that sets it."""
    counted = "{do: set, values: {tries: '= tries + 1'}, next: b}"
    branch = "{do: branch, when: [{if: tries < 3, next: c}], otherwise: end}"
    text = flow(a=counted, b=branch, c="{do: play, prompt: welcome, next: a}")
    assert (problems_of(text), warnings_of(text)) == ([], [])


def test_faults_and_hang_ups_come_from_anywhere() -> None:
    text = flow(a=COLLECT % ("end", "end", ""), b=FETCH % ("end", "end"), c="{do: hangup}")
    text = text.replace("start: a", "start: a\non_hangup: b\non_error: c")
    text = text.replace("a.example/", "a.example/?card={card}")
    assert (codes(text), warnings_of(text)) == ([], [])


@pytest.mark.parametrize(
    ("value", "said", "found"),
    [
        ("12", "{n}", []),
        ("12.5", "{n:money}", []),
        ("'8001'", "{n:agent}", []),
        ("'= 2 * 3'", "{n:number}", []),
        ("'2026-05-01'", "{n:date}", []),
        ("'09:05'", "{n:time}", []),
        ("hello", "{n}", ["flow_cannot_say name=n"]),
        ("true", "{n}", ["flow_cannot_say name=n"]),
        ("'2026-05-01'", "{n}", ["flow_cannot_say_so name=n ways={n:date}"]),
        ("12", "{n:time}", ["flow_cannot_say_so name=n ways={n:digits}, {n:money}, {n:number}"]),
    ],
)
def test_a_value_is_said_only_as_it_can_be(value: str, said: str, found: list[str]) -> None:
    steps = {"a": f"{{do: set, values: {{n: {value}}}, next: b}}", "b": f"{{do: say, text: '{said}', next: end}}"}
    assert codes(flow(**steps)) == found


@pytest.mark.parametrize("fact", ["caller.name", "customer.name", "customer.known", "caller.anonymous"])
def test_names_and_answers_of_yes_and_no_cannot_be_said(fact: str) -> None:
    assert codes(flow(a=f"{{do: say, text: '{{{fact}}}', next: end}}")) == [f"flow_cannot_say name={fact}"]


@pytest.mark.parametrize(
    ("use", "found"),
    [
        ("{do: say, text: '{card}', next: end}", ["flow_sensitive_used name=card"]),
        ("{do: branch, when: [{if: card == '1', next: end}], otherwise: end}", ["flow_sensitive_used name=card"]),
        ("{do: set, values: {copy: '= card'}, next: end}", ["flow_sensitive_used name=card"]),
        ("{do: http, url: 'https://a.example/?c={card}', next: end, failed: end}", []),
    ],
)
def test_what_is_sensitive_can_be_sent_and_nothing_else(use: str, found: list[str]) -> None:
    assert codes(flow(a=COLLECT % ("b", "end", ", sensitive: true"), b=use)) == found


def test_flows_that_run_each_other_share_their_variables() -> None:
    said = "{do: say, text: '{x}', next: end}"
    main = flow(a=COLLECT % ("b", "end", ""), b="{do: flow, flow: other, next: c}", c=said)
    other = flow(a="{do: say, text: '{card}', next: b}", b="{do: set, values: {x: 1}, next: c}", c="{do: return}")
    other = other.removesuffix(END).replace("flow: f\n", "flow: other\n")
    files = [FlowFile(f"{name}.yaml", name, text.encode()) for name, text in (("f", main), ("other", other))]
    assert [reading.problems for reading in read_flow_files(files, NAMES)] == [(), ()]
    alone = reading_of(other.replace("do: return", "do: hangup"))
    assert [told(problem) for problem in alone.problems] == ["5:24 flow_unknown_variable name=card"]


def test_nothing_is_said_of_variables_of_a_flow_that_runs_one_that_was_not_read() -> None:
    text = flow(a="{do: flow, flow: holiday, next: b}", b="{do: say, text: '{x}', next: end}")
    assert problems_of(text) == []
