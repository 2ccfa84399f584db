"""`fs-control gateway`: the ways out to carriers, by which outside numbers are called (O1).

Easy to break: a password is asked for or read from a file, never taken from the command line, where every user of the
machine could read it, and never shown again; and a gateway that FreeSWITCH could not be told of has to be said to the
person, because calls go wrong by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from fs_control.errors import RemoteFault, UserMistake
from fs_control.face.asking import be_sure
from fs_control.face.click_words import Group, Option
from fs_control.face.database import database
from fs_control.face.options import load_settings
from fs_control.face.telling import tell_engine
from fs_control.face.values import refuse_no_change
from fs_control.face.words import explained, print_json, print_table, remark, say, words
from fs_control.records import NumberForm

if TYPE_CHECKING:
    from fs_control.store.dialling import GatewayEntry, PostgresDialStore

EXAMPLES: Final = (
    "fs-control gateway add carrier --proxy 203.0.113.7",
    "fs-control gateway add carrier --proxy sip.example.com --user 862100001 --register",
    "fs-control gateway list",
)
UNKNOWN: Final = "UNKNOWN"
FORMS: Final = tuple(form.value for form in NumberForm)
ON: Final = ("REGED", "NOREG")


@click.group("gateway", cls=Group, examples=EXAMPLES)
def gateway_group() -> None:
    """Choose a command below."""


def _settings_of_a_gateway(command: Any) -> Any:
    """Give a command the options of `add` and `set`."""
    for option in (
        click.option("--calls-per-second", type=click.IntRange(0), cls=Option),
        click.option("--max-calls", "gateway_max_calls", type=click.IntRange(0), cls=Option),
        click.option("--form", type=click.Choice(FORMS), cls=Option),
        click.option("--ping", "ping_s", type=click.IntRange(0, 3600), metavar="SECONDS", cls=Option),
        click.option("--register/--no-register", "register", default=None, cls=Option),
        click.option("--password-file", type=click.File(), metavar="FILE", cls=Option),
        click.option("--user", "username", cls=Option),
        click.option("--realm", cls=Option),
    ):
        command = option(command)
    return command


@gateway_group.command("add", examples=EXAMPLES[:2])
@click.argument("name")
@click.option("--proxy", required=True, metavar="HOST[:PORT]", cls=Option)
@_settings_of_a_gateway
def add_gateway(name: str, **told: Any) -> None:
    """Add a gateway."""
    from fs_control.store.dialling import GatewayEntry

    settings = _settings(told)
    if "username" in settings and "password" not in settings:
        settings["password"] = click.prompt(words("gateway_password"), hide_input=True, err=True)
    with _store() as store:
        store.add_gateway(GatewayEntry(name, **settings))
    say("gateway_added", gateway=name)
    _make_known(name)


@gateway_group.command("set", examples=("fs-control gateway set carrier --max-calls 30", EXAMPLES[2]))
@click.argument("name")
@click.option("--proxy", metavar="HOST[:PORT]", cls=Option)
@_settings_of_a_gateway
@click.option("--enable/--disable", "enabled", default=None, cls=Option)
def set_gateway(name: str, enabled: bool | None, **told: Any) -> None:
    """Change a gateway."""
    settings = {**_settings(told), **({} if enabled is None else {"enabled": enabled})}
    refuse_no_change(settings)
    with _store() as store:
        store.change_gateway(name, settings)
    say("gateway_changed", gateway=name)
    _make_known(name)


def _settings(told: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that were given; 0 takes a limit or the pings away."""
    file = told.pop("password_file")
    told["max_calls"] = told.pop("gateway_max_calls")
    settings = {name: value for name, value in told.items() if value is not None}
    for name in ("max_calls", "calls_per_second", "ping_s"):
        if settings.get(name) == 0:
            settings[name] = None
    if "form" in settings:
        settings["form"] = NumberForm(settings["form"])
    if file is not None:
        settings["password"] = file.readline().rstrip("\r\n")
    return settings


@gateway_group.command("list", examples=("fs-control gateway list", "fs-control gateway list --json"))
@click.option("--json", "json", is_flag=True, cls=Option)
def list_gateways(json: bool) -> None:
    """List the gateways and how the switch finds them."""
    with _store() as store:
        gateways = store.gateways()
    states = _states()
    if json:
        print_json({"gateways": [_plain(each, states) for each in gateways]})
    elif not gateways:
        say("no_gateways")
    else:
        print_table(("gateway", "proxy", "username", "form", "max_calls", "state"), [_row(g, states) for g in gateways])
        if states is None:
            remark("gateway_states_not_told")


