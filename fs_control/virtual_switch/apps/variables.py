"""Applications that set variables: set, multiset, unset, export.

Owns how their arguments are read (base_set and multiset of mod_dptools.c): the name ends at the first `=`; multiset
begins with `^^` and its own separator, or separates with spaces. Easy to break: a value may hold `=` and even spaces.
"""

from __future__ import annotations

from typing import Final

from fs_control.virtual_switch.sessions import Session

EXPORTS: Final = "export_vars"


def set_variable(session: Session, argument: str | None) -> None:
    """Set `name=value`; without a value the variable goes away."""
    name, _, value = (argument or "").partition("=")
    if name:
        session.channel.variables.set(name, value)


def export(session: Session, argument: str | None) -> None:
    """Set `name=value` here and on every leg that is dialled for this call; `nolocal:name` only there."""
    name, _, value = (argument or "").partition("=")
    if not name:
        return
    variables = session.channel.variables
    variables.set(name, value)
    known = [each for each in (variables.get(EXPORTS) or "").split(",") if each and each != name]
    variables.set(EXPORTS, ",".join([*known, name] if value else known))


def multiset(session: Session, argument: str | None) -> None:
    """Set several variables at once."""
    for pair in split_list(argument or "", " "):
        set_variable(session, pair)


def unset(session: Session, argument: str | None) -> None:
    """Remove a variable."""
    if argument:
        session.channel.variables.set(argument, None)


def split_list(text: str, separator: str) -> list[str]:
    """Split a list; `^^X` at its start makes X the separator."""
    if text.startswith("^^") and len(text) > 2:
        separator, text = text[2], text[3:]
    return [part for part in text.split(separator) if part]
