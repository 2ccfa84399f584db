"""How soon the switch does what an agent asks for in a talk: from the request, or the last key of a code, on.

Owns the talks, what is done in each, in turns, and the figures of that. A request counts from before it is sent to the
control socket; a key from its DTMF event; both end with the switch's own CHANNEL_PARK, CHANNEL_BRIDGE or
CHANNEL_HANGUP. Easy to break: two clocks are read, so how far the switch's is from ours is asked first.
"""

from __future__ import annotations

import fs_control.face.patched  # noqa: F401 - before everything that opens a socket

# isort: split
import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from time import time
from typing import TypeVar

import gevent
from gevent.event import AsyncResult

from bench.circumstances import circumstances
from bench.figures import Figure, Goal, table
from bench.house import FIRST_PHONE, NUMBER, agent_number, bench_database, bench_folder, wait_for
from bench.real_contenders import engine_on
from bench.real_telephones import telephones
from fs_control.agents import AgentState
from fs_control.errors import UserMistake
from fs_control.esl import EventMessage
from fs_control.face.client import EngineClient
from fs_control.virtual_switch.script import CallerScript
from tests.freeswitch.events import EventSocket
from tests.freeswitch.private_switch import PrivateSwitch, missing, private_switch
from tests.freeswitch.sipp_stage import SippStage

TALKS = 8
"""At a time; each has two agents, who hand the customer to each other."""
ROUNDS = 13
"""In each talk, by request and by keys: a hundred of everything."""
GOAL = Goal(60)
PAUSE_S = 0.3
KEY_S = 0.12
TOO_LONG_S = 10.0
CLOCK_QUESTIONS = 20
WATCHED = ("CHANNEL_PARK", "CHANNEL_BRIDGE", "CHANNEL_HANGUP", "DTMF")

KEYS: Mapping[str, str] = {
    "hold": "*1",
    "resume": "*1",
    "swap": "*6",
    "cancel": "*5",
    "complete": "*4",
    "transfer": "*2{to}#",
}
"""What is pressed for it (`centre.key_codes`)."""

T = TypeVar("T")
Sought = Callable[[EventMessage], bool]
Taken = dict[tuple[str, str], list[float]]
"""Milliseconds, by what was done and how it was asked for."""


class Watch:
    """What the switch does with the legs of the talks, as it happens."""

    def __init__(self, switch: PrivateSwitch) -> None:
        self._sought: list[tuple[Sought, AsyncResult[int]]] = []
        self._events: EventSocket = switch.events(self._happened)
        self._events.subscribe(*WATCHED)
        self._ahead_us = self._measured()

    def close(self) -> None:
        """Stop listening."""
        self._events.close()

    def now(self) -> int:
        """This moment by the switch's clock, in microseconds."""
        return round(time() * 1e6) + self._ahead_us

    def seek(self, sought: Sought) -> AsyncResult[int]:
        """Give the moment of the next event of a kind, when it comes."""
        found: AsyncResult[int] = AsyncResult()
        self._sought.append((sought, found))
        return found

    def press(self, leg: str, keys: str) -> None:
        """Press keys on a leg, as fast as a telephone sends them."""
        for key in keys:
            self._events.api("uuid_recv_dtmf", f"{leg} {key}")
            gevent.sleep(KEY_S)

    def _measured(self) -> int:
        """How far the switch's clock is ahead of ours: by the quickest of some answers."""
        answers = []
        for _ in range(CLOCK_QUESTIONS):
            before = time()
            there = int(self._events.api("strmicroepoch"))
            after = time()
            answers.append((after - before, there - round((before + after) / 2 * 1e6)))
        return min(answers)[1]

    def _happened(self, event: EventMessage) -> None:
        for entry in [each for each in self._sought if each[0](event)]:
            self._sought.remove(entry)
            entry[1].set(int(event.get("Event-Date-Timestamp") or 0))


