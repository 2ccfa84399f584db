"""The inbox: the only one who changes the centre; written first, then done; a defect costs one call."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gevent
import pytest
from structlog.testing import capture_logs

from fs_control.calls import CallState, TalkState
from fs_control.centre import clockwork
from fs_control.commands import HangUp, PlayPrompt
from fs_control.events import (
    BridgeEnded,
    CallCrashed,
    CallOffered,
    DigitsCollected,
    DrainRequested,
    KeyPressed,
    LegAnswered,
    LegHungUp,
    LegsBridged,
    PhoneRegistered,
    PromptFinished,
    SignInRequested,
    TimerFired,
)
from fs_control.ids import SECOND, AgentId, LegId, Micros, RequestId, TimerId
from fs_control.records import Disposition, EndedBy
from fs_control.runtime.inbox import BATCH, REMEMBERED_HANG_UPS
from fs_control.runtime.journal import fold, read_segment
from fs_control.testing.fake_event_socket import wait_until
from tests.unit.runtime.desk import ANNE, BEN, CARL, Desk, opening, signs_in
from tests.unit.runtime.moody_disk import FULL, MoodyDisk

TIMER = TimerId(f"wait:{ANNE.call}")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path) as desk:
        desk.play(opening(), signs_in(1))
        yield desk
        assert fold(read_segment(desk.journal.path)) == desk.centre


@pytest.fixture
def broken_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect in what follows when a caller has waited long enough."""
    monkeypatch.setitem(clockwork._HANDLERS, "wait", lambda step, subject: 1 / 0)


def kinds(desk: Desk) -> list[str]:
    return [type(event).__name__ for _, event in read_segment(desk.journal.path).events]


# --- one writer, written first -------------------------------------------------------------------------------------


def test_a_batch_is_in_the_journal_before_any_of_its_effects(desk: Desk) -> None:
    seen: list[int] = []
    desk.when_carried_out = lambda: seen.append(len(desk.lines()))
    before = len(desk.lines())
    desk.take(ANNE.offered(), BEN.offered(), LegAnswered(leg=ANNE.leg))
    assert seen == [before + 3] * 3


def test_events_are_applied_in_the_order_in_which_they_came(desk: Desk) -> None:
    desk.take(BEN.offered(), ANNE.offered(), PhoneRegistered(phone="1001"))
    assert kinds(desk)[-3:] == ["CallOffered", "CallOffered", "PhoneRegistered"]
    assert [live.call.id for live in sorted(desk.centre.calls.values(), key=lambda live: live.call.id)] == [
        ANNE.call,
        BEN.call,
    ]


def test_what_is_nothing_to_us_costs_no_line(desk: Desk) -> None:
    before = desk.journal.path.read_bytes()
    stranger = LegId("a-leg-of-somebody-else")
    desk.take(LegAnswered(leg=stranger), LegHungUp(leg=stranger, cause="NORMAL_CLEARING"))
    assert desk.journal.path.read_bytes() == before


def test_a_key_that_leads_out_of_no_line_is_never_written_down(desk: Desk) -> None:
    """It may be part of a card number that the caller tells an agent."""
    desk.play(opening(), signs_in(1), [BEN.offered(), BEN.looked_up()])
    desk.play([PromptFinished(leg=BEN.leg, op=BEN.op(1), completed=True)])
    desk.play([DigitsCollected(leg=BEN.leg, op=BEN.op(2), digits="1")])  # in line now, and a phone rings
    before = len(desk.lines())
    desk.take(KeyPressed(leg=BEN.leg, key="7"), KeyPressed(leg=BEN.agent_leg(1), key="*"))
    assert len(desk.lines()) == before
    desk.take(LegAnswered(leg=BEN.agent_leg(1)), LegsBridged(leg=BEN.leg, other=BEN.agent_leg(1)))
    before = len(desk.lines())
    desk.take(KeyPressed(leg=BEN.leg, key="*"))  # said to the agent
    assert len(desk.lines()) == before


def test_keys_of_one_code_count_that_come_in_one_batch(desk: Desk) -> None:
    """A telephone may send them faster than we read; and what follows the code is nobody's business again."""
    desk.play(opening(), signs_in(1), [BEN.offered(), BEN.looked_up()])
    desk.play([PromptFinished(leg=BEN.leg, op=BEN.op(1), completed=True)])
    desk.play([DigitsCollected(leg=BEN.leg, op=BEN.op(2), digits="1")])
    agent = BEN.agent_leg(1)
    desk.play([LegAnswered(leg=agent), LegsBridged(leg=BEN.leg, other=agent)])
    desk.take(*(KeyPressed(leg=agent, key=key) for key in "*177"))
    assert kinds(desk)[-2:] == ["KeyPressed", "KeyPressed"]
    assert desk.centre.calls[BEN.call].call.talk.state is TalkState.HELD


