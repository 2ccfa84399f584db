"""Messages at the command line: the list, who sees to each, and what is refused (N7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from fs_control.ids import DEFAULT_ENTERPRISE, SECOND, CallId, LegId, Micros, parse_phone_number
from fs_control.records import CallRecord, Disposition, MessageLeft
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.engine import create_engine

START = 1_767_225_600 * SECOND


@pytest.fixture
def left(run, database_url, tmp_path):
    """Two messages in two boxes; the sound of the first one is there."""
    engine = create_engine(database_url)
    records = PostgresRecordStore(engine, DEFAULT_ENTERPRISE)
    for place, box in enumerate(("sales", "service")):
        message = MessageLeft(f"message-call-{place}.1.wav", box, Micros(START + place), Micros(4_400_000))
        records.store([a_record(f"call-{place}", message)])
    engine.dispose()
    (tmp_path / "recordings").mkdir()
    (tmp_path / "recordings" / "message-call-0.1.wav").write_bytes(b"RIFF")
    return run


def a_record(call: str, message: MessageLeft) -> CallRecord:
    return CallRecord(
        call_id=CallId(call),
        enterprise=DEFAULT_ENTERPRISE,
        leg=LegId(f"{call}-leg"),
        number="4001234567",
        caller=parse_phone_number("13800138000"),
        caller_name="",
        started_at=Micros(START),
        ended_at=Micros(START + 9),
        disposition=Disposition.LEFT_MESSAGE,
        messages=(message,),
    )


def ids(run, words: str = "") -> list[int]:
    return [message["id"] for message in run.json(f"message list {words}")["messages"]]


def test_N7_messages_are_listed_the_newest_first(left):
    """A message row with audio, number, time, service number appears."""
    newest, oldest = left.json("message list")["messages"]
    assert (newest["box"], oldest["box"]) == ("service", "sales")
    assert (oldest["number"], oldest["caller"]["e164"]) == ("4001234567", "+8613800138000")
    assert (oldest["seconds"], oldest["status"], oldest["call"]) == (4.4, "new", "call-0")
    assert Path(oldest["path"]).read_bytes() == b"RIFF"
    assert "+86 138 0013 8000" in left("message list")
    assert "heading." not in left("message list")


def test_messages_are_found_by_box_status_and_agent(left):
    newest, oldest = ids(left)
    left(f"message assign {oldest} 8001")
    left(f"message done {newest}")
    assert ids(left, "--box sales") == ids(left, "--status assigned") == ids(left, "--agent 8001") == [oldest]
    assert ids(left, "--status done") == [newest]
    assert ids(left, "--status new") == []
    assert left.json("message list --limit 1")["are_all"] is False
    assert "nothing" in left("message list --box other").lower()


def test_N7_a_message_is_assignable_and_given_back(left):
    """A message row appears and is assignable."""
    message = ids(left)[0]
    assert "8002 李明" in left(f"message assign {message} 8002")
    left(f"message done {message}")
    assert "nobody" in left(f"message assign {message} -")
    assert left.json(f"message show {message}")["status"] == "new"


def test_where_an_agent_is_removed_the_messages_are_new_again(left):
    message = ids(left)[0]
    left(f"message assign {message} 8003")
    left("agent remove 8003 --yes")
    assert left.json(f"message show {message}")["status"] == "new"


def test_the_story_of_a_call_names_the_message_that_was_left(left):
    oldest = ids(left)[1]
    assert f"Message {oldest} in the box “sales”" in left("call show call-0")
    assert left.json("call show call-0")["message_ids"] == [oldest]
    left(f"message remove {oldest} --yes")
    assert left.json("call show call-0")["message_ids"] == []


def test_a_message_is_removed_with_its_sound(left, tmp_path):
    left(f"message remove {ids(left)[1]} --yes")
    assert len(ids(left)) == 1
    assert list((tmp_path / "recordings").iterdir()) == []
    assert "4001234567" in left("call list")


def test_the_page_of_a_message_says_where_its_sound_is(left):
    newest, oldest = ids(left)
    assert "message-call-0.1.wav" in left(f"message show {oldest}")
    assert "FS_CONTROL_RECORDINGS" in left(f"message show {newest}")
    assert "FS_CONTROL_RECORDINGS" in left.refused(f"message play {newest}")


def test_without_a_player_the_file_of_a_message_is_named(left, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert str(tmp_path / "recordings" / "message-call-0.1.wav") in left(f"message play {ids(left)[1]}")


@pytest.mark.parametrize("line", ["message show 99", "message done 99", "message assign 99 8001", "message play 99"])
def test_a_message_that_is_not_there_is_refused(left, line):
    assert "There is no message 99" in left.refused(line)


def test_an_agent_who_is_not_there_is_refused(left):
    assert "8009" in left.refused(f"message assign {ids(left)[0]} 8009")
    assert "8009" in left.refused("message list --agent 8009")


def test_without_messages_it_says_so(run):
    assert "Nobody has left a message" in run("message list")
