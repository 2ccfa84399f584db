"""The options of `group add` and `group set` that say how a group treats those who wait, read and shown.

Every setting that can be missing is taken away by a dash behind its option or by its `--no-` form. Easy to break: an
option that was not given changes nothing, so nothing here has a default.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from fs_control.face.click_words import Option
from fs_control.face.values import NOTHING, given, given_or_none
from fs_control.face.words import print_table, remark, words

if TYPE_CHECKING:
    from fs_control.store.directory_plan import GroupEntry

_Command = TypeVar("_Command", bound=Callable[..., Any])


def line_options(command: _Command) -> _Command:
    """Give a command the options below; what they hold goes to `line_settings` as it is."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def line_settings(options: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a group's entry that the options give; UserMistake where one cannot be read."""
    from fs_control.store import agent_fields, directory_fields, group_fields

    switches = ("own_agent_ask", "announce_estimate")
    settings: dict[str, Any] = {
        **given(colleague=(options["colleague"], group_fields.colleague)),
        **given_or_none(
            own_agent_wait_s=(options["own_agent_wait"], group_fields.own_agent_wait),
            announce_every_s=(options["announce_every"], group_fields.announce_every),
            max_waiting=(options["max_waiting"], group_fields.max_waiting),
            whisper=(options["whisper"], directory_fields.name),
            wrap_up_s=(options["wrap_up"], agent_fields.wrap_up),
        ),
        **{name: options[name] for name in switches if options[name] is not None},
    }
    overflow: tuple[str, ...] = options["overflow"]
    if options["no_overflow"] or any(text in NOTHING for text in overflow):
        settings["overflow"] = ()
    elif overflow:
        settings["overflow"] = group_fields.overflow(", ".join(overflow))
    return settings


def remark_without_effect(entry: GroupEntry) -> None:
    """Say which settings of a group do nothing because another one is not there."""
    if entry.own_agent_ask and entry.own_agent_wait_s is None:
        remark("setting_without_effect", setting="--own-agent-ask", needed="--own-agent-wait")
    if entry.announce_estimate and entry.announce_every_s is None:
        remark("setting_without_effect", setting="--announce-estimate", needed="--announce-every")


def print_line_settings(group: GroupEntry) -> None:
    """Print how a group treats those who wait, one setting a line."""
    from fs_control.store.group_fields import overflow_text

    rows: Sequence[tuple[str, str | None]] = (
        ("colleague", words(f"stands_in.{group.colleague}")),
        ("own_agent_wait", _seconds(group.own_agent_wait_s)),
        ("own_agent_ask", _yes_or_no(group.own_agent_ask)),
        ("announce_every", _seconds(group.announce_every_s)),
        ("announce_estimate", _yes_or_no(group.announce_estimate)),
        ("max_waiting", None if group.max_waiting is None else str(group.max_waiting)),
        ("overflow", overflow_text(group.overflow)),
        ("whisper", group.whisper),
        ("wrap_up", _seconds(group.wrap_up_s)),
    )
    print_table(("setting", "value"), [(words(f"group_setting.{name}"), value) for name, value in rows])


def sheet_cells(group: GroupEntry) -> dict[str, object]:
    """Return what a CSV sheet of groups has in its columns for one group."""
    from fs_control.store.directory_fields import yes_or_no_text
    from fs_control.store.group_fields import overflow_text

    return {
        "name": group.name,
        "strategy": group.strategy,
        "ring": f"{group.ring_s:g}",
        "returning_customer": yes_or_no_text(group.returning_customer),
        "colleague": group.colleague,
        "own_agent_wait": _number(group.own_agent_wait_s),
        "own_agent_ask": yes_or_no_text(group.own_agent_ask),
        "announce_every": _number(group.announce_every_s),
        "announce_estimate": yes_or_no_text(group.announce_estimate),
        "max_waiting": group.max_waiting,
        "overflow": overflow_text(group.overflow),
        "whisper": group.whisper,
        "wrap_up": _number(group.wrap_up_s),
        "members": " ".join(map(str, group.members)),
    }


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:g}"


def _seconds(value: float | None) -> str | None:
    return None if value is None else words("story.seconds", seconds=f"{value:g}")


def _yes_or_no(value: bool) -> str:
    return words("yes" if value else "no")


def _no(name: str) -> Callable[[_Command], _Command]:
    """Return the option `--no-NAME`, which is a dash behind `--NAME`; the help of that one speaks of it."""
    field = name.replace("-", "_")
    return click.option(f"--no-{name}", field, flag_value="-", default=None, hidden=True, cls=Option)


_OPTIONS: Final = (
    click.option("--colleague", metavar="random|strategy", cls=Option),
    click.option("--own-agent-wait", metavar="SECONDS", cls=Option),
    _no("own-agent-wait"),
    click.option("--own-agent-ask/--no-own-agent-ask", default=None, cls=Option),
    click.option("--announce-every", metavar="SECONDS", cls=Option),
    _no("announce-every"),
    click.option("--announce-estimate/--no-announce-estimate", default=None, cls=Option),
    click.option("--max-waiting", metavar="NUMBER", cls=Option),
    _no("max-waiting"),
    click.option("--overflow", metavar="GROUP:SECONDS", multiple=True, cls=Option),
    click.option("--no-overflow", is_flag=True, hidden=True, cls=Option),
    click.option("--whisper", metavar="PROMPT", cls=Option),
    _no("whisper"),
    click.option("--wrap-up", metavar="SECONDS", cls=Option),
    _no("wrap-up"),
)
