"""The endpoint `loopback/EXTENSION[/CONTEXT[/DIALPLAN]]`: a call that the switch makes to its own dialplan.

Owns the pair of channels of mod_loopback: leg A is dialled, leg B stands in the dialplan as a caller, and what happens
to the one happens to the other (trace header-traps). There is no phone and no SIP. Easy to break: both carry the
variables of the dialling, but each its own uuid, and neither ends without the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch.profile import CallerProfile, Times
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import ChannelState, Direction

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

CODEC: Final = "L16"
ONLY_LEG_A: Final = frozenset(("originate_early_media", "originate_endpoint"))


@dataclass(slots=True)
class Loop:
    """What one leg's far end is: the other leg (a Peer)."""

    other: Session

    def answered(self) -> None:
        """The one answers, so the other is answered."""
        self.other.channel.mark_answered()

    def hears(self, prompt: str, *, begins: bool) -> None:
        """Sound goes round; nobody notes it."""

    def talks(self, other: str, *, begins: bool) -> None:
        """Nobody minds."""

    def ended(self, cause: str) -> None:
        """The one ends, so the other does."""
        self.other.channel.hang_up(cause)


def make_loopback(core: Core, address: str, variables: Mapping[str, str], profile: CallerProfile) -> Session | str:
    """Make leg A of a loop, not launched yet; or the cause why there is none."""
    extension, context, dialplan = [*address.split("/", 2), "", ""][:3]
    uuid = variables.get("origination_uuid") or core.new_uuid()
    if core.find_session(uuid) is not None or not core.throttle.admits(len(core.sessions)):
        return "DESTINATION_OUT_OF_ORDER"
    described = replace(
        profile,
        destination_number=extension,
        callee_id_name="Outbound Call",
        callee_id_number=address.rpartition("/")[2],
        source="mod_loopback",
        context=context or "default",
        dialplan=dialplan or "xml",
        index=1,
    )
    session = core.new_session(Direction.OUTBOUND, uuid)
    _describe(session, described, "a", outbound=(("is_outbound", "true"),))
    session.channel.variables.set("channel_name", session.channel.name)
    session.take_over({ChannelState.ROUTING: _to_consume_media, ChannelState.CONSUME_MEDIA: lambda _: False})
    return session


def launch_loop(session: Session) -> None:
    """Let leg A run, and leg B go into the dialplan."""
    core, channel = session.core, session.channel
    other = core.new_session(Direction.INBOUND, core.new_uuid())
    assert channel.profile is not None
    profile = replace(channel.profile, direction=Direction.INBOUND)
    handed_on = [(name, value) for name, value in channel.variables if name not in ONLY_LEG_A]
    _describe(other, profile, "b", channel_name=f"loopback/{profile.destination_number}-b")
    known = {name for name, _ in other.channel.variables} | {"is_outbound"}
    other.channel.variables.update(pair for pair in handed_on if pair[0] not in known)
    for one, far, name in ((session, other, "A"), (other, session, "B")):
        one.channel.variables.set("other_loopback_leg_uuid", far.channel.uuid)
        one.channel.variables.set("loopback_leg", name)
        one.peer = Loop(far)
    other.channel.state = ChannelState.INIT
    session.start()
    session.wait_until_running(ChannelState.CONSUME_MEDIA)
    other.start()


def _describe(
    session: Session,
    profile: CallerProfile,
    leg: str,
    outbound: Iterable[tuple[str, str]] = (),
    channel_name: str = "",
) -> None:
    channel, core = session.channel, session.core
    channel.name = f"loopback/{profile.destination_number}-{leg}"
    now = core.timing.stamp_us()
    times = Times(profile_created=now, created=now)
    channel.profile = replace(
        profile, uuid=channel.uuid, channel_name=channel.name, own_uuid=core.new_uuid(), times=times
    )
    channel.has_media = True
    channel.read_codec = channel.write_codec = CODEC
    channel.variables.update(
        [
            ("direction", channel.direction.value),
            *outbound,
            ("uuid", channel.uuid),
            ("call_uuid", channel.uuid),
            ("session_id", str(session.number)),
            ("channel_name", channel_name),
            ("read_codec", CODEC),
            ("read_rate", "8000"),
            ("write_codec", CODEC),
            ("write_rate", "8000"),
        ]
    )


def _to_consume_media(session: Session) -> bool:
    session.channel.set_state(ChannelState.CONSUME_MEDIA)
    return False


def is_loop(session: Session) -> bool:
    """Whether a channel has no SIP because its far end is another channel."""
    return isinstance(session.peer, Loop)
