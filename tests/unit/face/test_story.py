"""Stories as people read them: whole pages in both languages, and every way in which a call can go."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.face.story import in_seconds, rounded_together, tell_call
from fs_control.face.story_book import StoryBook, story_book
from fs_control.face.story_page import widths
from fs_control.flow.nodes.base import TrailKind
from fs_control.ids import AgentId, Micros
from fs_control.records import (
    Claim,
    ClaimKind,
    Directory,
    Disposition,
    EndedBy,
    FlowText,
    OfferResult,
    PassedOver,
    RoutingDecision,
    SegmentKind,
)
from fs_control.store.prompts import StoredPrompt
from tests.unit.face.ladders import consulted
from tests.unit.face.telling import a_record, a_segment, a_served_call, a_step, an_offer, at

STEP_PAGES = Path(__file__).parents[3] / "docs" / "flows"

IVR, LINE, RING, TALK = SegmentKind.IVR, SegmentKind.LINE, SegmentKind.RING, SegmentKind.TALK


def said(record, book, language="en"):
    return [line.text for line in tell_call(record, book, language).lines]


def test_a_served_call_is_told_in_english(page):
    assert page(a_served_call(), "en") == dedent(
        """\
        Call 1f3c8a2e  answered by an agent ────────────────────────────────────────────
        Sunday 2026-11-22 10:34:05 (Asia/Shanghai)
        张三 +86 138 0013 8000 (telephone number) called 4001, flow line.

          10:34:08  Heard: “您好，欢迎致电，感谢您的来电。”
                    “Hello, and welcome. Thank you for calling.”
          10:34:10  Heard: “销售咨询，请按 1。售后服务，请按 2。”
                    “For sales, press one. For service, press two.”
                    Pressed 7, which the menu does not offer.
          10:34:14  Heard: “您按的键无效，请重新选择。”
                    “Sorry, that key is not offered. Please choose again.”
                    Pressed 1.
                    Joined the line for sales.
          10:34:19  After 5.1 s in line 王芳 (801) was chosen: idle for the longest
                    time.
                    Not chosen: 李明 (802), on a call; Ann Lee (803), signed out.
          10:34:39  The phone 1001 rang for 20.2 s; 王芳 did not answer.
                    Next 李明 (802) was chosen: idle for the longest time.
                    Not chosen: 王芳 (801), the phone is left alone for a moment after a
                    ring that failed; Ann Lee (803), signed out.
          10:34:42  The phone 1002 rang, and 李明 answered after 3.3 s.
          10:35:06  Talked with 李明 for 23.2 s.
                    61.2 s after it began, the caller hung up.

          ░░░░░░░░░░▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓████████████████████████████
          ░░  in the menu                     9.1 s  ended by the flow
          ▒▒  waiting in line (sales)         5.1 s  ended by the call centre
          ▓▓  an agent's phone rings (王芳)  20.4 s  ended by the call centre
          ▓▓  an agent's phone rings (李明)   3.4 s  ended by the agent
          ██  talking with an agent (李明)   23.2 s  ended by the caller
          The segments add up: 9.1 + 5.1 + 20.4 + 3.4 + 23.2 = 61.2 s."""
    )


def test_a_served_call_is_told_in_chinese(page):
    assert page(a_served_call(), "zh") == dedent(
        """\
        呼叫 1f3c8a2e  坐席已接听 ──────────────────────────────────────────────────────
        星期日 2026-11-22 10:34:05（Asia/Shanghai）
        张三 +86 138 0013 8000（普通号码）拨打 4001，进入流程 line。

          10:34:08  听到：“您好，欢迎致电，感谢您的来电。”
          10:34:10  听到：“销售咨询，请按 1。售后服务，请按 2。”
                    按键 7，菜单中没有此选项。
          10:34:14  听到：“您按的键无效，请重新选择。”
                    按键 1。
                    进入 sales 排队。
          10:34:19  排队 5.1 秒后选中 王芳（801）：空闲时间最长。
                    未选：李明（802）：正在通话；Ann Lee（803）：已签出。
          10:34:39  王芳 的话机 1001 振铃 20.2 秒：无人应答。
                    接着选中 李明（802）：空闲时间最长。
                    未选：王芳（801）：上次振铃未接通，暂缓分配；Ann
                    Lee（803）：已签出。
          10:34:42  话机 1002 振铃，李明 于 3.3 秒后接听。
          10:35:06  与 李明 通话 23.2 秒。
                    历时 61.2 秒，主叫挂断。

          ░░░░░░░░░░▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓████████████████████████████
          ░░  语音菜单             9.1 秒  由语音流程结束
          ▒▒  排队等待（sales）    5.1 秒  由呼叫中心结束
          ▓▓  坐席振铃（王芳）    20.4 秒  由呼叫中心结束
          ▓▓  坐席振铃（李明）     3.4 秒  由坐席结束
          ██  与坐席通话（李明）  23.2 秒  由主叫结束
          各段相加：9.1 + 5.1 + 20.4 + 3.4 + 23.2 = 61.2 秒。"""
    )


def test_a_call_that_was_not_taken_says_what_the_caller_was_told(page):
    record = a_record(
        a_segment(IVR, 0, 4.2, EndedBy.CENTRE),
        disposition=Disposition.NO_NUMBER,
        ended_by=EndedBy.CENTRE,
        caller="anonymous",
        flow=None,
        steps=(a_step(0, "told", "no-number", step=""),),
    )
    assert page(record, "zh") == dedent(
        """\
        呼叫 1f3c8a2e  被叫号码未配置 ──────────────────────────────────────────────────
        星期日 2026-11-22 10:34:05（Asia/Shanghai）
        主叫（号码隐藏）拨打 4001。

          10:34:05  告知：“您拨打的号码没有开通，请核对后再拨。”
          10:34:09  历时 4.2 秒，呼叫中心结束通话。

          ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
          ░░  语音菜单  4.2 秒  由呼叫中心结束
          全程仅一段：4.2 秒。"""
    )


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (a_step(1, "left_during", "welcome"), "Did not stay for all of: “您好，欢迎致电，感谢您的来电。”"),
        (a_step(1, "not_heard", "goodbye"), "Cut short, or could not be played: “感谢您的来电，再见。”"),
        (a_step(1, "heard", "our-own-recording"), "Heard: “our-own-recording”"),
        (a_step(1, "no_key"), "Pressed no key."),
        (a_step(1, "exit", "queue_exit_key"), "Left the line by that key."),
        (a_step(1, "exit", "line_full"), "The line was full."),
        (a_step(1, "priority", "5"), "Got the priority 5."),
        (a_step(1, "vip", "3"), "Went ahead of 3 in line, by priority."),
        (a_step(1, "overflow", "service"), "Stood in the line for service as well."),
        (a_step(1, "announced", "3"), "Was told: number 3 in line."),
        (a_step(1, "announced", "3/0"), "Was told: number 3 in line, less than a minute to wait."),
        (a_step(1, "announced", "3/5"), "Was told: number 3 in line, about 5 min to wait."),
        (a_step(1, "exit", "closed", step="open"), "The calendar of “open” said: closed."),
        (a_step(1, "exit", "when 2", step="who"), "Condition 2 of “who” was true."),
        (a_step(1, "collected", "1234"), "Typed 1234."),
        (a_step(1, "collected", ""), "Typed digits that are kept secret."),
        (a_step(1, "fetched", "timeout"), "Asked another system: timeout."),
        (a_step(1, "message", "8"), "Spoke a message of 8 s."),
        (
            a_step(1, "fault", 'flow_variable_not_set name="x y"'),
            "The step “step” is broken: The variable “x y” was not set.",
        ),
        (a_step(1, "fault", "flow_unknown_flow: night"), "The step “step” is broken: flow_unknown_flow: night."),
        (a_step(1, "exit", "nobody_signed_in"), "Nobody of the group was signed in."),
        (a_step(1, "exit", "waited_too_long"), "Had waited as long as the flow allows."),
        (a_step(1, "exit", "holiday", "open"), "The calendar of “open” said: a holiday."),
        (a_step(1, "exit", "magic", "open"), "Left the step “open” by its exit “magic”."),
        (a_step(1, "fault", "no such value", "tell"), "The step “tell” is broken: no such value."),
        (a_step(1, "ended", "not served"), "The flow came to its end: not served."),
        (a_step(1, "own_agent_absent", "801"), "The caller's own agent 王芳 (801) was not signed in."),
        (a_step(1, "own_agent_absent", "999"), "The caller's own agent 999 was not signed in."),
        (a_step(1, "flow", "night"), "Went on in the flow night."),
        (
            a_step(1, "not_looked_up", "too_slow"),
            "The database did not say who calls (too slow); treated as a stranger.",
        ),
    ],
)
def test_each_step_of_the_flow_is_told(book, step, told):
    assert told in said(a_record(a_segment(IVR, 0, 2), steps=(step,), ended_by=EndedBy.FLOW), book)


def test_the_flows_last_word_is_left_out_where_somebody_else_ended_the_call(book):
    record = a_record(a_segment(TALK, 0, 2, EndedBy.AGENT, 1, 1), steps=(a_step(2, "ended", "served"),))
    assert not any("flow" in line for line in said(record, book))


@pytest.mark.parametrize("kind", TrailKind)
def test_everything_that_a_flow_may_do_is_told(kind):
    steps = (a_step(1, kind, "something"),)
    record = a_record(a_segment(IVR, 0, 2, EndedBy.FLOW), ended_by=EndedBy.FLOW, steps=steps)
    untold = replace(record, steps=())
    assert any("something" in line or "no key" in line for line in said(record, StoryBook()))
    assert len(said(record, StoryBook())) > len(said(untold, StoryBook()))


@pytest.mark.parametrize(
    "step",
    [a_step(1, "exit", "served"), a_step(1, "exit", "next"), a_step(1, "message", "0"), a_step(1, "ended", "finished")],
)
def test_what_the_next_line_says_anyway_is_left_out(book, step):
    assert len(said(a_record(a_segment(IVR, 0, 2), steps=(step,)), book)) == 1


@pytest.mark.parametrize(
    ("result", "ringing", "told"),
    [
        (OfferResult.DECLINED, 5.2, "The phone 1001 rang for 1.8 s; 王芳 declined."),
        (OfferResult.BUSY, None, "The phone 1001 did not ring; 王芳 was busy."),
        (OfferResult.UNREGISTERED, None, "The phone 1001 did not ring; 王芳 has a phone that is not registered."),
        (
            OfferResult.CALLER_LEFT,
            5.2,
            "The phone 1001 rang for 1.8 s; 王芳 was still being rung when the caller left.",
        ),
    ],
)
def test_the_end_of_each_offer_is_told(book, result, ringing, told):
    offer = an_offer(1, 5, 7, result, ringing=ringing)
    record = a_record(a_segment(IVR, 0, 5), a_segment(RING, 5, 7, group=1, agent=1), offers=(offer,))
    assert told in said(record, book)


def test_M7_an_answer_by_a_substitute_is_told_with_whose_customer_it_was(book):
    """The record shows every attempt and that a substitute answered."""
    own, reason = Claim(AgentId(2), ClaimKind.OWNER), PassedOver(AgentId(2), "reason.on_call")
    decision = RoutingDecision("colleague.random", AgentId(1), (reason,), own)
    offer = replace(an_offer(1, 0, 9, OfferResult.ACCEPTED, answered=2), decision=decision)
    told = said(a_record(a_segment(TALK, 0, 9, group=1, agent=1), offers=(offer,)), book)
    assert told[0] == (
        "王芳 (801) was free at once and was chosen: stands in for the caller's own agent, drawn at random."
    )
    assert f"Answered by a substitute for {book.agent(AgentId(2), 'en')}." in told


def test_M2_a_memory_that_has_expired_is_told(book):
    """The decision record names the expiry."""
    lapsed = PassedOver(AgentId(2), "reason.memory_expired", {"at": 5})
    decision = RoutingDecision("rule.random", AgentId(1), lapsed=lapsed)
    offer = replace(an_offer(1, 0, 9, OfferResult.ACCEPTED, answered=2), decision=decision)
    told = said(a_record(a_segment(TALK, 0, 9, group=1, agent=1), offers=(offer,)), book)
    who = book.agent(AgentId(2), "en")
    assert f"{who} had no claim: dialled this caller last, but too long ago to count." in told


def test_a_caller_who_needs_no_waiting_is_told_so(book):
    offer = an_offer(1, 2, 12, OfferResult.ACCEPTED, answered=2)
    record = a_record(a_segment(IVR, 0, 2), a_segment(TALK, 2, 12, group=1, agent=1), offers=(offer,))
    assert said(record, book)[:2] == ["王芳 (801) was free at once.", "王芳 answered on the phone 1001."]


def test_a_caller_who_gives_up_in_line_waited_from_the_joining_on(book):
    record = a_record(
        a_segment(IVR, 0, 5, EndedBy.FLOW),
        a_segment(LINE, 5, 10, EndedBy.CENTRE, group=1),
        a_segment(RING, 10, 30, EndedBy.CENTRE, group=1, agent=1),
        a_segment(LINE, 30, 35, EndedBy.CALLER, group=1),
        offers=(an_offer(1, 10, 30, OfferResult.NO_ANSWER, ringing=10.5),),
    )
    told = said(record, book)
    assert told[-2] == "Gave up after 30.0 s in the line for sales."
    assert told.count("Joined the line for sales.") == 1


def test_who_hung_up_is_told_where_the_call_goes_on(book):
    record = a_record(
        a_segment(TALK, 0, 10, EndedBy.AGENT, group=1, agent=1),
        a_segment(IVR, 10, 13, EndedBy.FLOW),
        ended_by=EndedBy.FLOW,
    )
    assert said(record, book) == [
        "Talked with 王芳 for 10.0 s, until the agent hung up.",
        "13.0 s after it began, the flow ended the call.",
    ]


def test_many_who_were_not_chosen_do_not_bury_the_one_who_was(book):
    offer = an_offer(1, 0, 5, OfferResult.BUSY, others=dict.fromkeys(range(2, 12), "reason.signed_out"))
    others = said(a_record(a_segment(RING, 0, 5, group=1, agent=1), offers=(offer,)), book)[1]
    assert others.count("signed out") == 5
    assert others.endswith("; and 5 more.")


def test_people_who_have_left_the_directory_are_told_by_their_ids(book):
    record = a_record(a_segment(TALK, 0, 5, group=7, agent=99))
    assert "Talked with former agent 99 for 5.0 s." in said(record, book)
    assert book.agent(AgentId(99), "zh") == "原坐席 99"


def test_a_call_without_any_length_is_told(page):
    assert page(a_record(disposition=Disposition.FAILED), "en").endswith(
        "The call took no time that could be measured."
    )


def test_a_call_that_is_not_over_is_told_so_far(page):
    open_segment = replace(a_segment(LINE, 5, 9, group=1), ended_at=None, ended_by=None)
    record = replace(
        a_record(a_segment(IVR, 0, 5), open_segment), ended_at=None, ended_by=None, cause=None, disposition=None
    )
    told = page(record, "en")
    assert told.startswith("Call 1f3c8a2e  The call is not over yet.")
    assert "Joined the line for sales." in told


def test_times_are_those_of_the_enterprise(book):
    berlin = replace(book, directory=replace(book.directory, time_zone="Europe/Berlin"))
    story = tell_call(a_served_call(), berlin, "en")
    assert (story.when, story.clock(at(0))) == ("Sunday 2026-11-22 03:34:05 (Europe/Berlin)", "03:34:05")


def test_the_words_are_those_of_the_flows_language(book):
    record = a_record(a_segment(IVR, 0, 5), flow="menu", steps=(a_step(1, "heard", "goodbye"),))
    assert said(record, book)[0] == "Heard: “Thank you for calling. Goodbye.”"
    assert said(record, book, "zh")[:2] == [
        "听到：“Thank you for calling. Goodbye.”",
        "意为：“感谢您的来电，再见。”",
    ]


@pytest.mark.parametrize("text", ["", "[", "- a\n- b", "language: [", "flow: x"])
def test_a_flow_that_cannot_be_read_is_spoken_in_the_enterprises_language(text):
    book = story_book(Directory(language="en"), (FlowText("odd", text),))
    assert book.spoken("goodbye", "odd") == "Thank you for calling. Goodbye."


def test_N5_a_recording_is_told_by_the_words_that_were_given_for_it():
    recordings = [
        StoredPrompt(name, "en", 1.0, "", says, "a.wav", Micros(0), "anna")
        for name, says in (("sale", "We have a sale."), ("goodbye", None))
    ]
    book = story_book(Directory(language="en"), (), recordings)
    assert [book.spoken(name, None) for name in ("sale", "goodbye")] == ["We have a sale.", "goodbye"]
    assert book.meaning("goodbye", None, "zh") == "感谢您的来电，再见。"


def test_names_from_outside_neither_steer_the_terminal_nor_are_taken_for_markup(page, book):
    record = a_record(a_segment(TALK, 0, 5, group=1, agent=1), caller_name="[red]\x1b[2J\u202e[/red]")
    shown = page(record, "en")
    assert "[red]" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_story_needs_no_directory():
    assert tell_call(a_served_call(), StoryBook(), "en").lines


@given(st.lists(st.integers(1, 10**10), min_size=1, max_size=12))
def test_shown_lengths_add_up_to_the_shown_sum(lengths):
    tenths = rounded_together(lengths)
    assert sum(tenths) == round(sum(lengths) / 100_000)
    assert all(abs(shown * 100_000 - length) < 100_000 for shown, length in zip(tenths, lengths, strict=True))


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_the_bar_is_as_wide_as_asked_and_shows_everything_that_lasted(lengths):
    cells = widths(lengths, 72)
    assert sum(cells) == (72 if sum(lengths) else 0)
    assert all(cell >= 1 for cell, length in zip(cells, lengths, strict=True) if length)


def test_tenths_are_written_as_seconds():
    assert [in_seconds(tenths) for tenths in (0, 9, 10, 612)] == ["0.0", "0.9", "1.0", "61.2"]


def test_phones_that_rang_together_are_told_of_together(book: StoryBook) -> None:
    as_well = "reason.rings_as_well"
    offers = (
        an_offer(1, 2, 5, OfferResult.ANSWERED_ELSEWHERE, ringing=2, others={2: as_well, 3: "reason.on_call"}),
        an_offer(2, 2, 9, OfferResult.ACCEPTED, ringing=2, answered=5, others={1: as_well, 3: "reason.on_call"}),
    )
    segments = (a_segment(LINE, 0, 2, group=1), a_segment(RING, 2, 5, group=1, agent=2), a_segment(TALK, 5, 9, agent=2))
    lines = said(a_record(*segments, offers=offers), book)
    told = "\n".join(lines)
    assert told.count("rung at the same time: 王芳 (801); 李明 (802).") == 1
    assert told.count("Not chosen: ") == 1
    assert "somebody else answered first" in told


def test_a_talk_with_somebody_outside_is_told_with_the_number(book):
    record = replace(
        a_record(
            *(a_segment(IVR, 0, 2), a_segment(RING, 2, 5)),
            *(a_segment(TALK, 5, 15, EndedBy.OUTSIDE), a_segment(IVR, 15, 16, EndedBy.FLOW)),
            steps=(a_step(2, "dialled", "02112345678"),),
        ),
        disposition=Disposition.PUT_THROUGH,
    )
    lines = said(record, book)
    assert "Dialled 02112345678." in lines
    assert "Talked with 02112345678 for 10.0 s." in lines
    what = [segment.what for segment in tell_call(record, book, "en").segments]
    assert what[1:3] == ["an outside number rings (02112345678)", "talking with an outside number (02112345678)"]


def test_an_agent_who_was_not_rung_is_told_with_the_reason(book):
    record = a_record(a_segment(IVR, 0, 2), steps=(a_step(1, "not_rung", "801/reason.on_call"),))
    assert "王芳 (801) was not rung: on a call." in said(record, book)
    assert any("未呼叫" in line for line in said(record, book, "zh"))


@pytest.mark.parametrize("kind", ["agent", "branch", "collect", "dial", "hours", "http", "message", "owner", "queue"])
def test_every_exit_of_a_step_has_its_sentence_in_the_story(book, kind):
    page = (STEP_PAGES / f"{kind}.md").read_text(encoding="utf-8").partition("## Exits")[2]
    exits = re.findall(r"^\| `([a-z_]+(?: \d+)?)` \|", page, re.MULTILINE)
    assert exits
    told = said(a_record(a_segment(IVR, 0, 2), steps=tuple(a_step(1, "exit", name) for name in exits)), book)
    assert not [line for line in told if line.startswith("exit.")]


def test_C2_a_stretch_on_hold_and_one_with_a_colleague_have_shades_of_their_own(page):
    told = page(consulted(), "en")
    assert "▚▚  on hold (王芳)" in told
    assert "▞▞  on hold while the agent asks a colleague" in told
