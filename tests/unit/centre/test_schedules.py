"""Plans are carried out at the minute, after a silence by what they come to, and leave alone what is so already."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fs_control.agents import AgentStatus
from fs_control.centre.schedules import runs_of
from fs_control.commands import RingAgent
from fs_control.ids import SECOND, AgentId, ScheduleId, TimerId
from fs_control.records import Directory, Participation, Schedule, TerminalKind
from fs_control.testing.builders import a_directory, a_profile, loaded
from fs_control.testing.play import MORNING, Play
from fs_control.texts import sentence

HOUR = 3600.0
NOW = datetime.fromtimestamp(MORNING / SECOND, UTC)
"""A Wednesday, shortly after eleven; clocks show UTC."""
DAILY = tuple(range(1, 8))
DUTY = Schedule(ScheduleId(1), "duty", (AgentId(1),), sign_in=12 * 60, sign_out=18 * 60, weekdays=DAILY)


def with_schedules(*schedules: Schedule) -> Directory:
    return replace(a_directory({"sales": (1, 2)}), schedules=schedules)


def play(*schedules: Schedule) -> Play:
    return Play(directory=with_schedules(*schedules))


def go_to(play: Play, hour: int, minute: int = 0, days: int = 0) -> None:
    """Let time pass until a clock of this or a later day shows a time."""
    wanted = NOW.replace(hour=hour, minute=minute, second=0).timestamp() + days * 24 * HOUR
    play.wait(wanted - play.switch.now / SECOND)


def status(play: Play, agent: int = 1) -> AgentStatus:
    known = play.centre.agents.get(AgentId(agent))
    return AgentStatus.SIGNED_OUT if known is None else known.status


def test_G1_an_agent_is_signed_in_at_the_minute_gets_calls_and_is_signed_out() -> None:
    """At the minute the agent is signed in [...] and gets calls without any action."""
    place = play(DUTY)
    go_to(place, 11, 59)
    assert status(place) is AgentStatus.SIGNED_OUT
    go_to(place, 12)
    assert status(place) is AgentStatus.READY
    call = place.caller()
    assert place.rung_for(call) == [1]
    place.serve(1)
    go_to(place, 18)
    assert status(place) is AgentStatus.SIGNED_OUT


def test_G1_a_plan_goes_on_day_by_day() -> None:
    place = play(DUTY)
    for day in range(1, 4):
        go_to(place, 12, days=day)
        assert status(place) is AgentStatus.READY
        go_to(place, 18, days=day)
        assert status(place) is AgentStatus.SIGNED_OUT


def test_a_plan_of_a_distant_day_is_not_forgotten() -> None:
    later = replace(DUTY, weekdays=(), dates=((NOW.date().replace(day=NOW.day + 9)),))
    place = play(later)
    go_to(place, 11, days=9)
    assert status(place) is AgentStatus.SIGNED_OUT
    go_to(place, 12, days=9)
    assert status(place) is AgentStatus.READY


def test_an_own_sign_out_stands_until_the_next_plan() -> None:
    place = play(DUTY)
    go_to(place, 13)
    place.sign_out(1)
    go_to(place, 17)
    assert status(place) is AgentStatus.SIGNED_OUT
    go_to(place, 12, days=1)
    assert status(place) is AgentStatus.READY


def test_G2_who_is_signed_in_already_keeps_what_they_chose() -> None:
    """An agent already signed in keeps their terminal."""
    place = play(replace(DUTY, terminal="phone"))
    place.sign_in(1)
    before = place.agent(1)
    go_to(place, 12)
    assert place.agent(1) == before
    (run,) = runs_of(place.centre)
    assert (run.done, run.left_alone, run.refused) == ((), ("801",), ())


def test_G2_a_schedule_that_only_signs_out_touches_only_who_is_signed_in() -> None:
    place = play(replace(DUTY, agents=(AgentId(1), AgentId(2)), sign_in=None))
    place.sign_in(2)
    go_to(place, 18)
    assert [status(place, agent) for agent in (1, 2)] == [AgentStatus.SIGNED_OUT] * 2
    (run,) = runs_of(place.centre)
    assert (run.act, run.done, run.left_alone) == (Participation.SIGN_OUT, ("802",), ("801",))


def test_a_talk_goes_on_when_the_plan_signs_out() -> None:
    place = play(DUTY)
    go_to(place, 17, 59)
    call = place.caller()
    place.answer(1)
    place.wait(120)
    assert status(place) is AgentStatus.SIGNED_OUT
    assert place.live(call).call.state == "talking"
    place.agent_hangs_up(1)


def test_a_phone_that_rings_when_the_plan_signs_out_stops() -> None:
    place = play(DUTY, replace(DUTY, id=ScheduleId(2), agents=(AgentId(2),), sign_in=18 * 60, sign_out=None))
    go_to(place, 17, 59)
    place.wait(55)
    call = place.caller()
    place.wait(10)
    assert place.rung_for(call) == [1, 2]


def test_who_cannot_be_signed_in_is_named_with_the_reason() -> None:
    directory = with_schedules(replace(DUTY, agents=(AgentId(1), AgentId(2))))
    agents = {**directory.agents, AgentId(1): replace(a_profile(1), phone=None)}
    place = Play(directory=replace(directory, agents=agents))
    go_to(place, 12)
    (run,) = runs_of(place.centre)
    assert run.done == ("802",)
    assert [(one.agent, one.code) for one in run.refused] == [("801", "agent_has_no_phone")]


def on_mobile(place: Directory) -> Directory:
    """Agent 1 may be rung on a mobile, too."""
    mobile = replace(place.agents[AgentId(1)], terminals={TerminalKind.PHONE: "13900139000"})
    return replace(place, agents={**place.agents, mobile.id: mobile})


def test_G3_the_terminal_of_the_schedule_is_the_one_that_rings() -> None:
    """Right terminal rings."""
    place = Play(directory=on_mobile(with_schedules(replace(DUTY, terminal="phone"))))
    go_to(place, 12)
    assert place.agent(1).terminal is TerminalKind.PHONE
    place.caller()
    (rung,) = [command for command in place.commands if isinstance(command, RingAgent)]
    assert (rung.phone, rung.accept is not None) == ("13900139000", True)


def test_G2_who_is_signed_in_at_the_desk_is_not_moved_to_the_mobile() -> None:
    """An agent already signed in keeps their terminal."""
    place = Play(directory=on_mobile(with_schedules(replace(DUTY, terminal="phone"))))
    place.sign_in(1)
    go_to(place, 12)
    assert place.agent(1).terminal is not TerminalKind.PHONE


def test_G3_who_has_no_such_terminal_is_named_with_the_reason() -> None:
    place = play(replace(DUTY, terminal="app"))
    go_to(place, 12)
    (run,) = runs_of(place.centre)
    assert (run.done, [one.agent for one in run.refused]) == ((), ["801"])
    assert sentence(run.refused[0].code, run.refused[0].values, "en")
    assert status(place) is AgentStatus.SIGNED_OUT


def test_an_agent_who_is_no_more_is_passed_over() -> None:
    place = play(replace(DUTY, agents=(AgentId(99), AgentId(1))))
    go_to(place, 12)
    (run,) = runs_of(place.centre)
    assert (run.done, run.refused) == (("801",), ())


# --- changes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changed", [replace(DUTY, enabled=False), replace(DUTY, weekdays=()), None])
def test_what_is_planned_no_more_does_not_happen(changed: Schedule | None) -> None:
    place = play(DUTY)
    place.tell(loaded(with_schedules(*([changed] if changed is not None else []))))
    go_to(place, 13)
    assert status(place) is AgentStatus.SIGNED_OUT


def test_a_new_plan_counts_from_now_on() -> None:
    """Nobody is signed in at once for a time that is over when it is set up."""
    place = play()
    assert place.timers("schedule") == []
    go_to(place, 13)
    place.tell(loaded(with_schedules(DUTY)))
    assert status(place) is AgentStatus.SIGNED_OUT
    go_to(place, 12, days=1)
    assert status(place) is AgentStatus.READY


def test_a_change_of_something_else_is_no_news_to_a_plan() -> None:
    place = play(DUTY)
    go_to(place, 13)
    place.sign_out(1)
    place.tell(loaded(replace(with_schedules(DUTY), language="en")))
    assert status(place) is AgentStatus.SIGNED_OUT
    assert place.timers("schedule") == ["schedule:"]


def test_what_came_of_a_plan_goes_with_it() -> None:
    place = play(DUTY)
    go_to(place, 12)
    assert len(runs_of(place.centre)) == 1
    place.tell(loaded(with_schedules()))
    assert runs_of(place.centre) == ()
    assert place.timers("schedule") == []


# --- after a silence -----------------------------------------------------------------------------------------------


def sleep(play: Play, hours: float) -> None:
    """Let time pass while nobody is there to see it: no timer fires."""
    play.pass_over(hours * HOUR)


def after_silence(hours: float, *schedules: Schedule, signed_in: tuple[int, ...] = ()) -> Play:
    """A centre whose process was gone for some hours, and has just loaded its directory again."""
    place = play(*schedules)
    place.sign_in(*signed_in)
    sleep(place, hours)
    place.tell(loaded(with_schedules(*schedules)))
    return place


def test_G1_what_was_missed_is_done_right_after_a_start() -> None:
    place = after_silence(4, DUTY)
    assert status(place) is AgentStatus.READY
    (run,) = runs_of(place.centre)
    assert run.done_at - run.due_at > 3 * HOUR * SECOND


def test_G1_of_a_sign_in_and_a_sign_out_that_were_missed_only_the_sign_out_counts() -> None:
    place = after_silence(9, DUTY)
    assert status(place) is AgentStatus.SIGNED_OUT
    assert place.rung == []
    (run,) = runs_of(place.centre)
    assert (run.act, run.done, run.left_alone) == (Participation.SIGN_OUT, (), ("801",))
    assert status(after_silence(9, DUTY, signed_in=(1,))) is AgentStatus.SIGNED_OUT


def test_G1_what_is_overdue_is_done_by_the_timer_too() -> None:
    """The directory may come late, when the database is away."""
    place = play(DUTY)
    sleep(place, 4)
    place.wait(0)
    assert status(place) is AgentStatus.READY


def test_G1_only_the_end_of_a_long_silence_counts() -> None:
    place = after_silence(24 * 400, DUTY)
    assert status(place) is AgentStatus.SIGNED_OUT
    assert TimerId("schedule:") in place.centre.timers


def test_G1_a_plan_that_was_changed_in_the_silence_counts_from_the_start_on() -> None:
    place = play(DUTY)
    sleep(place, 4)
    place.tell(loaded(with_schedules(replace(DUTY, sign_in=13 * 60))))
    assert status(place) is AgentStatus.SIGNED_OUT


def test_G2_who_goes_from_one_duty_to_the_next_is_signed_in_anew() -> None:
    night = replace(DUTY, id=ScheduleId(2), name="night", sign_in=18 * 60, sign_out=22 * 60)
    place = play(DUTY, night)
    go_to(place, 17)
    before = place.agent(1)
    go_to(place, 18)
    assert status(place) is AgentStatus.READY
    assert place.agent(1).signed_in_at != before.signed_in_at
