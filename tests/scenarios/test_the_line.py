"""The line: callers hear their place, VIPs go first, keys lead out of it, other groups help out, and it may be full."""

from __future__ import annotations

from pathlib import Path

from fs_control.centre import CallCentre, LiveCall
from fs_control.centre.place import position_of
from fs_control.records import CallRecord, Disposition, EndedBy, OfferResult, SegmentKind
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    PhoneBehaviour,
    Press,
    Reaction,
    Step,
    Wait,
    WaitForPrompt,
    WaitForTalk,
)
from tests.scenarios.house import House, kinds

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
  - {number: "8002", name: 李雷, phone: "1002"}
groups:
  - {name: sales, ring: 3, members: ["8001"], %s}
  - {name: service, ring: 3, members: ["8002"]}
numbers:
  - {number: "4001234567", flow: line}
  - {number: "4001234568", flow: vip}
  - {number: "4001234569", flow: other}
"""

FLOW = """
flow: %s
language: zh
start: %s
steps:
  line:
    do: queue
    group: sales
    nobody_signed_in: closed
    line_full: full
    keys: {"*": goodbye, 0: other}
  other: {do: queue, group: service, nobody_signed_in: closed}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  full: {do: play, prompt: centre-full, next: end}
  goodbye: {do: play, prompt: goodbye, next: end}
  end: {do: hangup}
"""
RAISE = "  raise: {do: priority, level: 5, next: line}\n"
FLOWS = {
    "line": FLOW % ("line", "line"),
    "vip": FLOW % ("vip", "raise") + RAISE,
    "other": """
flow: other
language: en
start: other
steps:
  other: {do: queue, group: service, nobody_signed_in: end}
  end: {do: hangup}
""",
}
LINE, VIP, OTHER = "4001234567", "4001234568", "4001234569"

TALKS = PhoneBehaviour(answer_after=0.3, talk=1.5)
TALKS_LONG = PhoneBehaviour(answer_after=0.2, talk=16.0)
RINGS = PhoneBehaviour(Reaction.NO_ANSWER)


def caller(*steps: Step, number: str = LINE, who: str = "13800138000") -> CallerScript:
    """Somebody who calls, and mostly stays until the agent ends the talk."""
    return CallerScript(number, who, b"", steps)


def opened(house: House, tmp_path: Path, sales: str = "returning_customer: no") -> None:
    """Configure the house, with the group of sales as the scenario says."""
    (tmp_path / "flows").mkdir()
    for name, text in FLOWS.items():
        (tmp_path / "flows" / f"{name}.yaml").write_text(text, encoding="utf-8")
    house.configure(DIRECTORY % sales, tmp_path / "flows")


def all_busy(house: House) -> str:
    """The agent of sales talks; everybody after that waits."""
    house.phone("1001", TALKS_LONG, TALKS)
    house.sign_in("8001")
    leg = house.call(caller(who="13700137000"))
    agent = house.agent("8001")
    house.wait_for(lambda: house.engine.centre.agents[agent].state == "on_call")
    return leg


def live_on(centre: CallCentre, leg: str) -> LiveCall | None:
    """The live call of a caller's leg."""
    return next((live for live in centre.calls.values() if live.call.leg == leg), None)


def is_at(house: House, leg: str, place: int) -> bool:
    """Whether a caller stands at a place of the line, as every list shows it."""
    centre = house.engine.centre
    live = live_on(centre, leg)
    return live is not None and position_of(centre, live.call) == place


def joins(house: House, place: int, script: CallerScript) -> str:
    """Let somebody call, and wait until they stand at a place of the line."""
    leg = house.call(script)
    house.wait_for(lambda: is_at(house, leg, place))
    return leg


def told(record: CallRecord) -> list[str]:
    """The places that a caller was told, each once."""
    return [step.detail for step in record.steps if step.kind == "announced"]


def exits(record: CallRecord) -> list[str]:
    """The exits by which a caller left steps of the flow."""
    return [step.detail for step in record.steps if step.kind == "exit"]


# --- the place in line ---------------------------------------------------------------------------------------------


