"""`fs-control service` on a machine in a folder: what is done, what is refused, and that a dry run touches nothing."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner, Result

from fs_control.errors import RemoteFault
from fs_control.face.main import cli
from fs_control.face.service.installation import Account, Installation, first_unreadable, this_installation
from fs_control.face.service.steps import Machine, WriteFile, run_program
from fs_control.face.service.unit import MARK

ENVIRONMENT, UNIT = "etc/fs_control/environment", "etc/systemd/system/fs_control.service"
EVERYBODY = Installation(Path("/bin/sh"), Path("/bin/sh"), Path("/usr"))
"""An installation whose files every user may read."""


@dataclass
class Place:
    """A machine in a folder, with systemd; remembers the programs that were to be run."""

    root: Path
    machine: Machine
    ran: list[str] = field(default_factory=list)

    def type(self, *words: str) -> Result:
        environment = {"LANG": "en_GB.UTF-8", "LC_ALL": "", "FS_CONTROL_MAX_CALLS": "77"}
        line = ["service", *words]
        return CliRunner().invoke(cli, line, prog_name="fs-control", env=environment, obj=self.machine)

    def files(self) -> dict[str, str]:
        return {str(path.relative_to(self.root)): path.read_text() for path in self.root.rglob("*") if path.is_file()}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "run/systemd/system").mkdir(parents=True)
    ran: list[str] = []

    def run(words: Sequence[str]) -> None:
        ran.append(" ".join(words))

    return Place(tmp_path, Machine(True, EVERYBODY, tmp_path, run, lambda _: None), ran)


def test_an_install_makes_the_user_the_files_and_tells_systemd(place):
    result = place.type("install")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [words.split()[0:2] for words in place.ran] == [
        ["useradd", "--system"],
        ["systemctl", "daemon-reload"],
        ["systemctl", "enable"],
    ]
    assert place.ran[0].endswith(" fs_control")
    assert set(place.files()) == {ENVIRONMENT, UNIT}
    modes = [stat.S_IMODE((place.root / name).stat().st_mode) for name in (ENVIRONMENT, UNIT)]
    assert modes == [0o600, 0o644]
    assert "ExecStart=/bin/sh /bin/sh run\n" in place.files()[UNIT]


def test_a_second_install_keeps_the_settings_and_counts_files_for_them(place):
    place.type("install")
    (place.root / ENVIRONMENT).write_text("FS_CONTROL_MAX_CALLS=9000\n")
    result = place.type("install")
    assert "Leave /etc/fs_control/environment as it is.\n" in result.stdout
    assert place.files()[ENVIRONMENT] == "FS_CONTROL_MAX_CALLS=9000\n"
    assert "\nLimitNOFILE=65536\n" in place.files()[UNIT]


def test_a_user_who_is_there_is_not_made_again(place):
    place.machine = replace(place.machine, find_account=lambda _: Account(4711, (4711,)))
    place.type("install", "--user", "calls", "--environment", "/srv/calls.env")
    assert all(not words.startswith("useradd") for words in place.ran)
    assert "\nUser=calls\n" in place.files()[UNIT]
    assert "\nEnvironmentFile=/srv/calls.env\n" in place.files()[UNIT]
    assert set(place.files()) == {"srv/calls.env", UNIT}


def test_a_dry_run_prints_what_an_install_writes_and_touches_nothing(place):
    tried = place.type("install", "--dry-run")
    assert (tried.exit_code, tried.stderr, place.ran, place.files()) == (0, "", [], {})
    assert not (place.root / "etc").exists()
    done = place.type("install")
    for name, mode in ((ENVIRONMENT, "0600"), (UNIT, "0644")):
        assert f"Write /{name} (mode {mode}).\n{place.files()[name]}" in tried.stdout
    steps = [line for line in tried.stdout.splitlines() if line.startswith(("Run: ", "Write "))]
    assert steps == [line for line in done.stdout.splitlines() if line.startswith(("Run: ", "Write "))]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"is_root": False}, "Only root may set up a service: try it with sudo. “--dry-run” shows"),
        ({"root": Path("/nowhere")}, "systemd does not run on this machine (there is no /run/systemd/system)."),
    ],
)
@pytest.mark.parametrize("command", ["install", "remove"])
def test_what_a_machine_lacks_is_refused_with_the_offer_of_a_dry_run(place, command, change, said):
    place.machine = replace(place.machine, **change)
    refused = place.type(command)
    assert (refused.exit_code, refused.stdout, place.ran, place.files()) == (1, "", [], {})
    assert refused.stderr.startswith(said)
    assert "--dry-run" in refused.stderr
    tried = place.type(command, "--dry-run")
    assert tried.exit_code == 0
    assert f"Without --dry-run it is refused: {said}" in tried.stderr


def test_an_installation_that_is_closed_to_the_user_is_refused_with_the_remedy(place, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "cli.py").touch()
    place.machine = replace(place.machine, installation=replace(EVERYBODY, entry=closed / "cli.py"))
    refused = place.type("install")
    assert (refused.exit_code, place.ran) == (1, [])
    assert UNIT not in place.files()
    assert "is missing or closed to that user" in refused.stderr
    assert "/opt/fs_control/bin/pip install ." in refused.stderr


@pytest.mark.parametrize("command", ["install", "remove"])
def test_a_unit_that_somebody_else_wrote_is_left_alone(place, command):
    (place.root / UNIT).parent.mkdir(parents=True)
    (place.root / UNIT).write_text("[Service]\n")
    refused = place.type(command)
    assert (refused.exit_code, place.ran, place.files()) == (1, [], {UNIT: "[Service]\n"})
    assert "/etc/systemd/system/fs_control.service was not written by this command" in refused.stderr


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--user", "root"), 1, "The service cannot run as “root”"),
        (("--environment", "/etc/a\nUser=root"), 1, "The path '/etc/a\\nUser=root' cannot stand in a systemd unit."),
        (("--usr", "x"), 2, "There is no option “--usr”. Did you mean “--user”?"),
    ],
)
@pytest.mark.parametrize("dry_run", [(), ("--dry-run",)])
def test_what_cannot_be_written_is_refused_in_a_dry_run_too(place, options, code, said, dry_run):
    refused = place.type("install", *options, *dry_run)
    assert (refused.exit_code, place.ran, place.files()) == (code, [], {})
    assert refused.stderr.startswith(said)


def test_a_setting_that_cannot_be_read_is_refused_before_anything_is_done(place):
    (place.root / ENVIRONMENT).parent.mkdir(parents=True)
    (place.root / ENVIRONMENT).write_text("FS_CONTROL_MAX_CALLS=many\n")
    refused = place.type("install")
    assert (refused.exit_code, place.ran) == (1, [])
    assert refused.stderr.startswith("FS_CONTROL_MAX_CALLS is “many”")


def test_a_step_that_fails_ends_the_install_and_says_which(place):
    def fail(words: Sequence[str]) -> None:
        run_program(("sh", "-c", "echo no room >&2; exit 4"))

    place.machine = replace(place.machine, run=fail)
    refused = place.type("install")
    assert (refused.exit_code, place.files()) == (1, {})
    assert "failed: no room." in refused.stderr


def test_a_program_that_is_not_there_is_a_failed_step():
    with pytest.raises(RemoteFault, match="service_step_failed"):
        run_program(("fs-control-no-such-program",))


def test_a_remove_takes_the_unit_and_leaves_settings_and_data(place):
    place.type("install")
    place.ran.clear()
    result = place.type("remove")
    assert place.ran == ["systemctl disable --now fs_control.service", "systemctl daemon-reload"]
    assert set(place.files()) == {ENVIRONMENT}
    assert "Its data in /var/lib/fs_control/service, its environment file and its user stay." in result.stdout


def test_a_dry_run_of_a_remove_touches_nothing(place):
    place.type("install")
    before = place.files()
    place.ran.clear()
    tried = place.type("remove", "--dry-run")
    assert (tried.exit_code, place.ran, place.files()) == (0, [], before)
    assert "Remove /etc/systemd/system/fs_control.service.\n" in tried.stdout


def test_a_remove_without_a_service_is_refused(place):
    refused = place.type("remove")
    assert (refused.exit_code, place.ran) == (1, [])
    assert refused.stderr.startswith("There is no service to remove")


def test_a_link_to_nowhere_is_no_place_for_secrets(place, tmp_path):
    (place.root / ENVIRONMENT).parent.mkdir(parents=True)
    (place.root / ENVIRONMENT).symlink_to(tmp_path / "elsewhere")
    place.machine.carry_out(WriteFile(PurePosixPath("/", ENVIRONMENT), 0o600, "SECRET=1", stays_if_there=True))
    assert not (tmp_path / "elsewhere").exists()


def test_every_folder_behind_a_link_counts(tmp_path):
    tmp_path.chmod(0o755)
    home = tmp_path / "home"
    home.mkdir()
    (home / "python").touch(0o755)
    middle, link = tmp_path / "middle", tmp_path / "python"
    middle.symlink_to(home / "python")
    link.symlink_to(middle)
    nobody, owner = Account(), Account(home.stat().st_uid)
    found = replace(EVERYBODY, python=link)
    above = [folder for folder in tmp_path.parents if not folder.stat().st_mode & stat.S_IXOTH]
    home.chmod(0o700)
    assert first_unreadable(found, nobody) == (above[-1] if above else home)
    assert first_unreadable(found, owner) is None
    assert first_unreadable(replace(EVERYBODY, flows=tmp_path / "gone"), owner) == tmp_path / "gone"


def test_this_installation_starts_by_what_is_there():
    ours = this_installation()
    assert all(file.exists() for file in ours.files)
    assert ours.entry.name in ("cli.py", "fs-control")
    assert list(ours.flows.glob("*.yaml"))


def test_the_unit_is_known_again_by_its_first_line(place):
    place.type("install")
    assert place.files()[UNIT].startswith(f"{MARK}\n")
