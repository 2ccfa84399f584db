"""Agents and calls of the board as rows: as many beside one another as the window is wide.

An agent stands with each of their groups; who is signed out is only counted. Easy to break: whom an agent talks with is
shown by the last digits and no more, as the board has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from rich.text import Text

from fs_control.face.agent_words import break_words
from fs_control.face.live.cells import GAP, Row, Section, cell, length_words, line
from fs_control.face.words import words

Board = Mapping[str, Any]
"""`centre.board.Board` as it comes over the control socket."""
Agent = Mapping[str, Any]
Call = Mapping[str, Any]

MARGIN: Final = 10
"""Cells for the name of a group before its agents."""
AGENT: Final = 34
CALL: Final = 38
"""Cells of one of them at least: two beside one another in a window of 80."""
WIDE: Final = 120
FOR_GROUP: Final = 12
"""In a window that wide there is room for the group for which an agent talks."""
NAME: Final = 10
DOING: Final = 9
CALLER: Final = 6
"""The last digits, or that there are none."""
LENGTH: Final = 5

_COLOURS: Final = {
    "idle": "green",
    "on_call": "cyan",
    "ringing": "magenta",
    "reserved": "magenta",
    "unregistered": "red",
}
BREAK_TO_COME: Final = "yellow"
"""Of what an agent does who goes on a break after it."""
_CALL_COLOURS: Final = {"talking": "cyan", "waiting": "yellow", "ringing_agent": "magenta"}


def agents_section(board: Board, width: int) -> Section:
    """Return the agents, each group's beside its name."""
    number = max((len(agent["number"]) for agent in board["agents"]), default=0)
    heading = Text(words("live.agents"), style="bold")
    return Section(heading, [row for group in _groups(board) for row in _group_rows(board, group, number, width)])


def _groups(board: Board) -> list[str | None]:
    """Return the groups, and None for those agents who are in none."""
    return [*(group["group"] for group in board["groups"]), None]


def _group_rows(board: Board, group: str | None, number: int, width: int) -> Iterator[Row]:
    members = [agent for agent in board["agents"] if (group in agent["groups"] if group else not agent["groups"])]
    here = [agent for agent in members if agent["doing"] != "signed_out"]
    away = len(members) - len(here)
    if group is None and not here:
        return
    name = words("live.no_group") if group is None else group
    cells: list[Callable[[int], Text]] = [partial(_agent, agent, group, number, board["at"]) for agent in here]
    if away:
        cells.append(partial(cell, words("live.signed_out", count=away), style="dim"))
    yield from _side_by_side(cells, MARGIN, AGENT if width < WIDE else AGENT + FOR_GROUP, width, name)


def _side_by_side(
    cells: Sequence[Callable[[int], Text]], margin: int, least: int, width: int, name: str = ""
) -> Iterator[Row]:
    """Yield rows of as many cells as fit beside one another, the first with a name before it."""
    beside = max(1, (width - margin) // (least + 1))
    room = (width - margin) // beside - 1
    for first in range(0, len(cells), beside):
        shown = cells[first : first + beside]
        before = cell(name if first == 0 else "", margin, "bold")
        yield Row(partial(_beside, before, shown, room, width), len(shown))


def _beside(before: Text, cells: Sequence[Callable[[int], Text]], room: int, width: int) -> Text:
    return line((before, *(part for each in cells for part in (each(room), GAP))), width)


def _agent(agent: Agent, group: str | None, number: int, at: int, room: int) -> Text:
    since = "" if agent["since"] is None else length_words(at - agent["since"])
    rest = room - number - DOING - LENGTH - 4
    name = max(CALLER, min(NAME, rest - CALLER))
    parts = (
        cell(agent["number"], number),
        cell(agent["name"], name),
        cell(_doing(agent), DOING, _colour(agent)),
        cell(since, LENGTH, right=True),
        cell(_with_whom(agent, group, rest - name), rest - name),
    )
    return cell_of(parts, room)


def cell_of(parts: Sequence[Text], room: int) -> Text:
    """Put parts with gaps between them into so many cells."""
    whole = GAP.join(parts)
    whole.truncate(room, overflow="ellipsis", pad=True)
    return whole


def _with_whom(agent: Agent, group: str | None, room: int) -> str:
    """Return the caller, and with a plus which leader is on the call.

    Where there is room, also the break to come, else the group they called if the agent does not stand with that one.
    """
    if agent["doing"] not in ("on_call", "ringing", "reserved", "supervising"):
        return ""
    caller = "".join((agent["caller"] or words("live.withheld"), *(f" +{each}" for each in agent["supervised_by"])))
    if room < FOR_GROUP:
        return caller
    if agent["break_after_call"] is not None:
        return f"{caller} {words('live.then_break')}"
    return caller if agent["for_group"] in (None, group) else f"{caller} {agent['for_group']}"


def _colour(agent: Agent) -> str:
    return BREAK_TO_COME if agent["break_after_call"] is not None else _COLOURS.get(agent["doing"], "")


def _doing(agent: Agent) -> str:
    doing = agent["doing"]
    if doing == "break" and agent["break_cause"]:
        return break_words(agent)
    if doing == agent["state"]:
        return words(f"agent_state.{doing}")
    return words(f"agent_status.{doing}" if doing == agent["status"] else f"live.{doing}")


def calls_section(board: Board, width: int) -> Section:
    """Return the calls under way."""
    calls = board["calls"]
    heading = Text(words("live.calls_now"), style="bold")
    if not calls:
        return Section(heading, [Row(lambda: Text(words("live.nobody"), style="dim"), 0)])
    cells: list[Callable[[int], Text]] = [partial(_call, call, board["at"]) for call in calls]
    return Section(heading, list(_side_by_side(cells, 0, CALL, width)))


def _call(call: Call, at: int, room: int) -> Text:
    place = f"#{call['position']}" if call["position"] is not None and call["agent"] is None else call["agent"] or ""
    parts = (
        cell(call["caller"] or words("live.withheld"), CALLER),
        cell(words(f"call_state.{call['state']}"), 7, _CALL_COLOURS.get(call["state"], "")),
        cell(length_words(at - call["since"]), LENGTH, right=True),
        cell(call["group"] or call["number"], room - CALLER - LENGTH - 17),
        cell(place, 6),
    )
    return cell_of(parts, room)