def test_what_concerns_a_caller_of_the_same_batch_is_kept(desk: Desk) -> None:
    desk.take(ANNE.offered(), LegAnswered(leg=ANNE.leg), ANNE.gone())
    assert kinds(desk)[-3:] == ["CallOffered", "LegAnswered", "LegHungUp"]
    assert desk.centre.unstored[ANNE.call].answered_at is not None


@pytest.mark.parametrize("in_one_batch", [True, False])
def test_a_hang_up_that_came_before_its_caller_ends_the_call(desk: Desk, in_one_batch: bool) -> None:
    batches = [[ANNE.gone(), ANNE.offered()]] if in_one_batch else [[ANNE.gone()], [ANNE.offered()]]
    desk.play(*batches)
    assert kinds(desk)[-2:] == ["CallOffered", "LegHungUp"]
    record = desk.centre.unstored[ANNE.call]
    assert (record.ended_by, record.cause) == (EndedBy.CALLER, "NORMAL_CLEARING")


def test_only_so_many_hang_ups_of_strangers_are_remembered(desk: Desk) -> None:
    desk.take(
        ANNE.gone(), BEN.gone(), *(LegHungUp(leg=LegId(str(n)), cause="x") for n in range(REMEMBERED_HANG_UPS - 1))
    )
    desk.take(ANNE.offered(), BEN.offered())
    assert set(desk.centre.calls) == {ANNE.call}
    assert set(desk.centre.unstored) == {BEN.call}


def test_a_leg_that_we_are_ending_is_still_ours(desk: Desk) -> None:
    desk.take(ANNE.offered(), ANNE.looked_up())
    desk.take(ANNE.gone())
    assert ANNE.agent_leg(1) in desk.centre.closing
    desk.take(LegHungUp(leg=ANNE.agent_leg(1), cause="ORIGINATOR_CANCEL"))
    assert not desk.centre.closing


# --- time ----------------------------------------------------------------------------------------------------------


def test_our_time_never_goes_back(desk: Desk) -> None:
    desk.take(PhoneRegistered(phone="1001"))
    latest = desk.centre.at
    desk.clock.at = Micros(latest - 3600 * SECOND)
    desk.take(PhoneRegistered(phone="1002"))
    assert desk.centre.at == latest


def test_our_time_never_goes_back_over_a_restart(desk: Desk, tmp_path: Path) -> None:
    with Desk(tmp_path) as next_desk:
        next_desk.clock.at = Micros(desk.centre.at - 3600 * SECOND)
        next_desk.take(DrainRequested())
        assert next_desk.centre.at == desk.centre.at


def test_a_timer_never_fires_before_its_time_although_the_clock_was_put_back(desk: Desk) -> None:
    desk.take(ANNE.offered(), ANNE.looked_up())
    due = desk.centre.timers[TIMER]
    desk.clock.at = Micros(desk.clock.at - 3600 * SECOND)
    desk.take(TimerFired(timer=TIMER))
    assert desk.centre.at == due


# --- defects -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("broken_timer")
def test_a_handler_that_raises_costs_its_call_and_no_other(desk: Desk) -> None:
    desk.play([*signs_in(2)], [ANNE.offered(), BEN.offered(), ANNE.looked_up()])
    before = desk.centre.calls[BEN.call]
    with capture_logs() as logs:
        desk.take(PromptFinished(leg=BEN.leg, op=BEN.op(1), completed=True), TimerFired(timer=TIMER))
    assert [line["action"] for line in logs] == ["event_crashed"]
    assert desk.centre.calls[ANNE.call].call.state is CallState.LEAVING
    assert desk.centre.calls[ANNE.call].call.verdict is Disposition.FAILED
    assert desk.centre.calls[BEN.call] != before  # the menu has begun
    assert isinstance(desk.orders_for(ANNE.call)[-1], HangUp)  # the agent; then the caller's leg is free
    desk.take(BridgeEnded(leg=ANNE.leg, other=ANNE.agent_leg(1), cause="ORIGINATOR_CANCEL"))
    assert isinstance(desk.orders_for(ANNE.call)[-1], PlayPrompt)  # the apology


@pytest.mark.usefixtures("broken_timer")
def test_a_crash_follows_in_the_journal_and_names_the_event_that_was_not_applied(desk: Desk) -> None:
    desk.play([ANNE.offered()])
    desk.take(TimerFired(timer=TIMER), PhoneRegistered(phone="1009"))
    sequence, crash = read_segment(desk.journal.path).events[-1]
    assert isinstance(crash, CallCrashed)
    assert (crash.call, crash.place, crash.error) == (ANNE.call, "transition.TimerFired", "ZeroDivisionError")
    assert crash.skipped == sequence - 2


def test_an_apology_that_raises_ends_in_a_hang_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.take(ANNE.offered(), ANNE.looked_up())
    monkeypatch.setattr("fs_control.centre.crash.say_goodbye", lambda *values: 1 / 0)
    desk.take(CallCrashed(call=ANNE.call, place="decode", error="ValueError"))
    assert desk.orders_for(ANNE.call)[-1] == HangUp(ANNE.call, ANNE.leg, "NORMAL_CLEARING")
    assert desk.centre.calls[ANNE.call].call.ended_by is EndedBy.CENTRE


