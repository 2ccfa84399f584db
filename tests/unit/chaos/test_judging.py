"""Each fault that the judge knows is injected into a run without any: it is named, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chaos.evidence import Act, Agent, Evidence, Joined, Leg, Life, Newcomer, Outage, Placed, Return, Row
from chaos.figures import is_met, lines_of, report
from chaos.judging import Fault, Finding, judge
from chaos.people import Story
from fs_control.ids import Micros, seconds

START = Micros(1_800_000_000_000_000)


def at(moment_s: float) -> Micros:
    """So many seconds after the run began."""
    return Micros(START + seconds(moment_s))


def leg(name: str, begin: float, end: float, disposition: str, direction: str = "inbound") -> Leg:
    return Leg(name, direction, at(begin), at(begin), at(end), "NORMAL_CLEARING", disposition, "core-1")


SERVED = Placed("served", Story.SERVED, at(0))
LEAVES = Placed("leaves", Story.TALKS_LONG, at(1))
HELD = Placed("held", Story.DESK_LET_GO, at(2))
CLEAN = Evidence(
    placed=(SERVED, LEAVES, HELD),
    legs={
        each.leg: each
        for each in (
            leg("served", 0, 6, "send_bye"),
            leg("agent-1", 1, 5, "recv_bye", "outbound"),
            leg("leaves", 1, 9, "recv_bye"),
            leg("agent-2", 2, 9, "send_bye", "outbound"),
            leg("held", 2, 20, "send_bye"),
            leg("agent-3", 3, 19, "send_bye", "outbound"),
        )
    },
    joins=(
        Joined(at(2), "served", "agent-1"),
        Joined(at(3), "leaves", "agent-2"),
        Joined(at(4), "held", "agent-3"),
        Joined(at(5), "served", "agent-1", apart=True),
        Joined(at(8), "held", "agent-3", apart=True),
        Joined(at(9), "leaves", "agent-2", apart=True),
        Joined(at(10), "agent-3", "held"),
        Joined(at(19), "agent-3", "held", apart=True),
    ),
    acts=(Act(at(7.9), "held", "hold"), Act(at(9.8), "held", "resume"), Act(at(18.9), "held", "hang-up")),
    rows=(
        Row("call-1", "served", "flow", "NORMAL_CLEARING", "answered"),
        Row("call-2", "leaves", "caller", "NORMAL_CLEARING", "answered"),
        Row("call-3", "held", "flow", "NORMAL_CLEARING", "answered"),
    ),
    lives=(Life(at(-5), at(-3), at(5)), Life(at(7), at(9), at(30))),
    told=frozenset({"served", "leaves", "held"}),
    agents=(Agent("8000", "ready", "idle", None), Agent("8001", "break", "idle", None, "break")),
    returns=(Return("call-2", 1.5),),
)


def faults(evidence: Evidence) -> list[tuple[Fault, str]]:
    """What is found, without the reasons."""
    return [(finding.fault, finding.about.split(",")[0]) for finding in judge(evidence)]


def with_leg(changed: Leg) -> Evidence:
    return replace(CLEAN, legs={**CLEAN.legs, changed.leg: changed})


def without_row(call_leg: str) -> tuple[Row, ...]:
    return tuple(row for row in CLEAN.rows if row.leg != call_leg)


def test_a_run_in_which_everybody_is_served_or_leaves_is_clean():
    assert judge(CLEAN) == ()
    assert is_met(CLEAN, ())


def test_a_caller_who_is_hung_up_on_before_they_wanted_to_leave_is_lost():
    told = replace(CLEAN, rows=(*without_row("leaves"), Row("call-2", "leaves", "flow", "", "answered")))
    cut = replace(CLEAN.legs["leaves"], disposition="send_bye", cause="NORMAL_TEMPORARY_FAILURE")
    assert faults(replace(told, legs={**CLEAN.legs, "leaves": cut})) == [
        (Fault.LOST, "leaves"),
        (Fault.CUT, "leaves and agent-2"),
    ]


def test_a_caller_who_is_let_go_without_any_talk_is_lost():
    silent = replace(CLEAN, joins=tuple(each for each in CLEAN.joins if "served" not in (each.one, each.other)))
    assert faults(silent) == [(Fault.LOST, "served")]


def test_a_caller_who_is_let_go_while_the_agent_would_have_talked_on_is_lost_and_the_pair_is_cut():
    stayed = with_leg(replace(CLEAN.legs["agent-1"], disposition="send_bye"))
    assert faults(stayed) == [(Fault.LOST, "served"), (Fault.CUT, "served and agent-1")]


def test_a_caller_whose_call_ends_by_an_accident_of_the_switch_is_lost():
    fell = with_leg(replace(CLEAN.legs["served"], cause="NORMAL_TEMPORARY_FAILURE"))
    assert faults(fell) == [(Fault.LOST, "served")]


def test_a_caller_of_whom_the_switch_has_no_file_is_lost_unless_the_switch_died():
    legs = {name: each for name, each in CLEAN.legs.items() if name != "leaves"}
    gone = replace(CLEAN, legs=legs, joins=tuple(each for each in CLEAN.joins if each.one != "leaves"))
    assert faults(gone) == [(Fault.LOST, "leaves"), (Fault.OTHER_END, "leaves")]
    rows = (*without_row("leaves"), Row("call-2", "leaves", "switch", "SWITCH_LOST", "answered"))
    assert faults(replace(gone, outages=(Outage(at(6), at(8)),), rows=rows)) == []


def test_a_pair_that_parts_though_nobody_left_and_nobody_was_told_to_is_cut():
    parted = replace(CLEAN, joins=(*CLEAN.joins, Joined(at(60), "held", "agent-3", apart=True)))
    assert faults(parted) == [(Fault.CUT, "held and agent-3")]


def test_colleagues_whose_talk_ends_by_what_the_agent_was_told_are_not_cut():
    asked = (Joined(at(8.5), "agent-3", "colleague"), Joined(at(9.9), "agent-3", "colleague", apart=True))
    assert faults(replace(CLEAN, joins=(*CLEAN.joins, *asked))) == []


def test_a_record_that_is_not_there_is_missing():
    assert faults(replace(CLEAN, rows=without_row("served"))) == [(Fault.MISSING, "served")]


def test_nobody_can_have_a_record_of_a_caller_who_came_and_left_while_nobody_was_there():
    brief = leg("brief", 5.5, 6.5, "recv_cancel")
    met_nobody = replace(with_leg(brief), placed=(*CLEAN.placed, Placed("brief", Story.ABANDONS, at(5.5))))
    assert faults(met_nobody) == []
    assert faults(replace(met_nobody, told=CLEAN.told | {"brief"})) == [(Fault.MISSING, "brief")]
    early = replace(met_nobody, legs={**CLEAN.legs, "brief": leg("brief", 1, 2, "recv_cancel")})
    assert faults(early) == [(Fault.MISSING, "brief")]


def test_two_records_of_one_caller_are_one_too_many():
    twice = replace(CLEAN, rows=(*CLEAN.rows, replace(CLEAN.rows[0], call="call-9")))
    assert faults(twice) == [(Fault.DOUBLED, "served")]


@pytest.mark.parametrize(("of", "ended_by"), [("leaves", "switch"), ("leaves", "flow"), ("served", "caller")])
def test_a_record_that_tells_another_end_than_the_switch_is_wrong(of: str, ended_by: str):
    row = next(row for row in CLEAN.rows if row.leg == of)
    assert faults(replace(CLEAN, rows=(*without_row(of), replace(row, ended_by=ended_by)))) == [(Fault.OTHER_END, of)]


@pytest.mark.parametrize(
    "agent",
    [
        Agent("8000", "ready", "talking", "call-1"),
        Agent("8000", "ready", "ringing", None),
        Agent("8000", "break", "idle", None),
        Agent("8000", "ready", "idle", "call-1"),
    ],
)
def test_an_agent_who_is_not_free_when_all_is_over_is_stuck(agent: Agent):
    assert faults(replace(CLEAN, agents=(agent,))) == [(Fault.STUCK, "8000")]


def test_what_else_is_wrong_is_named():
    wrong = replace(
        CLEAN,
        left=("leg-9",),
        returns=(Return("call-1", 1.0, in_place=False),),
        newcomers=(Newcomer("leg-8", 1.0, heard_music=False),),
        lives=(*CLEAN.lives, Life(at(31), None, at(32), ended_by_itself=True)),
        complaints=("call-1: gap",),
    )
    assert [fault for fault, _ in faults(wrong)] == [
        Fault.LEFT,
        Fault.SILENCE,
        Fault.OUT_OF_PLACE,
        Fault.DIED,
        Fault.LEDGER,
    ]


def test_the_table_shows_what_is_missed_and_every_case():
    finding = Finding(Fault.LOST, "leaves, who is served and hangs up", "ended with X", at(3))
    assert not is_met(CLEAN, (finding,))
    text = report(CLEAN, (finding,))
    assert "MISSED" in text
    assert "leaves, who is served and hangs up: ended with X" in text


def test_a_caller_who_is_back_late_misses_the_goal():
    late = replace(CLEAN, returns=(Return("call-1", 3.5), Return("call-2", None)))
    assert not is_met(late, ())
    (told,) = [line.value for line in lines_of(late, ()) if "back in line after" in line.name]
    assert told == "1, and 1 who met its death first"
