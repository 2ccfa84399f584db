"""A flow with every kind of step: it reads, survives a snapshot, and each step takes its ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.flow import (
    NODE_TYPES,
    Answer,
    Ask,
    CheckHours,
    Dial,
    DigitsGot,
    End,
    Enqueue,
    Fetch,
    Fetched,
    Flow,
    HoursTold,
    Know,
    Known,
    LineExit,
    LineLeft,
    MessageTaken,
    PromptDone,
    Reach,
    Resume,
    Say,
    Sprint,
    TakeMessage,
    TalkExit,
    TalkOver,
    TrailItem,
    TrailKind,
    Value,
    hang_up_flow,
    literal_name,
    nothing_known,
    parse_flow,
    resume_flow,
    start_flow,
)
from fs_control.flow.engine import MAX_NESTING
from fs_control.texts.numerals import digits_parts
from tests.unit.flow.playing import saved_and_loaded

WHOLE = """flow: whole
language: zh
answer: on_agent
prompts: {wrong_key: wrong-key, no_key: no-key}
on_error: sorry
on_hangup: tell
start: hours
steps:
  hours: {do: hours, calendar: office, open: who, closed: message, holiday: holiday}
  holiday: {do: flow, flow: other, next: who}
  who:
    do: branch
    when:
      - {if: "customer.vip >= 5 and caller.number in ['13800138000']", next: vip}
      - {if: "customer.known", next: own}
    otherwise: menu
  vip: {do: priority, level: 5, next: own}
  own: {do: owner, targets: [8001], group: sales, nobody_signed_in: message, nobody_free: message}
  menu:
    do: menu
    say: "请按 1 。"
    keys: {1: id, 2: agent, 3: dial}
    wrong_key: {next: message}
    no_key: {next: message}
  id:
    do: collect
    prompt: welcome
    length: 4
    into: card
    next: count
    wrong: {next: message}
    no_key: {next: message}
  count: {do: set, values: {tries: "= tries + 1", word: hello}, next: ask}
  ask:
    do: http
    url: "https://crm.example.com/b?id={card}&from={caller.number}"
    method: POST
    body: {card: "no {card}", vip: true}
    into: {balance: data.balance}
    next: balance
    failed: message
  balance: {do: say, text: "编号 {card:digits} 好。", next: line}
  line: {do: queue, group: sales, nobody_signed_in: message}
  agent: {do: agent, agent: 8001, not_signed_in: message, busy: line}
  dial: {do: dial, number: 02112345678, failed: message}
  message: {do: message, box: sales, prompt: welcome, next: end}
  sorry: {do: play, prompt: goodbye, next: end}
  tell: {do: http, url: "https://crm.example.com/gone", next: end, failed: end}
  end: {do: hangup}
"""
OTHER = """flow: other
language: en
start: hello
steps:
  hello: {do: play, prompt: welcome, next: back}
  back: {do: return}
