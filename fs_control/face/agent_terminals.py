"""The options of `agent add` and `agent set` that say on what an agent is rung and what they may do; and the PIN.

Easy to break: an option that was not given changes nothing, so nothing here has a default; and a PIN is never an
argument, which others on the machine could read in the list of processes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from fs_control.errors import UserMistake
from fs_control.face.click_words import Option
from fs_control.face.values import NOTHING, given_or_none
from fs_control.face.words import print_table, remark, words

if TYPE_CHECKING:
    from fs_control.records import Right
    from fs_control.store.directory_plan import AgentEntry

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OPTIONS: Final = (
    click.option("--terminal", "terminals", metavar="KIND=CODE", multiple=True, cls=Option),
    click.option("--default-terminal", "default_terminal", metavar="KIND", cls=Option),
    click.option("--extension", metavar="NUMBER", cls=Option),
    click.option("--divert-to", "divert_to", metavar="NUMBER", cls=Option),
    click.option("--divert", type=click.Choice(("on", "off", "-")), cls=Option),
    click.option("--right", "more_rights", metavar="RIGHT", multiple=True, cls=Option),
    click.option("--without-right", "fewer_rights", metavar="RIGHT", multiple=True, cls=Option),
)

_SHARED: Final = (_OPTIONS[1], _OPTIONS[4])

_NAMES: Final = (*("terminals", "default_terminal", "extension", "divert_to", "divert", "more_rights", "fewer_rights"),)
"""What the options are called where they are read."""

_DIVERT: Final = {"on": True, "off": False, "-": None}


def terminal_options(command: _Command) -> _Command:
    """Give a command the options above; what they hold goes to `with_terminals` as it is."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def shared_terminal_options(command: _Command) -> _Command:
    """Give a command those of the options that hold for a whole enterprise (A26)."""
    for option in reversed(_SHARED):
        command = option(command)
    return command


def shared_terminal_settings(options: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the enterprise's entry that the options give; UserMistake names what is wrong."""
    from fs_control.store import terminal_fields as read

    settings = given_or_none(default_terminal=(options["default_terminal"], read.terminal_kind))
    return settings if options["divert"] is None else {**settings, "diverts": _DIVERT[options["divert"]]}


def are_given(options: dict[str, Any]) -> bool:
    """Tell whether any of the options was given."""
    return any(options[name] for name in _NAMES)


def with_terminals(entry: AgentEntry, options: dict[str, Any]) -> AgentEntry:
    """Return an agent's entry as the options want it; UserMistake where one cannot be read."""
    from fs_control.store import terminal_fields as read

    changes: dict[str, Any] = given_or_none(
        default_terminal=(options["default_terminal"], read.terminal_kind),
        extension=(options["extension"], read.internal_number),
        divert_to=(options["divert_to"], read.outside_number),
    )
    for text in options["terminals"]:
        changes |= _terminal(text)
    if options["divert"] is not None:
        changes["diverts"] = _DIVERT[options["divert"]]
    changes["rights"] = _rights(entry, options)
    return replace(entry, **changes)


def _terminal(text: str) -> dict[str, str | None]:
    from fs_control.store import directory_fields, terminal_fields
    from fs_control.store.directory_plan import TERMINAL_FIELDS

    word, equals, code = text.partition("=")
    kind = terminal_fields.terminal_kind(word)
    if not equals:
        raise UserMistake("terminal_without_code", text=text)
    read = directory_fields.extension if kind.registers else terminal_fields.outside_number
    return {TERMINAL_FIELDS[kind]: None if code in NOTHING else read(code)}


def _rights(entry: AgentEntry, options: dict[str, Any]) -> tuple[Right, ...]:
    from fs_control.store.terminal_fields import right

    more = {right(text) for text in options["more_rights"]}
    fewer = {right(text) for text in options["fewer_rights"]}
    return tuple(sorted((set(entry.rights) | more) - fewer))


def remark_missing(entry: AgentEntry) -> None:
    """Say what an agent cannot do because something else is missing (A18)."""
    from fs_control.records import Right

    if Right.CALL not in entry.rights:
        remark("agent_without_call_right", agent=entry.number)
    elif not entry.kinds:
        remark("agent_without_terminal", agent=entry.number)


def print_terminals(entry: AgentEntry) -> None:
    """Print on what an agent is rung and what they may do, one setting a line."""
    from fs_control.store.directory_plan import TERMINAL_FIELDS

    terminals = [f"{words(f'terminal.{kind}')} {getattr(entry, TERMINAL_FIELDS[kind])}" for kind in sorted(entry.kinds)]
    rows = (
        ("terminals", ", ".join(terminals)),
        ("extension", entry.extension),
        ("divert_to", entry.divert_to),
        ("rights", ", ".join(words(f"right.{one}") for one in entry.rights)),
    )
    print_table(("setting", "value"), [(words(f"heading.{name}"), value) for name, value in rows])


def plain_terminals(entry: AgentEntry) -> dict[str, Any]:
    """Return the same as plain values."""
    from fs_control.store.directory_plan import TERMINAL_FIELDS

    return {
        "codes": {kind: getattr(entry, TERMINAL_FIELDS[kind]) for kind in sorted(entry.kinds)},
        "default": entry.default_terminal,
        "extension": entry.extension,
        "divert_to": entry.divert_to,
        "diverts": entry.diverts,
        "rights": entry.rights,
    }


def ask_pin() -> str:
    """Ask for a PIN twice, unseen; UserMistake where there is nobody to ask, or the two differ."""
    from fs_control.store.terminal_fields import pin

    try:
        first = pin(click.prompt(words("pin_wanted"), hide_input=True, err=True, prompt_suffix=" "))
        again = click.prompt(words("pin_again"), hide_input=True, err=True, prompt_suffix=" ")
    except click.Abort:
        raise UserMistake("not_confirmed_pin") from None
    if first != again:
        raise UserMistake("pins_differ")
    return first
