"""The stage door: through it a test or a demo sets phones, places calls and looks around.

Owns a loopback port that speaks JSON, one object per line: `{"op": ..., ...}` in, `{"ok": true, "result": ...}` or
`{"ok": false, "error": {"code": ..., "values": ...}}` out, in order. The operations are in one table at the end. Easy
to break: whatever comes in, the answer is an error on this connection and never the end of the switch.
"""

from __future__ import annotations

import gc
import json
import math
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import gevent
from gevent import socket
from gevent.server import StreamServer

from fs_control.errors import FsControlError, UserMistake
from fs_control.virtual_switch.callers import Journal
from fs_control.virtual_switch.dialplan import Dialplan, Extension
from fs_control.virtual_switch.headers import answer_state
from fs_control.virtual_switch.script import CallerScript, Phone
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.stepping import SteppedTiming
from fs_control.virtual_switch.traffic import Traffic

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

MAX_LINE_BYTES: Final = 1024 * 1024
MAX_WAIT_SECONDS: Final = 3600.0
MAX_ARRIVAL_SECONDS: Final = 5.0
"""Real seconds to wait for what was sent to the switch before its time goes on."""
ARRIVAL_STEP_SECONDS: Final = 0.001

Request = dict[str, Any]


class StageServer:
    """Listens for whoever directs the play."""

    def __init__(self, core: Core, port: int) -> None:
        self._core = core
        self._server = StreamServer(("127.0.0.1", port), self._serve)

    def start(self) -> int:
        """Begin to listen; the port."""
        self._server.start()
        return int(self._server.address[1])

    def _serve(self, connection: socket.socket, _address: tuple[str, int]) -> None:
        lines = connection.makefile("rb")
        try:
            while line := lines.readline(MAX_LINE_BYTES + 1):
                answer = self._answer(line)
                connection.sendall(json.dumps(answer).encode("ascii") + b"\n")
                if len(line) > MAX_LINE_BYTES:
                    return
        except OSError:
            # The peer has gone; there is nobody left to tell.
            return
        finally:
            lines.close()

    def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            return {"ok": True, "result": self._run(line)}
        except FsControlError as refused:
            values = {name: str(value) for name, value in refused.values.items()}
            return {"ok": False, "error": {"code": refused.code, "values": values}}

    def _run(self, line: bytes) -> object:
        if len(line) > MAX_LINE_BYTES:
            raise UserMistake("stage_line_too_long", limit=MAX_LINE_BYTES)
        try:
            request = json.loads(line)
        except (ValueError, RecursionError) as broken:
            raise UserMistake("stage_not_json", detail=str(broken)[:200]) from broken
        operation = OPERATIONS.get(str(request.get("op"))) if isinstance(request, dict) else None
        if operation is None:
            raise UserMistake("stage_unknown_operation", operations=", ".join(OPERATIONS))
        return operation(self._core, request)


def _set_phone(core: Core, request: Request) -> object:
    core.phones.set(Phone.from_json(_object(request, "phone")))
    return None


def _expire_phone(core: Core, request: Request) -> object:
    number = str(request.get("number"))
    if core.phones.find(number) is None:
        raise UserMistake("stage_unknown_phone", number=number)
    core.phones.expire(number)
    return None


def _set_dialplan(core: Core, request: Request) -> object:
    extensions = request.get("extensions")
    if not isinstance(extensions, list) or not all(isinstance(each, dict) for each in extensions):
        raise UserMistake("dialplan_invalid", detail="extensions must be a list of objects")
    context, of_phones = request.get("caller_context", "default"), request.get("phone_context", "")
    if not isinstance(context, str) or not context or not isinstance(of_phones, str):
        raise UserMistake("dialplan_invalid", detail="caller_context must be a name, and so phone_context")
    core.dialplan = Dialplan([Extension.from_json(each) for each in extensions], context, of_phones)
    return None


def _place_call(core: Core, request: Request) -> object:
    return core.place_call(CallerScript.from_json(_object(request, "script"))).call


def _journal(core: Core, request: Request) -> object:
    return _find_journal(core, request).to_json()


def _wait_for_end(core: Core, request: Request) -> object:
    journal = _find_journal(core, request)
    seconds = request.get("seconds", 30.0)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds <= MAX_WAIT_SECONDS:
        raise UserMistake("stage_bad_value", name="seconds", value=str(seconds)[:80])
    if not journal.finished.wait(timeout=seconds):
        raise UserMistake("stage_still_running", call=journal.call, seconds=seconds)
    return journal.to_json()


def _advance(core: Core, request: Request) -> object:
    timing, traffic = core.timing, core.traffic
    if not isinstance(timing, SteppedTiming):
        raise UserMistake("stage_bad_value", name="op", value="advance")
    names = ("commands", "wires", "ended", "bytes_sent")
    seen = Traffic(**{name: int(_number(request, name)) for name in names})
    for _ in range(round(MAX_ARRIVAL_SECONDS / ARRIVAL_STEP_SECONDS)):
        if traffic.commands >= seen.commands and traffic.ended >= seen.ended:
            break
        gevent.sleep(ARRIVAL_STEP_SECONDS)

    def enough() -> bool:
        return traffic.bytes_sent > seen.bytes_sent or traffic.wires > seen.wires or traffic.ended > seen.ended

    timing.advance(int(_number(request, "until_us")), enough)
    return {"now": timing.now_us(), **asdict(traffic)}


def _number(request: Request, name: str) -> float:
    value = request.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise UserMistake("stage_bad_value", name=name, value=str(value)[:80])
    return value


def _snapshot(core: Core, _request: Request) -> object:
    return {
        "now": core.timing.now_us(),
        "channels": [_channel(session) for session in core.sessions],
        "wires": len(core.wires),
        "jobs": core.running_jobs(),
        "greenlets": sum(isinstance(each, gevent.Greenlet) and not each.dead for each in gc.get_objects()),
        "callers": [journal.to_json() for journal in core.live_journals()],
        "phones": [{**entry.phone.to_json(), "calls": entry.calls} for entry in core.phones.all()],
    }


def _channel(session: Session) -> dict[str, str]:
    channel = session.channel
    return {
        "uuid": channel.uuid,
        "name": channel.name,
        "direction": channel.direction.value,
        "state": channel.running_state.wire_name,
        "call_state": channel.call_state.name,
        "answer_state": answer_state(channel),
        "application": channel.applications[-1][0] if channel.applications else "",
        "bridged_to": channel.variables.get("bridge_to") or "",
        "hangup_cause": channel.hangup_cause,
    }


def _find_journal(core: Core, request: Request) -> Journal:
    journal = core.journals.get(str(request.get("call")))
    if journal is None:
        raise UserMistake("stage_unknown_call", call=str(request.get("call"))[:80])
    return journal


def _object(request: Request, name: str) -> Request:
    value = request.get(name)
    if not isinstance(value, dict):
        raise UserMistake("stage_bad_value", name=name, value=str(value)[:80])
    return value


OPERATIONS: Final[dict[str, Callable[[Core, Request], object]]] = {
    "set_phone": _set_phone,
    "expire_phone": _expire_phone,
    "set_dialplan": _set_dialplan,
    "place_call": _place_call,
    "journal": _journal,
    "wait_for_end": _wait_for_end,
    "snapshot": _snapshot,
    "advance": _advance,
}
