"""Why-cards as people read them: each reason with its times, what would have changed it, and the one plain sentence."""

from __future__ import annotations

import ast
from dataclasses import replace
from io import StringIO
from pathlib import Path
from textwrap import dedent

import pytest
from rich.console import Console

from fs_control.commands import StoreRecord
from fs_control.face.story_book import StoryBook
from fs_control.face.why import MOST_ROWS, Why, tell_why
from fs_control.face.why_page import print_why
from fs_control.face.why_sentence import plain_sentence
from fs_control.face.why_words import WhyWords, answers_for
from fs_control.ids import AgentId, CallId, Micros
from fs_control.queues import WhatIf, why
from fs_control.records import (
    Basis,
    CallRecord,
    Claim,
    ClaimKind,
    Disposition,
    EndedBy,
    FlowStep,
    MemberFacts,
    OfferResult,
    PassedOver,
    RoutingDecision,
    SegmentKind,
    Strategy,
)
from fs_control.testing.play import Play
from fs_control.texts.catalogue import CATALOGUE
from tests.unit.face.telling import BEGAN, a_record, a_segment, a_served_call, a_step, an_offer, at

IVR, LINE, TALK = SegmentKind.IVR, SegmentKind.LINE, SegmentKind.TALK
A, B, C = AgentId(1), AgentId(2), AgentId(3)


def told(record: CallRecord, book: StoryBook, language: str = "en", *, everybody: bool = False) -> Why:
    return tell_why(record, answers_for(record), book, language, everybody=everybody)


def said(record: CallRecord, book: StoryBook, language: str = "en") -> str:
    return plain_sentence(record, answers_for(record), book, language)


def page(answer: Why) -> str:
    output = StringIO()
    print_why(Console(file=output, width=100), answer)
    return "\n".join(line.rstrip() for line in output.getvalue().splitlines())


def a_call_for_three() -> CallRecord:
    """One agent is talking, one declines, one takes the call."""
    play = Play(groups={"sales": (1, 2, 3)})
    play.sign_in(1)
    play.caller()
    play.wait(60)
    play.answer(1)
    play.sign_in(2, 3)
    play.wait(10)
    call = play.caller(call=CallId("1f3c8a2e"))
    play.wait(2)
    play.decline(2)
    play.wait(3)
    play.answer(3)
    play.wait(20)
    play.hang_up(call)
    return next(
        command.record
        for command in play.commands
        if isinstance(command, StoreRecord) and command.record.call_id == call
    )


def test_a_card_is_told_in_english(book):
    assert page(told(a_call_for_three(), book)) == dedent(
        """\
        Call 1f3c8a2e: why
        Ann Lee (803) took the call because nobody else was free; 王芳 (801), on a call since 19:07:41,
        would have been chosen if free; before that 李明 (802) declined.

          19:07:53  李明 (802) was chosen: idle for the longest time.
                    Ann Lee (803)  another agent has been idle for longer (since 19:07:42, this one only
                                   since 19:07:43)
                                   would have been chosen if idle since before 19:07:42
                    王芳 (801)     on a call since 19:07:41
                                   would have been chosen if free
                    李明 (802) declined.
          19:07:55  Ann Lee (803) was chosen: idle for the longest time.
                    王芳 (801)    on a call since 19:07:41
                                  would have been chosen if free
                    李明 (802)    declined this caller at 19:07:55
                                  would have been chosen if they had not declined"""
    )


def test_a_card_is_told_in_chinese(book):
    assert page(told(a_call_for_three(), book, "zh")) == dedent(
        """\
        呼叫 1f3c8a2e：原因
        Ann Lee（803）接听了此来电：当时没有其他坐席空闲；王芳（801）当时正在通话（自 19:07:41
        起），若当时空闲，则会被选中；此前 李明（802）拒接。

          19:07:53  选中 李明（802）：空闲时间最长。
                    Ann Lee（803）  另有坐席空闲时间更长（被选中者自 19:07:42 起，该坐席自 19:07:43 起）
                                    若在 19:07:42 之前已空闲，则会被选中
                    王芳（801）     正在通话（自 19:07:41 起）
                                    若当时空闲，则会被选中
                    结果：李明（802）拒接。
          19:07:55  选中 Ann Lee（803）：空闲时间最长。
                    王芳（801）   正在通话（自 19:07:41 起）
                                  若当时空闲，则会被选中
                    李明（802）   已拒接此来电（于 19:07:55）
                                  若未曾拒接，则会被选中"""
    )


