"""`fs-control freeswitch`: writes the configuration of a FreeSWITCH that works for us, and the phones it lets in.

Easy to break: a second run keeps what it is not told anew, the secrets above all; and a secret is never printed, not
even by a dry run.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from fs_control.face.click_words import Group, Option
from fs_control.face.words import remark, say

if TYPE_CHECKING:
    from fs_control.switch.configuration import SwitchSetup

PASSWORD_BYTES: Final = 24
HIDDEN: Final = "********"
SECRETS: Final = ("event_password", "directory_password")

EXAMPLES = (
    "fs-control freeswitch config --out /var/lib/freeswitch/fs_control --sip-ip 192.0.2.10",
    "fs-control freeswitch directory --out /var/lib/freeswitch/fs_control",
)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group("freeswitch", cls=Group, examples=EXAMPLES)
def freeswitch_group() -> None:
    """Choose a command below."""


@freeswitch_group.command("config", examples=("fs-control freeswitch config --out freeswitch --dry-run", EXAMPLES[0]))
@click.option("--out", "out_folder", required=True, type=_FOLDER, metavar="DIR", cls=Option)
@click.option("--controller", "controllers", multiple=True, metavar="IP:PORT", cls=Option)
@click.option("--sip-ip", metavar="IP", cls=Option)
@click.option("--rtp-ip", metavar="IP", cls=Option)
@click.option("--external-ip", metavar="IP", cls=Option)
@click.option("--domain", metavar="NAME", cls=Option)
@click.option("--carrier", "carriers", multiple=True, metavar="NETWORK", cls=Option)
@click.option("--phones-port", type=int, cls=Option)
@click.option("--trunks-port", type=int, cls=Option)
@click.option("--event-ip", metavar="IP", cls=Option)
@click.option("--event-port", type=int, cls=Option)
@click.option("--directory-port", type=int, cls=Option)
@click.option("--switch-media", metavar="DIR", cls=Option)
@click.option("--switch-recordings", metavar="DIR", cls=Option)
@click.option("--switch-cdrs", metavar="DIR", cls=Option)
@click.option("--dry-run", "only_print", is_flag=True, cls=Option)
def write_config(out_folder: Path, only_print: bool, **told: Any) -> None:
    """Write a whole configuration."""
    from fs_control.face.freeswitch.files import check_ours, existing_setup, write_configuration
    from fs_control.switch.configuration import ENVIRONMENT_FILE, START_FILE, checked

    folder = out_folder.absolute()
    check_ours(folder)
    before = existing_setup(folder)
    setup = checked(_setup(folder, before, {name: value for name, value in told.items() if value not in (None, ())}))
    if only_print:
        _print(folder, setup)
        return
    write_configuration(folder, setup)
    say("freeswitch_written", folder=str(folder))
    if before is not None:
        say("freeswitch_secret_kept")
    say("freeswitch_next", start=str(folder / START_FILE), environment=str(folder / ENVIRONMENT_FILE))


def _setup(folder: Path, before: SwitchSetup | None, told: dict[str, Any]) -> SwitchSetup:
    """Return what to write: what was told, else what was there, else what follows from that."""
    from fs_control.media.prompts import prompts_folder
    from fs_control.switch.configuration import CDRS_FOLDER, SwitchSetup

    renamed = {"switch_media": "media", "switch_recordings": "recordings", "switch_cdrs": "cdrs"}
    values = {renamed.get(name, name): value for name, value in told.items()}
    if before is not None:
        before = replace(before, cdrs=before.cdrs or str(folder / CDRS_FOLDER))  # one of before that there were files
        kept = {name: getattr(before, name) or secrets.token_urlsafe(PASSWORD_BYTES) for name in SECRETS}
        return replace(before, **{**kept, **values})
    sip_ip = values.get("sip_ip", SwitchSetup().sip_ip)
    follows = {
        "rtp_ip": sip_ip,
        "external_ip": sip_ip,
        "domain": sip_ip,
        "media": str(prompts_folder().parent),
        "recordings": str(folder / "recordings"),
        "db_folder": str(folder / "db"),
        "cdrs": str(folder / CDRS_FOLDER),
        **{name: secrets.token_urlsafe(PASSWORD_BYTES) for name in SECRETS},
    }
    return SwitchSetup(**{**follows, **values})


def _print(folder: Path, setup: SwitchSetup) -> None:
    """Print every file and what is in it, the secrets hidden; nothing is written."""
    from fs_control.face.freeswitch.files import shipped_files
    from fs_control.switch.configuration import configuration_texts

    shown = replace(setup, event_password=HIDDEN, directory_password=HIDDEN)
    texts = configuration_texts(shown, shipped_files(), str(folder))
    for name, text in texts.items():
        click.echo(f"--- {folder / name}")
        click.echo(text)
    remark("freeswitch_nothing_written")


@freeswitch_group.command("directory", examples=EXAMPLES[1:])
@click.option("--out", "out_folder", required=True, type=_FOLDER, metavar="DIR", cls=Option)
def write_directory(out_folder: Path) -> None:
    """Write the phones that may register."""
    from fs_control.face.database import database
    from fs_control.face.freeswitch.phones_file import refresh_phones
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.phones import PostgresPhoneStore

    folder = out_folder.absolute()
    with database() as engine:
        phones = PostgresPhoneStore(engine, DEFAULT_ENTERPRISE).all()
    count, is_running = refresh_phones(folder, {phone.extension: phone.a1_hash for phone in phones})
    _write_gateways(folder)
    say("freeswitch_phones_written", count=count, folder=str(folder))
    remark("freeswitch_reloaded" if is_running else "freeswitch_not_running")
    without = [phone.extension for phone in phones if phone.a1_hash is None]
    if without:
        remark("freeswitch_phones_without_password", phones=tuple(without))


def _write_gateways(folder: Path) -> None:
    """Write the gateways as well; what a running FreeSWITCH knows of them already, it keeps."""
    from fs_control.face.freeswitch.gateways_file import refresh_gateways
    from fs_control.face.gateway import logins

    refresh_gateways(folder, logins(), ())
