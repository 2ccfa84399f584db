"""Flows of a size that no admin writes by hand, made of blocks that have a bit of everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

NAME: Final = "big"
GROUPS: Final = ("sales",)
PROMPTS: Final = ("hello", "choose", "number", "wrong", "closed", "sorry", "apology")
CALENDARS: Final = ("office", "counter")

_BLOCK: Final = """
  hello-{here}: {{do: play, prompt: hello, next: hours-{here}}}
  hours-{here}: {{do: hours, calendar: {calendar}, open: menu-{here}, closed: closed-{here}}}
  menu-{here}:
    do: menu
    prompt: choose
    keys: {{1: line-{here}, 2: ask-{here}, 0: {there}}}
    tries: 3
    timeout: 5
    wrong_key: {{prompt: wrong, next: sorry-{here}}}
    no_key: {{next: {there}}}
  ask-{here}:
    do: collect
    prompt: number
    length: 8
    into: number_{here}
    next: known-{here}
    wrong: {{next: sorry-{here}}}
    no_key: {{next: sorry-{here}}}
  known-{here}:
    do: branch
    when: [{{if: "customer.vip >= 5 and call.hour < 20", next: line-{here}}}]
    otherwise: note-{here}
  note-{here}: {{do: set, values: {{asked: "= 1 + {here}", seen: "yes"}}, next: told-{here}}}
  told-{here}: {{do: say, text: "您输入的号码是 {{number_{here}:digits}}，请稍候。", next: line-{here}}}
  line-{here}:
    do: queue
    group: sales
    wait_at_most: 300
    nobody_signed_in: closed-{here}
    waited_too_long: sorry-{here}
  sorry-{here}: {{do: play, prompt: sorry, next: bye}}
  closed-{here}: {{do: play, prompt: closed, next: bye}}
"""
STEPS_OF_A_BLOCK: Final = 10


def flow_of(steps: int) -> str:
    """The text of a flow with so many steps, the last of which ends the call; a whole number of blocks and one."""
    blocks = (steps - 1) // STEPS_OF_A_BLOCK
    return f"flow: {NAME}\nlanguage: zh\nstart: hello-1\nsteps:{''.join(_blocks(blocks))}  bye: {{do: hangup}}\n"


def _blocks(count: int) -> Iterator[str]:
    for here in range(1, count + 1):
        there = f"hello-{here + 1}" if here < count else "bye"
        yield _BLOCK.format(here=here, there=there, calendar=CALENDARS[here % len(CALENDARS)])
