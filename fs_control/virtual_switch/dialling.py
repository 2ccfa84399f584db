"""Dialling: rings legs for a caller or for nobody, until one answers (switch_ivr_originate).

Owns rounds (`|`) and forks (`,`), the endpoint `user/` which dials once more inside, time-outs, who is hung up why, and
what the caller's channel says about it (originate_disposition, DIALSTATUS, originated_legs, originate_causes). Traces
bridge-*, caller-abandons-while-agent-rings, originate-results. Easy to break: FreeSWITCH counts its time-outs in whole
seconds of the clock, so a leg_timeout of 3 rings between 2 and 3 seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch.causes import cause_named
from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.clock import MICROSECONDS
from fs_control.virtual_switch.confirming import FROM_CALLER as CONFIRMING_FROM_CALLER
from fs_control.virtual_switch.dial_string import DialString, Pair, parse_dial
from fs_control.virtual_switch.legs import find_user, launch, make_leg, profile_for
from fs_control.virtual_switch.loopback import launch_loop, make_loopback
from fs_control.virtual_switch.profile import CallerProfile
from fs_control.virtual_switch.ringback import Ringback
from fs_control.virtual_switch.ringing import End, Patience, Ringing, Round, Watch, number_of, pass_callee
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.variables import is_true

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

DEFAULT_SECONDS: Final = 60
CALLERS_CODEC: Final = "PCMU@8000h@20i"
CANCEL: Final = "ORIGINATOR_CANCEL"
DIAL_STATUS: Final = {
    CANCEL: "CANCEL",
    "USER_BUSY": "BUSY",
    "NO_ANSWER": "NOANSWER",
    "DESTINATION_OUT_OF_ORDER": "INVALIDARGS",
    "CALL_REJECTED": "DONTCALL",
}
FROM_CALLER: Final = (
    "ignore_early_media",
    "originate_continue_on_timeout",
    "ignore_ring_ready",
    "instant_ringback",
    "progress_timeout",
    *CONFIRMING_FROM_CALLER,
)
"""Variables of the caller's channel that count as if they stood in the dial string (as far as they are imitated)."""


@dataclass(frozen=True, slots=True)
class Request:
    """Whom to ring and how: the dial string, and what a dialling around this one hands on."""

    text: str
    seconds: int = DEFAULT_SECONDS
    name: str = ""
    number: str = ""
    profile: CallerProfile | None = None
    variables: tuple[Pair, ...] = ()
    waits: bool = True
    """False: return the leg at once, somebody around this waits for it (SOF_NOBLOCK)."""


def dial(core: Core, caller: Session | None, request: Request) -> tuple[Session | None, str]:
    """Ring until somebody answers: the held session and "SUCCESS", or None and the cause."""
    return _Dialling(core, caller, request).run()


