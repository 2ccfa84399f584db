"""What a flow may ask for: the orders of a sprint.

An order says what the caller should meet, in the words of a flow. It knows no leg, no id and no switch: whoever runs
the flow turns it into commands, and answers what the flow wants to know. The last order of a sprint is either `End` or
the one that the session waits for (`Awaited`), and no other is of these kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Say:
    """Let the caller hear something to its end; answered by `PromptDone`.

    `prompt` is what the record says of it: the name of a prompt, or the words of a sentence. `parts` are the prompts
    that are played one behind the other; () is `prompt` itself. With `skip` a key ends it and comes back as the
    answer's `key`; without it, keys pressed meanwhile mean nothing.
    """

    prompt: str
    parts: tuple[str, ...] = ()
    skip: bool = False

    @property
    def prompts(self) -> tuple[str, ...]:
        """The prompts to be played, in order."""
        return self.parts or (self.prompt,)


@dataclass(frozen=True, slots=True)
class Ask:
    """Say something and take `min_digits` to `max_digits` keys; answered by `DigitsGot`, with "" for none or too few.

    The first key ends the prompt. `timeout_s` (seconds) runs from the end of the prompt to the first key, `between_s`
    from key to key (None: as long as `timeout_s`). `end_key` ends the input and is no part of it; every other key is,
    `*` and `#` included. An empty `prompt` plays nothing. With `secret` the keys are not to be known to anybody:
    the answer has that word in their place, and `Fetch` may send them on.
    """

    prompt: str
    max_digits: int
    timeout_s: float
    parts: tuple[str, ...] = ()
    min_digits: int = 1
    end_key: str = ""
    between_s: float | None = None
    secret: str = ""

    @property
    def prompts(self) -> tuple[str, ...]:
        """The prompts to be played, in order; none where the caller is only listened to."""
        return self.parts or ((self.prompt,) if self.prompt else ())


@dataclass(frozen=True, slots=True)
class Enqueue:
    """Put the caller in the line of a group (by its name); answered by `LineLeft`.

    `wait_at_most_s` (seconds) bounds the waiting in line and not the talk; None waits for ever. `keys` are those by
    which the caller may leave the line (Q10). `own_agents` are the numbers of the agents whom callers may reach here
    as their own (N11); None is everybody. With `stop_if_none_free` nobody waits: who cannot be served at once is back
    at once (N7).
    """

    group: str
    wait_at_most_s: float | None
    keys: tuple[str, ...] = ()
    own_agents: tuple[str, ...] | None = None
    stop_if_none_free: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """Ring one agent (by number) for `ring_s` seconds, with no line; answered by `TalkOver`."""

    agent: str
    ring_s: float


@dataclass(frozen=True, slots=True)
class Dial:
    """Call a number outside for `ring_s` seconds and join the caller with whoever answers; answered by `TalkOver`.

    `is_given` tells that the number comes from a variable and not from the flow: it may be anything.
    """

    number: str
    ring_s: float
    is_given: bool = False


@dataclass(frozen=True, slots=True)
class TakeMessage:
    """Beep, and record what the caller says into a `box`; answered by `MessageTaken` (N7).

    It ends after `max_s` seconds, `silence_s` seconds of silence, or the key `end_key`.
    """

    box: str
    max_s: float
    silence_s: float
    end_key: str


@dataclass(frozen=True, slots=True)
class Fetch:
    """Ask a URL of somebody else's; answered by `Fetched` within `deadline_s` seconds, whatever happens.

    `body` is JSON text, or "" for none. `want` is what to take out of the JSON that comes: name of a variable to its
    path (`data.items.0.id`). In `url` and `body` a word such as `{secret:card}` stands for what the caller typed under
    that `Ask.secret`; no other word in braces can be there, because values are encoded when they are put in.
    """

    method: str
    url: str
    deadline_s: float
    body: str = ""
    want: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Know:
    """Tell who calls, when, and what is known of them; answered by `Known`."""


@dataclass(frozen=True, slots=True)
class CheckHours:
    """Look whether a calendar is open at this moment; answered by `HoursTold`."""

    calendar: str


@dataclass(frozen=True, slots=True)
class Prioritise:
    """The caller goes before others in every line from now on, where `level` is higher than theirs (N8)."""

    level: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Take the call up, in a flow that leaves that to an agent; of a call that is taken up it means nothing."""


@dataclass(frozen=True, slots=True)
class End:
    """The flow is over: hang up. `reason` is the flow's own word, or a code of `engine` where the flow is broken."""

    reason: str


Awaited: TypeAlias = Say | Ask | Enqueue | Reach | Dial | TakeMessage | Fetch | Know | CheckHours
"""Orders that something comes back from."""

Order: TypeAlias = Awaited | End | Prioritise | Answer
