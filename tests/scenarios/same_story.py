"""One case, twice: as a dry run, and as a call through the whole system on a switch. Both must tell the same story.

The cases are files as `flow test` reads them. The dry run says what the caller was asked and answered; the caller on
the switch answers the same when the same is asked. Easy to break: lengths of time are not compared, nor what can only
differ by them (how far a prompt was heard that the caller cut short is told as heard by both).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

import gevent
from gevent.pywsgi import WSGIServer
from sqlalchemy import text

from fs_control.centre.rehearsal import HANGS_UP, SILENCE, AgentIs, HttpAnswer, Question
from fs_control.centre.rehearsal.scene import AT_ONCE
from fs_control.events import DigitsCollected
from fs_control.face.trying.calendars import with_calendars
from fs_control.face.trying.case import EVERYBODY, Case
from fs_control.face.trying.case_file import NamedCase, read_cases
from fs_control.face.trying.office import SERVICE_NUMBER, SOMEBODY, Office, leading_to
from fs_control.face.trying.outcome import differences
from fs_control.face.trying.play import Played
from fs_control.face.trying.run_cases import play_named
from fs_control.face.trying.sources import TESTS, FlowFiles, flow_of, office_of_files, with_flows_beside
from fs_control.ids import DEFAULT_ENTERPRISE, AgentId
from fs_control.records import Calendar, CallRecord, Directory, FlowStep, FlowText, Offer, SegmentKind, Strategy
from fs_control.store.customer_sheet import CustomerEntry
from fs_control.store.customers import PostgresCustomerStore
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    PhoneBehaviour,
    Press,
    Reaction,
    Speak,
    Step,
    Wait,
    WaitForPrompt,
    WaitForTalk,
)
from tests.scenarios.house import PATIENCE_S, House

CASES = Path(__file__).parents[1] / "data/flow_cases"
AGENTS = (SOMEBODY, "8002")
PHONES = dict(zip(AGENTS, ("1001", "1002"), strict=True))
BUSY_S = 20.0
RING_S = 5.0
OCCUPY = "4000000009"
"""Dialled by whoever keeps the agents busy: rings everybody, one after the other."""

BEHAVIOUR = {
    AgentIs.FREE: PhoneBehaviour(answer_after=0.3, talk=1.0),
    AgentIs.NO_ANSWER: PhoneBehaviour(Reaction.NO_ANSWER),
    AgentIs.DECLINES: PhoneBehaviour(Reaction.DECLINE),
    AgentIs.BUSY: PhoneBehaviour(answer_after=0.1),
}
OUTSIDE = "02112345678"
SERVER = "https://crm.example.com"
"""In the flows of the cases; on the stage it is on this machine."""
OUTSIDERS = {
    "served": PhoneBehaviour(answer_after=0.3, talk=1.0),
    "busy": PhoneBehaviour(Reaction.BUSY),
    "no_answer": PhoneBehaviour(Reaction.NO_ANSWER),
    "failed": PhoneBehaviour(Reaction.UNREACHABLE),
}
DIRECTORY = f"""
enterprise: {{name: Test, language: zh}}
agents:
  - {{number: "{AGENTS[0]}", name: "{AGENTS[0]}", phone: "1001"}}
  - {{number: "{AGENTS[1]}", name: "{AGENTS[1]}", phone: "1002"}}
groups:
  - {{name: sales, strategy: top_down, ring: {RING_S:g}, members: ["{AGENTS[0]}:1", "{AGENTS[1]}:2"]}}
"""
OCCUPYING = """
flow: occupying
language: zh
start: line
steps:
  line: {do: queue, group: sales, nobody_signed_in: end}
  end: {do: hangup}