def test_Q9_the_third_caller_hears_the_number_that_the_queue_table_shows(house: House, tmp_path: Path) -> None:
    """Caller 3 hears the number that the queue table shows at that moment; it is repeated at the set interval, and
    stops at once when an agent answers."""
    opened(house, tmp_path, "announce_every: 5, announce_estimate: yes")
    all_busy(house)
    others = [joins(house, place, caller(who=f"1390013900{place}")) for place in (1, 2)]
    twice = (WaitForPrompt("part-place"), WaitForPrompt("hold"), WaitForPrompt("part-place"), WaitForTalk())
    leg = joins(house, 3, caller(*twice))
    house.wait_for(lambda: (live := live_on(house.engine.centre, leg)) is None or live.call.told.startswith("3/"))
    record = house.record_of(leg)
    places = [each.partition("/")[0] for each in told(record)]
    assert places[0] == "3"
    assert places == sorted(places, reverse=True)
    assert record.disposition is Disposition.ANSWERED
    heard = [path for path in house.stage.journal(leg).heard() if "part-place" in path]
    assert len(heard) >= 2
    assert "part-wait" in heard[0]
    assert [house.record_of(other).disposition for other in others] == [Disposition.ANSWERED] * 2


def test_Q9_an_agent_who_becomes_free_does_not_wait_for_the_end_of_the_sentence(house: House, tmp_path: Path) -> None:
    """It stops at once when an agent answers."""
    opened(house, tmp_path, "announce_every: 60")
    house.phone("1001", PhoneBehaviour(answer_after=0.2, talk=2.0), TALKS)
    house.sign_in("8001")
    house.call(caller(who="13700137000"))
    agent = house.agent("8001")
    house.wait_for(lambda: house.engine.centre.agents[agent].state == "on_call")
    leg = house.call(caller(WaitForPrompt("part-place"), WaitForTalk()))
    record = house.record_of(leg)
    assert (record.disposition, told(record)) == (Disposition.ANSWERED, ["1"])
    notes = [note.kind for note in house.stage.journal(leg).notes if note.kind.startswith(("prompt", "talk"))]
    assert notes[:2] == ["prompt_start", "prompt_end"]
    assert notes.index("talk_start") > notes.index("prompt_end")


# --- who goes first ------------------------------------------------------------------------------------------------


def test_N8_a_vip_is_offered_to_the_next_free_agent_and_the_others_move_back(house: House, tmp_path: Path) -> None:
    """With three callers waiting, a caller marked VIP by the flow is offered to the next free agent; the position the
    others hear moves back by one."""
    opened(house, tmp_path, "announce_every: 5")
    all_busy(house)
    waiting = [joins(house, place, caller(who=f"1390013900{place}")) for place in (1, 2, 3)]
    for place, leg in enumerate(waiting, start=1):
        house.wait_for(lambda leg=leg, place=place: _was_told(house, leg, place))  # type: ignore[misc]
    vip = joins(house, 1, caller(number=VIP))
    for place, leg in enumerate(waiting, start=2):
        house.wait_for(lambda leg=leg, place=place: _was_told(house, leg, place))  # type: ignore[misc]
    first, *others = [house.record_of(leg) for leg in (vip, *waiting)]
    offered = [record.offers[0].offered_at for record in (first, *others)]
    assert offered == sorted(offered)
    assert [step.detail for step in first.steps if step.kind == "vip"] == ["3"]
    assert [told(record)[:2] for record in others] == [["1", "2"], ["2", "3"], ["3", "4"]]


def _was_told(house: House, leg: str, place: int) -> bool:
    live = live_on(house.engine.centre, leg)
    return live is not None and str(place) in told(live.record)


def test_N6_a_step_leads_to_the_line_of_the_group_that_it_names(house: House, tmp_path: Path) -> None:
    """Step with group G enters queue G; an unknown group fails validation."""
    opened(house, tmp_path)
    for phone in ("1001", "1002"):
        house.phone(phone, TALKS)
    house.sign_in("8001", "8002")
    for number, agent in ((LINE, "8001"), (OTHER, "8002")):
        (offer,) = house.play(caller(number=number)).offers
        assert house.number_of(offer.agent) == agent


# --- leaving by a key ----------------------------------------------------------------------------------------------


