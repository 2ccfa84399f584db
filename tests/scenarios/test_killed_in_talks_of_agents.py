"""The controller is killed (-9) while agents have customers on hold, ask colleagues, swap, and speak with both.

The same on the virtual switch and on a FreeSWITCH: no leg ends by it, every agent is where they were when the next
controller is there, and resume, complete and cancel do what they say. Each killing is one for all talks at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from fs_control.activating import activate_flows
from fs_control.agents import Moment
from fs_control.centre.moments import moment_of
from fs_control.face.box import free_port
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.records import CallRecord, Disposition, EndedBy, SegmentKind
from fs_control.settings import Settings
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from fs_control.store.engine import create_engine
from fs_control.virtual_switch.script import CallerScript, Phone, PhoneBehaviour
from tests.scenarios.conftest import SWITCHES
from tests.scenarios.engine_process import EngineProcess, wait_for
from tests.scenarios.house import kinds
from tests.scenarios.test_killed_controller import Place

AGENTS = range(1, 6)
"""Each with a line of their own, and a colleague."""
FLOW = """
flow: {name}
language: zh
start: line
steps:
  line: {{do: queue, group: {name}, served: thanks, nobody_free: thanks, nobody_signed_in: thanks}}
  thanks: {{do: play, prompt: goodbye, next: end}}
  end: {{do: hangup}}
"""
TALK, HOLD, CONSULT = SegmentKind.TALK, SegmentKind.HOLD, SegmentKind.CONSULT
ANSWERS = PhoneBehaviour(answer_after=0.3)
ANSWERS_LATE = PhoneBehaviour(answer_after=3.0)
"""While nobody controls the switch, or a moment later."""


def agent(place: int) -> str:
    """The number of the agent who gets the callers of a line; the phone's is in front of it."""
    return f"80{place:02}"


def colleague(place: int) -> str:
    """The number of the one whom that agent asks."""
    return f"81{place:02}"


def number(place: int) -> str:
    """The number that leads to that line."""
    return f"40010000{place:02}"


def phone(person: str) -> str:
    """The phone of an agent or a colleague: 1001 and so on, 1031 and so on."""
    return f"10{int(person[2:]) + (30 if person[1] == '1' else 0):02}"


def lines_and_people() -> str:
    """A directory file with all of them."""
    people = [who for place in AGENTS for who in (agent(place), colleague(place))]
    return "\n".join(
        (
            "enterprise: {name: Test, language: zh}",
            "agents:",
            *(f'  - {{number: "{who}", name: N{who}, phone: "{phone(who)}"}}' for who in people),
            "groups:",
            *(f'  - {{name: line{each}, ring: 20, members: ["{agent(each)}"]}}' for each in AGENTS),
            "numbers:",
            *(f'  - {{number: "{number(each)}", flow: line{each}}}' for each in AGENTS),
        )
    )