"""
KNOWN = dict.fromkeys(("welcome", "goodbye", "wrong-key", "no-key"))


def flow(text: str) -> Flow:
    return parse_flow(text, filename="f.yaml", groups={"sales"}, prompts=set(KNOWN))


LIBRARY = {"whole": flow(WHOLE), "other": flow(OTHER)}


def on(sprint: Sprint, *answers: Resume) -> Sprint:
    for answer in answers:
        sprint = resume_flow(LIBRARY, saved_and_loaded(sprint.session), answer)
    return sprint


def at_the_menu() -> Sprint:
    return on(start_flow(LIBRARY, "whole"), HoursTold(True, "regular"), Known(nothing_known()))


def facts(**known: Value) -> Known:
    return Known({**nothing_known(), **{name.replace("_", ".", 1): value for name, value in known.items()}})


def test_every_kind_of_step_is_read_and_is_the_same_after_a_snapshot() -> None:
    whole = LIBRARY["whole"]
    kinds = {getattr(node, "do", "") for each in LIBRARY.values() for node in each.steps.values()}
    assert kinds == NODE_TYPES.keys() - {"transfer"}
    assert Flow.model_validate_json(whole.model_dump_json()) == whole


def test_N9_hours_lead_by_what_the_calendar_says() -> None:
    begun = start_flow(LIBRARY, "whole")
    assert begun.orders == (CheckHours("office"),)
    assert on(begun, HoursTold(True, "special")).session.step == "who"
    assert on(begun, HoursTold(False, "none")).session.step == "message"
    assert on(begun, HoursTold(False, "holiday")).session.flow == "other"


def test_a_flow_that_is_run_comes_back_with_its_language() -> None:
    away = on(start_flow(LIBRARY, "whole"), HoursTold(False, "holiday"))
    assert (away.session.language, away.orders) == ("en", (Say("welcome", skip=True),))
    back = on(away, PromptDone(True))
    assert (back.session.flow, back.session.language, back.session.step) == ("whole", "zh", "who")
    assert back.orders == (Know(),)


@pytest.mark.parametrize(
    ("known", "step"),
    [
        (facts(customer_vip=5, caller_number="13800138000"), "own"),
        (facts(customer_known=True), "own"),
        (facts(customer_vip=5, caller_number="13900139000"), "menu"),
    ],
)
def test_N8_a_branch_takes_the_first_condition_that_is_true(known: Known, step: str) -> None:
    assert on(start_flow(LIBRARY, "whole"), HoursTold(True, "regular"), known).session.step == step


def test_N4_digits_are_a_variable_and_stand_in_the_record_only_as_dots() -> None:
    asked = on(at_the_menu(), DigitsGot("1"))
    assert asked.orders == (Ask("welcome", 4, 5.0, between_s=3.0),)
    got = on(asked, DigitsGot("1234"))
    assert got.session.variables["card"] == "1234"
    assert TrailItem("id", TrailKind.COLLECTED, "••••") in got.trail


def test_N4_too_few_digits_are_asked_for_again_with_the_prompt_of_the_flow() -> None:
    again = on(at_the_menu(), DigitsGot("1"), DigitsGot("12"))
    assert again.orders == (Say("wrong-key"),)
    assert on(again, PromptDone(True)).orders == (Ask("welcome", 4, 5.0, between_s=3.0),)


def test_http_encodes_what_it_sends_and_remembers_what_it_wants() -> None:
    asking = on(at_the_menu(), DigitsGot("1"), DigitsGot("1234"), facts(caller_number="+86 138&x={y}"))
    url = "https://crm.example.com/b?id=1234&from=%2B86%20138%26x%3D%7By%7D"
    assert asking.orders == (Fetch("POST", url, 3.0, '{"card": "no 1234", "vip": true}', {"balance": "data.balance"}),)
    assert asking.session.variables["tries"] == 1
    said = on(asking, Fetched(True, {"balance": 12.5, "other": "x"}))
    assert said.session.variables.keys() == {"card", "tries", "word", "balance"}
    assert said.orders[-1] == Say(
        "编号 1234 好。",
        (literal_name("编号", "zh"), *digits_parts("1234", "zh"), literal_name("好。", "zh")),
        True,
    )
    assert on(asking, Fetched(False, reason="timeout")).session.step == "message"


AHEAD = """flow: ahead
language: zh
start: hello
steps:
  hello: {do: play, prompt: welcome, next: more}
  more: {do: play, prompt: welcome, next: menu}
  menu: {do: menu, prompt: welcome, keys: {1: id}, wrong_key: {next: end}, no_key: {next: end}}
  id: {do: collect, prompt: welcome, length: 3, into: x, next: end, wrong: {next: end}, no_key: {next: end}}
  end: {do: hangup}
