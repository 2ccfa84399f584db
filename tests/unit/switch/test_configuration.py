"""What is generated for one FreeSWITCH: every value reaches it as it is, and what it could not be told is refused."""

from __future__ import annotations

import shlex
import subprocess
from dataclasses import replace
from hashlib import md5
from typing import Any
from xml.etree import ElementTree

import pytest

from fs_control.errors import UserMistake
from fs_control.settings import settings_from
from fs_control.switch.configuration import (
    ENVIRONMENT_FILE,
    MARK_FILE,
    VARIABLES_FILE,
    PhoneAccount,
    SwitchSetup,
    a1_hash,
    accounts_of,
    checked,
    configuration_texts,
    directory_answer,
    environment_text,
    not_found_answer,
    phones_text,
    setup_from,
    start_text,
    variables_text,
)

SETUP = SwitchSetup(
    controllers=("127.0.0.1:8084", "10.0.0.7:9000"),
    domain="pbx.example.com",
    sip_ip="192.0.2.10",
    event_port=9021,
    carriers=("203.0.113.0/28", "198.51.100.7/32"),
    media="/srv/our media",
    recordings="/srv/recordings",
    db_folder="/srv/db",
    event_password="s3cret",
    directory_port=9085,
    directory_password="an0ther",
    cdrs="/srv/cdrs",
)


def variables(setup: SwitchSetup) -> dict[str, str]:
    lines = ElementTree.fromstring(variables_text(setup))
    pairs = (each.attrib["data"].partition("=") for each in lines)
    return {name: value for name, _, value in pairs}


def test_what_is_written_is_read_back() -> None:
    assert setup_from(variables_text(SETUP)) == SETUP


def test_a_setup_that_knows_less_is_filled_with_the_defaults() -> None:
    assert setup_from("<include></include>") == SwitchSetup()


def test_the_event_socket_lets_in_the_controllers_and_this_machine() -> None:
    assert variables(SETUP)["fs_control_controller_networks"] == "127.0.0.1/32,10.0.0.7/32"


def test_controllers_are_listed_as_the_socket_application_reads_them() -> None:
    assert variables(SETUP)["fs_control_controllers"] == "127.0.0.1:8084|10.0.0.7:9000"


def test_a_value_is_escaped_once() -> None:
    setup = replace(SETUP, event_password='a&"b<')
    assert variables(setup)["fs_control_event_password"] == 'a&"b<'
    assert setup_from(variables_text(setup)) == setup


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"sip_ip": "here"}, "sip_ip"),
        ({"event_ip": "0.0.0.0"}, "event_ip"),
        ({"event_port": 0}, "event_port"),
        ({"phones_port": 70000}, "phones_port"),
        ({"directory_port": 0}, "directory_port"),
        ({"controllers": ("localhost:8084",)}, "controller"),
        ({"controllers": ("127.0.0.1:8084 full",)}, "controller"),
        ({"controllers": ("127.0.0.1:99999",)}, "controller"),
        ({"controllers": ("300.0.0.1:8084",)}, "controller"),
        ({"carriers": ("the carrier",)}, "carrier"),
        ({"domain": "a b"}, "domain"),
        ({"media": "/srv/${system rm}"}, "media"),
        ({"media": ""}, "media"),
        ({"recordings": 'a"b'}, "recordings"),
        ({"db_folder": "a\nb"}, "db_folder"),
    ],
)
def test_what_FreeSWITCH_could_not_be_told_is_refused_by_name(change: dict[str, Any], name: str) -> None:
    with pytest.raises(UserMistake) as refused:
        checked(replace(SETUP, **change))
    assert (refused.value.code, refused.value.values["name"]) == ("freeswitch_value_bad", name)


def test_a_good_setup_passes() -> None:
    assert checked(SETUP) is SETUP


def test_the_secrets_are_in_two_files_and_in_no_repr() -> None:
    texts = configuration_texts(SETUP, {"freeswitch.xml": "<document/>"}, "/srv/fs")
    for secret in (SETUP.event_password, SETUP.directory_password):
        assert {name for name, text in texts.items() if secret in text} == {VARIABLES_FILE, ENVIRONMENT_FILE}
        assert secret not in repr(SETUP)
    assert texts["conf/freeswitch.xml"] == "<document/>"
    assert MARK_FILE in texts


def test_fs_control_finds_the_switch_by_the_environment_file() -> None:
    environment = dict(word.split("=", 1) for word in shlex.split(environment_text(SETUP, "/srv/my switch")))
    settings = settings_from(environment)
    assert settings.switch is not None
    assert (settings.switch.host, settings.switch.event_port, settings.listen_port) == ("127.0.0.1", 9021, 8084)
    assert (settings.switch.password, settings.switch.domain) == ("s3cret", "pbx.example.com")
    assert (settings.switch.media, settings.switch.recordings) == ("/srv/our media", "/srv/recordings")
    assert (settings.switch.directory_port, settings.switch.directory_password) == (9085, "an0ther")
    assert settings.switch.configuration == "/srv/my switch"


def test_the_start_script_names_every_folder_even_with_a_blank_in_it() -> None:
    words = shlex.split(start_text("/srv/my switch").splitlines()[-1])
    assert words[:5] == ["exec", "${FREESWITCH_BIN:-freeswitch}", "-nonat", "-conf", "/srv/my switch/conf"]
    assert words[-3:] == ["-temp", "/srv/my switch/temp", "$@"]


def test_no_proxy_is_asked_for_phones() -> None:
    text = start_text("/srv/fs").replace('exec "${FREESWITCH_BIN:-freeswitch}"', "env; exit; #")
    for given, wanted in (({}, "127.0.0.1"), ({"no_proxy": "a.example"}, "127.0.0.1,a.example")):
        told = subprocess.run(["/bin/sh", "-c", text], env=given, capture_output=True, text=True, check=True).stdout
        assert f"no_proxy={wanted}" in told.splitlines()


def test_a_hash_is_that_of_the_digest_authentication() -> None:
    assert a1_hash("1001", "word") == md5(b"1001:fs_control:word").hexdigest()


def test_the_directory_holds_each_phone_with_its_hash_and_no_password() -> None:
    domain = ElementTree.fromstring(phones_text([PhoneAccount("1001", a1_hash("1001", "word"))]))[0]
    (user,) = domain.iter("user")
    (parameter,) = user.iter("param")
    assert user.attrib["id"] == "1001"
    assert parameter.attrib == {"name": "a1-hash", "value": a1_hash("1001", "word")}


def test_phones_without_a_password_are_left_out() -> None:
    assert accounts_of({"1001": "0" * 32, "1002": None}) == [PhoneAccount("1001", "0" * 32)]


def test_whoever_asks_is_told_what_the_file_says() -> None:
    phones = [PhoneAccount("1001", "0" * 32)]
    (in_file,) = ElementTree.fromstring(phones_text(phones)).iter("domain")
    (told,) = ElementTree.fromstring(directory_answer("$${domain}", phones)).iter("domain")
    assert ElementTree.tostring(told).strip() == ElementTree.tostring(in_file).strip()


def test_a_domain_without_phones_is_a_final_no_and_not_found_is_none() -> None:
    no = ElementTree.fromstring(directory_answer("pbx.example.com", ()))
    assert no.find("section[@name='directory']/domain[@name='pbx.example.com']/groups/group/users") is not None
    assert list(no.iter("user")) == []
    look_elsewhere = ElementTree.fromstring(not_found_answer())
    assert look_elsewhere.find("section[@name='result']/result[@status='not found']") is not None
