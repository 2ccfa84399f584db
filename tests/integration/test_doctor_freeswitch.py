"""The doctor at a real FreeSWITCH that runs with the configuration that we ship."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.face.doctor import checks, probe
from fs_control.face.doctor.facts import CdrProbe, SwitchFacts
from fs_control.face.doctor.findings import Severity
from fs_control.face.doctor.probe_file import probe_file
from fs_control.face.doctor.questions import prompt_files
from fs_control.media.library import folder_at_switch
from fs_control.media.prompts import prompts_folder
from fs_control.runtime.clock import WallClock
from fs_control.settings import Settings, SwitchSettings
from tests.freeswitch.fixture import freeswitch as freeswitch
from tests.freeswitch.private_switch import PrivateSwitch

pytestmark = pytest.mark.freeswitch


def settings_for(freeswitch: PrivateSwitch) -> tuple[Settings, SwitchSettings]:
    addresses = freeswitch.addresses
    switch = SwitchSettings(
        addresses.host,
        addresses.event_port,
        freeswitch.secrets.event_password,
        recordings=str(freeswitch.folder / "recordings"),
        cdrs=str(freeswitch.folder / "cdrs"),
        directory_port=addresses.directory_port,
        directory_password=freeswitch.secrets.directory_password,
    )
    library = str(prompts_folder())
    return Settings(max_calls=400, listen_port=freeswitch.controller_port, switch=switch, prompts=library), switch


def test_the_shipped_configuration_is_well(freeswitch: PrivateSwitch) -> None:
    settings, switch = settings_for(freeswitch)
    files = prompt_files(folder_at_switch(settings, switch))
    cdrs = freeswitch.folder / "cdrs"
    with probe_file(freeswitch.folder / "recordings") as file, probe_file(cdrs) as leg:
        facts = probe.examine(switch, WallClock(), 5.0, file, files, (leg, CdrProbe(str(cdrs))))
    found = {item.name: item.finding for item in checks.judge_switch(facts, settings, switch)}
    told_well = {name for name, finding in found.items() if finding.severity is Severity.OK}
    assert told_well >= {
        *("event_socket", "password", "door", "version", "ready", "modules", "sessions_per_second", "max_sessions"),
        *("profiles", "codecs", "gateways", "phone_directory", "hand_over", "clock"),
        *("prompts", "hold_music", "recordings", "cdrs"),
    }
    assert not any(finding.severity is Severity.SKIPPED for finding in found.values())
    assert switch.password not in repr((facts, found))
    assert switch.directory_password not in repr((facts, found))


def test_what_is_not_as_it_should_be_is_noticed(freeswitch: PrivateSwitch) -> None:
    settings, switch = settings_for(freeswitch)
    elsewhere = replace(switch, media="/nowhere", recordings="/nowhere", directory_password="another")
    with probe_file(freeswitch.folder / "recordings") as file:
        facts = probe.examine(elsewhere, WallClock(), 5.0, file, prompt_files(folder_at_switch(settings, elsewhere)))
    assert facts != SwitchFacts()
    found = checks.judge_switch(facts, replace(settings, listen_port=1, max_calls=10_000), elsewhere)
    complaints = {item.name for item in found if item.finding.wants_remedy}
    assert complaints >= {"hand_over", "max_sessions", "prompts", "hold_music", "recordings", "phone_directory"}
