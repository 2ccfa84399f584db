"""Dialling a phone: the api command `originate`.

Owns switch_ivr_originate for one leg: where an address leads, the leg's profile and variables, waiting for the answer,
and the cause when there is none (traces originate-results, bridge-busy, -declined, -no-answer, -unregistered,
-unreachable). Easy to break: a phone that cannot be found fails before there is any channel, so without any event.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gevent.event import Event as Signal

from fs_control.virtual_switch.bridge import flip_caller_id
from fs_control.virtual_switch.causes import cause_named
from fs_control.virtual_switch.dial_string import DialString, parse_dial_string, separate, split_user
from fs_control.virtual_switch.phones import HOST, Entry
from fs_control.virtual_switch.profile import CallerProfile
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import ChannelState, Direction
from fs_control.virtual_switch.transfer import transfer
from fs_control.virtual_switch.variables import is_true

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

DEFAULT_TIMEOUT_SECONDS = 60
NOBODY = "0000000000"
USAGE = (
    "-USAGE: <call url> <exten>|&<application_name>(<app_args>) [<dialplan>] [<context>] [<cid_name>] [<cid_num>]"
    " [<timeout_sec>]\n"
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a leg goes: the user, the port, the phone that listens there, and the user's address of record."""

    user: str
    port: int
    entry: Entry | None
    aor: tuple[str, str] | None


def originate(core: Core, argument: str) -> str:
    """The api command: dial, and when answered run an application or an extension."""
    words: list[str | None] = [None if word == "undef" else word for word in separate(argument, " ")]
    if not 2 <= len(words) <= 7 or words[0] is None or words[1] is None:
        return USAGE
    dial, then, dialplan, context, name, number, timeout = [*words, *[None] * 5][:7]
    assert dial is not None
    assert then is not None
    seconds = _seconds(timeout, DEFAULT_TIMEOUT_SECONDS)
    session, cause = dial_leg(core, parse_dial_string(dial), name or "", number or "", seconds)
    if session is None:
        return f"-ERR {cause}\n"
    try:
        _continue(session, then, dialplan, context)
        return f"+OK {session.channel.uuid}\n"
    finally:
        session.release()


def _continue(session: Session, then: str, dialplan: str | None, context: str | None) -> None:
    channel = session.channel
    session.take_over({})
    flip_caller_id(channel)
    channel.flags.dialplan = True
    if not then.startswith("&") or len(then) < 2:
        transfer(session, then, dialplan or "XML", context or "default")
        return
    application, _, argument = then[1:].partition(")")[0].partition("(")
    session.actions.append((application, argument or None))
    channel.set_state(ChannelState.EXECUTE)


def dial_leg(core: Core, dial: DialString, name: str, number: str, seconds: float) -> tuple[Session | None, str]:
    """Dial one leg and wait for its answer: the held session, or None and why not."""
    target = resolve(core, dial)
    if isinstance(target, str):
        return None, target
    variables = dict(dial.variables)
    uuid = variables.get("origination_uuid") or core.new_uuid()
    if core.find_session(uuid) is not None:
        return None, "DESTINATION_OUT_OF_ORDER"
    session = core.new_session(Direction.OUTBOUND, uuid)
    _describe(session, dial, target, name, number)
    call = core.phones.call(session, target.entry, target.user, target.port)
    session.take_over(
        {
            ChannelState.ROUTING: _to_consume_media,
            ChannelState.CONSUME_MEDIA: lambda _: False,
        }
    )
    session.hold()
    session.start()
    session.wait_until_running(ChannelState.CONSUME_MEDIA)
    call.invited()
    cause = _wait_for_answer(session, _limit(variables, seconds))
    if cause:
        session.release()
        return None, cause
    channel = session.channel
    channel.variables.update(dial.variables)
    channel.variables.set("originate_early_media", _takes_early_media(variables))
    channel.variables.set("originate_endpoint", dial.kind)
    return session, ""


