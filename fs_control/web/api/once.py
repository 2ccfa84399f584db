"""A wish that is sent twice is carried out once: answers kept under the key that the asker chose.

Implements the header `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header) in memory: a key counts for a day,
for one token, until this process ends or newer keys need the room. Easy to break: an answer that nobody knows (the
centre was mute) is kept as well, for asked again it might be done twice; what surely was not done is forgotten.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from typing import Any, Final, NoReturn, ParamSpec, TypeVar

from flask import g, request

from fs_control.errors import NoReply, UserMistake
from fs_control.ids import SECOND, Micros
from fs_control.web.api.gate import Gate

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"

KEPT_FOR: Final = Micros(24 * 3600 * SECOND)
MOST_KEYS: Final = 10_000
LONGEST_KEY: Final = 255

P = ParamSpec("P")
R = TypeVar("R")


Name = tuple[str, str]
"""A token's id and a key."""


@dataclass(slots=True)
class _Kept:
    """What came of one key: nothing yet, or a way of giving the same answer or refusal again."""

    asked: bytes
    at: Micros
    answer: Callable[[], object] | None = None


class Once:
    """Keeps answers by token and key; `now` is the engine's clock."""

    def __init__(self, gate: Gate, now: Callable[[], Micros]) -> None:
        self._gate = gate
        self._now = now
        self._kept: OrderedDict[Name, _Kept] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def for_each_key(self, view: Callable[P, R]) -> Callable[P, R]:
        """Have a route answer a key that it knows with what it answered before."""

        @wraps(view)
        def once(*args: P.args, **values: P.kwargs) -> R:
            key = request.headers.get(HEADER)
            if key is None:
                return view(*args, **values)
            name = (self._gate.token.id, _checked(key))
            self._make_room()
            if self._is_known(name):
                g.is_replay = True
            else:
                self._carry_out(name, lambda: view(*args, **values))
            answer: Callable[[], R] = self._answer(name)
            return answer()

        return once

    def _is_known(self, name: Name) -> bool:
        """Tell whether a key has been used; UserMistake where it was for another wish."""
        kept = self._kept.get(name)
        if kept is not None and kept.asked != _wish():
            raise UserMistake("key_of_other_request", key=name[1])
        return kept is not None

    def _carry_out(self, name: Name, wish: Callable[[], object]) -> None:
        kept = self._kept[name] = _Kept(_wish(), self._now())
        try:
            kept.answer = _given(wish())
        except (UserMistake, NoReply) as refusal:
            kept.answer = _refused(refusal)
        except BaseException:
            del self._kept[name]
            raise

    def _answer(self, name: Name) -> Any:
        answer = self._kept[name].answer
        if answer is None:
            raise UserMistake("key_in_use", key=name[1])
        return answer

    def _make_room(self) -> None:
        """Forget what is a day old, and the oldest where there are too many; never one that is not answered yet."""
        since = self._now() - KEPT_FOR
        while self._kept:
            name, oldest = next(iter(self._kept.items()))
            if oldest.answer is None or (oldest.at > since and len(self._kept) < MOST_KEYS):
                return
            del self._kept[name]


def _wish() -> bytes:
    """Return what is asked, to be compared: the route and the body."""
    return sha256(b"\0".join((request.method.encode(), request.path.encode(), request.get_data()))).digest()


def _given(answer: object) -> Callable[[], object]:
    return lambda: answer


def _refused(error: UserMistake | NoReply) -> Callable[[], NoReturn]:
    """Keep a refusal without the frames in which it was raised."""
    kind, code, values = type(error), error.code, dict(error.values)

    def refuse() -> NoReturn:
        raise kind(code, **values)

    return refuse


def _checked(key: str) -> str:
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise UserMistake("key_unusable", most=LONGEST_KEY)
    return key
