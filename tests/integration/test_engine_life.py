"""An engine starts where the last one ended, however that one ended, and stops in order; nothing is lost."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import gevent
import pytest
from structlog.testing import capture_logs

from fs_control.calls import CallState
from fs_control.errors import UserMistake
from fs_control.ids import AgentId, TimerId
from fs_control.records import Disposition, FlowText
from fs_control.runtime import engine as engine_room
from fs_control.runtime.journal import fold, read_past, read_segment
from fs_control.runtime.journal_disk import Disk
from fs_control.testing.fake_event_socket import wait_until
from fs_control.virtual_switch.dialplan import Action, Extension
from fs_control.virtual_switch.script import HangUp, PhoneBehaviour, Reaction, Wait, WaitForAnswer, WaitForPrompt
from tests.integration.engine_house import AWAY, IN_NO_TIME_S, PATIENCE_S, SHORT_NUMBER, House, running_house

A_WHILE = Wait(40)
LEAVES_ON_REQUEST = (WaitForAnswer(), A_WHILE, HangUp())


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with running_house(tmp_path / "var") as house:
        yield house


def prompts(lived: Any) -> list[str]:
    """What a caller heard, by name."""
    return [Path(prompt).stem for prompt in lived.heard()]


# --- stopping ------------------------------------------------------------------------------------------------------


def test_a_stop_refuses_new_calls_and_lets_those_that_are_there_finish(house: House) -> None:
    caller = house.talking(1, *LEAVES_ON_REQUEST)
    stopping = gevent.spawn(house.engine.stop, PATIENCE_S)
    wait_until(lambda: house.engine.centre.draining)
    latecomer = house.call()
    assert prompts(house.wait_end(latecomer)) == ["draining"]
    stopping.join(PATIENCE_S)
    assert stopping.successful()
    assert house.record(caller).disposition is Disposition.ANSWERED
    assert house.record(latecomer).disposition is Disposition.DRAINING
    assert read_past(house.engine.journal_folder).centre == house.engine.centre
    house.restart()


def test_after_a_stop_nothing_of_the_engine_is_left(house: House) -> None:
    house.talking(1)
    engine = house.engine
    engine.stop(IN_NO_TIME_S)
    assert (engine.supervisor.names, len(engine.timers), len(engine.callers), engine.server.links) == ([], 0, 0, set())
    assert not engine.supervisor.failed.ready()
    assert fold(read_segment(engine.journal.path)) == engine.centre
    house.restart()


def test_a_new_process_takes_calls_again(house: House) -> None:
    house.engine.stop(IN_NO_TIME_S)
    assert house.engine.centre.draining
    house.restart()
    house.talking(1)


def test_a_pair_that_talks_when_we_stop_talks_on_and_its_record_is_whole(house: House) -> None:
    caller = house.talking(1, *LEAVES_ON_REQUEST)
    house.engine.stop(IN_NO_TIME_S)
    before = house.engine.centre
    house.restart()
    live = house.live(caller)
    assert live is not None
    was = before.calls[live.call.id].call
    assert live.call == replace(was, away=True, bridging=None)  # all but the connection, which was ours
    assert house.wait_end(caller).cause == "NORMAL_CLEARING"
    record = house.record(caller)
    assert (record.disposition, record.cause) == (Disposition.ANSWERED, "NORMAL_CLEARING")


def test_a_caller_who_comes_while_we_are_deaf_is_left_to_the_dialplan(house: House) -> None:
    """Facts come on the inbound link: without it nobody would hear what the caller does."""
    apology = "tone_stream://%(300,0,440)"
    controller = Action("socket", f"127.0.0.1:{house.settings.listen_port} async full")
    actions = (Action("set", "socket_resume=true"), controller, Action("playback", apology), Action("hangup"))
    house.stage.set_dialplan([Extension("all", r"^(4\d+)$", actions)])
    house.engine.link.stop()
    house.engine._switch_lost("test")
    caller = house.call()
    assert house.wait_end(caller).heard() == (apology,)
    assert not house.engine.centre.calls


def test_a_waiting_caller_is_left_to_the_dialplan_and_noted_as_lost(house: House) -> None:
    house.sign_in(1, PhoneBehaviour(reaction=Reaction.NO_ANSWER))
    apology = "tone_stream://%(300,0,440)"
    controller = Action("socket", f"127.0.0.1:{house.settings.listen_port} async full")
    actions = (Action("set", "socket_resume=true"), controller, Action("playback", apology), Action("hangup"))
    house.stage.set_dialplan([Extension("all", r"^(4\d+)$", actions)])
    caller = house.call()
    house.wait_state(caller, CallState.RINGING_AGENT)
    house.engine.stop(IN_NO_TIME_S)
    assert b"CallerLinkLost" not in house.engine.journal.path.read_bytes()  # we let go, the caller did not
    assert house.wait_end(caller).heard()[-1] == apology
    house.restart()
    assert house.record(caller).cause == "SWITCH_LOST"


# --- dying ---------------------------------------------------------------------------------------------------------


def test_after_a_kill_the_next_process_folds_to_the_same_centre_and_goes_on(house: House, tmp_path: Path) -> None:
    caller = house.talking(1, *LEAVES_ON_REQUEST)
    assert house.engine.inbox.wait_until_idle(PATIENCE_S)
    at_the_kill, sequence = house.engine.centre, house.engine.journal.sequence
    settings = house.killed_copy(tmp_path / "killed")
    house.engine.stop(IN_NO_TIME_S)
    house.engine = house.build(settings)
    assert (house.engine.centre, house.engine.journal.sequence) == (at_the_kill, sequence)
    house.start()
    house.wait_end(caller)
    assert house.record(caller).disposition is Disposition.ANSWERED


def test_a_timer_that_ran_at_the_end_runs_on(house: House) -> None:
    busy = PhoneBehaviour(reaction=Reaction.BUSY)
    house.sign_in(1, busy)
    house.call()
    wait_until(lambda: house.engine.centre.agents[AgentId(1)].rest is not None)
    house.engine.stop(IN_NO_TIME_S)
    assert TimerId("rest:1") in house.engine.centre.timers
    house.restart()
    wait_until(lambda: house.engine.centre.agents[AgentId(1)].rest is None)


def test_records_that_were_not_stored_are_handed_over_again_and_stored_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_room, "FLUSH_S", 0.1)
    house.records.fault = AWAY
    callers = [house.call(WaitForAnswer(), HangUp(), number="4002") for _ in range(3)]
    wait_until(lambda: len(house.engine.centre.unstored) == 3)
    house.engine.stop(IN_NO_TIME_S)
    assert house.records.rows == {}
    house.records.fault = None
    house.restart()
    wait_until(lambda: not house.engine.centre.unstored)
    assert sorted(record.leg for record in house.records.rows.values()) == sorted(callers)


# --- what may be missing -------------------------------------------------------------------------------------------


def test_without_a_database_the_last_directory_serves(house: House) -> None:
    house.engine.stop(IN_NO_TIME_S)
    house.directory.fault = AWAY
    house.restart()
    house.talking(1)


def test_a_database_that_was_away_at_the_start_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_room, "DIRECTORY_AGAIN_S", 0.05)
    with running_house(tmp_path / "var", AWAY) as house:
        assert not house.engine.centre.directory.numbers
        house.directory.fault = None
        wait_until(lambda: house.engine.centre.directory.numbers)
        assert "directory" not in house.engine.supervisor.names


def test_a_port_that_is_taken_is_said_and_nothing_stays_behind(house: House, tmp_path: Path) -> None:
    other = house.build(house.killed_copy(tmp_path / "other"))
    other.server.bind_port = house.engine.server.bind_port
    with pytest.raises(UserMistake, match="listen_port_taken"):
        other.start()
    other.stop(IN_NO_TIME_S)
    assert (other.supervisor.names, len(other.timers)) == ([], 0)


def test_D1_a_disk_that_takes_no_more_stops_no_call_and_is_made_good(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_disk: Disk, _file: int, _data: memoryview) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    first = house.engine.journal.path
    with monkeypatch.context() as patch, capture_logs() as logs:
        patch.setattr(Disk, "write", full)
        caller = house.talking(1, *LEAVES_ON_REQUEST)
        assert house.engine.journal.health.why == "No space left on device"
        wait_until(lambda: [alarm.code for alarm in house.engine.centre.alarms] == ["alarm.journal_interrupted"])
    assert "journal_write_failed" in [line["action"] for line in logs]
    wait_until(lambda: house.engine.journal.health.is_well)
    assert house.engine.journal.path != first
    house.check_journal()
    house.engine.stop(IN_NO_TIME_S)
    house.restart()
    house.wait_end(caller)
    assert house.record(caller).disposition is Disposition.ANSWERED


# --- what is nothing to us -----------------------------------------------------------------------------------------


def test_calls_of_the_switch_that_are_not_ours_cost_no_line(house: House) -> None:
    house.stage.set_dialplan(
        [Extension("echo", r"^(9\d+)$", (Action("answer"), Action("playback", "tone_stream://%(300,0,440)")))]
    )
    assert house.engine.inbox.wait_until_idle(PATIENCE_S)
    before = house.engine.journal.path.read_bytes()
    assert house.wait_end(house.call(WaitForPrompt("tone"), number="9196")).heard()
    house.check_journal()
    assert house.engine.journal.path.read_bytes() == before


def test_who_waited_too_long_is_told_by_a_timer(house: House) -> None:
    house.talking(1)
    caller = house.call(number=SHORT_NUMBER)
    assert prompts(house.wait_end(caller))[-1] == "waited-too-long"
    assert house.record(caller).disposition is Disposition.WAITED_TOO_LONG


# --- flows ---------------------------------------------------------------------------------------------------------


def test_a_flow_that_an_older_program_took_in_stops_no_start_and_no_other_number(house: House) -> None:
    """Its number says the sentence for numbers without a flow, and the log names it."""
    house.engine.stop(IN_NO_TIME_S)
    house.directory.flows = (*house.directory.flows[1:], FlowText("line", "flow: line\nsteps: {a: {do: sing}}\n", 7))
    with capture_logs() as logs:
        house.restart()
        assert prompts(house.wait_end(house.call())) == ["no-flow"]
    (told,) = [each for each in logs if each.get("action") == "flow_not_usable"]
    assert (told["flow"], told["version"]) == ("line", 7)
    caller = house.call(WaitForAnswer(), WaitForPrompt("main-menu"), HangUp(), number="4002")
    assert prompts(house.wait_end(caller)) == ["welcome", "main-menu"]


# --- news of the directory -----------------------------------------------------------------------------------------


class GoneAtFirst:
    """A database that has been renamed, or has another password, and is as before a moment later."""

    def __init__(self) -> None:
        self.asked = 0

    def follow(self, tell: Callable[[], None]) -> NoReturn:
        self.asked += 1
        if self.asked == 1:
            raise UserMistake("database_unknown", reason="no such database")
        tell()
        while True:
            gevent.sleep(PATIENCE_S)


def test_a_database_that_cannot_be_followed_is_asked_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_room, "DIRECTORY_AGAIN_S", 0.01)
    house.engine.stop(IN_NO_TIME_S)
    house.changes = changes = GoneAtFirst()
    house.restart()
    wait_until(lambda: changes.asked == 2)
    assert not house.engine.supervisor.failed.ready()