class _Dialling:
    """One run of switch_ivr_originate."""

    def __init__(self, core: Core, caller: Session | None, request: Request) -> None:
        self._core = core
        self._caller = caller
        self._request = request
        parsed = parse_dial(request.text)
        self._rounds = parsed.rounds
        self._variables = {**dict(request.variables), **dict(parsed.variables)}
        self._forced = ""
        if caller is not None:
            self._take_from_caller(caller)
        self._name = self._variables.get("origination_caller_id_name") or request.name
        self._number = self._variables.get("origination_caller_id_number") or request.number
        for name, value in (("name", self._name), ("number", self._number)):
            if value:
                self._variables.setdefault(f"origination_caller_id_{name}", value)
        self._early_ok = not is_true(self._variables.get("ignore_early_media"))
        self._seconds = number_of(self._variables.get("originate_timeout")) or self._given_seconds()
        self._ringback = Ringback(caller, instant=is_true(self._variables.get("instant_ringback")))

    def _take_from_caller(self, caller: Session) -> None:
        variables = caller.channel.variables
        for name in (variables.get("export_vars") or "").split(","):
            value = variables.get(name)
            if value:
                self._variables.setdefault(name.removeprefix("nolocal:"), value)
        for name in FROM_CALLER:
            value = variables.get(name)
            if value:
                self._variables.setdefault(name, value)

    def _given_seconds(self) -> int:
        wanted = None if self._caller is None else self._caller.channel.variables.get("call_timeout")
        return number_of(wanted) or self._request.seconds or DEFAULT_SECONDS

    def run(self) -> tuple[Session | None, str]:
        """Ring round after round."""
        caller = self._caller
        if caller is not None:
            caller.channel.begin_dialling()
            caller.channel.variables.set("originate_disposition", "failure")
            caller.channel.variables.set("DIALSTATUS", "INVALIDARGS")
        cause = CANCEL
        won: Session | None = None
        for legs in self._rounds:
            ring = self._ring(legs)
            if not self._request.waits:
                won, cause = (ring.legs[0].session, "SUCCESS") if ring.legs else (None, ring.reason)
                break
            won, cause = self._conclude(ring)
            if won is not None or self._is_last(ring):
                break
        if won is not None and caller is not None:
            _tie_to(caller, won)
        if caller is not None:
            caller.serve_orders()
            caller.channel.end_dialling()
        return won, self._forced or cause

    def _is_last(self, ring: Round) -> bool:
        if ring.end is End.TIMEOUT:
            return not is_true(self._variables.get("originate_continue_on_timeout"))
        return self._caller is not None and not self._caller.channel.ready

    # A round.

    def _ring(self, legs: tuple[DialString, ...]) -> Round:
        """Make the legs of a round, let them ring, and wait for the first answer."""
        ring = Round()
        forked = len(legs) > 1 or len(self._rounds) > 1 or is_true(self._variables.get("forked_dial"))
        for leg in legs if self._request.waits else legs[:1]:
            if self._caller is not None and not self._caller.channel.ready:
                ring.end = End.CANCELLED
                return ring
            made = self._make(leg, forked)
            if isinstance(made, str):
                ring.reason = made
            else:
                ring.legs.append(made)
        if self._request.waits and ring.legs:
            start = self._core.timing.now_us() // MICROSECONDS
            for each in ring.legs:
                _launch(each.session)
            watch = Watch(self._core, self._caller, self._patience(), self._ringback)
            self._forced = watch.wait(ring, start) or self._forced
        return ring

    def _patience(self) -> Patience:
        return Patience(
            self._seconds,
            number_of(self._variables.get("progress_timeout")),
            self._early_ok,
            not is_true(self._variables.get("ignore_ring_ready")),
            number_of(self._variables.get("group_confirm_read_timeout")),
        )

    def _make(self, leg: DialString, forked: bool) -> Ringing | str:
        local = dict(leg.variables)
        merged = {**local, **self._variables}
        profile = profile_for(self._callers_profile(), *self._identity(merged))
        self._variables["originate_early_media"] = "true" if self._early_ok else "false"
        session = self._outgoing(leg, merged, profile, forked)
        if isinstance(session, str):
            return session
        channel = session.channel
        session.hold()
        if self._caller is not None:
            channel.variables.set("call_uuid", self._caller.channel.variables.get("call_uuid"))
        channel.variables.update(local.items())
        channel.variables.update(self._variables.items())
        _rename_callee(channel)
        if self._caller is not None:
            self._note_leg(self._caller.channel, channel)
        channel.variables.set("originate_endpoint", leg.kind)
        return Ringing(session)

    def _callers_profile(self) -> CallerProfile | None:
        if self._request.profile is not None:
            return self._request.profile
        return None if self._caller is None else self._caller.channel.profile

    def _identity(self, variables: dict[str, str]) -> Pair:
        """The name and number that the leg's display shows: in the dial string, or the caller's effective ones."""
        name = variables.get("origination_caller_id_name") or self._name
        number = variables.get("origination_caller_id_number") or self._number
        if self._caller is not None:
            name = name or self._caller.channel.variables.get("effective_caller_id_name") or ""
            number = number or self._caller.channel.variables.get("effective_caller_id_number") or ""
        return name, number

    @staticmethod
    def _note_leg(caller: Channel, leg: Channel) -> None:
        profile = leg.profile
        assert profile is not None
        leg.variables.set("originating_leg_uuid", caller.uuid)
        legs = f"{leg.uuid};{profile.callee_id_name};{profile.callee_id_number}"
        caller.variables.push("originated_legs", legs)

    def _outgoing(
        self, leg: DialString, variables: dict[str, str], profile: CallerProfile, forked: bool
    ) -> Session | str:
        """Make one leg by its endpoint (switch_core_session_outgoing_channel)."""
        forwards = 70
        if self._caller is not None:
            forwards = number_of(self._caller.channel.variables.get("max_forwards") or "70") - 1
            if forwards <= 0:
                return "EXCHANGE_ROUTING_ERROR"
        match leg.kind:
            case "user":
                made = self._outgoing_user(leg.address, variables, profile, forked)
            case "sofia":
                made = make_leg(self._core, leg.address, variables, profile)
            case "loopback":
                made = make_loopback(self._core, leg.address, variables, profile)
            case "error":
                made = cause_named(leg.address)
            case _:
                made = "CHAN_NOT_IMPLEMENTED"
        if not isinstance(made, str):
            if self._caller is not None:
                _introduce(self._caller.channel, made.channel, forwards)
            made.channel.fire("CHANNEL_OUTGOING")
        return made

    def _outgoing_user(
        self, address: str, variables: dict[str, str], profile: CallerProfile, forked: bool
    ) -> Session | str:
        """Dial a user's own dial string in turn (user_outgoing_channel of mod_dptools)."""
        user = find_user(self._core, address)
        if user is None:
            return "SUBSCRIBER_ABSENT"
        named = (("dialed_user", user.number), ("dialed_domain", user.domain))
        seconds = number_of(variables.get("leg_timeout"))
        if self._caller is not None:
            self._caller.channel.variables.update(named)
        request = Request(
            user.dial,
            seconds=seconds,
            name=variables.get("origination_caller_id_name", ""),
            number=variables.get("origination_caller_id_number", ""),
            profile=profile,
            variables=(*variables.items(), *named),
            waits=not forked,
        )
        session, cause = dial(self._core, self._caller, request)
        if session is None:
            return cause
        session.release()
        return session

    # The end of a round.

    def _conclude(self, ring: Round) -> tuple[Session | None, str]:
        """Hang up whom nobody needs, answer the caller, and write down how it went."""
        winner = ring.winner
        self._hang_up_others(ring)
        if winner is not None and self._caller is not None:
            self._answer_caller(self._caller, winner.channel)
        won = winner is not None and (self._caller is None or self._caller.channel.ready)
        cause = "SUCCESS" if won else self._cause(ring)
        if self._caller is not None:
            self._note_outcome(self._caller.channel, ring, cause)
        for leg in ring.legs:
            if won and leg is winner:
                continue
            if not leg.channel.down:
                leg.channel.hang_up(cause)
            leg.session.release()
        return (winner.session if won and winner is not None else None), cause

    def _hang_up_others(self, ring: Round) -> None:
        reasons = {End.TIMEOUT: "NO_ANSWER", End.CANCELLED: CANCEL}
        reason = self._forced or reasons.get(ring.end) or ("LOSE_RACE" if len(ring.legs) > 1 else "NO_ANSWER")
        for leg in ring.legs:
            if leg is not ring.winner and not leg.channel.down:
                if reason == "LOSE_RACE":
                    leg.channel.variables.set("group_dial_status", "loser")
                leg.channel.hang_up(reason)

    @staticmethod
    def _answer_caller(caller: Session, winner: Channel) -> None:
        if not winner.answered and not winner.early_media:
            return
        pass_callee(winner, caller.channel)
        if winner.answered:
            caller.core.sip.answer(caller)
        else:
            caller.core.sip.pre_answer(caller)

    def _cause(self, ring: Round) -> str:
        if ring.end is End.CANCELLED:
            return CANCEL
        if ring.end is End.TIMEOUT:
            return "NO_ANSWER"
        told = next((leg.channel.hangup_cause for leg in ring.legs), "") or ring.reason
        return told or CANCEL

    @staticmethod
    def _note_outcome(caller: Channel, ring: Round, cause: str) -> None:
        caller.variables.set("originate_disposition", cause)
        caller.variables.set("DIALSTATUS", DIAL_STATUS.get(cause, cause))
        for leg in ring.legs:
            caller.variables.push("originate_causes", f"{leg.channel.uuid};{leg.channel.hangup_cause or 'NONE'}")