@dataclass(frozen=True, slots=True)
class Desks(Place):
    """A killable engine whose agents do things."""

    def moment(self, who: str) -> Moment:
        """Where somebody is, by the journal."""
        centre = self.engine.centre()
        return moment_of(centre, next(each.id for each in centre.directory.agents.values() if each.number == who))

    def wait_moment(self, who: str, moment: Moment) -> None:
        """Wait until somebody is there."""
        wait_for(lambda: self.moment(who) is moment, f"{who} to be {moment}")

    def act(self, who: str, action: str, **values: str) -> None:
        """Have somebody do something, when whatever they did before is done."""
        self.engine.client.act(who, action, **values)

    def talk(self, place: int) -> str:
        """Let a customer call and speak with the agent of a line; the customer's leg."""
        leg = self.stage.place_call(CallerScript(number(place), f"138001380{place:02}"))
        self.wait_moment(agent(place), Moment.TALKING)
        return leg

    def consult(self, place: int) -> str:
        """Let an agent speak with the colleague while the customer hears music; the customer's leg."""
        leg = self.talk(place)
        self.act(agent(place), "consult", to=colleague(place))
        self.wait_moment(agent(place), Moment.CONSULTING)
        self.wait_music(leg)
        return leg

    def wait_music(self, leg: str) -> None:
        """Wait until the customer hears music of ours: by what the engine ordered and by what the switch plays."""

        def is_so() -> bool:
            live, notes = self.engine.live(leg), self.stage.journal(leg).notes
            last = [note for note in notes if note.kind not in ("pressed", "hangs_up")][-1]
            plays = last.kind == "prompt_start" and last.detail.endswith("/hold.wav")
            return plays and live is not None and live.call.op is not None

        wait_for(is_so, f"music on {leg}")

    def wait_joined(self, leg: str, who: str, moment: Moment = Moment.TALKING) -> None:
        """Wait until customer and agent are joined, by what the switch says and by what the engine knows."""

        def is_so() -> bool:
            live, notes = self.engine.live(leg), self.stage.journal(leg).notes
            if live is None or live.call.offer is None or live.call.talk.joining or live.call.talk.apart:
                return False
            last = [note for note in notes if note.kind in ("talk_start", "talk_end")][-1]
            is_joined = (last.kind, last.detail) == ("talk_start", str(live.call.offer.leg))
            return is_joined and self.moment(who) is moment

        wait_for(is_so, f"{leg} to be joined with {who}")

    def legs(self) -> set[str]:
        """Every leg that there is in the switch."""
        return {row["uuid"] for row in self.stage.snapshot().channels}

    def die_and_return(self) -> None:
        """Kill the engine and start another one; not one leg has ended by that."""
        before = self.legs()
        self.engine.kill()
        self.engine.start()
        assert before <= self.legs()

    def hang_up(self, leg: str, who: str) -> CallRecord:
        """Let the agent whom the customer speaks with hang up, and return the record."""
        self.wait_joined(leg, who)
        self.act(who, "hang-up")
        return self.record(leg)


@pytest.fixture(params=SWITCHES)
def desks(request: pytest.FixtureRequest, tmp_path: Path, database_url: str) -> Iterator[Desks]:
    """Agents with a line, a phone and a colleague each, and an engine of its own process."""
    folder = tmp_path / "flows"
    settings = Settings(var=str(tmp_path / "var"), flows=str(folder), listen_port=free_port(), linger_s=1)
    database = create_engine(database_url)
    directory = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE)
    directory.import_directory(parse_directory(lines_and_people(), "directory.yaml"))
    folder.mkdir()
    for place in AGENTS:
        (folder / f"line{place}.yaml").write_text(FLOW.format(name=f"line{place}"), encoding="utf-8")
    activate_flows(folder, database, "test")
    with request.param(settings, request, 1.0) as scene, scene.open_stage() as stage:
        engine = EngineProcess(scene.settings, scene.switch, database_url)
        try:
            engine.start()
            for who in (each for place in AGENTS for each in (agent(place), colleague(place))):
                stage.set_phone(Phone(phone(who), (ANSWERS,)))
                engine.client.act(who, "sign-in")
            yield Desks(engine, stage, PostgresRecordStore(database, DEFAULT_ENTERPRISE), directory)
        finally:
            engine.kill()
            database.dispose()


def spent(record: CallRecord) -> list[SegmentKind]:
    """What was done with the customer after the first answer, and before the flow went on."""
    return [kind for kind in kinds(record) if kind in (TALK, HOLD, CONSULT)]


def talked_with(desks: Desks, record: CallRecord) -> list[str]:
    """The numbers of those whom the customer spoke with."""
    people = desks.engine.centre().directory.agents
    return [people[each.agent].number for each in record.segments if each.kind is TALK and each.agent is not None]


def assert_served(record: CallRecord) -> None:
    """The customer was cut by nobody: an agent ended the talk, and the flow the call."""
    last = [segment for segment in record.segments if segment.kind is TALK][-1]
    assert (record.disposition, last.ended_by) == (Disposition.ANSWERED, EndedBy.AGENT)
    assert record.ended_by is EndedBy.FLOW


