"""Who calls, what each of them does, and who is to end each call: directory, flows and scripts as text and values.

Pure. Every caller has a story, and a story says who ends the call: so the judge needs to trust nobody's word. Easy to
break: whoever stays until somebody lets them go must meet only agents who do, and the other way round; so each story
has lines and phones of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from math import ceil
from random import Random

from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    PhoneBehaviour,
    Press,
    Step,
    Vanish,
    Wait,
    WaitForAnswer,
    WaitForPrompt,
    WaitForTalk,
)

TALK_S = 2.0
"""How long an agent talks who hangs up first."""


class EndsBy(Enum):
    """Who is to end a call."""

    CALLER = "the caller"
    LET_GO = "the agent or whoever was dialled, then the flow"


class Story(StrEnum):
    """What a caller is here for."""

    LEAVES_MENU = "hangs up in the menu"
    CHOOSES = "chooses in the menu and is served"
    SERVED = "is served, the agent hangs up"
    TALKS_LONG = "is served and hangs up"
    WAITS_SERVED = "waits in a long line and is served"
    ABANDONS = "waits in line and gives up"
    LEAVES_RINGING = "gives up while a phone rings"
    DIALLED = "is put through to somebody outside"
    DESK_LEAVES = "is held, handed on, asked about, and hangs up"
    DESK_LET_GO = "is held, handed on, asked about, and the agent hangs up"
    UNPLUGGED = "talks with a phone that is unplugged, and hangs up"
    PROBE = "comes when all is over, and is served"

    @property
    def ends_by(self) -> EndsBy:
        """Return who is to end such a call."""
        return EndsBy.LET_GO if self in _LET_GO else EndsBy.CALLER


_LET_GO = frozenset({Story.CHOOSES, Story.SERVED, Story.WAITS_SERVED, Story.DIALLED, Story.DESK_LET_GO, Story.PROBE})

SHARES: Mapping[Story, float] = {
    Story.LEAVES_MENU: 0.10,
    Story.CHOOSES: 0.10,
    Story.SERVED: 0.25,
    Story.TALKS_LONG: 0.25,
    Story.WAITS_SERVED: 0.05,
    Story.ABANDONS: 0.15,
    Story.LEAVES_RINGING: 0.05,
    Story.DIALLED: 0.05,
}
"""Of the callers who come at a steady pace; the others come one by one."""


# --- lines, agents and phones --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A group with its number, its flow and its agents, whose phones all do the same with every call."""

    name: str
    number: str
    agents: tuple[str, ...]
    phone: PhoneBehaviour
    works: bool = True
    """Whether its agents are there for calls; otherwise they are on a break, and callers wait for ever."""
    colleague: str = ""
    """Another agent with such a phone, who is in no group."""
    unplugged: bool = False
    """Whether the phone is pulled out in the middle of each talk."""

    @property
    def people(self) -> tuple[str, ...]:
        """Return everybody with a phone of this line."""
        return (*self.agents, self.colleague) if self.colleague else self.agents


MENU_NUMBER = "4001000001"
OUTSIDE_NUMBER = "4001000002"
OUTSIDE = "02112345678"
OUTSIDER = PhoneBehaviour(answer_after=0.2, talk=TALK_S)
DESKS, UNPLUGGABLE = 6, 2
FIRST_PERSON = 8000
FIRST_PHONE = 1000

_HANGS_UP = PhoneBehaviour(answer_after=0.2, talk=TALK_S)
_STAYS = PhoneBehaviour(answer_after=0.2)
_RINGS = PhoneBehaviour(answer_after=60.0)
UNPLUGGED_PHONE = PhoneBehaviour(answer_after=0.2, steps=(Wait(TALK_S), Vanish()))
"""What becomes of a phone that is to be unplugged, where its script has to do it."""


def phone_of(person: str) -> str:
    """Return the number of an agent's phone."""
    return str(int(person) - FIRST_PERSON + FIRST_PHONE)


def lines(rate: float, desks: int = DESKS, unpluggable: int = UNPLUGGABLE) -> tuple[Line, ...]:
    """Return all lines for so many calls a second, with as many agents as they need and a good part more."""
    sizes = (
        ("quick", (SHARES[Story.SERVED] + SHARES[Story.CHOOSES]) * rate * (TALK_S + 1.0) * 1.6, _HANGS_UP, True),
        ("long", SHARES[Story.TALKS_LONG] * rate * (TALK_S + 2.0) * 1.6, _STAYS, True),
        ("scarce", SHARES[Story.WAITS_SERVED] * rate * (TALK_S + 0.7) * 1.1, _HANGS_UP, True),
        ("ringing", SHARES[Story.LEAVES_RINGING] * rate * 2.5 * 2, _RINGS, True),
        ("absent", 1.0, _STAYS, False),
    )
    people = _people()
    found = [
        Line(name, f"40010001{place:02}", tuple(next(people) for _ in range(ceil(size))), phone, works)
        for place, (name, size, phone, works) in enumerate(sizes)
    ]
    found += [Line(f"desk{n}", f"40010002{n:02}", (next(people),), _STAYS, True, next(people)) for n in range(desks)]
    found += [
        Line(f"fragile{n}", f"40010003{n:02}", (next(people),), _STAYS, unplugged=True) for n in range(unpluggable)
    ]
    return tuple(found)