def resolve(core: Core, dial: DialString) -> Target | str:
    """Where a dial string leads, or the cause why it leads nowhere."""
    match dial.kind:
        case "user":
            user, domain = split_user(dial.address)
            entry = core.phones.find(user)
            if entry is None:
                return "SUBSCRIBER_ABSENT"
            if entry.registration is None:
                return "USER_NOT_REGISTERED"
            return Target(user, entry.port, entry, (user, domain or HOST))
        case "sofia":
            user, _, place = dial.address.partition("/")[2].removeprefix("sip:").partition("@")
            port = place.partition(";")[0].rpartition(":")[2]
            if not port.isdecimal() or not 0 < int(port[:6]) < 65536:
                return "NORMAL_TEMPORARY_FAILURE"
            return Target(user, int(port), core.phones.at_port(int(port)), None)
        case "error":
            return cause_named(dial.address)
    return "CHAN_NOT_IMPLEMENTED"


def _to_consume_media(session: Session) -> bool:
    session.channel.set_state(ChannelState.CONSUME_MEDIA)
    return False


def _describe(session: Session, dial: DialString, target: Target, name: str, number: str) -> None:
    """Give a new leg its name, profile and variables."""
    channel = session.channel
    variables = dict(dial.variables)
    caller_number = variables.get("origination_caller_id_number") or number or NOBODY
    caller_name = variables.get("origination_caller_id_name") or name
    channel.name = f"sofia/internal/{target.user}@{HOST}:{target.port}"
    now = session.core.timing.stamp_us()
    profile = CallerProfile(
        Direction.OUTBOUND,
        channel.uuid,
        channel.name,
        target.user,
        caller_id_name=caller_name,
        caller_id_number=caller_number,
        orig_caller_id_name=caller_name,
        orig_caller_id_number=caller_number,
        callee_id_name=variables.get("origination_callee_id_name") or "Outbound Call",
        callee_id_number=variables.get("origination_callee_id_number") or target.user,
        ani=caller_number,
        source="src/switch_ivr_originate.c",
        index=1,
        own_uuid=session.core.new_uuid(),
    )
    profile.times.profile_created = profile.times.created = now
    channel.profile = profile
    session.core.sip.dial(session, target.user, HOST, target.port)
    channel.variables.update(dial.variables)
    if target.aor is not None:
        user, domain = target.aor
        channel.variables.update(
            [("dialed_user", user), ("dialed_domain", domain), ("presence_id", f"{user}@{domain}")]
        )
    channel.variables.set("originate_early_media", _takes_early_media(variables))
    channel.variables.set("originate_endpoint", "sofia")
    session.core.sip.dialled(session, target.user, HOST, target.port)


def _takes_early_media(variables: dict[str, str]) -> str:
    return "false" if is_true(variables.get("ignore_early_media")) else "true"


def _limit(variables: dict[str, str], seconds: float) -> float:
    """How long to let it ring: the shortest of what was said."""
    total = _seconds(variables.get("originate_timeout"), seconds)
    return min(total, _seconds(variables.get("leg_timeout"), total))


def _seconds(text: str | None, default: float) -> float:
    """A number of seconds; anything else, and 0, is the default."""
    if text is None or not text.isdecimal() or len(text) > 6:
        return default
    return float(text) or default


def _wait_for_answer(session: Session, seconds: float) -> str:
    """Wait until the leg is answered (""), ends, or has rung long enough; the cause of not being answered."""
    channel, timing = session.channel, session.core.timing
    news = Signal()
    channel.on_change.append(news.set)
    deadline = timing.now_us() + round(seconds * 1_000_000)
    try:
        while not channel.answered and not channel.down:
            if not news.wait(timeout=timing.real_seconds_until(deadline)):
                channel.hang_up("NO_ANSWER")
            news.clear()
    finally:
        channel.on_change.remove(news.set)
    if not channel.down:
        # The loop that waits for the answer looks once per frame.
        session.skip_frames(1)
    return channel.hangup_cause