# --- reasons ---


@pytest.mark.parametrize(
    ("passed", "english", "chinese"),
    [
        (PassedOver(A, "reason.signed_out"), "signed out", "已签出"),
        (PassedOver(A, "reason.no_phone"), "has no phone", "未配置话机"),
        (PassedOver(A, "reason.phone_unregistered"), "the phone is not registered", "话机未注册"),
        (
            PassedOver(A, "reason.on_call", {"since": at(-60)}),
            "on a call since 10:33:05",
            "正在通话（自 10:33:05 起）",
        ),
        (
            PassedOver(A, "reason.ringing", {"since": at(-3)}),
            "the phone is ringing for another caller since 10:34:02",
            "正为其他来电振铃（自 10:34:02 起）",
        ),
        (
            PassedOver(A, "reason.resting", {"until": at(13.2)}),
            "the phone is left alone for a moment after a ring that failed, 14 s left",
            "上次振铃未接通，暂缓分配，还剩 14 秒",
        ),
        (
            PassedOver(A, "reason.declined_this_caller", {"at": at(-1)}),
            "declined this caller at 10:34:04",
            "已拒接此来电（于 10:34:04）",
        ),
        (
            PassedOver(A, "reason.declined_this_caller", {"at": at(-3 * 24 * 3600)}),
            "declined this caller on 11-19 10:34:05, 3 d before",
            "已拒接此来电（11-19 10:34:05，3 天前）",
        ),
        (
            PassedOver(A, "reason.idle_since_later", {"own": at(-5), "chosen": at(-365 * 24 * 3600)}),
            "another agent has been idle for longer (since 2025-11-22 10:34:05, this one only since 10:34:00)",
            "另有坐席空闲时间更长（被选中者自 2025-11-22 10:34:05 起，该坐席自 10:34:00 起）",
        ),
        (
            PassedOver(A, "reason.more_calls_today", {"own": 4, "chosen": 3}),
            "has had more calls today (4, the chosen one 3)",
            "当日通话次数更多（4，被选中者 3）",
        ),
        (PassedOver(A, "reason.later", {"moons": 2}), "reason.later (moons=2)", "reason.later（moons=2）"),
    ],
)
def test_a_reason_is_told_with_what_it_is_made_of(book, passed, english, chinese):
    assert WhyWords(book, "en", BEGAN).reason(passed) == english
    assert WhyWords(book, "zh", BEGAN).reason(passed) == chinese


@pytest.mark.parametrize("code", sorted(code for code in CATALOGUE if code.startswith("reason.")))
def test_every_reason_can_stand_on_a_card_with_any_values(book, code):
    for values in ({}, {"since": at(0)}, {"until": at(0)}, {"at": at(0)}, {"own": 1, "chosen": 2}):
        reason = WhyWords(book, "en", BEGAN).reason(PassedOver(A, code, values))
        assert reason.startswith(CATALOGUE[code][0])


# --- what would have changed it ---


def test_what_would_have_changed_it_is_told_with_its_value(book):
    english, chinese = (WhyWords(book, language, BEGAN) for language in ("en", "zh"))
    chosen = WhatIf(A, "change.idle_since", {"at": at(-5)})
    in_vain = WhatIf(
        A, "change.calls_today", {"count": 2}, PassedOver(A, "reason.tried_before", {"own": 1, "chosen": 0})
    )
    assert english.what_if(chosen) == "would have been chosen if idle since before 10:34:00"
    assert chinese.what_if(chosen) == "若在 10:34:00 之前已空闲，则会被选中"
    assert english.what_if(in_vain) == (
        "not even if they had had only 2 calls today: this caller has tried this agent before (1, the chosen one 0)"
    )
    assert english.what_if(None) == ""


