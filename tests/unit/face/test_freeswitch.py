"""`fs-control freeswitch` at the command line: what it writes and for whose eyes, what it keeps and leaves alone."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from xml.etree import ElementTree

import gevent
import pytest
from gevent import socket

from fs_control.errors import RemoteFault
from fs_control.face.box import free_port
from fs_control.face.freeswitch.files import shipped_files
from fs_control.face.freeswitch.reload import reload_files
from fs_control.switch.configuration import SwitchSetup, setup_from

CLONE = Path(__file__).parents[3]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "switch"


def setup_in(folder: Path):
    return setup_from((folder / "conf/vars.xml").read_text(encoding="utf-8"))


def test_every_shipped_file_is_written_as_it_is(terminal, out):
    assert terminal.type("freeswitch", "config", "--out", str(out)).exit_code == 0
    conf = CLONE / "conf/freeswitch"
    for path in conf.rglob("*.xml"):
        assert (out / "conf" / path.relative_to(conf)).read_bytes() == path.read_bytes()
    for path in (CLONE / "dialplan").rglob("*.xml"):
        assert (out / "conf" / path.relative_to(CLONE)).read_bytes() == path.read_bytes()


def test_every_file_is_xml_and_every_variable_in_it_is_set(terminal, out):
    terminal.type("freeswitch", "config", "--out", str(out))
    texts = [path.read_text(encoding="utf-8") for path in (out / "conf").rglob("*.xml")]
    for text in texts:
        ElementTree.fromstring(text)
    used = {name for text in texts for name in re.findall(r"\$\$\{(\w+)\}", text)}
    assert used <= set(re.findall(r'data="(\w+)=', (out / "conf/vars.xml").read_text(encoding="utf-8")))
    assert len(used) > 10


def test_everything_is_for_its_owner_alone(terminal, out):
    terminal.type("freeswitch", "config", "--out", str(out))
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [out, *out.rglob("*")]}
    closed = {0o700 if path.is_dir() or path.name == "start-freeswitch" else 0o600 for path in modes}
    assert set(modes.values()) <= closed
    assert modes[out / "conf/vars.xml"] == modes[out / "fs_control.env"] == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can write for somebody else")
def test_what_root_writes_belongs_to_the_owner_of_the_folder(terminal, out):
    out.mkdir()
    os.chown(out, 65534, 65534)
    terminal.type("freeswitch", "config", "--out", str(out))
    assert {path.stat().st_uid for path in [out, *out.rglob("*")]} == {65534}


def secrets_in(folder: Path) -> tuple[str, str]:
    setup = setup_in(folder)
    return setup.event_password, setup.directory_password


def test_the_secrets_are_strong_and_never_printed(terminal, out):
    result = terminal.type("freeswitch", "config", "--out", str(out))
    assert len(set(secrets_in(out))) == 2
    assert all(len(secret) >= 32 and secret not in result.output for secret in secrets_in(out))
    assert str(out / "fs_control.env") in result.stdout


def test_a_second_run_keeps_the_secrets_the_phones_and_what_it_is_not_told(terminal, out):
    terminal.type("freeswitch", "config", "--out", str(out), "--event-port", "9021", "--controller", "127.0.0.1:9999")
    before = secrets_in(out)
    (out / "conf/directory/phones.xml").write_text("<include/>", encoding="utf-8")
    assert terminal.type("freeswitch", "config", "--out", str(out), "--trunks-port", "6080").exit_code == 0
    after = setup_in(out)
    assert secrets_in(out) == before
    assert (after.event_port, after.controllers, after.trunks_port) == (9021, ("127.0.0.1:9999",), 6080)
    assert (out / "conf/directory/phones.xml").read_text(encoding="utf-8") == "<include/>"


def test_the_folder_of_ended_legs_is_made_closed_and_left_as_it_is_later(terminal, out):
    terminal.type("freeswitch", "config", "--out", str(out))
    assert setup_in(out).cdrs == str(out / "cdrs")
    assert stat.S_IMODE((out / "cdrs").stat().st_mode) == 0o700
    (out / "cdrs").chmod(0o770)
    terminal.type("freeswitch", "config", "--out", str(out))
    assert stat.S_IMODE((out / "cdrs").stat().st_mode) == 0o770
    assert f"FREESWITCH_CDRS={out}/cdrs" in (out / "fs_control.env").read_text(encoding="utf-8")


def test_a_configuration_of_before_there_were_files_of_legs_gets_their_folder(terminal, out):
    terminal.type("freeswitch", "config", "--out", str(out))
    variables = out / "conf/vars.xml"
    lines = variables.read_text(encoding="utf-8").splitlines()
    variables.write_text("\n".join(line for line in lines if "fs_control_cdrs" not in line), encoding="utf-8")
    terminal.type("freeswitch", "config", "--out", str(out))
    assert setup_in(out).cdrs == str(out / "cdrs")


def test_a_configuration_of_an_earlier_version_gets_the_secret_that_it_lacks(terminal, out):
    terminal.type("freeswitch", "config", "--out", str(out))
    event_password, _ = secrets_in(out)
    variables = out / "conf/vars.xml"
    lines = variables.read_text(encoding="utf-8").splitlines()
    variables.write_text("\n".join(line for line in lines if "directory" not in line), encoding="utf-8")
    terminal.type("freeswitch", "config", "--out", str(out))
    assert secrets_in(out)[0] == event_password
    assert len(secrets_in(out)[1]) >= 32


def test_two_switches_have_two_secrets(terminal, tmp_path):
    for name in ("one", "two"):
        terminal.type("freeswitch", "config", "--out", str(tmp_path / name))
    assert len({*secrets_in(tmp_path / "one"), *secrets_in(tmp_path / "two")}) == 4


def test_what_follows_from_the_address_for_SIP_follows(terminal, out):
    terminal.type("freeswitch", "config", "--out", str(out), "--sip-ip", "192.0.2.10", "--switch-media", "/srv/media")
    setup = setup_in(out)
    assert {setup.sip_ip, setup.rtp_ip, setup.external_ip, setup.domain} == {"192.0.2.10"}
    assert (setup.event_ip, setup.media) == ("127.0.0.1", "/srv/media")


def test_a_folder_of_somebody_else_is_left_alone(terminal, out):
    out.mkdir()
    (out / "freeswitch.xml").write_text("theirs", encoding="utf-8")
    result = terminal.type("freeswitch", "config", "--out", str(out))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{out} holds something that fs_control did not write")
    assert [path.name for path in out.iterdir()] == ["freeswitch.xml"]


def test_a_value_that_FreeSWITCH_could_not_be_told_writes_nothing(terminal, out):
    result = terminal.type("freeswitch", "config", "--out", str(out), "--sip-ip", "here")
    assert (result.exit_code, result.stderr) == (
        1,
        "“here” will not do for sip_ip: FreeSWITCH could not be told so.\n",
    )
    assert not out.exists()


def test_a_folder_that_cannot_be_made_is_named(terminal, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = terminal.type("freeswitch", "config", "--out", str(tmp_path / "file" / "below"))
    assert result.exit_code == 1
    assert "cannot be read or written" in result.stderr


def test_a_dry_run_prints_every_file_and_writes_none(terminal, out):
    result = terminal.type("freeswitch", "config", "--out", str(out), "--dry-run")
    assert result.exit_code == 0
    assert all(f"--- {out}/conf/{name}\n" in result.stdout for name in shipped_files())
    assert all(f"fs_control_{name}_password=********" in result.stdout for name in ("event", "directory"))
    assert not out.exists()


def test_a_dry_run_does_not_print_the_secret_that_is_there(terminal, out):
    terminal.type("freeswitch", "config", "--out", str(out))
    shown = terminal.type("freeswitch", "config", "--out", str(out), "--dry-run")
    assert not any(secret in shown.output for secret in secrets_in(out))


def test_phones_go_nowhere_but_into_a_configuration_of_ours(terminal_with_database, out):
    result = terminal_with_database.type("freeswitch", "directory", "--out", str(out))
    assert result.exit_code == 1
    assert "holds no configuration of ours" in result.stderr
    assert not out.exists()


def test_phones_with_a_password_are_written_and_the_others_named(terminal_with_database, out):
    terminal = terminal_with_database
    terminal.type("directory", "import", str(CLONE / "tests/data/directory/centre.yaml"))
    terminal.type("freeswitch", "config", "--out", str(out), "--event-port", str(free_port()))
    terminal.type("phone", "renew", "1001")
    result = terminal.type("freeswitch", "directory", "--out", str(out))
    assert result.exit_code == 0
    assert "FreeSWITCH does not answer" in result.stderr
    assert "1002, 1009" in result.stderr
    directory = ElementTree.fromstring((out / "conf/directory/phones.xml").read_text(encoding="utf-8"))
    assert [user.attrib["id"] for user in directory.iter("user")] == ["1001"]


def answer_with(conversation: list[bytes]) -> tuple[int, gevent.Greenlet[..., None]]:
    """Listen as a FreeSWITCH that says these things, one for each thing that it hears; its port."""
    server = socket.create_server(("127.0.0.1", 0))

    def converse() -> None:
        with server, server.accept()[0] as connection:
            for said in conversation:
                connection.sendall(said)
                connection.recv(65_536)

    return server.getsockname()[1], gevent.spawn(converse)


ASKED_IN = b"Content-Type: auth/request\n\n"
RUDE = b"Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n"
LET_IN = b"Content-Type: command/reply\nReply-Text: +OK accepted\n\n"
TURNED_AWAY = b"Content-Type: command/reply\nReply-Text: -ERR invalid\n\n"


@pytest.mark.parametrize(
    ("conversation", "reason"),
    [
        ([ASKED_IN, TURNED_AWAY], "it refused the password"),
        ([ASKED_IN, LET_IN, b"Content-Type: api/response\nContent-Length: 9\n\n-ERR busy"], "-ERR busy"),
        ([RUDE], "its access list does not let this machine in"),
        ([ASKED_IN], "it closed the connection"),
    ],
)
def test_a_FreeSWITCH_that_does_not_read_its_files_again_is_told_of(conversation, reason):
    port, server = answer_with(conversation)
    with pytest.raises(RemoteFault) as refused:
        reload_files(SwitchSetup(event_port=port, event_password="word"))
    assert (refused.value.code, refused.value.values["reason"]) == ("freeswitch_not_reloaded", reason)
    server.join()


def test_a_FreeSWITCH_reads_its_files_again():
    done = b"Content-Type: api/response\nContent-Length: 14\n\n+OK [Success]\n"
    port, server = answer_with([ASKED_IN, LET_IN, done])
    assert reload_files(SwitchSetup(event_port=port, event_password="word"))
    server.join()
