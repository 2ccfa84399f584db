"""How an agent begins and how long they finish notes: the options, and each value with who said so (A26).

Values are taken away by a dash. Easy to break: in several groups the time for notes is that of the group whose call it
was, so where the agent has no value of their own there is a line for each group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from fs_control.agents import Given, Source, first_given
from fs_control.face.click_words import Option
from fs_control.face.values import given_or_none
from fs_control.face.words import print_table, words
from fs_control.records import TerminalKind

if TYPE_CHECKING:
    from fs_control.store.directory_plan import AgentEntry, Configured, EnterpriseEntry

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of an agent as people read it; of several groups `group` is the one whose calls it is for."""

    setting: str
    value: str
    source: Source
    group: str | None = None


def desk_options(command: _Command) -> _Command:
    """Give a command the options below; what they hold goes to `desk_settings` as it is."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def desk_settings(options: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an entry (agent or enterprise) that the options give; UserMistake names what is wrong."""
    from fs_control.store import agent_fields

    return given_or_none(
        wrap_up_s=(options["wrap_up"], agent_fields.wrap_up),
        starts_on_break=(options["starts"], agent_fields.starts),
    )


def settings_of(configured: Configured, number: str) -> list[Setting]:
    """Return what counts for an agent, and who said so."""
    agent, enterprise = configured.agents[number], configured.enterprise
    begins = first_given(False, agent.starts_on_break, None, enterprise.starts_on_break)
    starts = Setting("starts", "on_break" if begins.value else "ready", begins.source)
    return [starts, *_wrap_ups(configured, agent), *terminal_settings(agent, enterprise)]


def _wrap_ups(configured: Configured, agent: AgentEntry) -> Iterator[Setting]:
    """Yield the agent's own time for notes, else that of each group that has one, and what counts otherwise."""
    enterprise = configured.enterprise.wrap_up_s
    if agent.wrap_up_s is None:
        for group in configured.groups.values():
            if group.wrap_up_s is not None and any(member.number == agent.number for member in group.members):
                yield _wrap_up(first_given(0.0, None, group.wrap_up_s, enterprise), group.name)
    yield _wrap_up(first_given(0.0, agent.wrap_up_s, None, enterprise), None)


def _wrap_up(length: Given[float], group: str | None) -> Setting:
    return Setting("wrap_up", f"{length.value:g}", length.source, group)


def terminal_settings(agent: AgentEntry | None, enterprise: EnterpriseEntry) -> list[Setting]:
    """Return where an agent is signed in and whether their calls are diverted; None is one who has no value at all."""
    kinds = agent.kinds if agent is not None else frozenset(TerminalKind)
    own, theirs = (
        one.default_terminal if one is not None and one.default_terminal in kinds else None
        for one in (agent, enterprise)
    )
    built_in = next((kind for kind in TerminalKind if kind in kinds), None)
    where = first_given(built_in, own, None, theirs)
    diverts = first_given(False, agent.diverts if agent is not None else None, None, enterprise.diverts)
    told = [Setting("diverts", "yes" if diverts.value else "no", diverts.source)]
    return [Setting("default_terminal", where.value, where.source), *told] if where.value is not None else told


def print_settings(settings: Sequence[Setting]) -> None:
    """Print settings, one a line."""
    rows = [(_name(each), value_words(each.setting, each.value), words(f"source.{each.source}")) for each in settings]
    print_table(("setting", "value", "source"), rows)


def _name(each: Setting) -> str:
    name = words(f"agent_setting.{each.setting}")
    return name if each.group is None else words("agent_setting_for_group", setting=name, group=each.group)


def value_words(setting: str, value: str) -> str:
    """Say a value as people read it."""
    match setting:
        case "starts":
            return words(f"starts.{value}")
        case "default_terminal":
            return words(f"terminal.{value}")
        case "diverts":
            return words(value)
        case _:
            return words("story.seconds", seconds=value)


def sheet_row(agent: AgentEntry) -> tuple[str | None, ...]:
    """Return what a CSV sheet of agents has in its columns for one agent."""
    from fs_control.store.agent_fields import starts_text, wrap_up_text
    from fs_control.store.terminal_fields import terminal_cells

    own = (agent.number, agent.name, agent.phone, wrap_up_text(agent.wrap_up_s), starts_text(agent.starts_on_break))
    return (*own, *terminal_cells(agent))


_OPTIONS: Final = (
    click.option("--wrap-up", metavar="SECONDS", cls=Option),
    click.option("--starts", metavar="on_break|ready", cls=Option),
)
