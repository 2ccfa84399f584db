"""Directories of every kind, and facts of every kind about callers: what a centre under attack is given.

Every group has settings of its own, and what one has does not depend on what another has. Easy to break: owners, and
agents without a phone, are drawn apart from the members, so that some own agents belong to another group or to none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from hypothesis import strategies as st

from fs_control.ids import AgentId, CustomerId, GroupId, Micros
from fs_control.records import (
    AgentDefaults,
    BreakReason,
    CallerFacts,
    CallMemory,
    Colleague,
    Directory,
    FlowText,
    LastTalk,
    MemoryStanding,
    Overflow,
    SavedCustomer,
    ServiceNumber,
    Strategy,
)
from fs_control.testing.builders import LINE, MENU, SERVICE_LINE, a_directory
from fs_control.testing.play import MORNING

AGENTS: Final = st.integers(1, 4)

VIPS: Final = FlowText(
    "vip",
    LINE.text.replace("flow: line", "flow: vip")
    .replace("start: line", "start: raise")
    .replace("steps:\n", "steps:\n  raise: {do: priority, level: 5, next: line}\n"),
)
"""A flow that sends its callers into line before others."""

TO_AND_FRO: Final = FlowText(
    "to-and-fro",
    """
flow: to-and-fro
language: zh
start: sales
steps:
  sales:
    do: transfer
    mode: ani
    targets: ["801", "802"]
    group: sales
    wait_at_most: 45
    nobody_signed_in: closed
    waited_too_long: raise
    served: service
    line_full: service
    keys: {"*": service, 0: raise, 1: closed}
  raise: {do: priority, level: 3, next: service}
  service:
    do: queue
    group: service
    wait_at_most: 90
    nobody_signed_in: closed
    waited_too_long: sales
    served: sales
    keys: {"*": sales, 2: closed}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
""",
)
"""From one line straight into the other by every exit; some of the exit keys are also answers to a question."""

INPUTS: Final = FlowText(
    "inputs",
    """
