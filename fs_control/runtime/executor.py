"""The executor: carries out what the centre orders, and reports what came of it as events.

`handlers` names those who do what is not the switch's business; every other command is said to the switch by
`switch.encode_command`. Nothing here waits: a command to the switch is written and its answer arrives later, as
`CommandFailed` where it was no good. Easy to break: a handler that raises, or the reading of an answer that does,
ends the call that the command was for, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import structlog

from fs_control.centre import Transition, call_of
from fs_control.commands import (
    CallCommand,
    CancelTimer,
    CollectDigits,
    Command,
    FetchUrl,
    FindLegEnds,
    KeepGhost,
    LookUpCaller,
    LookUpDay,
    RaiseAlarm,
    Reply,
    StartTimer,
    StoreRecord,
    StoreSupervision,
    VerifyPin,
)
from fs_control.errors import CallGone, NoReply, SwitchRefused
from fs_control.events import CallCrashed, CommandFailed, Event, Outcome
from fs_control.ids import CallId, OpId
from fs_control.ports import Notice
from fs_control.records import CallRecord, Ghost, SupervisionEntry
from fs_control.runtime.callbacks import place_of
from fs_control.runtime.callers import Callers, OnDone, Sender
from fs_control.runtime.days import day_at
from fs_control.runtime.outcome import Failure, Result
from fs_control.runtime.requests import Requests
from fs_control.runtime.timers import Timers
from fs_control.runtime.vault import Vault
from fs_control.switch import Dialect, WireOrder, encode_command

log = structlog.get_logger(__name__)

OUTCOMES: Final[dict[type[Failure], Outcome]] = {
    CallGone: Outcome.GONE,
    SwitchRefused: Outcome.REFUSED,
    NoReply: Outcome.NO_REPLY,
}
"""How the three ways in which a command can fail are told to the centre."""


class Executor:
    """Does what is ordered."""

    def __init__(
        self,
        dialect: Dialect,
        switch: Sender,
        callers: Callers,
        notice: Notice,
        timers: Timers,
        requests: Requests,
        store_record: Callable[[CallRecord], None],
        look_up: Callable[[LookUpCaller], None],
        fetch: Callable[[FetchUrl], None],
        vault: Vault,
        check_pin: Callable[[VerifyPin], None],
        keep_supervision: Callable[[SupervisionEntry], None],
        find_leg_ends: Callable[[FindLegEnds], None],
        keep_ghost: Callable[[Ghost], None] = lambda _ghost: None,
    ) -> None:
        self.handlers: Final[dict[type[Command], Callable[[Any], None]]] = {
            StartTimer: lambda command: timers.start(command.timer, command.after),
            CancelTimer: lambda command: timers.cancel(command.timer),
            StoreRecord: self._store_record,
            Reply: requests.answer,
            LookUpDay: lambda command: notice(day_at(command.at, command.time_zone)),
            LookUpCaller: look_up,
            FetchUrl: fetch,
            VerifyPin: check_pin,
            RaiseAlarm: _tell_of_alarm,
            StoreSupervision: lambda command: keep_supervision(command.entry),
            KeepGhost: lambda command: keep_ghost(command.ghost),
            FindLegEnds: find_leg_ends,
        }
        self._to_store = store_record
        self._vault = vault
        self._dialect = dialect
        self._switch = switch
        self._callers = callers
        self._notice = notice

    def carry_out(self, event: Event, result: Transition) -> None:
        """Carry out the orders of one transition, in their order."""
        for command in result.commands:
            try:
                self.handlers.get(type(command), self._tell_switch)(command)
            except Exception as error:  # noqa: BLE001 - a defect in one handler must not cost more than one call
                call = command.call if isinstance(command, CallCommand) else call_of(result.centre, event)
                self._crashed(call, f"executor.{type(command).__name__}", error)

    def _crashed(self, call: CallId | None, place: str, error: Exception) -> None:
        kind = type(error).__name__
        log.error("command crashed", action="command_crashed", place=place, call=call, error=kind, at=place_of(error))
        self._notice(CallCrashed(call=call, place=place, error=kind))

    def _store_record(self, command: StoreRecord) -> None:
        """A call is over, and its secrets with it."""
        self._vault.forget(command.record.call_id)
        self._to_store(command.record)

    def _tell_switch(self, command: CallCommand) -> None:
        if isinstance(command, CollectDigits) and command.secret:
            self._vault.expect(command)
        for order in encode_command(command, self._dialect):
            self._send(command, order)

    def _send(self, command: CallCommand, order: WireOrder) -> None:
        on_done = self._reporter(command)
        link = self._switch if order.caller_leg is None else self._callers.link(order.caller_leg)
        if link is None:
            on_done(CallGone("call_link_gone", link=command.leg, reason=""))
        else:
            link.send(order.command, on_done)

    def _reporter(self, command: CallCommand) -> OnDone:
        def report(result: Result) -> None:
            try:
                if isinstance(result, Failure):
                    self._notice(_failure(command, result))
            except Exception as error:  # noqa: BLE001 - raised further, it would end in the link, and the call hang
                self._crashed(command.call, f"reply.{type(command).__name__}", error)

        return report


def _tell_of_alarm(command: RaiseAlarm) -> None:
    log.warning("alarm", action="alarm", code=command.code, **command.values)


def _failure(command: CallCommand, fault: Failure) -> CommandFailed:
    op: OpId | None = getattr(command, "op", None)
    return CommandFailed(
        leg=command.leg,
        command=type(command).__name__,
        outcome=OUTCOMES[type(fault)],
        op=op,
        detail=str(fault.values.get("reply", "")),
    )
