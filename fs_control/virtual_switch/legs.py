"""One dialled leg before it rings: where an address leads, its channel, profile and first variables.

Owns the directory's answer to `user/NUMBER`, the endpoint of `sofia/PROFILE/USER@HOST:PORT`, and launching the leg's
session so that its INVITE goes out. It waits for nobody: that is `dialling`. Easy to break: a phone that cannot be
found fails before there is any channel, so without any event (traces bridge-unregistered, originate-results).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fs_control.virtual_switch.dial_string import split_user
from fs_control.virtual_switch.phones import Entry
from fs_control.virtual_switch.place import GATEWAY, HOST
from fs_control.virtual_switch.profile import CallerProfile, Times
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import ChannelState, Direction

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

GATEWAY_PORT = 6100
"""Where it leads, for a number that nobody has."""
GATEWAY_PREFIX = "gateway/"

NOBODY = "0000000000"
"""SWITCH_DEFAULT_CLID_NUMBER: who calls when nobody said."""


@dataclass(frozen=True, slots=True)
class User:
    """A user of the directory and the dial string that reaches its phone."""

    number: str
    domain: str
    dial: str


def find_user(core: Core, address: str) -> User | None:
    """Look up `NUMBER[@DOMAIN]`; a user without a registration is reached at an error endpoint."""
    number, domain = split_user(address)
    entry = core.phones.find(number)
    if entry is None:
        return None
    contact = "error/user_not_registered" if entry.registration is None else entry.contact
    domain = domain or HOST
    return User(number, domain, f"{{presence_id={number}@{domain}}}{contact}")


def profile_for(caller: CallerProfile | None, name: str, number: str) -> CallerProfile:
    """The profile with which a leg is dialled: the caller's own, or one of a call that begins with us."""
    if caller is None:
        return CallerProfile(
            Direction.OUTBOUND,
            "",
            "",
            "",
            caller_id_name=name,
            caller_id_number=number or NOBODY,
            orig_caller_id_name=name,
            orig_caller_id_number=number or NOBODY,
            ani=number or NOBODY,
            source="src/switch_ivr_originate.c",
        )
    return replace(
        caller,
        direction=Direction.OUTBOUND,
        caller_id_name=name or caller.caller_id_name,
        caller_id_number=number or caller.caller_id_number,
        transfer_source="",
        logical_direction=None,
        times=Times(),
    )


def make_leg(core: Core, address: str, variables: Mapping[str, str], profile: CallerProfile) -> Session | str:
    """Make the channel of `PROFILE/USER@HOST:PORT` or `gateway/NAME/NUMBER`, not launched yet; or why there is none."""
    if address.startswith(GATEWAY_PREFIX):
        return _through_gateway(core, address.removeprefix(GATEWAY_PREFIX), variables, profile)
    user, _, place = address.partition("/")[2].removeprefix("sip:").partition("@")
    port = place.partition(";")[0].rpartition(":")[2]
    if not port.isdecimal() or not 0 < int(port[:6]) < 65536:
        return "NORMAL_TEMPORARY_FAILURE"
    leg = Leg(user, int(port), core.phones.at_port(int(port)))
    return _make(core, leg, variables, profile)


def _through_gateway(core: Core, address: str, variables: Mapping[str, str], profile: CallerProfile) -> Session | str:
    """Whoever has the number plays it, at the port where the gateway leads; with an unknown number nobody does."""
    name, _, number = address.partition("/")
    if name != GATEWAY:
        return "INVALID_GATEWAY"
    entry = core.phones.find(number)
    port = entry.phone.contact_port if entry is not None else 0
    return _make(core, Leg(number, port or GATEWAY_PORT, entry, name), variables, profile)


def _make(core: Core, leg: Leg, variables: Mapping[str, str], profile: CallerProfile) -> Session | str:
    uuid = variables.get("origination_uuid") or core.new_uuid()
    if core.find_session(uuid) is not None or not core.throttle.admits(len(core.sessions)):
        return "DESTINATION_OUT_OF_ORDER"
    session = core.new_session(Direction.OUTBOUND, uuid)
    session.leg = leg
    _describe(session, profile, leg)
    session.take_over({ChannelState.ROUTING: _to_consume_media, ChannelState.CONSUME_MEDIA: lambda _: False})
    return session


@dataclass(frozen=True, slots=True)
class Leg:
    """Where a leg goes: the user part, the port, and the phone that listens there, if any."""

    user: str
    port: int
    entry: Entry | None
    gateway: str = ""
    """The gateway by which it goes, if it does."""


def _describe(session: Session, profile: CallerProfile, leg: Leg) -> None:
    channel, user = session.channel, leg.user
    channel.name = f"sofia/internal/{user}" if leg.gateway else f"sofia/internal/{user}@{HOST}:{leg.port}"
    now = session.core.timing.stamp_us()
    channel.profile = replace(
        profile,
        uuid=channel.uuid,
        channel_name=channel.name,
        destination_number=user,
        callee_id_name="Outbound Call",
        callee_id_number=user,
        index=1,
        own_uuid=session.core.new_uuid(),
        times=Times(profile_created=now, created=now),
    )
    session.core.sip.dial(session, user, HOST, leg.port)


def _to_consume_media(session: Session) -> bool:
    session.channel.set_state(ChannelState.CONSUME_MEDIA)
    return False


def launch(session: Session) -> None:
    """Let a leg run: its INVITE goes out."""
    leg = session.leg
    if leg is None:
        return
    call = session.core.phones.call(session, leg.entry, leg.user, leg.port)
    session.core.sip.dialled(session, leg.user, HOST, leg.port)
    session.start()
    session.wait_until_running(ChannelState.CONSUME_MEDIA)
    call.invited()
