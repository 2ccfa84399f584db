"""Phones that the command line makes register at a FreeSWITCH that the command line configured (A16)."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from fs_control.face.main import cli
from fs_control.virtual_switch.script import Phone
from tests.freeswitch.configuration import Secrets
from tests.freeswitch.private_switch import PrivateSwitch, missing, private_switch
from tests.freeswitch.sipp_phone import SippPhone

pytestmark = pytest.mark.freeswitch


def type_(database_url: str, *words: str) -> None:
    result = CliRunner().invoke(cli, words, env={"DATABASE_URL": database_url}, catch_exceptions=False)
    assert result.exit_code == 0, result.output


def contact_of(switch: PrivateSwitch, folder: Path, number: str, password: str) -> str:
    """Try to register with a password; how the switch would ring the phone."""
    knowing = replace(switch, secrets=Secrets("", {number: password}))
    phone = SippPhone(knowing, folder, Phone(number))
    try:
        phone.start()
    finally:
        phone.stop()
    with switch.events() as events:
        return events.api("sofia_contact", f"phones/{number}@{switch.addresses.host}")


def test_A16_phones_that_were_added_register_without_a_restart(tmp_path: Path, database_url: str) -> None:
    lack = missing()
    if lack is not None:
        pytest.skip(lack)
    with private_switch(tmp_path / "switch", phones=()) as switch:
        type_(database_url, "phone", "add", "--count", "50", "--out", str(tmp_path / "phones.csv"))
        type_(database_url, "freeswitch", "directory", "--out", str(switch.folder))
        with (tmp_path / "phones.csv").open(encoding="utf-8") as file:
            phones = {row["number"]: row["password"] for row in csv.DictReader(file)}
        assert list(phones) == [str(number) for number in range(1001, 1051)]
        for number in ("1001", "1050"):
            assert contact_of(switch, tmp_path, number, phones[number]).startswith(f"sofia/phones/sip:{number}@")
        with pytest.raises(AssertionError, match="could not register"):
            contact_of(switch, tmp_path, "1002", phones["1001"])