"""


def test_N3_keys_typed_ahead_skip_what_is_said_answer_the_menu_and_begin_the_number() -> None:
    library = {"ahead": flow(AHEAD)}
    asked = resume_flow(library, start_flow(library, "ahead").session, PromptDone(False, key="1"))
    assert asked.orders == (Ask("welcome", 3, 5.0, between_s=3.0),)
    assert TrailItem("more", TrailKind.NOT_HEARD, "welcome") in asked.trail
    begun = replace(start_flow(library, "ahead").session, typed="1")
    listening = resume_flow(library, begun, PromptDone(False, key="7"))
    assert listening.orders == (Ask("", 2, 3.0, between_s=3.0),)
    assert resume_flow(library, listening.session, DigitsGot("89")).session.variables == {"x": "789"}


def test_N7_a_message_takes_the_call_up_and_is_recorded_after_its_prompt() -> None:
    begun = on(start_flow(LIBRARY, "whole"), HoursTold(False, "none"))
    assert begun.orders == (Answer(), Say("welcome"))
    recording = on(begun, PromptDone(True))
    assert recording.orders == (TakeMessage("sales", 120.0, 4.0, "#"),)
    assert TrailItem("message", TrailKind.MESSAGE, "7.5") in on(recording, MessageTaken(7.5)).trail


def test_an_agent_and_a_number_outside_are_rung_without_a_line() -> None:
    agent = on(at_the_menu(), DigitsGot("2"))
    assert agent.orders == (Reach("8001", 20.0),)
    assert on(agent, TalkOver(TalkExit.BUSY)).orders == (Enqueue("sales", None),)
    assert on(agent, TalkOver(TalkExit.NO_ANSWER)).session.step == "message"
    assert on(agent, TalkOver(TalkExit.SERVED)).orders == (End("served"),)
    outside = on(at_the_menu(), DigitsGot("3"))
    assert outside.orders == (Dial("02112345678", 30.0),)


def test_N7_who_finds_nobody_free_goes_on_where_the_flow_wants() -> None:
    line = on(start_flow(LIBRARY, "whole"), HoursTold(True, "regular"), facts(customer_known=True))
    assert line.orders == (Enqueue("sales", None, own_agents=("8001",), stop_if_none_free=True),)
    assert on(line, LineLeft(LineExit.NONE_FREE)).session.step == "message"


def test_a_step_that_is_broken_leads_to_on_error_once_and_then_to_the_apology() -> None:
    broken = WHOLE.replace('text: "编号 {card:digits} 好。"', 'text: "编号 {nothing:digits} 好。"')
    broken = broken.replace(
        "sorry: {do: play, prompt: goodbye, next: end}", 'sorry: {do: say, text: "{nothing}", next: end}'
    )
    library = {"whole": flow(broken)}
    session = start_flow(library, "whole").session
    answers = (
        HoursTold(True, "regular"),
        Known(nothing_known()),
        DigitsGot("1"),
        DigitsGot("1234"),
        facts(),
        Fetched(True),
    )
    for answer in answers:
        sprint = resume_flow(library, session, answer)
        session = sprint.session
    faults = [item for item in sprint.trail if item.kind is TrailKind.FAULT]
    assert [item.step for item in faults] == ["balance", "sorry"]
    assert sprint.orders[-1] == Say("apology")
    assert resume_flow(library, session, PromptDone(True)).orders == (End("flow_step_broken"),)


def test_what_is_secret_goes_on_as_a_word_and_is_asked_for_again_when_lost() -> None:
    text = WHOLE.replace("    into: card\n", "    into: card\n    sensitive: true\n").replace(" {card:digits}", "")
    library = {"whole": flow(text)}
    session = start_flow(library, "whole").session
    sprint = None
    for answer in (HoursTold(True, "x"), Known(nothing_known()), DigitsGot("1")):
        sprint = resume_flow(library, session, answer)
        session = sprint.session
    assert sprint is not None
    assert isinstance(sprint.orders[0], Ask)
    assert sprint.orders[0].secret == "secret:id"
    for answer in (DigitsGot("secret:id"), facts(caller_number="{secret:id}")):
        sprint = resume_flow(library, session, answer)
        session = sprint.session
    fetch = sprint.orders[-1]
    assert isinstance(fetch, Fetch)
    assert fetch.url == "https://crm.example.com/b?id={secret:id}&from=%7Bsecret%3Aid%7D"
    assert fetch.body == '{"card": "no {secret:id}", "vip": true}'
    assert resume_flow(library, session, Fetched(False, reason="secret_lost")).session.step == "id"


def test_after_the_hang_up_only_what_nobody_has_to_hear_is_done() -> None:
    gone = hang_up_flow(LIBRARY, at_the_menu().session)
    assert gone is not None
    assert gone.orders == (Fetch("GET", "https://crm.example.com/gone", 3.0),)
    assert resume_flow(LIBRARY, gone.session, Fetched(True)).session.finished
    assert hang_up_flow(LIBRARY, on(gone, Fetched(True)).session) is None
    assert hang_up_flow({"other": LIBRARY["other"]}, start_flow(LIBRARY, "other").session) is None


def test_flows_that_run_each_other_for_ever_end_in_words() -> None:
    circle = "flow: f\nlanguage: zh\nstart: a\nsteps:\n  a: {do: flow, flow: f, next: b}\n  b: {do: return}\n"
    sprint = start_flow({"f": flow(circle)}, "f")
    assert sprint.orders == (Say("apology"),)
    assert len(sprint.session.stack) == MAX_NESTING
