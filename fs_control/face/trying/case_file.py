"""A file of cases: what should come of calls to a flow, written beside it in YAML.

    - name: Sales in office hours
      from: "13800138000"
      at: 2026-05-06 10:00
      keys: [1]
      expect: {outcome: answered, rings: 8001}

It is read like a flow: every mistake is found at once and told with its line and column. Easy to break: what a reader
of `case` refuses is told at the value that it read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from fs_control.centre.rehearsal import AgentIs, HttpAnswer
from fs_control.errors import UserMistake
from fs_control.face.trying.case import (
    Case,
    CustomerIs,
    Value,
    read_agent,
    read_calendar,
    read_dial,
    read_http,
    read_keys,
)
from fs_control.flow.problems import shown, with_nearest
from fs_control.flow.source import Path, Source, read_source

_REFUSED: Final = "case_refused"
"""The pydantic error type of what a reader refused; its context holds code and values."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What should come of a call; None is not looked at."""

    outcome: str | None = None
    ends: str | None = None
    steps: tuple[str, ...] | None = None
    hears: tuple[str, ...] | None = None
    rings: tuple[str, ...] | None = None
    record: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class NamedCase:
    """A case of a file; `flow` where it is not the one that the file is named after."""

    name: str
    case: Case
    expected: Expected
    flow: str | None = None


def read_cases(text: str, filename: str) -> tuple[NamedCase, ...]:
    """Read a file of cases. Raises FlowProblems, and never anything else, whatever the text is."""
    source = read_source(text, filename)
    try:
        written = _FILE.validate_python(source.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _report(detail, source)
        raise source.refusal() from error
    source.stop_if_wrong()
    return tuple(each.as_case() for each in written)


# --- what may stand there ------------------------------------------------------------------------------------------


def _refusing(reader: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Let a reader's refusal be told at the place of what it read."""

    def read(value: Any) -> Any:
        try:
            return reader(value)
        except UserMistake as mistake:
            context = {"code": mistake.code, "values": dict(mistake.values)}
            raise PydanticCustomError(_REFUSED, "refused", context) from mistake

    return read


def _text(value: object) -> object:
    """Let a number stand without quotes where a name or a number of a telephone is meant."""
    return str(value) if type(value) is int else value


def _listed(value: object) -> object:
    """Let one thing stand for a list of it."""
    return value if isinstance(value, list) else [value]


def _keys_listed(value: object) -> object:
    """Let keys be written as on the command line, too."""
    return value.split(",") if isinstance(value, str) else _listed(value)


def _checked_http(value: str | Mapping[str, Value]) -> str | Mapping[str, Value]:
    _http(value)
    return value


def _http(value: str | Mapping[str, Value]) -> HttpAnswer:
    return HttpAnswer(dict(value)) if isinstance(value, Mapping) else read_http(value)


Text: TypeAlias = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=200)]
Texts: TypeAlias = Annotated[list[Text], BeforeValidator(_listed)]
Scalar: TypeAlias = bool | int | float | str
Keys: TypeAlias = Annotated[list[Text], BeforeValidator(_keys_listed), AfterValidator(_refusing(read_keys))]
How: TypeAlias = Annotated[Text, AfterValidator(_refusing(read_agent))]
CalendarHow: TypeAlias = Annotated[Text, AfterValidator(_refusing(read_calendar))]
DialHow: TypeAlias = Annotated[Text, AfterValidator(_refusing(read_dial))]
Answer: TypeAlias = Annotated[str | Mapping[str, Scalar], AfterValidator(_refusing(_checked_http))]
Answers: TypeAlias = Annotated[list[Answer], BeforeValidator(_listed)]
Length: TypeAlias = Annotated[float, Field(ge=0, le=86400)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Customer(_Part):
    name: Text = ""
    vip: Annotated[int, Field(ge=0, le=9)] = 0
    owner: Text = ""


class _Expect(_Part):
    outcome: Text | None = None
    ends: Text | None = None
    steps: Texts | None = None
    hears: Texts | None = None
    rings: Texts | None = None
    record: Mapping[str, Scalar] | None = None

    def as_expected(self) -> Expected:
        def listed(words: list[str] | None) -> tuple[str, ...] | None:
            return None if words is None else tuple(words)

        return Expected(
            self.outcome, self.ends, listed(self.steps), listed(self.hears), listed(self.rings), self.record
        )


class _Case(_Part):
    name: Text
    flow: Text | None = None
    caller: Annotated[Text, Field(alias="from")] = Case().caller
    number: Text | None = None
    at: Text | None = None
    keys: Keys = []
    agents: Mapping[str, How] = {}
    http: Answers = []
    calendars: Mapping[str, CalendarHow] = {}
    customer: _Customer | None = None
    message: Length | None = None
    dial: DialHow = Case().dial
    hang_up_after: Length | None = None
    expect: _Expect | None = None

    def as_case(self) -> NamedCase:
        customer = self.customer
        case = Case(
            caller=self.caller,
            at=self.at,
            number=self.number,
            keys=tuple(self.keys),
            agents={number: AgentIs(how) for number, how in self.agents.items()},
            http=tuple(_http(answer) for answer in self.http),
            calendars=self.calendars,
            customer=None if customer is None else CustomerIs(customer.name, customer.vip, customer.owner),
            message_s=self.message,
            dial=self.dial,
            hang_up_after_s=self.hang_up_after,
        )
        return NamedCase(self.name, case, (self.expect or _Expect()).as_expected(), self.flow)


_FILE: Final[TypeAdapter[list[_Case]]] = TypeAdapter(Annotated[list[_Case], Field(min_length=1, max_length=1000)])


# --- what is wrong -------------------------------------------------------------------------------------------------


def _report(error: ErrorDetails, source: Source) -> None:
    """Note a mistake at its place."""
    path: Path = tuple(str(part) for part in error["loc"])
    code, values = _said(error, path)
    place = source.place_of_key(path) if error["type"] == "extra_forbidden" else source.place_of_value(path)
    source.report(place, code, path, **values)


def _said(error: ErrorDetails, path: Path) -> tuple[str, Mapping[str, str]]:
    match error["type"]:
        case "extra_forbidden":
            return "flow_unknown_key", with_nearest({"key": shown(path[-1])}, path[-1], _keys_beside(path))
        case "missing":
            return "flow_key_missing", {"key": path[-1]}
        case "case_refused":
            values = {name: shown(value) for name, value in error["ctx"]["values"].items() if value is not None}
            return error["ctx"]["code"], values
        case "list_type" if not path:
            return "test_not_list", {}
        case "dict_type" | "model_type" | "model_attributes_type" | "mapping_type":
            return "flow_not_block", {"value": shown(error["input"])}
        case _:
            return "flow_bad_value", {"value": shown(error["input"]), "detail": error["msg"]}


def _keys_beside(path: Path) -> Collection[str]:
    """Return the keys that may stand where an unknown one stands."""
    inside = path[1] if len(path) > 2 else ""
    models: Mapping[str, type[_Part]] = {"expect": _Expect, "customer": _Customer}
    model = models.get(inside, _Case)
    return [each.alias or name for name, each in model.model_fields.items()]
