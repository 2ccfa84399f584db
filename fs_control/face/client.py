"""Asking a running engine over its control socket.

Turns answers back into what they were on the other side: values, or errors of ours with code and values. Easy to
break: no engine is no defect; it is the first thing people meet, so it is told apart from every other failure.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from fs_control.errors import BrokenInvariant, FsControlError, NoReply, RemoteFault, UserMistake
from fs_control.face.options import control_socket, load_settings
from fs_control.web.socket_path import socket_address

PATIENCE_S: Final = 15.0
"""Longer than the engine itself waits for its centre (5 s) or its database."""

COMPARED_WITHIN_S: Final = 90.0
"""Longer than three looks at a switch that answers slowly, with ten seconds between each two."""


class EngineClient:
    """The engine behind one control socket."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def status(self) -> dict[str, Any]:
        """Return the engine in a few numbers (`centre.views.StatusView`), `journal` being `records.JournalHealth`."""
        answer = self._ask("GET", "/status")
        return {**answer["status"], "journal": answer.get("journal", {})}

    def agents(self) -> list[dict[str, Any]]:
        """Return the agents (`centre.views.AgentView`)."""
        answer: list[dict[str, Any]] = self._ask("GET", "/agents")["agents"]
        return answer

    def calls(self) -> list[dict[str, Any]]:
        """Return the calls under way (`centre.views.CallView`)."""
        answer: list[dict[str, Any]] = self._ask("GET", "/calls")["calls"]
        return answer

    def board(self) -> dict[str, Any]:
        """Return groups, agents and calls at this moment (`centre.board.Board`)."""
        answer: dict[str, Any] = self._ask("GET", "/board")["board"]
        return answer

    def queue(self, group: str) -> dict[str, Any]:
        """Return the line of a group (`centre.board.QueueView`)."""
        answer: dict[str, Any] = self._ask("GET", f"/queues/{quote(group, safe='')}")["queue"]
        return answer

    def runs(self) -> list[dict[str, Any]]:
        """Return when schedules last did something (`centre.schedules.RunView`)."""
        answer: list[dict[str, Any]] = self._ask("GET", "/schedules")["runs"]
        return answer

    def act(self, number: str, action: str, **values: str) -> dict[str, str]:
        """Have an agent do something (an action's name and its values), and return what there is to tell of it."""
        told: dict[str, str] = self._ask("POST", f"/agents/{quote(number, safe='')}/actions/{action}", values)["values"]
        return told

    def supervise(self, leader: str, agent: str, wish: str) -> None:
        """Let a leader be on an agent's call, in another way than now, or no more (C7)."""
        self._ask("POST", f"/agents/{quote(agent, safe='')}/supervision/{wish}", {"leader": leader})

    def outbox(self) -> dict[str, Any]:
        """Return what waits for the database (`records.OutboxFacts`)."""
        answer: dict[str, Any] = self._ask("GET", "/outbox")["outbox"]
        return answer

    def retry_outbox(self) -> int:
        """Have handed over again what the database refused; how many records that is."""
        return int(self._ask("POST", "/outbox/retry")["records"])

    def reload_directory(self) -> None:
        """Have the directory taken over."""
        self._ask("POST", "/directory/reload")

    def compare_state(self) -> dict[str, Any]:
        """Have the centre compared with the switch, and return what came of it (`records.Examination`)."""
        answer: dict[str, Any] = self._ask("POST", "/state/compare", patience_s=COMPARED_WITHIN_S)["examination"]
        return answer

    def reload_phones(self) -> bool:
        """Have the phones read again; whether the engine is one that FreeSWITCH can ask for them."""
        return bool(self._ask("POST", "/phones/reload")["served"])

    def reload_tokens(self) -> bool:
        """Have the tokens of the API read again; whether the engine has an API."""
        return bool(self._ask("POST", "/tokens/reload")["served"])

    def _ask(
        self, method: str, route: str, body: Mapping[str, str] | None = None, *, patience_s: float = PATIENCE_S
    ) -> dict[str, Any]:
        """Ask and return the answer; UserMistake `engine_not_running` where nobody listens."""
        connection = _UnixConnection(self._path, patience_s)
        try:
            connection.request(method, route, None if body is None else json.dumps(body))
            response = connection.getresponse()
            return _answer(self._path, response.status, response.read())
        except TimeoutError:
            raise NoReply("engine_silent", path=str(self._path)) from None
        except PermissionError:
            raise UserMistake("engine_not_allowed", path=str(self._path)) from None
        except (FileNotFoundError, NotADirectoryError, ConnectionRefusedError):
            raise UserMistake("engine_not_running", path=str(self._path)) from None
        except (OSError, HTTPException) as error:
            raise RemoteFault("engine_not_understood", path=str(self._path), reason=repr(error)) from error
        finally:
            connection.close()


def running_engine() -> EngineClient:
    """Return the client of this clone's engine; whether one runs shows when it is asked."""
    return EngineClient(control_socket(load_settings()))


class _UnixConnection(HTTPConnection):
    def __init__(self, path: Path, patience_s: float) -> None:
        super().__init__("localhost", timeout=patience_s)
        self._path, self._patience_s = path, patience_s

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self._patience_s)
        with socket_address(self._path) as address:
            self.sock.connect(address)


def _answer(path: Path, status: int, body: bytes) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.loads(body)
        if status == HTTPStatus.OK:
            return answer
        code, values = str(answer["code"]), dict(answer["values"])
    except (ValueError, KeyError, TypeError) as error:
        raise RemoteFault("engine_not_understood", path=str(path), reason=repr(error)) from error
    raise _error_of(status)(code, **values)


def _error_of(status: int) -> type[FsControlError]:
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return RemoteFault
    return BrokenInvariant if status >= HTTPStatus.INTERNAL_SERVER_ERROR else UserMistake
