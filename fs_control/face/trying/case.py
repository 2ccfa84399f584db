"""One call to be tried: who calls, when, what they press, and how everybody else is; read from words of a person.

Knows no file and no command. Each reader takes what somebody typed or wrote and raises UserMistake, which says what
may stand there; `case_file` tells the place of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final, TypeAlias

from fs_control.centre.rehearsal import HANGS_UP, SILENCE, AgentIs, HttpAnswer
from fs_control.errors import UserMistake

Value: TypeAlias = str | int | float | bool

EVERYBODY: Final = "*"
"""In the place of an agent's number: all of whom nothing else is said."""

DIALLED: Final = ("served", "busy", "no_answer", "failed")
"""What can come of a number that the flow dials."""

CALENDAR_IS: Final = ("open", "closed", "holiday", "special")
"""How a calendar can be made to be at the moment of the call."""

_KEYS: Final = re.compile(r">?[0-9*#]+")
_WHOLE: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,15}")
_FAIL: Final = "fail"
_OK: Final = "ok"
_NO_REASON: Final = "unreachable"


@dataclass(frozen=True, slots=True)
class CustomerIs:
    """What is known of the caller, instead of what the database says."""

    name: str = ""
    vip: int = 0
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One call; `at` is as somebody wrote it, in the enterprise's time zone, and None is left to whoever plays it."""

    caller: str = "13800138000"
    at: str | None = None
    number: str | None = None
    keys: tuple[str, ...] = ()
    agents: Mapping[str, AgentIs] = field(default_factory=dict)
    http: tuple[HttpAnswer, ...] = ()
    calendars: Mapping[str, str] = field(default_factory=dict)
    customer: CustomerIs | None = None
    message_s: float | None = None
    dial: str = DIALLED[0]
    hang_up_after_s: float | None = None


def read_keys(words: Iterable[str]) -> tuple[str, ...]:
    """Read what the caller answers, question by question: `1`, `138#`, `wait`, `hangup`, `>1`."""
    keys = tuple(word.strip() for word in words)
    for each in keys:
        if each not in (SILENCE, HANGS_UP) and not _KEYS.fullmatch(each):
            raise UserMistake("try_keys_bad", keys=each, nearest=_nearest(each, (SILENCE, HANGS_UP)))
    return keys


def read_agents(words: Iterable[tuple[str, str]]) -> Mapping[str, AgentIs]:
    """Read how agents are, by their numbers."""
    return {number.strip(): read_agent(how) for number, how in words}


def read_agent(how: str) -> AgentIs:
    """Read how an agent is: `busy`, `signed-out`, ..."""
    return AgentIs(_one_of("try_agent_bad", how.strip().replace("_", "-"), tuple(AgentIs)))


def read_calendar(how: str) -> str:
    """Read how a calendar is at the moment of the call."""
    return _one_of("try_calendar_bad", how.strip(), CALENDAR_IS)


def read_dial(how: str) -> str:
    """Read what comes of a number that is dialled."""
    return _one_of("try_dial_bad", how.strip().replace("-", "_"), DIALLED)


def read_http(text: str) -> HttpAnswer:
    """Read what another system answers: `ok`, `ok:balance=12,name=Li`, `fail`, `fail:timeout`."""
    how, _, rest = text.strip().partition(":")
    if how == _FAIL:
        return HttpAnswer(reason=rest.strip() or _NO_REASON)
    if how != _OK:
        raise UserMistake("try_http_bad", text=text, nearest=_nearest(how, (_OK, _FAIL)))
    return HttpAnswer({name: read_value(value) for name, value in read_pairs(rest.split(",") if rest else ())})


def read_customer(pairs: Iterable[tuple[str, str]]) -> CustomerIs:
    """Read what is known of a caller: `vip=5`, `owner=8001`, `name=张伟`."""
    said = dict(pairs)
    unknown = next((name for name in said if name not in ("name", "vip", "owner")), None)
    if unknown is not None:
        raise UserMistake("try_customer_bad", name=unknown, nearest=_nearest(unknown, ("name", "vip", "owner")))
    vip = said.get("vip", "0")
    if not vip.isascii() or not vip.isdigit() or int(vip) > 9:
        raise UserMistake("try_vip_bad", vip=vip)
    return CustomerIs(said.get("name", ""), int(vip), said.get("owner", ""))


def read_pairs(words: Iterable[str]) -> Sequence[tuple[str, str]]:
    """Read words such as `8001=busy`."""
    pairs = [word.partition("=") for word in words]
    for (name, equals, value), word in zip(pairs, words, strict=True):
        if not (equals and name.strip() and value.strip()):
            raise UserMistake("try_pair_bad", text=word)
    return [(name.strip(), value.strip()) for name, _, value in pairs]


def read_value(text: str) -> Value:
    """Read a value as YAML would have it: a number, true or false, or a text."""
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


def _one_of(code: str, word: str, words: Sequence[str]) -> str:
    if word not in words:
        raise UserMistake(code, word=word, words=", ".join(words), nearest=_nearest(word, words))
    return word


def _nearest(word: str, words: Sequence[str]) -> str | None:
    return next(iter(get_close_matches(word[:80], words, n=1)), None)