def test_every_fact_that_is_changed_has_its_words():
    module = ast.parse(Path(why.__file__).read_text(encoding="utf-8"))
    constants = {node.value for node in ast.walk(module) if isinstance(node, ast.Constant)}
    changes = {each for each in constants if isinstance(each, str) and each.startswith("change.")}
    assert changes == {code for code in CATALOGUE if code.startswith("change.")}


def test_every_rule_and_every_claim_has_its_clause_of_the_sentence():
    rules = {*(f"because.rule.{each}" for each in Strategy), *(f"because.claim.{each}" for each in ClaimKind)}
    assert rules <= CATALOGUE.keys()


# --- the sentence ---


def decided(rule: str, agent: AgentId, *passed: PassedOver, claim: Claim | None = None, others: int = 0):
    """A decision by the longest idle time among 1, 2 and 3; the last `others` of them are not free."""
    members = [MemberFacts(AgentId(number), idle_since=Micros(number)) for number in (1, 2, 3)]
    free, rest = tuple(members[: 3 - others]), tuple(members[3 - others :])
    return RoutingDecision(rule, agent, passed, claim, basis=Basis(Strategy.LONGEST_IDLE_TIME, free, rest, at=BEGAN))


def taken(decision: RoutingDecision) -> CallRecord:
    offer = an_offer(decision.agent, 0, 9, OfferResult.ACCEPTED, ringing=1, answered=2)
    return a_record(a_segment(TALK, 2, 9), offers=(replace(offer, decision=decision),))


def test_the_sentence_names_whom_the_strategy_would_have_chosen(book):
    claimed = [PassedOver(each, "reason.claimed_by_another") for each in (A, C)]
    record = taken(decided("claim.returning_customer", B, *claimed, claim=Claim(B, ClaimKind.RETURNING_CUSTOMER)))
    assert said(record, book) == (
        "李明 (802) took the call because they had served this caller before; "
        "otherwise it would have been 王芳 (801), idle for the longest time."
    )
    assert (
        said(record, book, "zh") == "李明（802）接听了此来电：其曾接待过此客户；否则会选 王芳（801）（空闲时间最长）。"
    )


def test_the_sentence_says_why_it_was_not_the_agent_with_the_claim(book):
    busy = PassedOver(C, "reason.on_call", {"since": at(-60)})
    later = PassedOver(B, "reason.idle_since_later", {"own": 2, "chosen": 1})
    claim = Claim(C, ClaimKind.RETURNING_CUSTOMER)
    record = taken(decided("rule.longest_idle_time", A, later, busy, claim=claim, others=1))
    assert said(record, book) == (
        "王芳 (801) took the call because they had been idle for the longest time; "
        "Ann Lee (803) has served this caller before, but: on a call since 10:33:05."
    )


def test_the_sentence_says_for_whom_a_colleague_stood_in(book):
    busy = PassedOver(C, "reason.on_call", {"since": at(-60)})
    record = taken(decided("colleague.random", A, busy, claim=Claim(C, ClaimKind.RETURNING_CUSTOMER), others=1))
    assert said(record, book) == (
        "王芳 (801) took the call because the caller's own agent Ann Lee (803) could not "
        "(on a call since 10:33:05), and they were drawn at random."
    )


def test_N8_the_sentence_says_how_many_a_vip_went_ahead_of(book):
    record = taken(decided("rule.longest_idle_time", A))
    joined = replace(record, steps=(FlowStep(at(0), "line", "vip", "2"),))
    assert said(joined, book).endswith("; the caller went ahead of 2 in line, by priority.")
    afterwards = replace(record, steps=(FlowStep(at(5), "line", "vip", "2"),))
    assert "went ahead" not in said(afterwards, book)