def test_a_call_for_which_nothing_can_be_done_is_forgotten_in_the_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.take(ANNE.offered(), BEN.offered())
    for name in ("say_goodbye", "dismiss", "finish"):
        monkeypatch.setattr(f"fs_control.centre.crash.{name}", lambda *values: 1 / 0)
    desk.take(CallCrashed(call=ANNE.call, place="decode", error="ValueError"))
    assert set(desk.centre.calls) == {BEN.call}
    assert desk.centre.admitted == 1


def test_when_even_forgetting_raises_the_inbox_lives_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.take(ANNE.offered(), ANNE.looked_up())
    for name in ("say_goodbye", "dismiss", "finish", "_forget"):
        monkeypatch.setattr(f"fs_control.centre.crash.{name}", lambda *values: 1 / 0)
    desk.take(CallCrashed(call=ANNE.call, place="decode", error="ValueError"))
    desk.take(PhoneRegistered(phone="1001"))
    assert desk.centre.phones["1001"] is True


def test_text_that_cannot_be_written_down_costs_its_call_and_no_other(desk: Desk) -> None:
    nonsense = CallOffered(leg=BEN.leg, call=BEN.call, dialled="4001", caller="1", caller_name="\ud800")
    with capture_logs() as logs:
        desk.take(ANNE.offered(), nonsense, CARL.offered())
    assert set(desk.centre.calls) == {ANNE.call, CARL.call}
    assert [line["place"] for line in logs] == ["journal.CallOffered"]
    assert kinds(desk)[-3:] == ["CallOffered", "CallOffered", "CallCrashed"]


def test_a_wish_whose_handler_raises_costs_no_call(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.take(ANNE.offered(), ANNE.looked_up())
    with monkeypatch.context() as broken:
        broken.setattr("fs_control.centre.people.Reply", lambda *values: 1 / 0)
        desk.take(SignInRequested(request=RequestId("r"), agent=AgentId(2), by="test"))
    assert desk.centre.calls[ANNE.call].call.crashes == 0
    assert kinds(desk)[-2:] == ["SignInRequested", "CallCrashed"]


def test_the_log_of_a_crash_has_its_place_and_none_of_its_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def reveal(_step: object, _subject: str) -> None:
        raise ValueError("the caller pressed 4711")

    monkeypatch.setitem(clockwork._HANDLERS, "wait", reveal)
    desk.take(ANNE.offered(), ANNE.looked_up())
    with capture_logs() as logs:
        desk.take(TimerFired(timer=TIMER))
    assert "4711" not in str(logs)
    assert logs[0]["at"].partition(":")[0].endswith("test_inbox.py")


# --- the greenlet --------------------------------------------------------------------------------------------------


@pytest.fixture
def running(desk: Desk) -> Iterator[Desk]:
    greenlet = gevent.spawn(desk.inbox.run)
    yield desk
    greenlet.kill()


def test_it_is_idle_when_everything_has_been_applied(running: Desk) -> None:
    for number in range(3 * BATCH):
        running.inbox.put(PhoneRegistered(phone=str(number)))
    assert running.inbox.wait_until_idle(20.0)
    assert len(running.centre.phones) == 3 * BATCH


def test_it_is_not_idle_while_something_waits(desk: Desk) -> None:
    assert desk.inbox.wait_until_idle(0.0)
    desk.inbox.put(PhoneRegistered(phone="1001"))
    assert not desk.inbox.wait_until_idle(0.0)


def test_others_get_their_turn_between_two_batches(running: Desk) -> None:
    seen: list[int] = []
    for number in range(3 * BATCH):
        running.inbox.put(PhoneRegistered(phone=str(number)))

    def look() -> None:
        while len(running.centre.phones) < 3 * BATCH:
            seen.append(len(running.centre.phones))
            gevent.sleep(0)

    gevent.spawn(look).join(20)
    assert set(seen) >= {BATCH, 2 * BATCH}


def test_a_crash_is_followed_up_although_nobody_says_anything_more(running: Desk, broken_timer: None) -> None:
    running.inbox.put(ANNE.offered())
    running.inbox.put(TimerFired(timer=TIMER))
    assert running.inbox.wait_until_idle(20.0)
    assert running.centre.calls[ANNE.call].call.verdict is Disposition.FAILED


def test_D1_what_a_disk_does_not_take_is_done_all_the_same(tmp_path: Path) -> None:
    disk = MoodyDisk()
    with Desk(tmp_path / "full", disk) as desk:
        desk.play(opening())
        disk.refuses["write"] = FULL
        greenlet = gevent.spawn(desk.inbox.run)
        desk.inbox.put(ANNE.offered())
        wait_until(lambda: ANNE.call in desk.centre.calls)
        assert (desk.journal.health.not_on_disk, greenlet.dead) == (1, False)
        greenlet.kill()