def _people() -> Iterator[str]:
    return (str(number) for number in range(FIRST_PERSON, FIRST_PERSON + 1000))


def directory(centre: tuple[Line, ...]) -> str:
    """Write the directory file of a centre, as an operator would."""
    people = (person for line in centre for person in line.people)
    agents = "\n".join(
        f'  - {{number: "{who}", name: A{who}, phone: "{phone_of(who)}", rights: call dial}}' for who in people
    )
    groups = "\n".join(
        f"  - {{name: {line.name}, ring: 25, members: [{', '.join(map(repr, line.agents))}]}}" for line in centre
    )
    numbers = "\n".join(f'  - {{number: "{line.number}", flow: {line.name}}}' for line in centre)
    return f"""
enterprise: {{name: Chaos, language: zh}}
agents:
{agents}
groups:
{groups}
numbers:
  - {{number: "{MENU_NUMBER}", flow: menu}}
  - {{number: "{OUTSIDE_NUMBER}", flow: outside}}
{numbers}
"""


_LINE_FLOW = """
flow: {name}
language: zh
start: line
steps:
  line:
    do: queue
    group: {name}
    served: goodbye
    nobody_signed_in: closed
    wait_at_most: 3000
    waited_too_long: closed
  closed: {{do: play, prompt: nobody-signed-in, next: end}}
  goodbye: {{do: play, prompt: goodbye, next: end}}
  end: {{do: hangup}}
"""
_MENU_FLOW = """
flow: menu
language: zh
start: choose
steps:
  choose:
    do: menu
    prompt: main-menu
    keys: {1: line}
    tries: 3
    timeout: 4
    wrong_key: {next: line}
    no_key: {next: line}
  line:
    do: queue
    group: quick
    served: goodbye
    nobody_signed_in: closed
    wait_at_most: 3000
    waited_too_long: closed
  closed: {do: play, prompt: nobody-signed-in, next: end}
  goodbye: {do: play, prompt: goodbye, next: end}
  end: {do: hangup}
"""
_OUTSIDE_FLOW = f"""
flow: outside
language: zh
start: branch
steps:
  branch: {{do: dial, number: "{OUTSIDE}", ring: 20, served: goodbye, failed: closed}}
  closed: {{do: play, prompt: nobody-signed-in, next: end}}
  goodbye: {{do: play, prompt: goodbye, next: end}}
  end: {{do: hangup}}
"""


def flows(centre: tuple[Line, ...]) -> dict[str, str]:
    """Write the flows of a centre, by name."""
    found = {line.name: _LINE_FLOW.format(name=line.name) for line in centre}
    return {**found, "menu": _MENU_FLOW, "outside": _OUTSIDE_FLOW}


# --- callers -------------------------------------------------------------------------------------------------------


def caller_number(place: int) -> str:
    """Return the number of the caller who comes at a place; nobody else has it."""
    return f"139{place:08}"


class Crowd:
    """Draws callers who come at a steady pace, one after the other."""

    def __init__(self, seed: str, centre: tuple[Line, ...]) -> None:
        self._chance = Random(f"{seed}/callers")
        self._numbers = {line.name: line.number for line in centre}

    def next_story(self) -> Story:
        """Return what the next one is here for."""
        return self._chance.choices(list(SHARES), list(SHARES.values()))[0]

    def script(self, story: Story, caller: str) -> CallerScript:
        """Return what such a caller does."""
        return CallerScript(self._dialled(story), caller, b"", tuple(self._steps(story)), story.name)

    def _dialled(self, story: Story) -> str:
        match story:
            case Story.LEAVES_MENU | Story.CHOOSES:
                return MENU_NUMBER
            case Story.DIALLED:
                return OUTSIDE_NUMBER
            case _:
                return self._numbers[_LINES[story]]

    def _steps(self, story: Story) -> Iterator[Step]:
        some_s = self._chance.uniform
        yield WaitForAnswer()
        match story:
            case Story.LEAVES_MENU:
                yield from (WaitForPrompt("main-menu"), Wait(some_s(0.0, 2.0)), HangUp())
            case Story.CHOOSES:
                yield from (WaitForPrompt("main-menu"), Wait(0.3), Press("1"))
            case Story.TALKS_LONG:
                yield from (WaitForTalk(), Wait(some_s(0.5, 2 * TALK_S)), HangUp())
            case Story.ABANDONS:
                yield from (Wait(some_s(1.0, 9.0)), HangUp())
            case Story.LEAVES_RINGING:
                yield from (Wait(some_s(0.5, 4.0)), HangUp())


_LINES: Mapping[Story, str] = {
    Story.SERVED: "quick",
    Story.PROBE: "quick",
    Story.TALKS_LONG: "long",
    Story.WAITS_SERVED: "scarce",
    Story.ABANDONS: "absent",
    Story.LEAVES_RINGING: "ringing",
}