def test_the_sentence_does_not_name_those_who_rang_with_the_one_who_was_quicker(book):
    decision = decided("rule.ring_all", B)
    slower = an_offer(A, 0, 2, OfferResult.ANSWERED_ELSEWHERE, ringing=1)
    quicker = replace(an_offer(B, 0, 9, OfferResult.ACCEPTED, ringing=1, answered=2), decision=decision)
    assert "王芳" not in said(a_record(a_segment(TALK, 2, 9), offers=(slower, quicker)), book)


def test_the_sentence_names_a_claim_that_counts_no_more(book):
    decision = decided("rule.random", A, PassedOver(B, "reason.not_drawn"), PassedOver(C, "reason.not_drawn"))
    record = taken(replace(decision, lapsed=PassedOver(B, "reason.memory_gone", {"at": at(-3 * 24 * 3600)})))
    assert said(record, book).endswith("; 李明 (802), reason.memory_gone on 11-19 10:34:05, 3 d before.")
    assert told(record, book).turns[-1].rows[0].who == "李明 (802)"


def test_the_sentence_of_a_call_that_nobody_took_names_who_was_rung(book):
    offers = (an_offer(1, 2, 20, OfferResult.NO_ANSWER, ringing=3),)
    record = a_record(a_segment(LINE, 0, 30), offers=offers, disposition=Disposition.ABANDONED_IN_LINE)
    assert said(record, book) == (
        "Nobody took the call: caller hung up while waiting in line; before that 王芳 (801) did not answer."
    )


def test_who_was_rung_more_than_once_is_named_once(book):
    offers = tuple(an_offer(1, start, start + 5, OfferResult.NO_ANSWER, ringing=start) for start in (2, 12))
    record = a_record(a_segment(LINE, 0, 30), offers=offers, disposition=Disposition.ABANDONED_IN_LINE)
    assert said(record, book).endswith("; before that 王芳 (801) did not answer (2 times).")


def test_the_sentence_of_a_live_call_says_whose_phone_rings(book):
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    record = play.live(play.caller()).record
    assert said(record, book) == (
        "The call is not over yet; the phone of 王芳 (801) rings because nobody else was free."
    )
    assert said(replace(record, offers=()), book, "zh") == "此来电尚未结束。"


# --- the turns of a call ---


def test_what_a_flow_did_and_why_it_failed_is_told_in_words(book):
    steps = (
        a_step(1, "exit", "when 1", step="who"),
        a_step(2, "fetched", "timeout"),
        a_step(3, "fault", "flow_unknown_flow name='night'"),
        a_step(4, "message", "0"),
    )
    assert [turn.text for turn in told(a_record(a_segment(IVR, 0, 5), steps=steps), book).turns] == [
        "Condition 1 of “who” was true.",
        "Asked another system: timeout.",
        "The step “step” is broken: There is no flow “night”.",
    ]


def test_a_call_that_was_put_through_outside_does_not_say_that_nobody_took_it(book):
    record = replace(a_record(a_segment(TALK, 0, 5, EndedBy.OUTSIDE)), disposition=Disposition.PUT_THROUGH)
    assert told(record, book).sentence.startswith("No agent took the call: the flow put it through to")


def test_every_turn_is_told_in_order_and_what_was_only_heard_is_not(book):
    record = a_record(
        a_segment(IVR, 0, 4, EndedBy.FLOW),
        a_segment(LINE, 4, 40, EndedBy.CENTRE, group=1),
        a_segment(IVR, 40, 44),
        steps=(
            a_step(1, "heard", "welcome"),
            a_step(3, "pressed", "1"),
            a_step(20, "overflow", "service"),
            a_step(40, "exit", "waited_too_long"),
            a_step(43, "brand_new", "thing"),
            a_step(44, "exit", "served"),
        ),
    )
    causes = ("joined_line", "line_exit_timed_out", "NORMAL_CLEARING")
    segments = [replace(each, cause=cause) for each, cause in zip(record.segments, causes, strict=True)]
    answer = told(replace(record, segments=tuple(segments)), book)
    assert [turn.text for turn in answer.turns] == [
        "Joined the line for sales.",
        "The group service helps out from now on.",
        "Had waited as long as the flow allows.",
        "turn.brand_new (detail=thing, step=step)",
    ]