def _plain(entry: GatewayEntry, states: dict[str, str] | None) -> dict[str, Any]:
    shown = {name: getattr(entry, name) for name in type(entry).__slots__ if name != "password"}
    return {**shown, "state": _state(entry.name, states)}


def _row(entry: GatewayEntry, states: dict[str, str] | None) -> tuple[str | None, ...]:
    state = words("gateway_disabled") if not entry.enabled else _state(entry.name, states)
    most = None if entry.max_calls is None else str(entry.max_calls)
    return (entry.name, entry.proxy, entry.username, words(f"number_form.{entry.form}"), most, state)


def _state(name: str, states: dict[str, str] | None) -> str | None:
    return None if states is None else states.get(name, UNKNOWN)


@gateway_group.command(
    "test", examples=("fs-control gateway test carrier", "fs-control gateway test carrier 02112345678")
)
@click.argument("name")
@click.argument("number", required=False)
def probe_gateway(name: str, number: str | None) -> None:
    """Say whether the switch reaches a gateway, and how it would be told a number."""
    with _store() as store:
        entry = next((each for each in store.gateways() if each.name == name), None)
        if entry is None:
            raise UserMistake("dial_gateway_unknown", gateway=name, nearest=None)
    if number is not None:
        _say_how_dialled(entry, number)
    state = _state(name, _states())
    if state is None:
        remark("gateway_states_not_told")
        raise RemoteFault("gateway_not_tested", gateway=name)
    if state not in ON:
        raise RemoteFault("gateway_not_reached", gateway=name, state=words(f"gateway_state.{state}"))
    pinged = words("gateway_pinged" if entry.ping_s else "gateway_not_pinged")
    say("gateway_works", gateway=name, state=words(f"gateway_state.{state}"), pinged=pinged)


def _say_how_dialled(entry: GatewayEntry, number: str) -> None:
    from fs_control.centre.dial_rules import destination_of, said_to
    from fs_control.centre.refusals import Refusal
    from fs_control.face.stores import stores

    with stores() as kept:
        directory = kept.directory.load()[0]
    found = destination_of(directory, number)
    if isinstance(found, Refusal):
        raise UserMistake(found.code, **found.values)
    say("gateway_would_dial", gateway=entry.name, dialled=said_to(entry.form, found.number, directory.region))


@gateway_group.command("remove", examples=("fs-control gateway remove carrier",))
@click.argument("name")
@click.option("--yes", is_flag=True, cls=Option)
def remove_gateway(name: str, yes: bool) -> None:
    """Remove a gateway."""
    be_sure(yes, "gateway_remove_sure", gateway=name)
    with _store() as store:
        store.remove_gateway(name)
    say("gateway_removed", gateway=name)
    _make_known(name)


@contextmanager
def _store() -> Iterator[PostgresDialStore]:
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.dialling import PostgresDialStore

    with database() as engine:
        yield PostgresDialStore(engine, DEFAULT_ENTERPRISE)


def _states() -> dict[str, str] | None:
    """Return how the switch finds its gateways; None where it cannot be asked, and for the one in the box."""
    from fs_control.face.doctor.reading import gateways_of
    from fs_control.face.freeswitch.asking import ask_switch

    switch = load_settings().switch
    if switch is None:
        return None
    try:
        return gateways_of(ask_switch(switch, "sofia", "xmlstatus gateway"))
    except RemoteFault:
        return None


def _make_known(name: str) -> None:
    """Tell the engine, and FreeSWITCH where its files can be reached from here."""
    tell_engine()
    switch = load_settings().switch
    if switch is None or not switch.configuration:
        remark("gateways_next")
        return
    try:
        remark("gateways_read" if _refresh(Path(switch.configuration), name) else "gateways_written")
    except UserMistake as refused:
        remark("gateways_old", reason=explained(refused))
    except RemoteFault as fault:
        remark(fault.code, **fault.values)


def _refresh(folder: Path, name: str) -> bool:
    from fs_control.face.freeswitch.gateways_file import refresh_gateways

    return refresh_gateways(folder, logins(), [name])


def logins() -> list[Any]:
    """Return what FreeSWITCH has to know of every gateway that is in use."""
    from fs_control.switch.gateways import GatewayLogin

    with _store() as store:
        found = store.for_switch()
    return [
        GatewayLogin(each.name, each.proxy, each.realm, each.username, each.password, each.register, each.ping_s)
        for each in found
    ]