@dataclass(slots=True)
class BenchTalk:
    """A customer, the agent who has them, and a colleague, each with the number and, while there is one, the leg."""

    engine: EngineClient
    watch: Watch
    taken: Taken
    customer: str
    agent: str
    colleague: str
    leg: str = ""
    other_leg: str = ""
    is_over: bool = False
    _doing: str = ""

    def play(self, how: str, rounds: int) -> None:
        """Everything so often, asked for in one way; what never comes about is endless, and the end of this."""
        if self.is_over:
            return
        try:
            for _ in range(rounds):
                self._play(how)
        except gevent.Timeout:
            self.taken[self._doing, how].append(math.inf)
            self.is_over = True

    def _play(self, how: str) -> None:
        self._do("hold", how, _parked(self.leg))
        self._do("resume", how, _joined(self.leg, self.customer))
        self._consult()
        self._do("swap", how, _joined(self.leg, self.customer))
        self._do("swap", how, _joined(self.leg, self.other_leg))
        self._do("cancel", how, _joined(self.leg, self.customer))
        self._consult()
        self._do("complete", how, _joined(self.other_leg, self.customer))
        self.agent, self.colleague, self.leg = self.colleague, self.agent, self.other_leg
        self._transfer(how)

    def _do(self, action: str, how: str, until: Sought) -> None:
        self._doing = action
        pause()
        done = self.watch.seek(until)
        asked = self._ask(action, how)
        self.taken[action, how].append((_given(done) - asked) / 1000)

    def _ask(self, action: str, how: str) -> int:
        """Ask for it, and return when that was."""
        if how == "request":
            return self._request(action, **({"to": self.colleague} if action == "transfer" else {}))
        keys = KEYS[action].format(to=self.colleague)
        pressed = self.watch.seek(_last_key(self.leg, keys[-1], keys.count(keys[-1])))
        self.watch.press(self.leg, keys)
        return _given(pressed)

    def _request(self, action: str, **values: str) -> int:
        """Ask until it is not refused because of what was asked before."""
        while True:
            asked = self.watch.now()
            try:
                self.engine.act(self.agent, action, **values)
            except UserMistake as refusal:
                if refusal.code != "call_is_changing":
                    raise
                pause()
            else:
                return asked

    def _consult(self) -> None:
        """Speak with the colleague, as soon as they are free."""
        self._doing = "consult"
        self._wait_until_free()
        joined, other = self._join_of(self.leg)
        self._request("consult", to=self.colleague)
        _given(joined)
        self.other_leg = _given(other)

    def _transfer(self, how: str) -> None:
        """Send the customer to the colleague, whose phone answers at once."""
        self._doing = "transfer"
        self._wait_until_free()
        left, (joined, other) = self.watch.seek(_left(self.leg)), self._join_of(self.customer)
        asked = self._ask("transfer", how)
        self.taken["transfer", how].append((_given(left) - asked) / 1000)
        self.taken["transfer, joined", how].append((_given(joined) - asked) / 1000)
        self.agent, self.colleague, self.leg = self.colleague, self.agent, _given(other)

    def _join_of(self, leg: str) -> tuple[AsyncResult[int], AsyncResult[str]]:
        """When a leg is joined with one that it rings, and which that is."""
        other: AsyncResult[str] = AsyncResult()

        def is_joined(event: EventMessage) -> bool:
            if event.name != "CHANNEL_BRIDGE" or event.get("Bridge-A-Unique-ID") != leg:
                return False
            other.set(event.get("Bridge-B-Unique-ID") or "")
            return True

        return self.watch.seek(is_joined), other

    def _wait_until_free(self) -> None:
        def is_free() -> bool:
            rows = {row["number"]: row for row in self.engine.agents()}
            return bool(rows[self.colleague]["state"] == AgentState.IDLE)

        wait_for(is_free)
        pause()


def _given(awaited: AsyncResult[T]) -> T:
    """Wait for what is sought."""
    value = awaited.get(timeout=TOO_LONG_S)
    assert value is not None  # nothing sets that
    return value


def pause() -> None:
    """Let a moment pass that is in no step with the switch's clock."""
    gevent.sleep(PAUSE_S * (1 + random.random()))


def _parked(leg: str) -> Sought:
    return lambda event: event.name == "CHANNEL_PARK" and event.get("Unique-ID") == leg