flow: inputs
language: zh
on_hangup: tell
start: welcome
steps:
  welcome: {do: play, prompt: welcome, next: ask}
  ask:
    do: collect
    prompt: main-menu
    end: "#"
    max: 3
    into: code
    tries: 2
    next: look-up
    wrong: {prompt: wrong-key, next: look-up}
    no_key: {next: leave}
  look-up:
    do: http
    url: "https://crm.example.com/{code}"
    into: {balance: balance}
    next: pin
    failed: leave
  pin:
    do: collect
    prompt: main-menu
    length: 2
    into: pin
    sensitive: true
    next: check
    wrong: {next: leave}
    no_key: {next: leave}
  check: {do: http, url: "https://crm.example.com/?pin={pin}", next: sales, failed: leave}
  sales: {do: queue, group: sales, wait_at_most: 45, nobody_signed_in: leave, waited_too_long: leave, served: ask}
  leave: {do: message, box: sales, prompt: nobody-signed-in, next: end, nothing_said: again}
  again: {do: message, box: sales, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
  tell: {do: http, url: "https://crm.example.com/gone", next: end, failed: end}
""",
)
"""Everything that a caller may put in, and servers that are asked."""

TALKS: Final = FlowText(
    "talks",
    """
flow: talks
language: zh
answer: on_agent
start: hello
steps:
  hello: {do: play, prompt: welcome, next: owner}
  owner: {do: agent, agent: "801", ring: 20, served: outside, busy: other, no_answer: other, not_signed_in: outside}
  other: {do: agent, agent: "802", ring: 15, served: sales, busy: sales, no_answer: owner, not_signed_in: sales}
  outside: {do: dial, number: "02112345678", ring: 30, served: owner, busy: sales, no_answer: other, failed: closed}
  sales:
    do: queue
    group: sales
    wait_at_most: 45
    nobody_signed_in: closed
    nobody_free: closed
    waited_too_long: other
    served: other
    keys: {"*": owner}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
""",
)
"""Talks without a line, one after the other; the call is not taken up before one of them is."""

FLOWS: Final = (LINE, SERVICE_LINE, MENU, VIPS, TO_AND_FRO, TALKS, INPUTS)
DIALLED: Final = ("4001", "4001", "4002", "4003", "4006", "4007", "4007", "4008", "4009", "9999")

ABSENT_FLOWS: Final = st.sampled_from((None, "line", "line", "menu", "service", "to-and-fro", "gone"))
GROUPS: Final = st.sampled_from(
    (
        {"sales": (1, 2), "service": (2, 3)},
        {"sales": (1,), "service": (1, 2, 3, 4)},
        {"sales": (4, 3, 2, 1), "service": ()},
        {"sales": (1,), "service": (2,), "help": (3, 4)},
        {"sales": (1, 3), "service": (4,), "help": (2, 3)},
        {"sales": (), "service": (1, 2), "help": (3,)},
        {"sales": (1, 2)},
        {"service": (1,), "help": (2, 4)},
    )
)
SETTINGS: Final = st.fixed_dictionaries(
    {
        "strategy": st.sampled_from(Strategy),
        "levels": st.dictionaries(AGENTS.map(AgentId), st.integers(1, 3), max_size=4),
        "returning_customer": st.booleans(),
        "colleague": st.sampled_from(Colleague),
        "own_agent_wait_s": st.sampled_from((None, 2.0, 30.0, 30.0)),
        "own_agent_ask": st.booleans(),
        "announce_every_s": st.sampled_from((None, 5.0, 30.0)),
        "announce_estimate": st.booleans(),
        "max_waiting": st.sampled_from((None, None, 1, 3)),
        "whisper": st.none() | st.just("a-sales-call"),
        "wrap_up_s": st.sampled_from((None, None, 0.0, 5.0, 60.0)),
        "overflow": st.lists(
            st.builds(Overflow, st.sampled_from((0.0, 3.0, 30.0, 61.0)), st.integers(1, 3).map(GroupId)),
            max_size=2,
            unique_by=lambda each: each.group,
        ).map(lambda helpers: tuple(sorted(helpers, key=lambda each: each.after_s))),
    }
)
"""Of one group; it may name itself or a group that is not there among those that help it out."""


PRESET: Final = AgentId(1)
"""The agent who has values of their own for what is otherwise by default."""

BREAKS: Final = (BreakReason("meal", "meal", "用餐"), BreakReason("training", "training", "培训"))

DESKS: Final = st.builds(
    AgentDefaults, st.sampled_from((None, None, 0.0, 20.0)), st.sampled_from((None, None, False, True))
)


def mixed(
    members: Mapping[str, Sequence[int]],
    settings: Sequence[Mapping[str, Any]],
    absent_flows: Sequence[str | None],
    without_phone: int | None,
    desks: Sequence[AgentDefaults],
) -> Directory:
    """Make a directory of these groups: sales is number 1, service 2 and help 3, also where another is missing."""
    numbers = (
        ServiceNumber("4001", "line", absent_flow=absent_flows[0]),
        ServiceNumber("4002", "menu", max_calls=3, absent_flow=absent_flows[1]),
        ServiceNumber("4003", None),
        ServiceNumber("4006", "inputs"),
        ServiceNumber("4007", "talks", max_calls=5),
        ServiceNumber("4008", "to-and-fro", absent_flow=absent_flows[2]),
        ServiceNumber("4009", "vip"),
    )
    directory = a_directory(members, numbers)
    places = {"sales": 1, "service": 2, "help": 3}
    groups = {
        GroupId(places[group.name]): replace(group, id=GroupId(places[group.name]), **settings[places[group.name] - 1])
        for group in directory.groups.values()
    }
    agents = {
        key: replace(agent, phone=None) if key == without_phone else agent for key, agent in directory.agents.items()
    }
    own, defaults = desks
    agents |= {
        key: replace(agents[key], wrap_up_s=own.wrap_up_s, starts_on_break=own.starts_on_break)
        for key in agents.keys() & {PRESET}
    }
    return replace(directory, groups=groups, agents=agents, defaults=defaults, breaks=BREAKS)


DIRECTORIES: Final = st.builds(
    mixed,
    GROUPS,
    st.tuples(SETTINGS, SETTINGS, SETTINGS),
    st.tuples(ABSENT_FLOWS, ABSENT_FLOWS, ABSENT_FLOWS),
    st.none() | st.none() | AGENTS,
    st.tuples(DESKS, DESKS),
)


def owned_by(agent: int, priority: int = 0) -> SavedCustomer:
    """Make a customer of an agent."""
    return SavedCustomer(CustomerId(1), "", "", AgentId(agent), priority)


FACTS: Final = st.builds(
    CallerFacts,
    st.none() | st.builds(owned_by, AGENTS, st.sampled_from((0, 0, 0, 3, 9))),
    st.none()
    | st.builds(
        CallMemory, AGENTS.map(AgentId), st.just(MORNING), st.just(Micros(MORNING + 1)), st.sampled_from(MemoryStanding)
    ),
    st.none() | AGENTS.map(lambda agent: LastTalk(AgentId(agent), MORNING)),
)
"""What the database says of a caller; an owner may be in another group than the one the caller waits for, or gone."""
