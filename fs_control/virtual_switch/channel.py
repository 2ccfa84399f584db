"""One channel: its state, its flags, its variables, and the events that say so.

Owns what switch_channel.c owns: a channel changes only through its methods, and each change fires its event. It runs
nothing (that is the session's) and knows no sockets. Easy to break: hanging up is asked for once and takes effect in
two steps, `state` at once and everything else when the session gets to it; in between the channel is down but alive.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from fs_control.virtual_switch.bus import EventBus, Header
from fs_control.virtual_switch.event_names import READ_CODEC_SITE, CallSite
from fs_control.virtual_switch.flags import Flags
from fs_control.virtual_switch.headers import channel_headers, codec_headers
from fs_control.virtual_switch.profile import PROFILE_FIELDS, CallerProfile
from fs_control.virtual_switch.states import CallState, ChannelState, Direction
from fs_control.virtual_switch.timing import FRAME_US, Timing
from fs_control.virtual_switch.variables import Variables, expand

DIGITS = frozenset("0123456789*#ABCDabcd")
DIGIT_SAMPLES = 2000
"""DTMF-Duration of a digit without a length of its own: 250 ms at 8000 Hz."""


@dataclass(frozen=True, slots=True)
class Digit:
    """One key, and how it came: RTP from a phone, APP from `uuid_recv_dtmf`."""

    key: str
    source: str
    sensitive: bool = False
    """No event tells it, and no list of the keys dialled."""


class Channel:
    """One leg of a call."""

    def __init__(
        self,
        bus: EventBus,
        timing: Timing,
        find: Callable[[str], Channel | None],
        everywhere: Mapping[str, str],
        uuid: str,
        direction: Direction,
    ) -> None:
        self._bus = bus
        self._timing = timing
        self._find = find
        self._everywhere = everywhere
        """The global variables."""
        self.uuid = uuid
        self.direction = direction
        self.name = ""
        self.state = ChannelState.NEW if direction is Direction.INBOUND else ChannelState.INIT
        self.running_state = ChannelState.NEW
        self.call_state = CallState.DOWN
        self.flags = Flags()
        self.hangup_cause = ""
        self._hang_up_asked_us = 0
        self.profile: CallerProfile | None = None
        self.past_profiles: list[CallerProfile] = []
        """Those before it, the first one first."""
        self.other_leg: CallerProfile | None = None
        self.other_type = ""
        self.variables = Variables()
        self.digits: deque[Digit] = deque(maxlen=100)
        self.digits_pressed = ""
        self.bound_keys: dict[str, Callable[[], None]] = {}
        """What keys of the phone do instead of being told, once one is bound (bind_digit_action)."""
        self.has_media = False
        self.read_codec = self.write_codec = "PCMU"
        self.holds: list[tuple[int, int]] = []
        """When the leg was held, from and to in microseconds; 0: still is."""
        self.played_us = 0
        """How much sound of prompts was sent, but for what is being played."""
        self.plays_since: int | None = None
        """When what is being played began, had it not been interrupted."""
        self.spoken_us = 0
        """How much sound came from the phone, but for what it says just now."""
        self.speaks_since: int | None = None
        self.silent_since = 0
        """When it last fell silent."""
        self.applications: list[tuple[str, str | None]] = []
        self.application_stamps: list[int] = []
        """When each of them began, in microseconds."""
        self.shown_application: tuple[str, str | None] = ("", None)
        """The last of which an event told: `show channels` lists that one."""
        self.listeners: list[Channel] = []
        """Who listens in on it, and is shown what its phone is shown."""
        self.on_change: list[Callable[[], None]] = []
        """Called when the channel has something new for its session or the wires that hold it; must not wait."""

    # What is so.

    @property
    def answered(self) -> bool:
        """Whether the call has been answered."""
        return self.flags.answered

    @property
    def early_media(self) -> bool:
        """Whether sound flows before the answer."""
        return self.flags.early_media

    @property
    def hit_dialplan(self) -> bool:
        """Whether the channel stands where a caller stands (Channel-HIT-Dialplan)."""
        return self.flags.dialplan

    @property
    def down(self) -> bool:
        """Whether the channel is hung up or on its way there."""
        return self.state >= ChannelState.HANGUP

    @property
    def ready(self) -> bool:
        """Whether an application may go on: alive, in the state it runs in, and not moved elsewhere."""
        return (
            not self.hangup_cause
            and ChannelState.ROUTING < self.state < ChannelState.HANGUP
            and self.state is not ChannelState.RESET
            and self.state is self.running_state
            and not self.flags.transfer
        )

    @property
    def media_ready(self) -> bool:
        """Whether sound can be played."""
        return (self.flags.answered or self.flags.early_media) and self.has_media

    @property
    def sent_us(self) -> int:
        """How much sound of prompts was sent."""
        return self.played_us + (0 if self.plays_since is None else self._timing.now_us() - self.plays_since)

    @property
    def heard_us(self) -> int:
        """How much sound came from the phone."""
        return self.spoken_us + (0 if self.speaks_since is None else self._timing.now_us() - self.speaks_since)

    @property
    def partner(self) -> Channel | None:
        """The leg this one is tied to and that is not hung up (switch_channel_get_partner_uuid)."""
        bond = self.variables.get("signal_bond") or self.variables.get("originate_signal_bond")
        other = self._find(bond) if bond else None
        return None if other is None or other.down else other

    def lookup(self, name: str) -> str | None:
        """A variable, or else one of the profile's fields, or else a global one (switch_channel_get_variable_dup)."""
        value = self.variables.get(name)
        if value is None and self.profile is not None and name in PROFILE_FIELDS:
            value = PROFILE_FIELDS[name](self.profile)
        return self._everywhere.get(name) if value is None else value

    def expand(self, text: str) -> str:
        """Replace `${name}` by variables."""
        return expand(text, self.lookup)

    # What happens.

    def fire(
        self,
        name: str,
        extra: Iterable[Header] = (),
        *,
        before: Iterable[Header] = (),
        site: CallSite | None = None,
        subclass: str | None = None,
    ) -> None:
        """Fire an event of this channel, with headers before and after those that describe it."""

        def describe() -> list[Header]:
            return [*before, *channel_headers(self, name), *extra]

        self._bus.fire(name, describe, channel=self.uuid, site=site, subclass=subclass)

    def changed(self) -> None:
        """Tell the session and the wires that there is news."""
        for listener in tuple(self.on_change):
            listener()

    def set_state(self, state: ChannelState) -> None:
        """Ask for a state; a channel that is down never comes back up."""
        if state is self.state or (self.down and state < self.state):
            return
        self.state = state
        self.changed()

    def enter(self, state: ChannelState) -> None:
        """Run a state: the session's step, with its events."""
        self.running_state = state
        if self.flags.next_uuid_bridge_originator:
            self.flags.uuid_bridge_originator, self.flags.next_uuid_bridge_originator = True, False
        if self.direction is Direction.INBOUND and state < ChannelState.HANGUP:
            if state is ChannelState.ROUTING:
                self.set_call_state(CallState.RINGING)
            elif self.flags.answered:
                self.set_call_state(CallState.ACTIVE)
            elif self.flags.early_media:
                self.set_call_state(CallState.EARLY)
        self.fire("CHANNEL_STATE")
        self.flags.transfer = self.flags.redirect = False

    def set_call_state(self, call_state: CallState) -> None:
        """Say what the call is doing; HANGUP is final."""
        old = self.call_state
        if old is call_state or old is CallState.HANGUP:
            return
        self.call_state = call_state
        before = (("Original-Channel-Call-State", old.name), ("Channel-Call-State-Number", str(call_state.value)))
        self.fire("CHANNEL_CALLSTATE", before=before)

    def mark_ring_ready(self) -> None:
        """The other end rings."""
        if self.flags.ring_ready or self.flags.answered:
            return
        self.flags.ring_ready = True
        if self.profile is not None and not self.profile.times.progress:
            self.profile.times.progress = self._timing.stamp_us()
            self._tell_originator(self.profile.times.progress)
        self.fire("CHANNEL_PROGRESS")
        self.set_call_state(CallState.RINGING)
        self.changed()

    def _tell_originator(self, moment: int) -> None:
        """The caller for whom this leg is dialled notes when it rang, too."""
        if self.other_leg is None or self.other_type != "originator":
            return
        self.other_leg.times.progress = moment
        caller = self._find(self.other_leg.uuid)
        if caller is not None and caller.profile is not None and not caller.profile.times.progress:
            caller.profile.times.progress = moment

    def _tell_originator_of_media(self, moment: int) -> None:
        if self.other_leg is None or self.other_type != "originator":
            return
        self.other_leg.times.progress_media = moment
        caller = self._find(self.other_leg.uuid)
        if caller is not None and caller.profile is not None:
            caller.profile.times.progress_media = moment

    def begin_dialling(self) -> None:
        """Somebody is rung for this channel (CF_ORIGINATOR)."""
        if self.flags.answered and not self.down:
            self.set_call_state(CallState.RING_WAIT)

    def end_dialling(self) -> None:
        """Nobody is rung for it any more."""
        if self.flags.answered and not self.down:
            self.set_call_state(CallState.ACTIVE)

    def mark_early_media(self) -> None:
        """Sound flows before the answer."""
        if self.flags.early_media or self.flags.answered or self.down:
            return
        self.flags.early_media = True
        self.variables.set("endpoint_disposition", "EARLY MEDIA")
        if self.profile is not None:
            self.profile.times.progress_media = self._timing.stamp_us()
            self._tell_originator_of_media(self.profile.times.progress_media)
        self.fire("CHANNEL_PROGRESS_MEDIA")
        self.set_call_state(CallState.EARLY)
        self.changed()

    def mark_answered(self) -> None:
        """The call is answered."""
        if self.down or self.flags.answered:
            return
        if self.profile is not None:
            self.profile.times.answered = self._timing.stamp_us()
        self.flags.answered = True
        self.fire("CHANNEL_ANSWER")
        self.variables.set("endpoint_disposition", "ANSWER")
        self.set_call_state(CallState.ACTIVE)
        self.changed()

    def mark_held(self) -> None:
        """The leg holds the call."""
        if self.flags.leg_holding or not self.flags.answered or self.down or self.profile is None:
            return
        self.flags.leg_holding = True
        self.set_call_state(CallState.HELD)
        self.profile.times.last_hold = self._timing.now_us()
        self.holds.append((self.profile.times.last_hold, 0))

    def mark_unheld(self) -> None:
        """The leg takes the call back; it becomes active again with the answer to its re-INVITE."""
        if not self.flags.leg_holding or self.profile is None:
            return
        self.flags.leg_holding = False
        self.set_call_state(CallState.UNHELD)
        began, now = self.holds[-1][0], self._timing.now_us()
        self.profile.times.hold_accum += now - began
        self.holds[-1] = (began, now)

    def let_go_of_hold(self) -> None:
        """End the hold of a leg that leaves (switch_channel_mark_hold)."""
        self.mark_unheld()
        self.fire("CHANNEL_UNHOLD")

    def use_read_codec(self, name: str) -> None:
        """Read sound in another form for a while (`record`)."""
        self.read_codec = name
        self.variables.set("read_codec", name)
        self.variables.set("read_rate", "8000")

    def tell_codecs(self) -> None:
        """Say in what form sound is read and written (switch_core_codec.c)."""
        for side, codec, site in (("read", self.read_codec, READ_CODEC_SITE), ("write", self.write_codec, None)):
            self.fire("CODEC", codec_headers(side, codec), site=site)

    def mark_bridged_now(self) -> None:
        """Note the moment of a bridge."""
        if self.profile is not None:
            self.profile.times.bridged = self._timing.stamp_us()

    def show(self, name: str, number: str) -> None:
        """Tell its phone whom it talks with, and so whoever listens in (switch_ivr_eavesdrop_update_display)."""
        for each in (self, *self.listeners):
            each.variables.set("last_sent_callee_id_name", name)
            each.variables.set("last_sent_callee_id_number", number)

    def hang_up(self, cause: str) -> None:
        """End the call; only the first cause counts."""
        if self.down:
            return
        if self.flags.leg_holding:
            self.let_go_of_hold()
            self.flags.hangup_held = True
        self.state = ChannelState.HANGUP
        self._hang_up_asked_us = self._timing.stamp_us()
        self.hangup_cause = cause
        self._tell_partner(cause)
        if self.flags.bridge_originator:
            self.variables.set("last_bridge_role", "originator")
        elif self.flags.bridged:
            self.variables.set("last_bridge_role", "originatee")
        self.fire("CHANNEL_HANGUP")
        self.changed()

    def _tell_partner(self, cause: str) -> None:
        """Leave the reason with the other leg, if it is still there to read it (switch_channel_perform_hangup)."""
        partner = self.partner
        if partner is not None:
            partner.variables.set("last_bridge_hangup_cause", cause)
            specific = self.variables.get("proto_specific_hangup_cause")
            if specific is not None:
                partner.variables.set("last_bridge_proto_specific_hangup_cause", specific)

    def note_hangup_time(self) -> None:
        """Note the moment of the hang-up: when the session gets to it, which takes a frame at most.

        (switch_core_session_hangup_state.) In a box whose time runs faster than life more of it may have passed.
        """
        if self.profile is not None and not self.profile.times.hungup:
            now = self._timing.stamp_us()
            self.profile.times.hungup = min(now, self._hang_up_asked_us + FRAME_US) if self._hang_up_asked_us else now

    def step_profile(self, own_uuid: str) -> CallerProfile | None:
        """Take the next caller profile (a bridge by uuid, a transfer)."""
        if self.profile is not None:
            self.past_profiles.append(self.profile)
            self.profile = self.profile.stepped(self._timing.stamp_us(), own_uuid)
            dialled_back = self.direction is Direction.OUTBOUND and self.flags.dialplan
            self.profile.logical_direction = Direction.INBOUND if dialled_back else None
        return self.profile

    def stop_broadcast(self) -> None:
        """End the application that a controller sent, if one runs (switch_channel_stop_broadcast)."""
        if self.flags.broadcast:
            self.flags.stop_broadcast = self.flags.break_requested = True
            self.changed()

    def request_break(self) -> None:
        """End what plays (uuid_break)."""
        if self.flags.broadcast:
            self.stop_broadcast()
            return
        self.flags.break_requested = True
        self.changed()

    def begin_to_speak(self) -> None:
        """Sound comes from the phone."""
        self.speaks_since = self._timing.now_us()
        self.changed()

    def fall_silent(self) -> None:
        """No sound comes from the phone any more."""
        self.spoken_us, self.silent_since, self.speaks_since = self.heard_us, self._timing.now_us(), None
        self.changed()

    def press(self, keys: str, source: str, *, by_phone: bool = True) -> int:
        """Queue keys as if the caller had pressed them, or do what they are bound to; how many were keys at all."""
        if by_phone and self.bound_keys:
            known, keys = keys, self._press_bound(keys)
            if not keys:
                return sum(key in DIGITS for key in known)
        sensitive = self.variables.is_true("sensitive_dtmf")
        digits = [Digit(key, source, sensitive) for key in keys if key in DIGITS]
        self.digits.extend(digits)
        if digits:
            self.changed()
        return len(digits)

    def _press_bound(self, keys: str) -> str:
        """Do what keys are bound to, and return the others: they are queued as ever."""
        others = ""
        for key in keys:
            bound = self.bound_keys.get(key)
            self.variables.set("last_non_matching_digits" if bound is None else "last_matching_digits", key)
            if bound is None:
                others += key
            else:
                bound()
        return others

    def take_digit(self) -> str | None:
        """Take the next key from the queue, or None; this is when its DTMF event is fired."""
        if not self.digits:
            return None
        digit = self.digits.popleft()
        if digit.sensitive:
            return digit.key
        self.digits_pressed += digit.key
        extra = (
            ("DTMF-Digit", digit.key),
            ("DTMF-Duration", str(DIGIT_SAMPLES)),
            ("DTMF-Source", digit.source),
        )
        self.fire("DTMF", extra)
        return digit.key
