"""What a session does in each state when nobody has taken the state over.

Owns the standard behaviour of switch_core_state_machine.c: find an extension, run its applications, park, hang up,
report. The table at the end is all there is; states that are not in it only wait. Easy to break: a channel whose last
application has run is hung up, and a channel that nobody routes ends with NO_ROUTE_DESTINATION.
"""

from __future__ import annotations

from collections.abc import Callable

from fs_control.virtual_switch.causes import NORMAL_CLEARING, Q850
from fs_control.virtual_switch.cdr_files import write_cdr
from fs_control.virtual_switch.dial_string import separate
from fs_control.virtual_switch.parking import park
from fs_control.virtual_switch.recording import stop_recording
from fs_control.virtual_switch.report import report_variables
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import CallState, ChannelState, Direction
from fs_control.virtual_switch.uuid_bridge import flip_caller_id


def on_init(session: Session) -> None:
    """Announce the channel and send it on its way."""
    channel = session.channel
    channel.set_state(ChannelState.ROUTING)
    channel.fire("CHANNEL_CREATE")
    if channel.direction is Direction.OUTBOUND:
        channel.fire("CHANNEL_ORIGINATE")


def on_routing(session: Session) -> None:
    """Find the extension for the dialled number."""
    channel = session.channel
    if channel.direction is Direction.OUTBOUND and not channel.flags.dialplan:
        flip_caller_id(channel)
        channel.flags.dialplan = True
    elif channel.direction is Direction.INBOUND and channel.flags.called:
        flip_caller_id(channel)  # it was fetched by uuid_bridge, and calls again (switch_channel_sort_cid)
        channel.flags.called = False
    profile = channel.profile
    if profile is not None and profile.dialplan.lower() == "inline":
        session.actions.clear()
        session.actions.extend(inline_actions(profile.destination_number))
        if profile.rdnis:
            profile.destination_number, profile.rdnis = profile.rdnis, ""
        channel.set_state(ChannelState.EXECUTE)
        channel.fire("PRESENCE_IN")
        return
    find, variable = session.core.dialplan.find, channel.variables.get
    match = None if profile is None else find(profile.destination_number, profile.context, variable)
    if match is None:
        channel.hang_up("NO_ROUTE_DESTINATION")
        return
    channel.variables.set("DP_MATCH", None)
    for group in match.groups:
        channel.variables.push("DP_MATCH", group)
    channel.variables.set("call_uuid", channel.uuid)
    session.actions.clear()
    session.actions.extend((action.application, match.filled_in(action.data)) for action in match.extension.actions)
    channel.set_state(ChannelState.EXECUTE)
    channel.fire("PRESENCE_IN")


def inline_actions(text: str) -> list[tuple[str, str | None]]:
    """The dialplan `inline`: `application:argument,application:argument` (`m:X:` at the start: X separates)."""
    separator = ","
    if text.startswith("m:") and len(text) > 3 and text[3] == ":":
        separator, text = text[2], text[4:]
    pairs = (part.partition(":") for part in separate(text, separator))
    return [(name, argument or None) for name, _, argument in pairs if name]


def on_execute(session: Session) -> None:
    """Run the extension's applications one after the other."""
    channel = session.channel
    channel.variables.set("call_uuid", channel.uuid)
    while channel.state is ChannelState.EXECUTE and session.actions:
        application, data = session.actions.popleft()
        if not session.execute(application, data):
            return
    if channel.ready and channel.state is ChannelState.EXECUTE:
        channel.hang_up(NORMAL_CLEARING)


def on_park(session: Session) -> None:
    """Wait in limbo for a controller."""
    park(session)


def on_reset(session: Session) -> None:
    """Forget whom the channel was joined with."""
    session.channel.variables.set("call_uuid", session.channel.uuid)


def on_hangup(session: Session) -> None:
    """Tell the phone, and write down how it ended."""
    channel = session.channel
    stop_recording(session, "all")
    channel.note_hangup_time()
    channel.flags.broadcast = channel.flags.stop_broadcast = False
    channel.variables.set("hangup_cause", channel.hangup_cause)
    channel.variables.set("hangup_cause_q850", str(Q850.get(channel.hangup_cause, 16)))
    channel.variables.update(report_variables(channel))
    channel.set_call_state(CallState.HANGUP)
    session.core.sip.hung_up(session)
    if session.peer is not None:
        session.peer.ended(channel.hangup_cause)
    channel.fire("PRESENCE_IN")
    channel.set_state(ChannelState.REPORTING)


def on_reporting(session: Session) -> None:
    """The last word about the call: its file first, then its event (switch_core_session_reporting_state)."""
    channel, settings = session.channel, session.core.settings
    if settings.cdr_folder is not None:
        write_cdr(settings.cdr_folder, session.core.uuid, settings.hostname, channel)
    channel.fire("CHANNEL_HANGUP_COMPLETE", before=(("Hangup-Cause", channel.hangup_cause),))


STATE_HANDLERS: dict[ChannelState, Callable[[Session], None]] = {
    ChannelState.INIT: on_init,
    ChannelState.ROUTING: on_routing,
    ChannelState.EXECUTE: on_execute,
    ChannelState.PARK: on_park,
    ChannelState.RESET: on_reset,
    ChannelState.HANGUP: on_hangup,
    ChannelState.REPORTING: on_reporting,
}
