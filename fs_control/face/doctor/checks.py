"""Is the switch in a state to take our calls: one small function for each thing that can be wrong with it.

Pure: facts and settings in, a `Finding` out. Easy to break: what the switch does not tell is `skipped` and never well;
the limits here are the ones that docs/operators.md names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import Final

from fs_control.errors import NoReply, RemoteFault
from fs_control.face.doctor import questions, sip_checks
from fs_control.face.doctor.facts import SwitchFacts
from fs_control.face.doctor.findings import Finding, Item, bad, ok, skipped, warning
from fs_control.settings import Settings, SwitchSettings

KNOWN: Final = (1, 10)
"""The release of FreeSWITCH that the traces come from."""

LEAST_PER_SECOND: Final = 60
"""20 callers a second, each with a leg of their own and two phones rung for them."""

LEGS_OF_A_CALL: Final = 2

CLOCK_WARNING_US: Final = 1_000_000
CLOCK_BAD_US: Final = 60_000_000
"""Records have leg times by the switch's clock and everything else by ours."""

SHIPPED_PASSWORD: Final = "ClueCon"
"""No secret: the default of every FreeSWITCH."""
SHORTEST_PASSWORD: Final = 12


Judge = Callable[[SwitchFacts, Settings, SwitchSettings], Finding]


def judge_switch(facts: SwitchFacts, settings: Settings, switch: SwitchSettings) -> list[Item]:
    """Judge a switch that answered."""
    reached = Item("event_socket", ok("event_socket_open", address=_address(switch)))
    return [reached, *(Item(name, judge(facts, settings, switch)) for name, judge in CHECKS.items())]


def judge_unreached(fault: RemoteFault, switch: SwitchSettings) -> list[Item]:
    """Judge a switch that could not be asked; one finding is enough to say so."""
    rest = Item("switch", skipped("switch_not_asked"))
    return [Item("event_socket", _unreached(fault, _address(switch))), rest]


def judge_no_switch() -> list[Item]:
    """Say that the switch is the one in the box."""
    return [Item("switch", skipped("switch_in_the_box"))]


def _unreached(fault: RemoteFault, address: str) -> Finding:
    match fault.code:
        case "switch_unreachable":
            return bad("event_socket_unreachable", address=address, reason=fault.values["reason"])
        case "switch_password_wrong":
            return bad("event_socket_password_wrong", address=address)
        case "switch_closed":
            return bad("event_socket_closed", address=address)
    silent = isinstance(fault, NoReply) or fault.code == "switch_silent"
    return bad("event_socket_silent", address=address) if silent else bad("event_socket_broken", fault=fault)


def _address(switch: SwitchSettings) -> str:
    return f"{switch.host}:{switch.event_port}"


# --- the event socket ------------------------------------------------------------------------------------------------


def password(_facts: SwitchFacts, _settings: Settings, switch: SwitchSettings) -> Finding:
    """A password that everybody knows is none."""
    if switch.password == SHIPPED_PASSWORD:
        return bad("password_default")
    if len(switch.password) < SHORTEST_PASSWORD:
        return warning("password_short", least=SHORTEST_PASSWORD)
    return ok("password_own")


def door(facts: SwitchFacts, _settings: Settings, _switch: SwitchSettings) -> Finding:
    """Whoever comes to the event socket may do everything: it is on loopback, or behind a list."""
    if facts.door is None:
        return skipped("door_not_told")
    address, lists = facts.door.listen_ip, facts.door.lists
    if _is_loopback(address):
        return ok("door_on_loopback", address=address)
    if facts.door.strangers_pass:
        return bad("door_open", address=address, lists=lists)
    return ok("door_behind_list", address=address, lists=lists)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


# --- the core --------------------------------------------------------------------------------------------------------


def version(facts: SwitchFacts, _settings: Settings, _switch: SwitchSettings) -> Finding:
    """The release whose behaviour we know."""
    if facts.version is None:
        return warning("version_not_told")
    release = facts.version.number[:2]
    if release == KNOWN:
        return ok("version_known", version=facts.version.text)
    if release < KNOWN:
        return bad("version_old", version=facts.version.text)
    return warning("version_unknown", version=facts.version.text)


def ready(facts: SwitchFacts, _settings: Settings, _switch: SwitchSettings) -> Finding:
    """A switch that is paused or about to stop takes no calls."""
    if facts.limits is None:
        return warning("status_not_told")
    return ok("switch_ready") if facts.limits.is_ready else bad("switch_not_ready")


def modules(facts: SwitchFacts, _settings: Settings, switch: SwitchSettings) -> Finding:
    """What a call passes through is loaded."""
    needed = questions.needed_modules(switch)
    if not any(name in facts.modules for name in needed):
        return warning("modules_not_told")
    lacking = tuple(name for name in needed if not facts.modules.get(name, False))
    return bad("modules_lacking", modules=lacking) if lacking else ok("modules_loaded", count=len(needed))


def sessions_per_second(facts: SwitchFacts, _settings: Settings, _switch: SwitchSettings) -> Finding:
    """FreeSWITCH refuses legs above it, those that ring agents too."""
    if facts.limits is None:
        return skipped("limit_not_told")
    limit = facts.limits.sessions_per_second
    if limit < LEAST_PER_SECOND:
        return warning("sessions_per_second_low", limit=limit, least=LEAST_PER_SECOND)
    return ok("sessions_per_second_enough", limit=limit)


