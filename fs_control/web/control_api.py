"""What the control socket understands: its routes and the shapes of its answers.

Each route asks the `Control` it was given and shows what comes back; times are microseconds since 1970 UTC. Who asks
is what the kernel says about the other end of the socket (`PEER`), never what the request says about itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import structlog
from apiflask import APIFlask, HTTPError
from flask import Response, request
from pydantic import BaseModel, TypeAdapter
from werkzeug.exceptions import HTTPException

from fs_control.centre import CallCentre
from fs_control.centre.board import Board, QueueView, board_of, queue_of
from fs_control.centre.schedules import RunView, runs_of
from fs_control.centre.views import AgentView, CallView, StatusView, agents_of, calls_of, status_of
from fs_control.errors import FsControlError
from fs_control.ids import Micros
from fs_control.records import Examination, JournalHealth, SuperviseWish
from fs_control.web.acting import ActionBody, Acts, act_on, action_named
from fs_control.web.error_map import answer_to_error, status_of_error
from fs_control.web.invalid import as_mistake
from fs_control.web.json_request import JsonRequest
from fs_control.web.outbox_routes import KnowsOutbox, add_outbox
from fs_control.web.supervising import LeaderBody, wish_named

log = structlog.get_logger(__name__)

PEER: Final = "fs_control.peer"
"""The name of the asking user in the WSGI environment."""


class Control(Acts, KnowsOutbox, Protocol):
    """What a running engine lets people do. Errors are those of `fs_control.errors`."""

    def centre(self) -> CallCentre:
        """Return the centre as it is now."""

    def journal(self) -> JournalHealth:
        """Return how the journal is."""

    def supervise(self, leader: str, agent: str, wish: SuperviseWish, by: str) -> None:
        """Let a leader be on an agent's call, in another way than now, or no more."""

    def reload_directory(self) -> None:
        """Take the directory over from the database."""

    def compare_state(self) -> Examination:
        """Compare the centre with what the switch has, now."""

    def now(self) -> Micros:
        """Return what the engine's clock shows: the centre's own moment is that of its last event."""


class Phones(Protocol):
    """The phones as FreeSWITCH is told of them."""

    def refresh(self) -> None:
        """Read them again; RemoteFault where the database is away."""


class Tokens(Protocol):
    """The tokens as the API knows them."""

    def refresh(self) -> None:
        """Read them again; RemoteFault where the database is away."""


class Status(BaseModel):
    """The centre in a few numbers, and how its journal is."""

    status: StatusView
    journal: JournalHealth = JournalHealth()


class Agents(BaseModel):
    """Every agent of the directory."""

    agents: tuple[AgentView, ...]


class Calls(BaseModel):
    """Every call under way."""

    calls: tuple[CallView, ...]


@dataclass(frozen=True, slots=True)
class Live:
    """Groups, agents and calls at one moment: the biggest answer, and asked for every second, so written at once."""

    board: Board


_LIVE: Final = TypeAdapter(Live)


class Queue(BaseModel):
    """The line of one group."""

    queue: QueueView


class Runs(BaseModel):
    """When each schedule last did something, and what came of it."""

    runs: tuple[RunView, ...]


class Done(BaseModel):
    """A wish was carried out."""

    done: bool = True


class ActionDone(BaseModel):
    """An action was carried out; `values` is what there is to tell of it."""

    done: bool = True
    values: Mapping[str, str] = {}


class Examined(BaseModel):
    """What came of comparing the centre with the switch."""

    examination: Examination


class PhonesRead(BaseModel):
    """The phones were read again, if anybody here answers for them."""

    served: bool


class TokensRead(BaseModel):
    """The tokens were read again, if anybody here looks at any."""

    served: bool


def control_api(control: Control, phones: Phones | None = None, tokens: Tokens | None = None) -> APIFlask:
    """Return the WSGI application that answers for `control`, and has `phones` and `tokens` read again."""
    app = APIFlask(__name__, title="fs_control", json_errors=False, enable_openapi=False)
    app.request_class = JsonRequest
    _add_views(app, control)
    _add_wishes(app, control)
    _add_actions(app, control)
    _add_supervision(app, control)
    _add_state(app, control)
    _add_phones(app, phones)
    _add_tokens(app, tokens)
    add_outbox(app, control)
    app.register_error_handler(Exception, _answer_error)
    app.register_error_handler(HTTPError, _answer_error)
    return app


def _add_views(app: APIFlask, control: Control) -> None:
    @app.get("/status")
    @app.output(Status)
    def status() -> Status:
        return Status(status=status_of(control.centre()), journal=control.journal())

    @app.get("/agents")
    @app.output(Agents)
    def agents() -> Agents:
        return Agents(agents=agents_of(control.centre()))

    @app.get("/calls")
    @app.output(Calls)
    def calls() -> Calls:
        return Calls(calls=calls_of(control.centre()))

    @app.get("/board")
    def board() -> Response:
        picture = Live(board_of(control.centre(), control.now()))
        return Response(_LIVE.dump_json(picture), mimetype="application/json")

    @app.get("/queues/<path:group>")
    @app.output(Queue)
    def queue(group: str) -> Queue:
        return Queue(queue=queue_of(control.centre(), group, control.now()))

    @app.get("/schedules")
    @app.output(Runs)
    def schedules() -> Runs:
        return Runs(runs=runs_of(control.centre()))


def _add_wishes(app: APIFlask, control: Control) -> None:
    @app.post("/directory/reload")
    @app.output(Done)
    def reload_directory() -> Done:
        control.reload_directory()
        return Done()


def _add_actions(app: APIFlask, control: Control) -> None:
    @app.post("/agents/<number>/actions/<action>")
    @app.input(ActionBody)
    @app.output(ActionDone)
    def act(number: str, action: str, json_data: ActionBody) -> ActionDone:
        return ActionDone(values=act_on(control, number, action_named(action), _asker(), json_data))


def _add_supervision(app: APIFlask, control: Control) -> None:
    @app.post("/agents/<number>/supervision/<wish>")
    @app.input(LeaderBody)
    @app.output(Done)
    def supervise(number: str, wish: str, json_data: LeaderBody) -> Done:
        control.supervise(json_data.leader, number, wish_named(wish), _asker())
        return Done()


def _add_state(app: APIFlask, control: Control) -> None:
    @app.post("/state/compare")
    @app.output(Examined)
    def compare_state() -> Examined:
        return Examined(examination=control.compare_state())


def _add_phones(app: APIFlask, phones: Phones | None) -> None:
    @app.post("/phones/reload")
    @app.output(PhonesRead)
    def reload_phones() -> PhonesRead:
        if phones is not None:
            phones.refresh()
        return PhonesRead(served=phones is not None)


def _add_tokens(app: APIFlask, tokens: Tokens | None) -> None:
    @app.post("/tokens/reload")
    @app.output(TokensRead)
    def reload_tokens() -> TokensRead:
        if tokens is not None:
            tokens.refresh()
        return TokensRead(served=tokens is not None)


def _asker() -> str:
    return str(request.environ.get(PEER, "unknown"))


def _answer_error(raised: Exception) -> tuple[dict[str, object], int]:
    error = as_mistake(raised)
    if not isinstance(error, FsControlError | HTTPException):
        log.error("request crashed", action="control_request_crashed", path=request.path, exc_info=error)
    return answer_to_error(error).model_dump(), status_of_error(error).value
