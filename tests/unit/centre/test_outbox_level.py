"""No call is taken whose record would have nowhere to wait, and calls are taken again when there is room (D1)."""

from __future__ import annotations

from fs_control.calls import CallState
from fs_control.commands import RaiseAlarm
from fs_control.events import OutboxLevelChanged, RecordKept
from fs_control.records import Disposition, OutboxLevel
from fs_control.testing.play import Play
from tests.unit.centre.test_admission import refused
from tests.unit.centre.test_outbound import a_play, dial


def level(play: Play, level: OutboxLevel, percent: int) -> list[str]:
    """Tell the centre how full it is; the alarms that were raised by that."""
    before = len(play.commands)
    play.tell(OutboxLevelChanged(level=level, percent=percent))
    return [command.code for command in play.commands[before:] if isinstance(command, RaiseAlarm)]


def test_D1_without_room_for_its_record_a_call_is_not_taken_and_the_caller_is_told() -> None:
    play = Play()
    play.sign_in(1)
    talking = play.caller()
    play.answer(1)
    assert level(play, OutboxLevel.FULL, 100) == ["alarm.outbox_full"]
    refused(play, play.caller(), "centre-full", Disposition.RECORDS_FULL)
    assert play.live(talking).call.state is CallState.TALKING


def test_D1_calls_are_taken_again_when_there_is_room() -> None:
    play = Play()
    play.sign_in(1)
    level(play, OutboxLevel.FULL, 100)
    assert level(play, OutboxLevel.NEARLY_FULL, 94) == []
    assert play.live(play.caller()).call.admitted


def test_the_alarm_of_a_level_is_raised_once() -> None:
    play = Play()
    assert level(play, OutboxLevel.NEARLY_FULL, 80) == ["alarm.outbox_nearly_full"]
    assert level(play, OutboxLevel.NEARLY_FULL, 85) == []
    assert level(play, OutboxLevel.ROOM, 10) == []


def test_D1_the_centre_lets_go_of_a_record_that_is_kept_on_disk() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller()
    play.hang_up(call)
    assert call in play.centre.unstored
    play.tell(RecordKept(call=call))
    assert call not in play.centre.unstored


def test_D1_no_agent_begins_a_call_without_room_for_its_record() -> None:
    play = a_play()
    level(play, OutboxLevel.FULL, 100)
    assert dial(play) == "dial_records_full"