def _joined(one: str, other: str) -> Sought:
    return lambda event: event.name == "CHANNEL_BRIDGE" and _pair(event) == {one, other}


def _left(leg: str) -> Sought:
    return lambda event: event.name == "CHANNEL_HANGUP" and event.get("Unique-ID") == leg


def _pair(event: EventMessage) -> set[str | None]:
    return {event.get("Bridge-A-Unique-ID"), event.get("Bridge-B-Unique-ID")}


def _last_key(leg: str, key: str, times: int) -> Sought:
    seen = 0

    def is_last(event: EventMessage) -> bool:
        nonlocal seen
        if event.name == "DTMF" and event.get("Unique-ID") == leg and event.get("DTMF-Digit") == key:
            seen += 1
        return seen == times

    return is_last


# --- the run --------------------------------------------------------------------------------------------------------


def talking(rounds: int = ROUNDS) -> list[Figure]:
    """The figures for `make bench`; none where there is no FreeSWITCH, and the reason is printed."""
    lack = missing()
    if lack is not None:
        print(f"- left out, what needs a real switch: {lack}")
        return []
    with _talks() as (talks, taken):
        for how in ("request", "keys"):
            gevent.joinall([gevent.spawn(talk.play, how, rounds) for talk in talks], raise_error=True)
    return list(_figures(taken))


@contextmanager
def _talks() -> Iterator[tuple[Sequence[BenchTalk], Taken]]:
    """Have so many customers talk with an agent each, on a switch of their own."""
    phones = tuple(str(FIRST_PHONE + place) for place in range(2 * TALKS))
    with ExitStack() as leaving:
        folder = leaving.enter_context(bench_folder())
        database_url = leaving.enter_context(bench_database(folder / "postgres", len(phones)))
        switch = leaving.enter_context(private_switch(folder / "switch", phones))
        listening = leaving.enter_context(telephones(switch, folder, talk_s=None))
        engine, _ = leaving.enter_context(engine_on(switch, folder / "ours", database_url))
        listening.register()
        stage = leaving.enter_context(SippStage(switch, folder / "stage"))
        watch = Watch(switch)
        leaving.callback(watch.close)
        taken: Taken = defaultdict(list)
        begun = [_begun(stage, engine, watch, taken, place) for place in range(TALKS)]
        for talk in begun:
            engine.act(talk.colleague, "sign-in")
        yield begun, taken


def _begun(stage: SippStage, engine: EngineClient, watch: Watch, taken: Taken, place: int) -> BenchTalk:
    """Let a customer call and talk with an agent, the only one who is there and free."""
    agent, colleague = agent_number(2 * place), agent_number(2 * place + 1)
    engine.act(agent, "sign-in")
    customer = stage.place_call(CallerScript(NUMBER, f"1380000{place:04}"))

    def joined_with() -> list[str]:
        return [note.detail for note in stage.journal(customer).notes if note.kind == "talk_start"]

    wait_for(lambda: bool(joined_with()))
    return BenchTalk(engine, watch, taken, customer, agent, colleague, joined_with()[0])


def _figures(taken: Taken) -> Iterator[Figure]:
    for how, said in (("request", "from the request"), ("keys", "from the last key of a code")):
        yield Figure(
            f"{TALKS} talks, FreeSWITCH, {said}: hold, to CHANNEL_PARK", " ms", tuple(taken["hold", how]), GOAL
        )
        for action in ("resume", "swap", "cancel", "complete"):
            yield Figure(f"- {action}, to CHANNEL_BRIDGE", " ms", tuple(taken[action, how]), GOAL)
        yield Figure("- transfer, to the agent's CHANNEL_HANGUP", " ms", tuple(taken["transfer", how]), GOAL)
        joined = tuple(taken["transfer, joined", how])
        yield Figure("- transfer, until a phone has rung, was answered and is joined", " ms", joined)


def main() -> None:
    """Take and print these figures alone."""
    print(f"- command: tools/in-env python -m bench.talking\n{circumstances()}\n", flush=True)
    print(table(talking()))


if __name__ == "__main__":
    main()
