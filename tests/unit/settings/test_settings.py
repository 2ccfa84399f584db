"""Settings are read from the environment; what cannot be read is refused by its name."""

from __future__ import annotations

import pytest

from fs_control.errors import UserMistake
from fs_control.settings import Settings, SwitchSettings, cdrs_here, recordings_here, settings_from


def test_an_empty_environment_means_the_virtual_switch_and_the_embedded_database() -> None:
    settings = settings_from({})
    assert settings == Settings()
    assert settings.switch is None
    assert settings.database_url is None
    assert settings.listen_host == "127.0.0.1"


def test_a_switch_is_named_by_its_host_and_needs_a_password() -> None:
    settings = settings_from(
        {"FREESWITCH_HOST": "10.0.0.9", "FREESWITCH_PASSWORD": "secret", "FREESWITCH_PORT": "8022"}
    )
    assert settings.switch == SwitchSettings("10.0.0.9", 8022, "secret", "10.0.0.9")
    with pytest.raises(UserMistake, match="setting_missing name='FREESWITCH_PASSWORD'"):
        settings_from({"FREESWITCH_HOST": "10.0.0.9"})


def test_a_password_is_shown_nowhere() -> None:
    passwords = {"FREESWITCH_PASSWORD": "very-secret", "FREESWITCH_DIRECTORY_PASSWORD": "just-as-secret"}
    settings = settings_from({"FREESWITCH_HOST": "h", **passwords})
    assert settings.switch is not None
    assert (settings.switch.password, settings.switch.directory_password) == ("very-secret", "just-as-secret")
    assert "secret" not in repr(settings)


def test_hosts_and_their_headers_are_read_and_shown_nowhere() -> None:
    headers = '{"crm.example.com": {"Authorization": "Bearer very-secret"}}'
    settings = settings_from({"FS_CONTROL_HTTP_HOSTS": "crm.example.com, b:81 c", "FS_CONTROL_HTTP_HEADERS": headers})
    assert settings.http_hosts == ("crm.example.com", "b:81", "c")
    assert settings.http_headers == {"crm.example.com": {"Authorization": "Bearer very-secret"}}
    assert "secret" not in repr(settings)
    assert settings_from({}).http_hosts == ()


@pytest.mark.parametrize("text", ["x", "[]", '{"h": 1}', '{"h": {"A": 1}}', '{"h": {"A": "b\\r\\nC: d"}}'])
def test_headers_that_cannot_be_sent_are_refused_without_being_shown(text: str) -> None:
    with pytest.raises(UserMistake) as refusal:
        settings_from({"FS_CONTROL_HTTP_HEADERS": text})
    assert refusal.value.values == {"name": "FS_CONTROL_HTTP_HEADERS"}


def test_files_of_ended_legs_are_where_somebody_said_or_beside_everything_else() -> None:
    switch = SwitchSettings(cdrs="/there")
    assert cdrs_here(Settings(cdrs="/here"), switch) == "/here"
    assert cdrs_here(Settings(), switch) == "/there"
    assert cdrs_here(Settings(var="/v")) == "/v/cdrs"


def test_recordings_are_where_somebody_said_or_beside_everything_else() -> None:
    switch = SwitchSettings(recordings="/there")
    assert recordings_here(Settings(recordings="/here"), switch) == "/here"
    assert recordings_here(Settings(), switch) == "/there"
    assert recordings_here(Settings(var="/v")) == "/v/recordings"


def test_a_switch_may_say_where_it_asks_for_phones_and_keeps_its_files() -> None:
    where = {"FREESWITCH_HOST": "h", "FREESWITCH_PASSWORD": "p", "FREESWITCH_DIRECTORY_PORT": "9085"}
    folders = {"FREESWITCH_CONFIGURATION": "/c", "FREESWITCH_RECORDINGS": "/r", "FS_CONTROL_RECORDINGS": "/here"}
    settings = settings_from(where | folders)
    assert settings.switch is not None
    assert (settings.switch.directory_port, settings.switch.configuration) == (9085, "/c")
    assert (settings.switch.recordings, settings.recordings) == ("/r", "/here")


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "٣", " 8084"])
def test_a_port_that_is_no_number_is_refused_with_its_name(value: str) -> None:
    with pytest.raises(UserMistake) as refusal:
        settings_from({"FS_CONTROL_LISTEN_PORT": value})
    assert refusal.value.values == {"name": "FS_CONTROL_LISTEN_PORT", "value": value}


def test_a_port_beyond_the_last_one_is_refused() -> None:
    with pytest.raises(UserMistake, match="setting_not_a_port"):
        settings_from({"FS_CONTROL_LISTEN_PORT": "65536"})


def test_limits_folders_and_database_are_taken_over() -> None:
    environment = {"FS_CONTROL_MAX_CALLS": "7", "FS_CONTROL_VAR": "/v", "FS_CONTROL_FLOWS": "/f", "DATABASE_URL": "u"}
    settings = settings_from(environment)
    assert (settings.max_calls, settings.var, settings.flows, settings.database_url) == (7, "/v", "/f", "u")


def test_the_api_is_closed_until_a_port_is_set_and_then_on_loopback() -> None:
    assert settings_from({}).api_port is None
    opened = settings_from({"FS_CONTROL_API_PORT": "8090"})
    assert (opened.api_host, opened.api_port) == ("127.0.0.1", 8090)
    assert settings_from({"FS_CONTROL_API_PORT": "0", "FS_CONTROL_API_HOST": "::1"}).api_host == "::1"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("FS_CONTROL_API_PORT", "many", "setting_not_a_number"),
        ("FS_CONTROL_API_PORT", "70000", "setting_not_a_port"),
        ("FS_CONTROL_API_HOST", "localhost", "setting_not_an_address"),
        ("FS_CONTROL_API_HOST", "0.0.0.0/0", "setting_not_an_address"),
    ],
)
def test_a_place_for_the_api_that_is_none_is_refused_with_its_name(name: str, value: str, code: str) -> None:
    with pytest.raises(UserMistake, match=code) as refusal:
        settings_from({name: value})
    assert refusal.value.values["name"] == name


def test_D1_there_is_room_for_records_and_nobody_can_take_all_of_it_away() -> None:
    assert settings_from({}).outbox_mb == 2048
    assert settings_from({"FS_CONTROL_OUTBOX_MB": "1"}).outbox_mb == 1
    with pytest.raises(UserMistake, match="setting_zero") as refused:
        settings_from({"FS_CONTROL_OUTBOX_MB": "0"})
    assert refused.value.values == {"name": "FS_CONTROL_OUTBOX_MB"}
