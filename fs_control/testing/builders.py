"""Builders with defaults: a directory, flows and the events of a small call centre.

A test names what it is about and gets the rest from here. Agent 1 has the phone 1001, and so on; the service number
4001 runs the flow `line`, which puts everybody in the line of `sales`, and 4002 runs `menu`. Easy to break: ids are
plain numbers and words on purpose, so that a failing test can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from fs_control.events import DirectoryLoaded
from fs_control.ids import AgentId, Extension, GroupId, Micros, seconds
from fs_control.records import AgentProfile, Directory, FlowText, Group, Overflow, ServiceNumber, Strategy

PROMPTS: Final = (
    *("welcome", "main-menu", "wrong-key", "no-key", "nobody-signed-in", "waited-too-long", "goodbye"),
    *("no-number", "no-flow", "number-full", "centre-full", "draining", "apology"),
)

LINE: Final = FlowText(
    "line",
    """
flow: line
language: zh
start: line
steps:
  line: {do: queue, group: sales, wait_at_most: 600, nobody_signed_in: closed, waited_too_long: too-long}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  too-long: {do: play, prompt: waited-too-long, next: end}
  end: {do: hangup}
""",
)
"""Straight into the line of `sales`; the call ends with the agent."""

SERVICE_LINE: Final = FlowText("service", LINE.text.replace("flow: line", "flow: service").replace("sales", "service"))
"""Straight into the line of `service`."""

MENU: Final = FlowText(
    "menu",
    """
flow: menu
language: en
start: welcome
steps:
  welcome: {do: play, prompt: welcome, next: choose}
  choose:
    do: menu
    prompt: main-menu
    keys: {1: sales, 2: service}
    tries: 2
    timeout: 5
    wrong_key: {prompt: wrong-key, next: goodbye}
    no_key: {prompt: no-key, next: sales}
  sales:
    do: queue
    group: sales
    wait_at_most: 60
    nobody_signed_in: closed
    waited_too_long: service
    served: goodbye
    keys: {"*": goodbye, 0: service}
  service:
    do: queue
    group: service
    nobody_signed_in: closed
    served: goodbye
  closed: {do: play, prompt: nobody-signed-in, next: goodbye}
  goodbye: {do: play, prompt: goodbye, next: end}
  end: {do: hangup}
""",
)
"""A greeting, a choice of two groups, sales falling back on service after a minute or a
key, and a good-bye after the talk."""

NUMBERS: Final = (ServiceNumber("4001", "line"), ServiceNumber("4002", "menu"), ServiceNumber("4003", None))

SALES: Final = GroupId(1)
SERVICE: Final = GroupId(2)


LOOK_UP_WITHIN: Final = seconds(0.3)


def phone_of(agent: int) -> Extension:
    """Return the phone of an agent in every directory of this room."""
    return Extension(str(1000 + agent))


def a_profile(agent: int) -> AgentProfile:
    """Make an agent with a phone."""
    return AgentProfile(AgentId(agent), f"80{agent}", f"Agent {agent}", phone_of(agent))


def a_directory(
    groups: Mapping[str, Sequence[int]] | None = None,
    numbers: Iterable[ServiceNumber] = NUMBERS,
    ring_s: float = 20.0,
    strategy: Strategy = Strategy.LONGEST_IDLE_TIME,
    levels: Mapping[int, int] | None = None,
    returning_customer: bool = False,
    whisper: str | None = None,
    overflow: Mapping[str, Sequence[tuple[float, str]]] | None = None,
    announce_every_s: float | None = None,
    announce_estimate: bool = False,
    max_waiting: int | None = None,
) -> Directory:
    """Make a directory from the groups' members; the first group has the id 1. Every member is an agent.

    What is said of a group is said of all of them, but for `overflow`: which groups help each one out, and after how
    many seconds; a group that is not there helps nobody.
    """
    named = groups if groups is not None else {"sales": (1, 2), "service": (3,)}
    on_levels = {AgentId(agent): level for agent, level in (levels or {}).items()}
    helped = overflow or {}
    ids = {name: GroupId(place) for place, name in enumerate(named, start=1)}
    agents = sorted({agent for members in named.values() for agent in members})
    return Directory(
        numbers={number.number: number for number in numbers},
        groups={
            GroupId(place): Group(
                id=GroupId(place),
                name=name,
                strategy=strategy,
                members=tuple(AgentId(each) for each in members),
                ring_s=ring_s,
                levels=on_levels,
                returning_customer=returning_customer,
                whisper=whisper,
                overflow=tuple(Overflow(after, ids[helper]) for after, helper in helped.get(name, ()) if helper in ids),
                announce_every_s=announce_every_s,
                announce_estimate=announce_estimate,
                max_waiting=max_waiting,
            )
            for place, (name, members) in enumerate(named.items(), start=1)
        },
        agents={AgentId(agent): a_profile(agent) for agent in agents},
    )


def loaded(
    directory: Directory | None = None,
    flows: Sequence[FlowText] = (LINE, SERVICE_LINE, MENU),
    max_calls: int = 100,
    look_up_within: Micros = LOOK_UP_WITHIN,
) -> DirectoryLoaded:
    """Make the event by which a centre takes a directory over."""
    return DirectoryLoaded(
        directory=directory or a_directory(),
        flows=tuple(flows),
        prompts=PROMPTS,
        max_calls=max_calls,
        look_up_within=look_up_within,
    )
