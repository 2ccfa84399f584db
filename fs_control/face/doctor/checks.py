"""Is the switch in a state to take our calls: one small function for each thing that can be wrong with it.

Pure: facts and settings in, a `Finding` out. Easy to break: what the switch does not tell is `skipped` and never well;
the limits here are the ones that docs/operators.md names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import Final

from fs_control.errors import NoReply, RemoteFault
from fs_control.face.doctor import questions, reading
from fs_control.face.doctor.facts import Profile, SwitchFacts
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


# --- SIP -------------------------------------------------------------------------------------------------------------


def profiles(facts: SwitchFacts, _settings: Settings, _switch: SwitchSettings) -> Finding:
    """Every SIP profile that is configured runs."""
    if facts.running is None:
        return warning("profiles_not_told")
    names = tuple(profile.name for profile in facts.running)
    down = tuple(name for name in facts.configured or () if name not in names)
    if down:
        return bad("profiles_down", profiles=down, profile=down[0])
    return ok("profiles_run", profiles=names) if names else bad("profiles_none")


def codecs(facts: SwitchFacts, _settings: Settings, _switch: SwitchSettings) -> Finding:
    """Each profile takes what every phone and carrier has, and names no codec that cannot be had."""
    running = [profile for profile in facts.running or () if profile.codecs]
    if not running:
        return skipped("codecs_not_told")
    narrow = tuple(profile.name for profile in running if not {"PCMA", "PCMU"} & set(profile.codecs))
    if narrow:
        return bad("codecs_without_g711", profiles=narrow)
    named = [codec for profile in running for codec in profile.codecs]
    absent = {codec: need for codec, need in questions.CODEC_MODULES.items() if facts.modules.get(need) is False}
    idle = {codec: absent[codec] for codec in named if codec in absent}
    if idle:
        return warning("codecs_without_module", codecs=tuple(idle), modules=tuple(idle.values()))
    return ok("codecs_good", codecs=tuple(dict.fromkeys(named)))


def media_timeouts(facts: SwitchFacts, _settings: Settings, _switch: SwitchSettings) -> Finding:
    """A leg from which no sound comes any more ends: per profile, for all legs, or by the dialplan for callers."""
    if facts.media_timeout is not None and reading.is_positive(facts.media_timeout):
        return ok("media_timeouts_for_all", milliseconds=facts.media_timeout)
    if facts.configured is None:
        return skipped("media_timeouts_not_told")
    open_ended = tuple(
        name for name in facts.configured if not reading.is_positive(facts.configured[name].get("rtp-timeout-sec", ""))
    )
    if not open_ended:
        return ok("media_timeouts_of_profiles", profiles=tuple(facts.configured))
    if any(reading.sets_media_timeout(*action) for action in facts.actions or ()):
        return ok("media_timeouts_of_callers")
    return warning("media_timeouts_none", profiles=open_ended)


def session_timers(facts: SwitchFacts, _settings: Settings, _switch: SwitchSettings) -> Finding:
    """A call whose other end vanished without a word ends, held ones too (RFC 4028)."""
    if not facts.running:
        return skipped("session_timers_not_told")
    without = tuple(profile.name for profile in facts.running if not _has_timer(profile, facts))
    if without:
        return warning("session_timers_off", profiles=without, profile=without[0])
    return ok("session_timers_on", seconds=tuple(sorted({profile.session_timeout_s for profile in facts.running})))


def _has_timer(profile: Profile, facts: SwitchFacts) -> bool:
    configured = (facts.configured or {}).get(profile.name, {})
    return profile.session_timeout_s > 0 and reading.is_true(configured.get("enable-timer", "true"))


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


def prompts(facts: SwitchFacts, _settings: Settings, switch: SwitchSettings) -> Finding:
    """The switch sees every prompt."""
    return _seen(facts, questions.prompt_files(switch))


def hold_music(facts: SwitchFacts, _settings: Settings, switch: SwitchSettings) -> Finding:
    """The switch sees what waiting callers hear."""
    music = questions.hold_music(switch)
    return skipped("music_is_stream", music=music) if questions.is_stream(music) else _seen(facts, (music,))


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
    "profiles": profiles,
    "codecs": codecs,
    "media_timeouts": media_timeouts,
    "session_timers": session_timers,
    "hand_over": hand_over,
    "clock": clock,
    "prompts": prompts,
    "hold_music": hold_music,
}
"""What a switch is looked at for, in the order of the page."""
