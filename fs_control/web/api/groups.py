"""The API's groups and their lines: the numbers of the board."""

from __future__ import annotations

from typing import Any, Final

from apiflask import APIBlueprint

from fs_control.centre.board import GroupBoard, TodayBoard, WaitingCaller, board_of, queue_of
from fs_control.records import Scope
from fs_control.web.api.gate import Gate
from fs_control.web.api.shapes import (
    GroupList,
    GroupShape,
    LineShape,
    TodayShape,
    WaitingShape,
    moment_or_none,
    seconds_of,
)
from fs_control.web.control_api import Control

COUNTS: Final = ("group", "waiting", "members", "ready", "idle", "ringing", "talking")
"""What is shown as the board has it."""


def groups_blueprint(control: Control, gate: Gate) -> APIBlueprint:
    """Return the routes below /v1/groups."""
    routes = APIBlueprint("groups", __name__, tag="Groups and lines", url_prefix="/v1")

    @routes.get("/groups")
    @gate.needs(routes, Scope.QUEUES_READ)
    @routes.output(GroupList)
    def list_groups() -> GroupList:
        """Every group, now and today."""
        board = board_of(control.centre(), control.now())
        return GroupList(groups=[GroupShape(**_fields(group)) for group in board.groups])

    @routes.get("/groups/<path:group>")
    @gate.needs(routes, Scope.QUEUES_READ)
    @routes.output(LineShape)
    def show_group(group: str) -> LineShape:
        """One group with everybody in its line, with whole numbers."""
        queue = queue_of(control.centre(), group, control.now())
        return LineShape(**_fields(queue.group), callers=[_waiting(caller) for caller in queue.callers])

    return routes


def _fields(group: GroupBoard) -> dict[str, Any]:
    return {
        **{
            name: getattr(group, name)
            for name in ("group", "waiting", "members", "ready", "idle", "ringing", "talking")
        },
        "longest_wait_s": None if group.longest_wait is None else seconds_of(group.longest_wait),
        "today": _today(group.today),
    }


def _today(today: TodayBoard) -> TodayShape:
    return TodayShape(
        entered=today.entered,
        answered=today.answered,
        answered_in_time=today.answered_in_time,
        abandoned=sum(today.abandoned.values()),
        longest_wait_s=seconds_of(today.longest_wait),
        average_wait_s=None if today.average_wait is None else seconds_of(today.average_wait),
        service_level=today.service_level,
    )


def _waiting(caller: WaitingCaller) -> WaitingShape:
    return WaitingShape(
        position=caller.position,
        call=caller.call,
        caller=caller.caller,
        caller_name=caller.caller_name,
        joined_at=moment_or_none(caller.joined_at),
        state=caller.state,
        rung=list(caller.rung),
    )