def test_N8_a_vip_joins_before_others_are_overtaken_and_places_that_were_told_decide_nothing(book):
    steps = (a_step(4, "vip", "2"), a_step(5, "announced", "1/3"))
    menu = replace(a_segment(IVR, 0, 4, EndedBy.FLOW), cause="joined_line")
    record = a_record(menu, a_segment(LINE, 4, 9, group=1), steps=steps)
    texts = [turn.text for turn in told(record, book).turns]
    assert texts == ["Joined the line for sales.", "Went ahead of 2 in line, by priority."]


def test_a_segment_that_ended_for_a_reason_no_step_tells_is_told(book):
    segments = (replace(a_segment(IVR, 0, 4), cause="crashed"), a_segment(IVR, 4, 9))
    assert [turn.text for turn in told(a_record(*segments), book).turns] == [CATALOGUE["turn.crashed"][0]]


def test_a_call_that_was_not_taken_says_why(book):
    record = a_record(a_segment(IVR, 0, 4), disposition=Disposition.NUMBER_FULL, flow=None)
    assert [turn.text for turn in told(record, book).turns] == [
        "The call was not taken: all lines of the number were busy."
    ]
    assert said(record, book) == "Nobody took the call: all lines of the number were busy."


# --- old decisions, and big ones ---


def test_a_decision_of_before_is_told_without_what_would_have_changed_it(book):
    first = next(turn for turn in told(a_served_call(), book).turns if turn.rows)
    assert [(row.who, row.reason, row.what_if) for row in first.rows] == [
        ("李明 (802)", "on a call", ""),
        ("Ann Lee (803)", "signed out", ""),
    ]
    assert CATALOGUE["card.not_kept"][0] in first.remarks


def a_big_decision(book: StoryBook, reasons: int) -> CallRecord:
    """A hundred agents who are not free, for so many different reasons."""
    members = tuple(MemberFacts(AgentId(number), place=number) for number in range(1, 102))
    passed = [
        PassedOver(
            each.agent, "reason.on_call" if each.agent % 2 else "reason.ringing", {"since": at(-(each.agent % reasons))}
        )
        for each in members[1:]
    ]
    basis = Basis(Strategy.LONGEST_IDLE_TIME, members[:1], members[1:], at=BEGAN)
    return taken(RoutingDecision("rule.longest_idle_time", A, tuple(passed), basis=basis))


def test_agents_of_whom_the_same_is_to_be_said_share_a_line(book):
    (turn,) = told(a_big_decision(book, 2), book).turns
    assert len(turn.rows) == 2
    assert turn.rows[0].who.endswith(", and 45 more")


def test_of_many_agents_the_times_are_left_out_so_that_they_share_lines(book):
    (turn,) = told(a_big_decision(book, 60), book).turns
    assert [row.reason for row in turn.rows] == ["the phone is ringing for another caller", "on a call"]


def test_everybody_is_shown_where_that_is_asked_for(book):
    (turn,) = told(a_big_decision(book, 60), book, everybody=True).turns
    assert len(turn.rows) == 100


def test_no_more_lines_are_shown_than_can_be_read(book):
    members = tuple(MemberFacts(AgentId(number), place=number) for number in range(1, 32))
    passed = tuple(PassedOver(each.agent, f"reason.number_{each.agent}") for each in members[1:])
    basis = Basis(Strategy.LONGEST_IDLE_TIME, members[:1], members[1:], at=BEGAN)
    (turn,) = told(taken(RoutingDecision("rule.longest_idle_time", A, passed, basis=basis)), book).turns
    assert (len(turn.rows), turn.remarks) == (MOST_ROWS, ("10 more agents; --all shows everybody.",))
