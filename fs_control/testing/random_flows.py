"""Flows that nobody wrote: wild ones, in which anybody may be stranded, and good ones, in which nobody can be.

All from one `Random`, so that a seed is a flow. Wild flows lead anywhere; what the checker would refuse is repaired.
Good flows are built from the end to the beginning out of pieces that an admin would use: every way leads to an end.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, Final, TypeAlias

from fs_control.flow import Flow
from fs_control.flow.lint import circle_without_wait, unreached_steps

Step: TypeAlias = dict[str, Any]
Steps: TypeAlias = dict[str, Step]

GROUPS: Final = ("sales", "service")
PROMPTS: Final = ("welcome", "main-menu", "wrong-key", "no-key", "goodbye", "apology")
CALENDARS: Final = ("office", "hotline")
AGENTS: Final = ("8001", "8002")
KEYS: Final = "0123456789*#"
CONDITIONS: Final = (
    'customer.known and call.hour < 12 or caller.number == "13800138000"',
    "customer.vip >= 5",
    "not caller.anonymous",
)
COUNTING: Final = (
    "tries < 3",
    "tries >= 2 or customer.known",
    "tries < 4 and customer.vip > 2",
    'starts_with(text(id_number), "11")',
    "balance != 0",
)


def flow_of(data: dict[str, Any]) -> Flow:
    """Return the flow of what an admin might have written."""
    return Flow.model_validate(data)


# --- wild ----------------------------------------------------------------------------------------------------------


def wild_flows(chance: Random) -> dict[str, dict[str, Any]]:
    """Return the data of a flow `main`, and of one that it may run, in which steps lead anywhere."""
    return {name: _wild(chance, name) for name in ("main", "other")}


def _wild(chance: Random, name: str) -> dict[str, Any]:
    names = [f"s{number}" for number in range(chance.randint(2, 9))]
    steps: Steps = {"first": {"do": "set", "values": {"tries": 0, "id_number": "0", "balance": 0}, "next": names[0]}}
    steps |= {each: chance.choice(_WILD)(chance, names, name) for each in names}
    data: dict[str, Any] = {"flow": name, "language": chance.choice(("zh", "en")), "start": "first", "steps": steps}
    if chance.random() < 0.2:
        data["on_error"] = chance.choice(names)
    return _repaired(data)


def _repaired(data: dict[str, Any]) -> dict[str, Any]:
    """Let a step play something where steps go round at once, and take out steps that nothing leads to."""
    while True:
        flow = flow_of(data)
        circle = circle_without_wait(flow.steps)
        unreached = unreached_steps(flow.starts(), flow.steps)
        if not circle and not unreached:
            return data
        steps: Steps = {name: step for name, step in data["steps"].items() if name not in unreached}
        if circle:
            steps[circle[0]] = {"do": "play", "prompt": "welcome", "next": circle[1]}
        data = {**data, "steps": steps}


def _retry(chance: Random, names: list[str]) -> Step:
    return {"next": chance.choice(names)} | ({"prompt": "wrong-key"} if chance.random() < 0.5 else {})


def _wild_play(chance: Random, names: list[str], flow: str) -> Step:
    skip = {"skip": False} if chance.random() < 0.3 else {}
    return {"do": "play", "prompt": chance.choice(PROMPTS), "next": chance.choice(names), **skip}


def _wild_say(chance: Random, names: list[str], flow: str) -> Step:
    text = chance.choice(("欢迎致电。", "第{tries}次", "余额{balance:money}"))
    return {"do": "say", "text": text, "next": chance.choice(names)}


def _wild_menu(chance: Random, names: list[str], flow: str) -> Step:
    keys = {key: chance.choice(names) for key in chance.sample(KEYS, chance.randint(1, 4))}
    failures = {"wrong_key": _retry(chance, names), "no_key": _retry(chance, names)}
    return {"do": "menu", "prompt": "main-menu", "keys": keys, "tries": chance.randint(1, 4), **failures}


def _wild_collect(chance: Random, names: list[str], flow: str) -> Step:
    ending = chance.choice(({"length": 4}, {"end": "#", "min": 2, "max": 6}, {"length": 3, "sensitive": True}))
    failures = {"wrong": _retry(chance, names), "no_key": _retry(chance, names)}
    step = {"do": "collect", "prompt": "main-menu", "into": "id_number", "next": chance.choice(names)}
    return {**step, **ending, **failures, "tries": chance.randint(1, 3)}


def _wild_hours(chance: Random, names: list[str], flow: str) -> Step:
    more = {key: chance.choice(names) for key in ("holiday", "special") if chance.random() < 0.3}
    ways = {"open": chance.choice(names), "closed": chance.choice(names)}
    return {"do": "hours", "calendar": chance.choice(CALENDARS), **ways, **more}


def _wild_branch(chance: Random, names: list[str], flow: str) -> Step:
    conditions = chance.sample((*CONDITIONS, *COUNTING), chance.randint(1, 3))
    cases = [{"if": condition, "next": chance.choice(names)} for condition in conditions]
    return {"do": "branch", "when": cases, "otherwise": chance.choice(names)}


def _wild_set(chance: Random, names: list[str], flow: str) -> Step:
    values = chance.choice(({"tries": "= tries + 1"}, {"tries": 0}, {"balance": "= balance + tries"}))
    return {"do": "set", "values": values, "next": chance.choice(names)}


def _wild_queue(chance: Random, names: list[str], flow: str) -> Step:
    step: Step = {"do": "queue", "group": chance.choice(GROUPS), "nobody_signed_in": chance.choice(names)}
    if chance.random() < 0.7:
        step |= {"wait_at_most": 60, "waited_too_long": chance.choice(names)}
    more: Step = {key: chance.choice(names) for key in ("served", "line_full", "nobody_free") if chance.random() < 0.3}
    if chance.random() < 0.3:
        more["keys"] = {chance.choice(KEYS): chance.choice(names)}
    return {**step, **more}


def _wild_talk(chance: Random, names: list[str], flow: str) -> Step:
    served = {"served": chance.choice(names)} if chance.random() < 0.4 else {}
    if chance.random() < 0.5:
        return {"do": "agent", "agent": chance.choice(AGENTS), "not_signed_in": chance.choice(names), **served}
    ways = {key: chance.choice(names) for key in ("busy", "no_answer", "failed")}
    return {"do": "dial", "number": "02112345678", **ways, **served}


def _wild_priority(chance: Random, names: list[str], flow: str) -> Step:
    return {"do": "priority", "level": chance.randint(1, 9), "next": chance.choice(names)}


def _wild_message(chance: Random, names: list[str], flow: str) -> Step:
    return {"do": "message", "box": "sales", "prompt": "welcome", "next": chance.choice(names)}


def _wild_http(chance: Random, names: list[str], flow: str) -> Step:
    ways = {"next": chance.choice(names), "failed": chance.choice(names)}
    return {"do": "http", "url": "https://crm.example.com/b?id={id_number}", "into": {"balance": "a.b"}, **ways}


def _wild_flow(chance: Random, names: list[str], flow: str) -> Step:
    other = "other" if flow == "main" or chance.random() < 0.2 else None
    if other is None:
        return {"do": "return"}
    return {"do": "flow", "flow": other} | ({"next": chance.choice(names)} if chance.random() < 0.8 else {})


def _wild_end(chance: Random, names: list[str], flow: str) -> Step:
    return {"do": "hangup"}


_WILD: Final[tuple[Callable[[Random, list[str], str], Step], ...]] = (
    *(_wild_play, _wild_play, _wild_menu, _wild_menu, _wild_end, _wild_end, _wild_queue),
    *(_wild_say, _wild_collect, _wild_hours, _wild_branch, _wild_set, _wild_talk, _wild_priority),
    *(_wild_message, _wild_http, _wild_flow),
)


# --- good ----------------------------------------------------------------------------------------------------------


def good_flows(chance: Random, pieces: int | None = None) -> dict[str, dict[str, Any]]:
    """Return the data of a flow `main` of so many pieces, and of one that it may run, in which every way ends well."""
    sub = _Good(chance, {"do": "return"})
    sub.put_before(chance.choice((_Good.play, _Good.menu, _Good.hours)))
    main = _Good(chance, {"do": "hangup"})
    for _ in range(chance.randint(2, 8) if pieces is None else pieces):
        main.put_before(chance.choice(_PIECES))
    return {"main": main.data("main"), "other": sub.data("other")}


def nearly_good_flows(chance: Random) -> dict[str, dict[str, Any]]:
    """Return good flows of which an exit or two lead anywhere: half of them strand somebody."""
    flows = good_flows(chance)
    for name, data in flows.items():
        steps: Steps = {each: dict(step) for each, step in data["steps"].items()}
        for _ in range(chance.randint(1, 2)):
            step = chance.choice(list(steps.values()))
            exits = [key for key, value in step.items() if key in _EXITS and isinstance(value, str)]
            if exits:
                step[chance.choice(exits)] = chance.choice(list(steps))
        flows[name] = _repaired({**data, "steps": steps})
    return flows


_EXITS: Final = frozenset(
    (
        *("next", "otherwise", "open", "closed", "failed", "served", "nobody_signed_in", "waited_too_long"),
        *("not_signed_in", "busy", "no_answer"),
    )
)


class _Good:
    """A flow that grows from its end: `first` is what was put before everything last."""

    def __init__(self, chance: Random, end: Step) -> None:
        self.chance = chance
        self.steps: Steps = {"end": end, "goodbye": {"do": "play", "prompt": "goodbye", "next": "end"}}
        self.first = "goodbye"
        self.later = ["goodbye"]

    def data(self, name: str) -> dict[str, Any]:
        """Return the flow, without steps that are left over."""
        values = {"tries": 0, "id_number": "0", "balance": 0}
        steps: Steps = {"begin": {"do": "set", "values": values, "next": self.first}, **self.steps}
        data = {"flow": name, "language": "zh", "start": "begin", "steps": steps}
        unreached = unreached_steps(("begin",), flow_of(data).steps)
        return {**data, "steps": {each: step for each, step in steps.items() if each not in unreached}}

    def put_before(self, piece: Callable[[_Good], Step]) -> None:
        """Put a piece before all that is there."""
        self.later.append(self.first)
        self.first = self.add(piece(self))

    def add(self, step: Step) -> str:
        """Take in a step and return its name."""
        name = f"s{len(self.steps)}"
        self.steps[name] = step
        return name

    def on(self) -> str:
        """Return a step that comes later, most often the next one."""
        return self.first if self.chance.random() < 0.6 else self.chance.choice(self.later)

    def sorry(self) -> str:
        """Return a step for who was not served: words and the end, or a message."""
        if self.chance.random() < 0.5:
            return self.add({"do": "play", "prompt": "goodbye", "next": "end"})
        return self.add({"do": "message", "box": "sales", "prompt": "welcome", "next": "goodbye"})

    def play(self) -> Step:
        return {"do": "play", "prompt": "welcome", "next": self.on()}

    def say(self) -> Step:
        return {"do": "say", "text": "您的号码是{id_number:digits}。", "next": self.on()}

    def menu(self) -> Step:
        keys = {key: self.on() for key in self.chance.sample("123456789", self.chance.randint(1, 5))}
        again = {"*": f"s{len(self.steps)}"} if self.chance.random() < 0.4 else {}
        failures = {"wrong_key": {"prompt": "wrong-key", "next": self.on()}, "no_key": {"next": self.on()}}
        return {"do": "menu", "prompt": "main-menu", "keys": {**keys, **again}, **failures}

    def collect(self) -> Step:
        ending = self.chance.choice(({"length": 18}, {"end": "#"}, {"length": 6, "sensitive": True}))
        failures = {"wrong": {"prompt": "wrong-key", "next": self.on()}, "no_key": {"next": self.on()}}
        return {"do": "collect", "prompt": "main-menu", "into": "id_number", "next": self.on(), **ending, **failures}

    def hours(self) -> Step:
        return {"do": "hours", "calendar": self.chance.choice(CALENDARS), "open": self.on(), "closed": self.sorry()}

    def branch(self) -> Step:
        cases = [{"if": condition, "next": self.on()} for condition in self.chance.sample(CONDITIONS, 2)]
        return {"do": "branch", "when": cases, "otherwise": self.on()}

    def queue(self) -> Step:
        step: Step = {"do": "queue", "group": self.chance.choice(GROUPS), "nobody_signed_in": self.sorry()}
        if self.chance.random() < 0.7:
            step |= {"wait_at_most": 60, "waited_too_long": self.sorry()}
        if self.chance.random() < 0.3:
            step["keys"] = {"*": self.sorry()}
        return step | ({"served": self.first} if self.chance.random() < 0.3 else {})

    def talk(self) -> Step:
        return {"do": "agent", "agent": "8001", "not_signed_in": self.add(self.queue())}

    def dial(self) -> Step:
        sorry = self.sorry()
        return {"do": "dial", "number": "02112345678", "busy": sorry, "no_answer": sorry, "failed": sorry}

    def priority(self) -> Step:
        return {"do": "priority", "level": 5, "next": self.on()}

    def http(self) -> Step:
        url = "https://crm.example.com/balance?id={id_number}"
        return {"do": "http", "url": url, "into": {"balance": "data.balance"}, "next": self.on(), "failed": self.on()}

    def other(self) -> Step:
        return {"do": "flow", "flow": "other", "next": self.on()}

    def again(self) -> Step:
        """Something that is tried three times: counted before, and asked after, whether it was enough."""
        tries = self.chance.randint(2, 4)
        count, ask = f"s{len(self.steps)}", f"s{len(self.steps) + 1}"
        out = self.chance.choice((self.queue, self.http, self.collect))
        self.steps |= {count: {}, ask: {}}
        cases = [{"if": f"tries < {tries}", "next": count}]
        self.steps[ask] = {"do": "branch", "when": cases, "otherwise": self.sorry()}
        step = out()
        failing = {"queue": "nobody_signed_in", "http": "failed", "collect": "no_key"}[step["do"]]
        step[failing] = {"prompt": "no-key", "next": ask} if failing == "no_key" else ask
        heard = self.add({"do": "play", "prompt": "welcome", "next": self.add(step)})
        self.steps[count] = {"do": "set", "values": {"tries": "= tries + 1"}, "next": heard}
        return {"do": "set", "values": {"tries": 0}, "next": count}


_PIECES: Final[tuple[Callable[[_Good], Step], ...]] = (
    *(_Good.play, _Good.say, _Good.menu, _Good.menu, _Good.collect, _Good.hours, _Good.branch, _Good.queue),
    *(_Good.talk, _Good.dial, _Good.priority, _Good.http, _Good.other, _Good.again),
)
