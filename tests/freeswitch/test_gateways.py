"""Gateways of the command line, taken over by a FreeSWITCH while it runs: added, changed, tested, removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import gevent
import pytest
from click.testing import CliRunner, Result
from psycogreen.gevent import patch_psycopg

from fs_control.face.main import cli
from tests.freeswitch.private_switch import PrivateSwitch, freeswitch_binary, private_switch

patch_psycopg()
pytestmark = pytest.mark.freeswitch

PASSWORD = "s3cret&<word>'"
PATIENCE_S = 60.0


@pytest.fixture(scope="module")
def switch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateSwitch]:
    """A FreeSWITCH whose files these tests may change."""
    if freeswitch_binary() is None:
        pytest.skip("no FreeSWITCH here")
    with private_switch(tmp_path_factory.mktemp("switch")) as running:
        yield running


@pytest.fixture
def type_(switch: PrivateSwitch, tmp_path: Path, database_url: str) -> Callable[..., Result]:
    """Somebody at a terminal on the machine of the switch."""
    environment = {
        "DATABASE_URL": database_url,
        "FS_CONTROL_VAR": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "FREESWITCH_HOST": "127.0.0.1",
        "FREESWITCH_PORT": str(switch.addresses.event_port),
        "FREESWITCH_PASSWORD": switch.secrets.event_password,
        "FREESWITCH_CONFIGURATION": str(switch.folder),
    }

    def type_words(*words: str) -> Result:
        return CliRunner().invoke(cli, words, env=environment, catch_exceptions=False)

    return type_words


def test_O1_a_gateway_is_added_tested_changed_and_removed(
    switch: PrivateSwitch, type_: Callable[..., Result], tmp_path: Path
) -> None:
    """What is at the other end is this FreeSWITCH itself, which answers OPTIONS."""
    at = f"127.0.0.1:{switch.addresses.trunks_port}"
    assert type_("gateway", "add", "mirror", "--proxy", at, "--ping", "5").exit_code == 0
    wait_for(lambda: type_("gateway", "test", "mirror").exit_code == 0)
    assert "NOREG" in type_("gateway", "list", "--json").output
    word = tmp_path / "word"
    word.write_text(PASSWORD + "\n", encoding="utf-8")
    nobody = ("--proxy", "127.0.0.1:9", "--user", "me", "--password-file", str(word), "--register", "--ping", "5")
    assert type_("gateway", "set", "mirror", *nobody).exit_code == 0
    wait_for(lambda: type_("gateway", "test", "mirror").exit_code == 1)
    assert PASSWORD not in type_("gateway", "list", "--json").output
    assert type_("gateway", "remove", "mirror", "--yes").exit_code == 0
    wait_for(lambda: '"gateways": []' in type_("gateway", "list", "--json").output)


def test_the_file_of_gateways_is_its_owners_alone(switch: PrivateSwitch, type_: Callable[..., Result]) -> None:
    assert type_("gateway", "add", "plain", "--proxy", "127.0.0.1:9").exit_code == 0
    file = switch.folder / "conf/sip_profiles/carriers/fs_control.xml"
    assert file.stat().st_mode & 0o077 == 0
    assert '<gateway name="plain">' in file.read_text(encoding="utf-8")
    assert type_("gateway", "remove", "plain", "--yes").exit_code == 0
    assert "plain" not in file.read_text(encoding="utf-8")


def wait_for(fact: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = monotonic() + PATIENCE_S
    while not fact():
        assert monotonic() < deadline, "waited in vain"
        gevent.sleep(0.5)