"""


_WITH_AGENTS = (SegmentKind.RING, SegmentKind.TALK)
"""The others last no time at all where everything is answered at once."""


@dataclass(frozen=True, slots=True)
class Story:
    """What a record tells, without moments and ids."""

    steps: tuple[tuple[str, str, str], ...]
    offers: tuple[tuple[str, str | None], ...]
    segments: tuple[str, ...]
    disposition: str
    ended_by: str


def case_files() -> list[Path]:
    """Return the files of cases, one for each kind of step."""
    return sorted((CASES / TESTS).glob("*.yaml"))


def cases_of(path: Path) -> tuple[NamedCase, ...]:
    """Read a file of cases."""
    return read_cases(path.read_text(encoding="utf-8"), str(path))


def story_of(record: CallRecord, directory: Directory) -> Story:
    """Return the story of a record."""
    return Story(
        steps=tuple((step.step, step.kind, _detail(step)) for step in record.steps),
        offers=tuple((_called(offer, directory), offer.result) for offer in record.offers),
        segments=tuple(segment.kind for segment in record.segments if segment.kind in _WITH_AGENTS),
        disposition=str(record.disposition),
        ended_by=str(record.ended_by),
    )


def _detail(step: FlowStep) -> str:
    """Return what is told of a step; of a message no more than whether something was said."""
    return "spoken" if step.kind == "message" and step.detail != "0" else step.detail


def _called(offer: Offer, directory: Directory) -> str:
    """Return who was rung: an agent, or a number outside."""
    agent = directory.agents.get(offer.agent)
    return offer.phone if agent is None else agent.number


def dry_run(path: Path, named: NamedCase) -> Played:
    """Play a case as a dry run, with the people of the stage; it must come to what the file expects."""
    everybody = replace(named, case=replace(named.case, agents=dict.fromkeys(AGENTS, AgentIs.FREE)))
    played = play_named(path, named, [everybody], _office)
    assert (named.name, list(differences(named.expected, played.outcome))) == (named.name, [])
    return played


def _office(flows: FlowFiles, cases: Iterable[Case]) -> Office:
    """Return a made-up office in which agents are chosen as on the stage, whoever talked before."""
    office = office_of_files(flows, cases)
    levels = {agent: int(agent) for agent in office.directory.agents}
    groups = {
        key: replace(group, strategy=Strategy.TOP_DOWN, levels=levels, ring_s=RING_S)
        for key, group in office.directory.groups.items()
    }
    return replace(office, directory=replace(office.directory, groups=groups))


class _Server:
    """Another system, which answers as the cases say, one answer after the other."""

    def __init__(self) -> None:
        self.answers: list[HttpAnswer] = []
        self.server = WSGIServer(("127.0.0.1", 0), self._answer, log=None)
        self.server.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def _answer(self, environ: Any, start_response: Any) -> list[bytes]:
        answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        if answer.reason == "timeout":
            gevent.sleep(PATIENCE_S)
        start_response("200 OK" if answer.is_ok else "503 Service Unavailable", [("Content-Type", "application/json")])
        return [json.dumps({"order": answer.values}).encode()]


class SameStory:
    """A house in which cases are played, one after the other."""

    def __init__(self, house: House) -> None:
        self.house = house
        house.configure(DIRECTORY)
        self._configured = house.engine.centre.directory
        self._crm = _Server()

    def play(self, path: Path, named: NamedCase, questions: Sequence[Question]) -> Story:
        """Let the case happen, with a caller who answers what the dry run was asked."""
        how = {number: how_is(named, number) for number in AGENTS}
        for number, phone in PHONES.items():
            self.house.phone(
                phone, BEHAVIOUR.get(how[number], PhoneBehaviour()), registered=how[number] is not AgentIs.NO_PHONE
            )
        self.house.stage.set_outsider(OUTSIDE, OUTSIDERS[named.case.dial])
        self._crm.answers = [*named.case.http]
        self._load(path, named)
        self._know(named)
        self._occupy([number for number in AGENTS if how[number] is AgentIs.BUSY])
        self.house.sign_in(*(number for number in AGENTS if how[number] not in (AgentIs.BUSY, AgentIs.SIGNED_OUT)))
        steps = (*answers_to(_with_secrets(questions, named.case.keys)), *_message(named), Wait(120))
        record = self.house.play(CallerScript(SERVICE_NUMBER, named.case.caller, b"", steps))
        self._go_home()
        return story_of(record, self._configured)

    def _load(self, path: Path, named: NamedCase) -> None:
        """Let the centre have the flows of a case and its calendars, without anybody's judging them."""
        file = flow_of(path, named.flow)
        beside = [
            replace(each, text=each.text.replace(SERVER, self._crm.url)) for each in with_flows_beside(file).texts
        ]
        texts = (*beside, FlowText("occupying", OCCUPYING))
        directory = leading_to(self._configured, SERVICE_NUMBER, file.stem)
        directory = leading_to(directory, OCCUPY, "occupying")
        calendars = {name: Calendar(name) for name in named.case.calendars}
        at = self.house.engine.centre.at
        self.house.load_as_it_is(
            with_calendars(replace(directory, calendars=calendars), named.case.calendars, at), texts
        )

    def _know(self, named: NamedCase) -> None:
        """Save the customer of a case."""
        customer = named.case.customer
        if customer is not None:
            entry = CustomerEntry(named.case.caller, customer.name or "Li", customer.owner, customer.vip)
            PostgresCustomerStore(self.house.database, DEFAULT_ENTERPRISE).add(entry, self.house.engine.centre.at)

    def _occupy(self, agents: Iterable[str]) -> None:
        """Keep agents busy for longer than any case takes: each is rung alone, and talks."""
        for number in agents:
            self.house.sign_in(number)
            self.house.call(CallerScript(OCCUPY, "13700137000", b"", (WaitForTalk(), Wait(BUSY_S), HangUp())))
            agent = self.house.agent(number)
            self.house.wait_for(partial(self._talks, agent))

    def _talks(self, agent: AgentId) -> bool:
        return self.house.engine.centre.agents[agent].state == "on_call"

    def _go_home(self) -> None:
        """Let everything be as before the case."""
        self.house.wait_for(lambda: all(agent.rest is None for agent in self.house.engine.centre.agents.values()))
        for number in AGENTS:
            agent = self.house.engine.centre.agents.get(self.house.agent(number))
            if agent is not None and agent.status != "signed_out":
                self.house.sign_out(number)
        with self.house.database.begin() as connection:
            connection.execute(text("DELETE FROM customer"))


