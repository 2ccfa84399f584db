"""Is SIP in order: profiles, codecs, time-outs, the way to the carriers, and how phones are let in.

Pure, as `checks`, in whose order these stand on the page. Easy to break: what is registering at this moment is no
failure yet, and a gateway without registration may be down all the same.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from fs_control.face.doctor import questions, reading
from fs_control.face.doctor.facts import Profile, SwitchFacts
from fs_control.face.doctor.findings import Finding, bad, ok, skipped, warning
from fs_control.settings import Settings, SwitchSettings

GATEWAY_IS_UP: Final = frozenset({"REGED", "NOREG"})
GATEWAY_TRIES: Final = frozenset({"TRYING", "REGISTER"})
"""Words of `sofia_state_names` (mod_sofia.c 1.10.12); every other one is a failure."""


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


def gateways(facts: SwitchFacts, _settings: Settings, switch: SwitchSettings) -> Finding:
    """Each gateway to a carrier is registered, or needs no registration and answers; the one to dial by is there."""
    if facts.gateways is None:
        return skipped("gateways_not_told")
    if switch.gateway and switch.gateway not in facts.gateways:
        return bad("gateway_unknown", gateway=switch.gateway, gateways=tuple(facts.gateways))
    if not facts.gateways:
        return ok("gateways_none")
    not_up = {name: state for name, state in facts.gateways.items() if state not in GATEWAY_IS_UP}
    named = tuple(f"{name} ({state})" for name, state in not_up.items())
    if set(not_up.values()) - GATEWAY_TRIES:
        return bad("gateways_down", gateways=named)
    return warning("gateways_trying", gateways=named) if not_up else ok("gateways_up", gateways=tuple(facts.gateways))


def phone_directory(facts: SwitchFacts, _settings: Settings, switch: SwitchSettings) -> Finding:
    """The switch asks us for phones, at our port and with our password; else it goes by its files alone."""
    match facts.modules.get(questions.DIRECTORY_MODULE):
        case None:
            return skipped("directory_not_told")
        case False:
            return warning("directory_by_files", module=questions.DIRECTORY_MODULE)
    if not switch.directory_password:
        return warning("directory_not_answered")
    ours = [each for each in facts.bindings or () if _port_of(each.url) == switch.directory_port]
    if any(each.shows_our_password for each in ours):
        return ok("directory_asked", port=switch.directory_port)
    return warning("directory_asked_otherwise", port=switch.directory_port)


def _port_of(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        return None