@pytest.mark.timeout(180)
def test_C2_a_customer_on_hold_outlives_a_killed_controller(desks: Desks) -> None:
    """The control plane dies (kill -9) at any moment: nobody is cut; resume restores the talk, and the record is exact.

    One hold takes the switch's own join apart and one a join of ours; neither customer notices.
    """
    first, second = desks.talk(1), desks.talk(2)
    for each in (1, 2):
        desks.act(agent(each), "hold")
    desks.wait_music(second)
    desks.act(agent(2), "resume")
    desks.wait_joined(second, agent(2))
    desks.act(agent(2), "hold")
    for leg in (first, second):
        desks.wait_music(leg)

    desks.die_and_return()

    for place, leg, expected in ((1, first, [TALK, HOLD, TALK]), (2, second, [TALK, HOLD, TALK, HOLD, TALK])):
        assert desks.moment(agent(place)) is Moment.HELD
        desks.wait_music(leg)
        desks.act(agent(place), "resume")
        record = desks.hang_up(leg, agent(place))
        assert spent(record) == expected
        assert_served(record)
        desks.wait_moment(agent(place), Moment.IDLE)


# --- a colleague is asked -------------------------------------------------------------------------------------------


def rings(desks: Desks, place: int) -> str:
    """The colleague's phone rings, and is answered while nobody controls the switch or a moment later."""
    desks.stage.set_phone(Phone(phone(colleague(place)), (ANSWERS_LATE,)))
    leg = desks.talk(place)
    desks.act(agent(place), "consult", to=colleague(place))
    desks.wait_moment(colleague(place), Moment.RINGING)
    return leg


def swapped(desks: Desks, place: int) -> str:
    """The agent speaks with the customer again, and the colleague hears music."""
    leg = desks.consult(place)
    desks.act(agent(place), "swap")
    desks.wait_joined(leg, agent(place), Moment.SWAPPED)
    return leg


def three_way(desks: Desks, place: int) -> str:
    """All three speak."""
    leg = desks.consult(place)
    desks.act(agent(place), "join")
    desks.wait_joined(leg, agent(place), Moment.THREE_WAY)
    return leg


@dataclass(frozen=True, slots=True)
class Scene:
    """How a talk stands when the controller is killed and afterwards, and what is done in it then."""

    reach: Callable[[Desks, int], str]
    after: Moment
    action: str
    talked_with: tuple[Callable[[int], str], ...] = (agent, colleague)


SCENES: Mapping[int, Scene] = {
    1: Scene(Desks.consult, Moment.CONSULTING, "complete"),
    2: Scene(Desks.consult, Moment.CONSULTING, "cancel", (agent, agent)),
    3: Scene(swapped, Moment.SWAPPED, "complete", (agent, agent, colleague)),
    4: Scene(three_way, Moment.THREE_WAY, "complete", (agent, agent, colleague)),
    5: Scene(rings, Moment.CONSULTING, "complete"),
}
"""By the agent; the ringing phone comes last, so that it rings when the controller is killed."""


@pytest.mark.timeout(240)
def test_C4_talks_with_colleagues_outlive_a_killed_controller(desks: Desks) -> None:
    """The control plane dies (kill -9) at any moment: nobody is cut, and who is left afterwards has the customer."""
    legs = {place: scene.reach(desks, place) for place, scene in SCENES.items()}

    desks.die_and_return()

    for place, scene in SCENES.items():
        desks.wait_moment(agent(place), scene.after)
    for place, scene in SCENES.items():
        if scene.after is Moment.CONSULTING:
            desks.wait_music(legs[place])
        desks.act(agent(place), scene.action)
    for place, scene in SCENES.items():
        record = desks.hang_up(legs[place], scene.talked_with[-1](place))
        assert talked_with(desks, record) == [who(place) for who in scene.talked_with]
        assert_served(record)
    for who in (each for place in SCENES for each in (agent(place), colleague(place))):
        desks.wait_moment(who, Moment.IDLE)
