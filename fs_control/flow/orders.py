"""What a flow may ask for: the orders of a sprint.

An order says what the caller should meet, in the words of a flow. It knows no leg, no id and no switch: whoever runs
the flow turns it into commands. The last order of a sprint is either `End` or the one that the session waits for
(`Awaited`), and no other is of these kinds: nothing comes back from `Prioritise`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Say:
    """Play a prompt to its end; answered by `PromptDone`. Keys pressed meanwhile mean nothing."""

    prompt: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Play a prompt and take up to `max_digits` keys; answered by `DigitsGot`, with "" for none.

    The first key ends the prompt; `timeout_s` (seconds) runs from the end of the prompt. `*` and `#` are keys like
    any other: neither of them ends the input.
    """

    prompt: str
    max_digits: int
    timeout_s: float


@dataclass(frozen=True, slots=True)
class Enqueue:
    """Put the caller in the line of a group (by its name); answered by `LineLeft`.

    `wait_at_most_s` (seconds) bounds the waiting in line and not the talk; None waits for ever. `keys` are those by
    which the caller may leave the line (Q10). `own_agents` are the numbers of the agents whom callers may reach here
    as their own (N11); None is everybody.
    """

    group: str
    wait_at_most_s: float | None
    keys: tuple[str, ...] = ()
    own_agents: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Prioritise:
    """The caller goes before others in every line from now on, where `level` is higher than theirs (N8)."""

    level: int


@dataclass(frozen=True, slots=True)
class End:
    """The flow is over: hang up. `reason` is the flow's own word, or a code of `engine` where a limit was met."""

    reason: str


Awaited: TypeAlias = Say | Ask | Enqueue
"""Orders that something comes back from."""

Order: TypeAlias = Awaited | End | Prioritise
