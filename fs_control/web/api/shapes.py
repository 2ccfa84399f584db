"""What the API shows, as models from which OpenAPI is made: people's names, moments as ISO 8601, lengths in seconds.

Owns shapes alone. They are a promise to programs of others: fields are added and never renamed. Easy to break: a moment
keeps its microseconds, so none of them goes through a float.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from pydantic import BaseModel, Field

from fs_control.ids import SECOND, Micros

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def moment(at: Micros) -> datetime:
    """Return a moment as the API shows it."""
    return _EPOCH + timedelta(microseconds=at)


def moment_or_none(at: Micros | None) -> datetime | None:
    """Return the same of what may not have happened."""
    return None if at is None else moment(at)


def seconds_of(length: Micros) -> float:
    """Return a length in seconds."""
    return length / SECOND


class Health(BaseModel):
    """Whether calls are taken at this moment."""

    status: str = Field(description="`ok`, `switch_away` or `draining`")


class Me(BaseModel):
    """The token of the request."""

    name: str
    scopes: list[str]
    agent: str | None = Field(description="The one agent for whom it may act; null is any")
    expires_at: datetime


class AgentShape(BaseModel):
    """One agent and what they do."""

    number: str
    name: str
    phone: str | None
    groups: list[str]
    status: str = Field(description="What the agent chose: `signed_out`, `ready`, `break`")
    state: str = Field(description="What the centre does with them")
    moment: str = Field(description="Both and the talk in one word: what decides about `allowed`")
    allowed: list[str] = Field(description="The actions that are possible at this moment, as they stand in an address")
    since: datetime | None
    call: str | None
    break_cause: str | None = Field(description="Whether they chose the break themselves")
    break_reason: str | None = Field(description="For which of the enterprise's reasons")
    break_after_call: str | None = Field(description="The reason of a break that is to begin after this call")
    wrap_up_until: datetime | None
    is_phone_there: bool = Field(description="False for a phone that is known not to be registered")


class AgentList(BaseModel):
    """Every agent, by number."""

    agents: list[AgentShape]


class Done(BaseModel):
    """It was carried out; `values` is what there is to tell of it."""

    done: bool = True
    values: Mapping[str, str] = {}


class LiveCallShape(BaseModel):
    """One call under way."""

    call: str
    number: str
    caller: str
    caller_name: str
    state: str
    talk: str | None = Field(description="Of a talk with an agent: `talking`, `held`, `consulting` and so on")
    group: str | None
    agent: str | None
    started_at: datetime
    since: datetime = Field(description="When what goes on now began")


class LiveCallList(BaseModel):
    """The calls under way, the oldest first."""

    calls: list[LiveCallShape]


class TodayShape(BaseModel):
    """The day of one group."""

    entered: int
    answered: int
    answered_in_time: int
    abandoned: int
    longest_wait_s: float
    average_wait_s: float | None
    service_level: float | None = Field(description="A share of 1; null before the first call")


class GroupShape(BaseModel):
    """One group now and today."""

    group: str
    waiting: int
    longest_wait_s: float | None
    members: int
    ready: int
    idle: int
    ringing: int
    talking: int
    today: TodayShape


class GroupList(BaseModel):
    """Every group, by name."""

    groups: list[GroupShape]


class WaitingShape(BaseModel):
    """One caller in a line."""

    position: int
    call: str
    caller: str
    caller_name: str
    joined_at: datetime | None
    state: str
    rung: list[str] = Field(description="The agents whose phones ring for them")


class LineShape(GroupShape):
    """One group and everybody in its line."""

    callers: list[WaitingShape]


class RecordShape(BaseModel):
    """One ended call in a line."""

    call: str
    number: str
    caller: str
    caller_name: str
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    seconds: float | None
    disposition: str | None
    ended_by: str | None
    cause: str | None
    flow: str | None
    agents: list[str] = Field(description="Who spoke in it, by number; who has no number any more is left out")
    groups: list[str]
    corrected: list[str] = Field(description="Which of these fields were put right since the call was stored")


class RecordPage(BaseModel):
    """Some ended calls, the newest first."""

    records: list[RecordShape]
    next: str | None = Field(description="`after` of the next page; null where this is the last")


class SegmentShape(BaseModel):
    """A stretch of a call; all of them together are the call."""

    kind: str
    started_at: datetime
    ended_at: datetime | None
    ended_by: str | None
    cause: str | None
    group: str | None
    agent: str | None


class OfferShape(BaseModel):
    """One attempt to ring one agent."""

    agent: str | None
    group: str | None
    phone: str
    rule: str
    offered_at: datetime
    ringing_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    result: str | None
    cause: str | None


class StepShape(BaseModel):
    """One thing that happened in the flow or in the talk."""

    at: datetime
    step: str
    kind: str
    detail: str


class MessageShape(BaseModel):
    """A message that the caller left."""

    box: str
    file: str
    at: datetime
    seconds: float


class WholeRecord(RecordShape):
    """One ended call with everything below it."""

    flow_version: int | None
    segments: list[SegmentShape]
    offers: list[OfferShape]
    steps: list[StepShape]
    messages: list[MessageShape]


class MemoryShape(BaseModel):
    """Which agent dialled a customer last."""

    number: str
    agent: str
    service_number: str | None
    remembered_at: datetime
    customer_name: str | None