def test_Q10_the_exit_key_leaves_the_line_and_the_next_step_runs(house: House, tmp_path: Path) -> None:
    """Pressing the exit key leaves the queue, CDR has `queue_exit_key`, and the next step of the flow runs (message,
    other queue, callback)."""
    opened(house, tmp_path)
    busy = all_busy(house)
    leg = house.call(caller(WaitForPrompt("hold"), Wait(1), Press("7"), Wait(0.5), Press("*")))
    record = house.record_of(leg)
    line = next(segment for segment in record.segments if segment.kind is SegmentKind.LINE)
    assert (line.cause, line.ended_by) == ("queue_exit_key", EndedBy.CALLER)
    assert exits(record) == ["queue_exit_key"]
    assert record.disposition is Disposition.QUEUE_EXIT_KEY
    assert house.stage.journal(leg).heard()[-1].endswith("goodbye.wav")
    assert house.record_of(busy).disposition is Disposition.ANSWERED


def test_Q10_a_key_may_lead_into_another_line(house: House, tmp_path: Path) -> None:
    opened(house, tmp_path)
    house.phone("1002", TALKS)
    house.sign_in("8002")
    all_busy(house)
    record = house.play(caller(WaitForPrompt("hold"), Wait(1), Press("0"), WaitForTalk()))
    assert record.disposition is Disposition.ANSWERED
    assert [house.number_of(offer.agent) for offer in record.offers] == ["8002"]
    assert exits(record) == ["queue_exit_key", "served"]


def test_Q10_a_key_during_the_announcement_counts(house: House, tmp_path: Path) -> None:
    opened(house, tmp_path, "announce_every: 30")
    all_busy(house)
    record = house.play(caller(WaitForPrompt("part-place"), Wait(0.5), Press("*")))
    assert (exits(record), told(record)) == (["queue_exit_key"], ["1"])


def test_Q10_a_key_stops_the_phone_that_rings(house: House, tmp_path: Path) -> None:
    opened(house, tmp_path)
    house.phone("1001", RINGS)
    house.sign_in("8001")
    record = house.play(caller(WaitForPrompt("hold"), Wait(1), Press("*")))
    assert [offer.result for offer in record.offers] == [OfferResult.CALLER_LEFT]
    assert exits(record) == ["queue_exit_key"]
    assert kinds(record)[-2:] == [SegmentKind.RING, SegmentKind.IVR]  # before it, the line as long as the look-up takes
    assert house.engine.centre.agents[house.agent("8001")].state == "idle"


# --- a full line, and groups that help out -------------------------------------------------------------------------


def test_who_comes_to_a_full_line_hears_so_at_once(house: House, tmp_path: Path) -> None:
    opened(house, tmp_path, "max_waiting: 1")
    all_busy(house)
    waits = joins(house, 1, caller(WaitForPrompt("hold"), who="13900139000"))
    record = house.play(caller())
    assert (exits(record), record.disposition) == (["line_full"], Disposition.LINE_FULL)
    assert house.record_of(waits).disposition is Disposition.ANSWERED


def test_after_some_time_in_line_an_agent_of_the_helping_group_is_rung(house: House, tmp_path: Path) -> None:
    opened(house, tmp_path, "overflow: 'service:3'")
    house.phone("1002", TALKS)
    house.sign_in("8002")
    all_busy(house)
    record = house.play(caller(WaitForPrompt("hold"), WaitForTalk()))
    assert [house.number_of(offer.agent) for offer in record.offers] == ["8002"]
    service = next(group.id for group in house.engine.centre.directory.groups.values() if group.name == "service")
    assert [offer.group for offer in record.offers] == [service]
    assert [step.detail for step in record.steps if step.kind == "overflow"] == ["service"]


def test_where_nobody_of_the_own_group_is_signed_in_the_helping_group_takes_over(house: House, tmp_path: Path) -> None:
    opened(house, tmp_path, "overflow: 'service:60'")
    house.phone("1002", TALKS)
    house.sign_in("8002")
    record = house.play(caller(WaitForTalk(), Wait(0.5), HangUp()))
    assert [house.number_of(offer.agent) for offer in record.offers] == ["8002"]
