"""Who plays in a trace, and when: the callers who dial, the phones that register, and what each of them does.

Owns turning a trace into acts. Newer traces say in line 1 who did what (`scene`); for the older ones it stands in the
table `ROLES`, as their recorder had it; for a trace with neither it is inferred from what its events show. Easy to
break: a leg that no event ever told of leaves no sign of its phone; such a phone is taken to answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from fs_control.virtual_switch.script import CallerScript, Phone
from tests.conformance.inference import caller_steps, phone_behaviours
from tests.conformance.laboratory import BEHAVIOURS, CALLERS, UNATTENDED, known, phone, users
from tests.conformance.recording import Frame, Kind, Recording, Row
from tests.conformance.scene import scripted_acts

BEFORE: Final = -1.0
"""The moment of what was so before the recording began."""


@dataclass(frozen=True)
class Act:
    """Something that happens of itself at a moment of the recording."""

    t: float
    phone: Phone | None = None
    """A phone that is added, changed, registered or unregistered."""
    expires: str = ""
    """The number of a phone whose registration runs out."""
    call: CallerScript | None = None
    """A caller who dials."""
    uuid: str = ""
    """The caller's channel in the trace, where it has one."""


@dataclass(frozen=True)
class Roles:
    """The table's entry of a trace: the scenario of each phone that was running, and that of its callers."""

    phones: dict[str, str] = field(default_factory=dict)
    caller: str = "uac"


ONE_AGENT: Final = Roles({"1001": "uas"})
TWO_AGENTS: Final = Roles({"1001": "uas", "1002": "uas"})
NO_AGENT: Final = Roles()

ROLES: Final[dict[str, Roles]] = {
    "bridge-agent-bye": Roles({"1001": "uas_bye"}),
    "bridge-answered": ONE_AGENT,
    "bridge-busy": Roles({"1001": "busy"}),
    "bridge-declined": Roles({"1001": "decline"}),
    "bridge-no-answer": Roles({"1001": "noans"}),
    "bridge-second-agent": Roles({"1001": "busy", "1002": "uas"}),
    "bridge-unreachable": NO_AGENT,
    "bridge-unregistered": NO_AGENT,
    "caller-abandons-while-agent-rings": Roles({"1001": "noans"}, "uac_hangs"),
    "caller-hangs-up-in-playback": Roles(caller="uac_hangs"),
    "caller-hangs-up-no-linger": Roles(caller="uac_hangs"),
    "consult-transfer": TWO_AGENTS,
    "controller-dies-while-talking-cut": Roles({"1001": "uas_bye5"}),
    "controller-dies-while-talking-safe": Roles({"1001": "uas_bye5"}),
    "dtmf-events": NO_AGENT,
    "header-traps": NO_AGENT,
    "hold-resume": ONE_AGENT,
    "ivr-digits": NO_AGENT,
    "ivr-digits-timeout": NO_AGENT,
    "live-state": Roles({"1001": "uas", "1002": "noans"}),
    "originate-results": Roles({"1001": "uas", "1002": "busy"}),
    "phone-hold-reinvite": Roles({"1001": "uas_hold"}),
    "phone-refer-blind": Roles({"1001": "uas_refer"}),
    "queue-uuid-bridge": ONE_AGENT,
    "record-call": ONE_AGENT,
    "registrations": NO_AGENT,
    "socket-resume": NO_AGENT,
    "supervise-eavesdrop": TWO_AGENTS,
    "three-way-conference": TWO_AGENTS,
    "transfer-after-bridge": Roles({"1001": "uas_bye"}),
    "uuid-transfer": ONE_AGENT,
}


def acts_of(recording: Recording) -> list[Act]:
    """Everything that happens of itself in a trace, in order; LookupError names a scenario that nobody knows."""
    if recording.scene:
        uuids = iter(_callers(recording))
        acts = [Act(BEFORE, phone(number, UNATTENDED, expires=0)) for number in users()]
        for t, what in scripted_acts(recording):
            if isinstance(what, Phone):
                acts.append(Act(t, what))
            else:
                acts.append(Act(t, call=what, uuid=next(uuids, "")))
        return sorted([*acts, *_expiries(recording)], key=lambda act: act.t)
    roles = ROLES.get(recording.name)
    phones = _inferred_phones(recording) if roles is None else _phones(roles)
    calls = [_dialling(recording, row, roles) for row in _callers(recording).values()]
    acts = [*(Act(BEFORE, each) for each in phones), *calls, *_registrations(recording), *_expiries(recording)]
    return sorted(acts, key=lambda act: act.t)


# Callers.


def _callers(recording: Recording) -> dict[str, Row]:
    """The channels that callers brought: where each is first described as it was when it came."""
    found: dict[str, Row] = {}
    for row in recording.received():
        if _is_a_caller(row.frame) and row.frame.get("Unique-ID") not in found:
            found[row.frame.get("Unique-ID")] = row
    return found


def _is_a_caller(frame: Frame) -> bool:
    described = frame.kind in (Kind.EVENT, Kind.CHANNEL)
    return described and frame.get("Call-Direction") == "inbound" and frame.get("Caller-Source") == "mod_sofia"


def _dialling(recording: Recording, row: Row, roles: Roles | None) -> Act:
    frame = row.frame
    uuid = frame.get("Unique-ID")
    if roles is None:
        does = CallerScript("", steps=caller_steps(recording, uuid), allow=frame.get("variable_sip_allow"))
    else:
        does = known(roles.caller, CALLERS)
    script = replace(
        does,
        number=frame.get("Caller-Destination-Number"),
        caller_number=frame.get("Caller-Orig-Caller-ID-Number"),
        caller_name=frame.get("Caller-Orig-Caller-ID-Name").encode("utf-8", "surrogateescape"),
    )
    return Act(_connected(recording, row), call=script, uuid=uuid)


def _connected(recording: Recording, row: Row) -> float:
    """The first sign of a call: an event, or the command that was sent on its new connection."""
    before = [
        each.t for each in recording.rows[: row.index] if each.wire == row.wire and row.frame.kind is Kind.CHANNEL
    ]
    return min([row.t, *before])


# Phones.


def _phones(roles: Roles) -> list[Phone]:
    # 1001 was the last to register, as the registrations in live-state show.
    numbers = dict.fromkeys(reversed([*users(), *roles.phones]))
    behaviours = {number: known(name, BEHAVIOURS) for number, name in roles.phones.items()}
    return [phone(number, behaviours.get(number, UNATTENDED)) for number in numbers]


def _inferred_phones(recording: Recording) -> list[Phone]:
    return [phone(number, *phone_behaviours(recording, number)) for number in reversed(users())]


def _registrations(recording: Recording) -> Iterator[Act]:
    """Phones that register or unregister while the recording runs."""
    for row in recording.received():
        if row.frame.get("Event-Subclass") in ("sofia::register", "sofia::unregister"):
            yield Act(row.t, phone(row.frame.get("from-user"), UNATTENDED, expires=int(row.frame.get("expires"))))


def _expiries(recording: Recording) -> Iterator[Act]:
    for row in recording.received():
        if row.frame.get("Event-Subclass") == "sofia::expire":
            yield Act(row.t, expires=row.frame.get("user") or row.frame.get("from-user"))
