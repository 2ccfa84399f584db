"""`http`: ask another system, and remember what it says.

    look-up:
      do: http
      url: "https://crm.example.com/balance?id={id_number}"
      method: POST                     # or PUT, or GET
      body: {caller: "{caller.number}", source: ivr}     # sent as JSON; not with GET
      within: 3                        # seconds for all of it
      into: {balance: data.balance}    # variable: where it stands in the JSON that comes
      next: say-balance
      failed: operator                 # no answer in time, another status than 2xx, not there

Values stand in braces in the address (never in its host) and in the body; each is encoded for its place. The host must
be one that the operator allows. The caller hears nothing meanwhile.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Final, Literal, TypeAlias
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, Field, model_validator

from fs_control.errors import UserMistake
from fs_control.flow.answers import Fetched, Resume, Value
from fs_control.flow.facts import FACTS
from fs_control.flow.nodes.base import GoTo, Node, TrailItem, TrailKind, Turn, WaitFor
from fs_control.flow.nodes.names import StepName
from fs_control.flow.nodes.values import VariableName, mistake
from fs_control.flow.orders import Fetch
from fs_control.flow.session import FlowSession
from fs_control.flow.spoken import SLOT

MAX_URL: Final = 2000
MAX_WITHIN_S: Final = 10
"""Callers who hear nothing for longer hang up."""
MAX_FIELDS: Final = 50

_SLOT_IN_HOST: Final = re.compile(r"[^{/?#]*(?://)?[^{/?#]*\{")
_NAME: Final = re.compile(r"[^\W\d]\w*(?:\.[a-z_]+)?")
_SECRET_IN_JSON: Final = re.compile(r"\\u0000(.*?)\\u0000")
_PATH: Final = re.compile(r"[^\s.{}\[\]]{1,64}(?:\.[^\s.{}\[\]]{1,64}){0,9}")


def _template(text: str) -> str:
    """Refuse braces that hold no name."""
    for found in SLOT.finditer(text):
        name = found.group(1)
        if not _NAME.fullmatch(name):
            raise mistake("flow_sentence_slot", found.start() + 1, text=found.group())
        if "." in name and name not in FACTS:
            raise mistake("flow_unknown_fact", found.start() + 1, name=name)
    left = SLOT.sub("", text)
    if "{" in left or "}" in left:
        raise mistake("flow_sentence_brace", max(text.find("{"), 0))
    return text


def _url(text: str) -> str:
    _template(text)
    if in_host := _SLOT_IN_HOST.match(text):
        raise mistake("flow_url_host_variable", in_host.end() - 1)
    fixed = text.partition("{")[0]
    try:
        parts = urlsplit(fixed)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError as error:
        raise mistake("flow_url_bad", value=text) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_right:
        raise mistake("flow_url_bad", value=text)
    if "@" in parts.netloc:
        raise mistake("flow_url_password")
    if "{" in text and not (parts.path or parts.query):
        raise mistake("flow_url_host_variable", text.find("{"))
    if any(ord(character) <= ord(" ") or ord(character) == 127 for character in text):
        raise mistake("flow_url_bad", value=text)
    return text


def _path(text: str) -> str:
    if not _PATH.fullmatch(text):
        raise mistake("flow_json_path", value=text)
    return text


Url: TypeAlias = Annotated[str, Field(max_length=MAX_URL), AfterValidator(_url)]
Sent: TypeAlias = bool | int | float | Annotated[str, Field(max_length=MAX_URL), AfterValidator(_template)]
JsonPath: TypeAlias = Annotated[str, AfterValidator(_path)]


class Http(Node):
    """Ask `url`, remember what `into` names, and leave by whether that came."""

    do: Literal["http"]
    url: Url
    method: Literal["GET", "POST", "PUT"] = "GET"
    body: Annotated[Mapping[str, Sent], Field(max_length=MAX_FIELDS)] | None = None
    within: Annotated[float, Field(ge=0.5, le=MAX_WITHIN_S)] = 3.0
    into: Annotated[Mapping[VariableName, JsonPath], Field(max_length=MAX_FIELDS)] = {}
    next: StepName
    failed: StepName

    after_hang_up = True

    @model_validator(mode="after")
    def _body_is_sent(self) -> Http:
        if self.body is not None and self.method == "GET":
            raise mistake("flow_body_with_get")
        return self

    def exits(self) -> Mapping[str, str]:
        """Return the two ways out."""
        return {"next": self.next, "failed": self.failed}

    def instant_exits(self) -> Collection[str]:
        """Return both: a server may answer, or refuse, at once."""
        return ("next", "failed")

    def sets(self) -> Collection[str]:
        """Name what is remembered."""
        return tuple(self.into)

    def names(self) -> Collection[str]:
        """Name the variables and facts that are sent."""
        return [found.group(1) for text in self._texts() for found in SLOT.finditer(text)]

    def wants_facts(self) -> bool:
        """Tell whether a fact is sent."""
        return any("." in name for name in self.names())

    def enter(self, session: FlowSession) -> Turn:
        """Ask."""
        url = SLOT.sub(lambda found: _in_url(found.group(1), session), self.url)
        body = "" if self.body is None else _json(self.body, session)
        return Turn(WaitFor(Fetch(self.method, url, self.within, body, self.into)))

    def resume(self, session: FlowSession, resume: Resume) -> Turn:
        """Remember, and go on."""
        match resume:
            case Fetched(ok, values, reason):
                name = "next" if ok else "failed"
                told = TrailItem(session.step, TrailKind.FETCHED, "ok" if ok else reason)
                left = TrailItem(session.step, TrailKind.EXIT, name)
                wanted = {key: value for key, value in values.items() if key in self.into}
                return Turn(GoTo(self.exits()[name]), trail=(told, left), variables=wanted if ok else {})
            case _:
                return super().resume(session, resume)

    def _texts(self) -> Iterator[str]:
        yield self.url
        yield from (value for value in (self.body or {}).values() if isinstance(value, str))


def _value(name: str, session: FlowSession) -> Value:
    known = session.facts if "." in name else session.variables
    if name not in known:
        raise UserMistake("flow_variable_not_set", name=name)
    return known[name]


def _in_url(name: str, session: FlowSession) -> str:
    """Return a value as a part of an address; of a secret one its word, which is the only thing in braces there."""
    value = _value(name, session)
    return f"{{{value}}}" if name in session.secrets else quote(_plain(value), safe="")


def _json(body: Mapping[str, Sent], session: FlowSession) -> str:
    """Return the body; in its texts braces are written as numbers, so that only words for secrets have any."""

    def filled(found: re.Match[str]) -> str:
        value = _value(found.group(1), session)
        return f"\0{value}\0" if found.group(1) in session.secrets else _plain(value)

    values = {key: SLOT.sub(filled, value) if isinstance(value, str) else value for key, value in body.items()}
    inner = json.dumps(values, ensure_ascii=False)[1:-1].replace("{", r"\u007b").replace("}", r"\u007d")
    return "{" + _SECRET_IN_JSON.sub(r"{\1}", inner) + "}"


def _plain(value: Value) -> str:
    """Return a value as text; yes and no as JSON has them."""
    return str(value).lower() if isinstance(value, bool) else str(value).replace("\0", "")
