"""Phones that are none of ours: whoever answers there must press 1 before the caller is joined (A14).

Owns that part of a dial string. Easy to break: what asks for the key stands before the leg's own phone and never in
braces, where it would ask everybody else who is rung as well; so where one leg asks, a whisper stands there too.
"""

from __future__ import annotations

from typing import Final

from fs_control.commands import ACCEPT_AT_MOST, WHISPER_AT_MOST, OtherPhone, Prompt, RingAgent
from fs_control.errors import UserMistake
from fs_control.ids import Micros
from fs_control.switch.dial_strings import endpoint, gateway_of, whole_seconds
from fs_control.switch.dialect import Dialect

KEY: Final = "1"
"""What accepts a call."""

ANSWERED_LATE_S: Final = 5
"""Seconds beyond ringing and whisper: a leg that rang too long ends up to a second late."""


def asks(command: RingAgent) -> bool:
    """Tell whether anybody who is rung has to accept the call by a key."""
    return any(each.accept is not None for each in phones_of(command))


def phones_of(command: RingAgent) -> tuple[OtherPhone, ...]:
    """Return all phones of an order, the first one included."""
    first = OtherPhone(command.leg, command.phone, command.caller_name, command.accept)
    return (first, *command.others)


def end_of(command: RingAgent, phone: OtherPhone, dialect: Dialect) -> str:
    """Return where a leg goes: to a phone of ours, or to an outside number."""
    if phone.accept is None:
        return endpoint(phone.phone, dialect)
    return gateway_of(dialect, phone.phone, command.gateway)


def asking(command: RingAgent, phone: OtherPhone, dialect: Dialect) -> dict[str, str]:
    """Return the variables by which one leg is asked for the key, or hears the whisper alone.

    The sentence is said until the key comes; after `group_confirm_timeout` the leg ends as one that nobody answered,
    which is what becomes of a voicemail (trace accept-voicemail).
    """
    if phone.accept is None:
        return whispering(command.ring, command.whisper, dialect) if command.whisper is not None else {}
    files = [
        in_braces(prompt_file(dialect, prompt)) for prompt in (command.whisper, phone.accept) if prompt is not None
    ]
    return {
        "leg_timeout": str(whole_seconds(command.ring)),
        "group_confirm_timeout": str(whole_seconds(ACCEPT_AT_MOST)),
        "group_confirm_key": KEY,
        "group_confirm_file": f"file_string://{'!'.join(files)}",
    }


def whispering(ring: Micros, whisper: Prompt, dialect: Dialect) -> dict[str, str]:
    """Have a word played to whoever takes the call up, before the join (trace whisper).

    The ringing has a limit of its own, `leg_timeout`; `group_confirm_timeout` is how long the whisper may take.
    """
    return {
        "leg_timeout": str(whole_seconds(ring)),
        "group_confirm_timeout": str(whole_seconds(WHISPER_AT_MOST)),
        "group_confirm_key": "exec",
        "group_confirm_file": f"playback {in_braces(prompt_file(dialect, whisper))}",
    }


def longest(command: RingAgent) -> int:
    """Return the seconds of ringing and of what comes between the answer and the join.

    `originate_timeout` runs on during that, and would cut off one who answered late.
    """
    ring = whole_seconds(command.ring)
    if asks(command):
        return ring + whole_seconds(ACCEPT_AT_MOST) + ANSWERED_LATE_S
    return ring if command.whisper is None else ring + whole_seconds(WHISPER_AT_MOST) + ANSWERED_LATE_S


def prompt_file(dialect: Dialect, prompt: Prompt) -> str:
    """Return the path of a prompt as the switch sees it."""
    return f"{dialect.prompts}/{prompt.language}/{prompt.name}.wav"


def in_braces(path: str) -> str:
    """Return a path that stands in a value of a dial string as it is, blanks included."""
    if set(path) & set("'\\,{}[]<>|^$!"):
        raise UserMistake("path_not_sayable", path=path)
    return path
