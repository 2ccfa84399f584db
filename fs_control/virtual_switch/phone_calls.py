"""One call on a phone: plays the behaviour that its script gives it.

Owns the phone's side of a leg that the switch dialled: ringing, refusing, sound before the answer, answering, and the
steps afterwards (hold, resume, transfer, keys, hanging up, vanishing), driven by timers. Easy to break: SIP messages of
a phone reach the channel at its next frame, in the session's own greenlet.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch.place import HOST
from fs_control.virtual_switch.script import (
    HangUp,
    Hold,
    PhoneBehaviour,
    Press,
    Reaction,
    Refer,
    ReferWithReplaces,
    Resume,
    Step,
    Vanish,
    Wait,
)
from fs_control.virtual_switch.states import Direction
from fs_control.virtual_switch.timing import Timer

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core
    from fs_control.virtual_switch.sessions import Session

STATUS: Final = {Reaction.BUSY: 486, Reaction.DECLINE: 603, Reaction.UNREACHABLE: 503}


class PhoneCall:
    """One call on a phone: plays the behaviour and is told what the switch does."""

    def __init__(self, core: Core, session: Session, behaviour: PhoneBehaviour, user: str, port: int) -> None:
        self._core = core
        self._session = session
        self._behaviour = behaviour
        self._user = user
        self._port = port
        self._steps: deque[Step] = deque(behaviour.steps)
        self._timer: Timer | None = None
        self._early: Timer | None = None

    def invited(self) -> None:
        """The INVITE has arrived."""
        self._after(self._behaviour.ring_after, self._react)

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        self._timer = self._core.timing.call_later(seconds, act)

    def _react(self) -> None:
        behaviour = self._behaviour
        status = STATUS.get(behaviour.reaction)
        if status is not None:
            self._core.sip.refuses(self._session, status, HOST, self._port)
            return
        if behaviour.early_media is None:
            self._core.sip.rings(self._session, self._user, HOST, self._port)
        elif behaviour.early_media > 0:
            self._early = self._core.timing.call_later(behaviour.early_media, self._send_early_media)
        else:
            self._send_early_media()
        if behaviour.reaction is Reaction.ANSWER:
            self._after(behaviour.answer_after, self._answer)

    def _send_early_media(self) -> None:
        self._core.sip.progresses(self._session, self._user, HOST, self._port)

    def _answer(self) -> None:
        self._core.sip.accepts(self._session, self._user, HOST, self._port)
        if self._behaviour.talk is not None:
            self._steps.extend((Wait(self._behaviour.talk), HangUp()))
        self._go_on()

    # After the answer.

    def _go_on(self) -> None:
        """Do one step after the other, up to the next wait."""
        self._timer = None
        while self._steps and self._timer is None:
            self._do(self._steps.popleft())

    def _do(self, step: Step) -> None:
        session, sip = self._session, self._core.sip
        match step:
            case Wait(seconds):
                self._after(seconds, self._go_on)
            case Press(digits, gap):
                session.channel.press(digits[0], "RTP")
                if len(digits) > 1:
                    self._steps.appendleft(Press(digits[1:], gap))
                    self._after(gap, self._go_on)
            case HangUp():
                self._steps.clear()
                sip.bye(session)
            case Hold():
                sip.holds(session)
            case Resume():
                sip.resumes(session)
            case Refer(to):
                sip.refers(session, to, self._user)
            case ReferWithReplaces():
                self._join_calls()
            case Vanish():
                self._steps.clear()
                sip.vanishes(session)

    def _join_calls(self) -> None:
        mine = (each for each in self._core.sessions if each is not self._session and not each.channel.down)
        other = next((each for each in mine if self._is_mine(each)), None)
        if other is not None:
            self._core.sip.refers_with_replaces(self._session, other, self._user)

    def _is_mine(self, session: Session) -> bool:
        """Whether a call is this phone's: one that the switch made to it, or one that it made itself."""
        if session.channel.direction is Direction.OUTBOUND:
            return session.leg is not None and session.leg.port == self._port
        return session.channel.variables.get("sip_from_user") == self._user

    # What the switch does.

    def answered(self) -> None:
        """Nothing to do: it is the phone that answers."""

    def hears(self, prompt: str, *, begins: bool) -> None:
        """Phones do not listen to prompts."""

    def talks(self, other: str, *, begins: bool) -> None:
        """Phones do not mind with whom they talk."""

    def ended(self, cause: str) -> None:
        """The call is over: whatever the phone still meant to do falls away."""
        self._steps.clear()
        for timer in (self._timer, self._early):
            if timer is not None:
                timer.cancel()
