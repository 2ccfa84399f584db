"""Collecting digits: the application `play_and_get_digits`.

Owns its arguments (min max tries timeout terminators prompt invalid-prompt variable pattern digit-timeout), and the
rules of switch_play_and_get_digits, switch_ivr_read and switch_ivr_collect_digits_count. Traces ivr-digits and
ivr-digits-timeout. Easy to break: keys pressed before it starts count; a time-out below a second becomes a second; keys
pressed while the invalid prompt plays stay queued for the next try.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from fs_control.virtual_switch.apps.playback import Played, play
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.transfer import transfer

BUFFER = 127
"""Characters that FreeSWITCH's digit buffer holds."""
MIN_TIMEOUT_MS = 1000


class Outcome(Enum):
    """How one try ended."""

    SUCCESS = "success"
    TIMEOUT = "timeout"
    TOO_SMALL = "too small"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Request:
    """What to collect."""

    min_digits: int
    max_digits: int
    tries: int
    timeout_ms: int
    terminators: str
    prompt: str
    invalid_prompt: str
    variable: str
    pattern: str
    digit_timeout_ms: int
    transfer_on_failure: str


def play_and_get_digits(session: Session, argument: str | None) -> None:
    """Play a prompt and collect digits into a variable; try again when they do not match."""
    if not argument:
        return
    request = parse(argument)
    variables = session.channel.variables
    if request.pattern and request.variable:
        variables.set(f"{request.variable}_invalid", None)
    for _ in range(request.tries):
        if not session.channel.ready:
            return
        began = session.core.timing.stamp_us()
        outcome, digits = _read(session, request)
        if outcome is Outcome.TIMEOUT and len(digits) >= request.min_digits:
            outcome = Outcome.SUCCESS
        if request.min_digits == 0 and not digits and variables.get("read_terminator_used"):
            return
        if outcome is Outcome.SUCCESS and digits and _accept(session, request, digits):
            return
        play(session, request.invalid_prompt, None)
        if session.core.timing.stamp_us() == began:
            # Without prompts a try takes no time at all, and a million of them would stop the whole switch.
            session.skip_frames(1)
            session.serve_orders()
    if request.transfer_on_failure and session.channel.ready:
        transfer(session, *request.transfer_on_failure.split(" ")[:3])


def read_keys(session: Session, prompt: str, count: int, timeout_ms: int) -> str:
    """Play a prompt and take so many keys (switch_ivr_read as others use it); "" where none came in time."""
    wanted = Request(count, count, 1, timeout_ms, "", prompt, "", "", "", 0, "")
    return _read(session, wanted)[1]


def parse(argument: str) -> Request:
    """Read the argument; what is missing has FreeSWITCH's defaults."""
    words = [*_split(argument), *[""] * 11][:11]
    min_digits = max(_number(words[0]), 0)
    return Request(
        min_digits=min_digits,
        max_digits=max(_number(words[1]), min_digits),
        tries=_number(words[2]),
        timeout_ms=max(_number(words[3]), MIN_TIMEOUT_MS),
        terminators=words[4] or "#",
        prompt=words[5],
        invalid_prompt=words[6],
        variable=words[7],
        pattern=words[8],
        digit_timeout_ms=max(_number(words[9]), 0),
        transfer_on_failure=words[10],
    )


def _split(argument: str) -> list[str]:
    """Split at spaces; single quotes keep a word with spaces together."""
    return [quoted or bare for quoted, bare in re.findall(r"'([^']*)'|(\S+)", argument)]


def _number(text: str) -> int:
    found = re.match(r"\s*(-?[0-9]{1,9})", text)
    return int(found.group(1)) if found else 0


def _accept(session: Session, request: Request, digits: str) -> bool:
    """Whether the digits match; if not, they are noted under NAME_invalid."""
    if not request.pattern or _matches(request.pattern, digits):
        return True
    if request.variable:
        session.channel.variables.set(request.variable, None)
        session.channel.variables.set(f"{request.variable}_invalid", digits)
    return False


def _matches(pattern: str, digits: str) -> bool:
    try:
        return re.search(pattern, digits) is not None
    except re.error:
        # A pattern that does not compile matches nothing, as in switch_regex_match.
        return False


def _read(session: Session, request: Request) -> tuple[Outcome, str]:
    """One try: the prompt, then the digits (switch_ivr_read)."""
    variables = session.channel.variables
    variables.set("read_result", None)
    if request.variable:
        variables.set(request.variable, None)
    if request.max_digits > BUFFER:
        return Outcome.FAILURE, ""
    pressed: list[str] = []

    def first_key(key: str) -> bool:
        pressed.append(key)
        return True

    if request.prompt and request.prompt.lower() != "silence":
        played = play(session, request.prompt, first_key)
        if played not in (Played.DONE, Played.BROKEN_OFF):
            return Outcome.FAILURE, ""
    outcome, digits, terminator = _collect(session, request, "".join(pressed))
    if terminator:
        variables.set("read_terminator_used", terminator)
        digits += _kept(request.terminators, terminator)
    elif request.terminators.startswith("="):
        outcome = Outcome.TOO_SMALL
    if len(digits) < request.min_digits:
        outcome = Outcome.TOO_SMALL
    result = outcome.value if outcome in (Outcome.SUCCESS, Outcome.TIMEOUT) else Outcome.FAILURE.value
    variables.set("read_result", result)
    if request.max_digits == 1 and len(digits) == 1 and digits in request.terminators:
        digits = ""
    if request.variable:
        variables.set(request.variable, digits)
    return outcome, digits


def _kept(terminators: str, terminator: str) -> str:
    """`+` before a terminator makes it part of the digits."""
    place = terminators.find(terminator)
    return terminator if place > 0 and terminators[place - 1] in "+x" else ""


def _collect(session: Session, request: Request, digits: str) -> tuple[Outcome, str, str]:
    """Wait for the rest: outcome, digits, and the terminator if one was pressed."""
    if digits and digits in request.terminators:
        return Outcome.SUCCESS, "", digits
    if len(digits) >= request.max_digits:
        return (Outcome.SUCCESS if request.max_digits else Outcome.FAILURE), digits, ""
    channel, timing = session.channel, session.core.timing
    digit_timeout = (request.digit_timeout_ms or request.timeout_ms) * 1000
    deadline = timing.stamp_us() + (digit_timeout if digits else request.timeout_ms * 1000)
    while channel.ready:
        session.serve_orders()
        if timing.now_us() >= deadline:
            return Outcome.TIMEOUT, digits, ""
        if channel.digits:
            deadline = timing.stamp_us() + digit_timeout
        while (key := channel.take_digit()) is not None:
            if key in request.terminators:
                return Outcome.SUCCESS, digits, key
            digits += key
            if len(digits) >= request.max_digits:
                return Outcome.SUCCESS, digits, ""
        session.next_frame(deadline)
    return Outcome.FAILURE, digits, ""