def how_is(named: NamedCase, number: str) -> AgentIs:
    """Return how an agent is in a case."""
    said = named.case.agents
    return said.get(number, said.get(EVERYBODY, AgentIs.FREE))


def _with_secrets(questions: Sequence[Question], keys: Sequence[str]) -> Iterator[Question]:
    """Give secret answers, which no dry run tells, as they stand in the case: one of its keys for each question."""
    for question, typed in zip_longest(questions, keys[: len(questions)]):
        yield replace(question, answer=typed) if question.answer == DigitsCollected.HIDDEN else question


def answers_to(questions: Iterable[Question]) -> tuple[Step, ...]:
    """Return the steps of a caller who answers as the dry run did; who has nothing to say waits for what comes."""
    return tuple(step for question in questions for step in _answer(question))


def _message(named: NamedCase) -> tuple[Step, ...]:
    """Return what the caller does where a message is taken, if the case says anything of it."""
    length = named.case.message_s
    return (WaitForPrompt("tone_stream"), Wait(0.5), Speak(length)) if length else ()


def _answer(question: Question) -> Iterator[Step]:
    yield WaitForPrompt(question.asked.partition(" ")[0])
    if question.answer == HANGS_UP:
        yield from (Wait(0.3), HangUp())
    elif question.answer not in (None, SILENCE):
        yield from (Wait(0.3), Press(question.answer.removeprefix(AT_ONCE)))