def max_sessions(facts: SwitchFacts, settings: Settings, _switch: SwitchSettings) -> Finding:
    """A call that is talking has two legs."""
    if facts.limits is None:
        return skipped("limit_not_told")
    limit, wanted = facts.limits.max_sessions, settings.max_calls * LEGS_OF_A_CALL
    if limit < wanted:
        return warning("max_sessions_low", limit=limit, wanted=wanted, calls=settings.max_calls)
    return ok("max_sessions_enough", limit=limit, calls=settings.max_calls)


def clock(facts: SwitchFacts, _settings: Settings, _switch: SwitchSettings) -> Finding:
    """Both clocks show the same, as far as the way there and back lets us see."""
    if facts.clock is None:
        return skipped("clock_not_told")
    ahead = facts.clock.ahead_us
    values = {"ahead_ms": _milliseconds(ahead), "give_or_take_ms": _milliseconds(facts.clock.round_trip_us / 2)}
    certain = max(0, abs(ahead) - facts.clock.round_trip_us // 2)
    if certain >= CLOCK_BAD_US:
        return bad("clock_wrong", **values)
    return warning("clock_off", **values) if certain >= CLOCK_WARNING_US else ok("clock_same", **values)


def _milliseconds(micros: float) -> float:
    return round(micros / 1000, 1)


# --- what callers meet -----------------------------------------------------------------------------------------------


def hand_over(facts: SwitchFacts, settings: Settings, _switch: SwitchSettings) -> Finding:
    """The dialplan hands calls over where we listen."""
    if facts.actions is None:
        return skipped("hand_over_not_told")
    doors = [data.split()[0] for application, data in facts.actions if application == "socket" and data.split()]
    addresses = tuple(dict.fromkeys(address for door in doors for address in door.split("|")))
    here = f"{settings.listen_host}:{settings.listen_port}"
    if settings.listen_port == 0:
        return skipped("hand_over_any_port", addresses=addresses)
    if here in addresses:
        return ok("hand_over_here", address=here)
    if any("${" in address for address in addresses):
        return skipped("hand_over_not_told")
    return bad("hand_over_elsewhere", address=here, addresses=addresses or None)


def prompts(facts: SwitchFacts, _settings: Settings, _switch: SwitchSettings) -> Finding:
    """The switch sees every prompt that is shipped or that active flows need."""
    return _seen(facts, facts.prompts)


def hold_music(facts: SwitchFacts, _settings: Settings, switch: SwitchSettings) -> Finding:
    """The switch sees what waiting callers hear."""
    music = questions.hold_music(switch)
    return skipped("music_is_stream", music=music) if questions.is_stream(music) else _seen(facts, (music,))


def recordings(facts: SwitchFacts, _settings: Settings, switch: SwitchSettings) -> Finding:
    """What the switch records is where we look for it: a file that we put there is seen there."""
    probe = facts.recordings
    if probe is None:
        return skipped("recordings_not_set")
    if probe.reason is not None:
        return warning("recordings_not_written", folder=probe.folder, reason=probe.reason)
    if probe.is_seen is None:
        return skipped("recordings_not_told")
    if probe.is_seen:
        return ok("recordings_shared", here=probe.folder, there=switch.recordings)
    return warning("recordings_apart", here=probe.folder, there=switch.recordings)


CDRS_LIE_S: Final = 60.0
"""The engine takes a file within seconds."""


def cdrs(facts: SwitchFacts, _settings: Settings, switch: SwitchSettings) -> Finding:
    """The switch leaves a file of each leg that is over, where we look for it, and somebody takes them."""
    probe = facts.cdrs
    if not switch.cdrs or probe is None:
        return warning("cdrs_not_set")
    if not facts.modules.get(questions.CDR_MODULE, True):
        return warning("cdrs_not_made", module=questions.CDR_MODULE)
    if probe.reason is not None:
        return warning("cdrs_not_written", folder=probe.folder, reason=probe.reason)
    if probe.is_seen is None:
        return skipped("cdrs_not_told")
    if not probe.is_seen:
        return warning("cdrs_apart", here=probe.folder, there=switch.cdrs)
    if probe.oldest_s > CDRS_LIE_S:
        return warning("cdrs_lie", folder=probe.folder, count=probe.waiting)
    if probe.unread:
        return warning("cdrs_unread", folder=probe.folder, count=probe.unread)
    return ok("cdrs_taken", here=probe.folder, there=switch.cdrs)


def _seen(facts: SwitchFacts, files: Sequence[str]) -> Finding:
    if not any(file in facts.files for file in files):
        return skipped("files_not_told")
    unseen = [file for file in files if not facts.files.get(file, False)]
    if unseen:
        return bad("files_unseen", unseen=len(unseen), count=len(files), file=unseen[0])
    return ok("files_seen", count=len(files), file=files[0])


CHECKS: Final[dict[str, Judge]] = {
    "password": password,
    "door": door,
    "version": version,
    "ready": ready,
    "modules": modules,
    "sessions_per_second": sessions_per_second,
    "max_sessions": max_sessions,
    "profiles": sip_checks.profiles,
    "codecs": sip_checks.codecs,
    "media_timeouts": sip_checks.media_timeouts,
    "session_timers": sip_checks.session_timers,
    "gateways": sip_checks.gateways,
    "phone_directory": sip_checks.phone_directory,
    "hand_over": hand_over,
    "clock": clock,
    "prompts": prompts,
    "hold_music": hold_music,
    "recordings": recordings,
    "cdrs": cdrs,
}
"""What a switch is looked at for, in the order of the page."""