def _launch(session: Session) -> None:
    """Let a leg run, unless a dialling inside has done so."""
    if session.greenlet is None:
        (launch_loop if session.leg is None else launch)(session)


def _introduce(caller: Channel, leg: Channel, forwards: int) -> None:
    """What a leg learns of the caller for whom it is dialled, and the caller of it."""
    leg.variables.set("max_forwards", str(forwards))
    leg.variables.set("originator_codec", CALLERS_CODEC if caller.has_media else None)
    leg.variables.set("originator", caller.uuid)
    leg.variables.set("signal_bond", caller.uuid)
    caller.variables.set("originate_signal_bond", leg.uuid)
    if leg.variables.get("switch_m_sdp") is None:
        leg.variables.set("switch_m_sdp", caller.variables.get("switch_r_sdp"))
    if caller.profile is not None:
        leg.other_leg, leg.other_type = caller.profile.copy(with_times=False), "originator"


def _rename_callee(channel: Channel) -> None:
    profile = channel.profile
    if profile is not None:
        profile.callee_id_name = channel.variables.get("origination_callee_id_name") or profile.callee_id_name
        profile.callee_id_number = channel.variables.get("origination_callee_id_number") or profile.callee_id_number


def _tie_to(caller: Session, leg: Session) -> None:
    """The caller's side of a leg that will be bridged."""
    if leg.channel.profile is not None:
        caller.channel.other_leg, caller.channel.other_type = leg.channel.profile.copy(), "originatee"
    caller.channel.variables.set("signal_bond", leg.channel.uuid)
    caller.channel.variables.set("originate_signal_bond", None)
