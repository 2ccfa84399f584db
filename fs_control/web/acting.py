"""An agent's action as a request of HTTP: the one reading of it for the control socket and for the API.

Owns the shape of the body and what a text in it may hold. Which action is possible at which moment is the centre's to
say. Easy to break: these texts end in displays of phones and in orders to the switch, so no sign that ends a line or
steers anything gets in here.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Final, Literal, Protocol

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from fs_control.errors import UserMistake
from fs_control.records import Action

LONGEST_NAME: Final = 100
"""Characters of a number, of a group's name, of a reason."""
LONGEST_NOTE: Final = 500

_ACTIONS: Final = {action.value: action for action in Action}


class Acts(Protocol):
    """Whoever carries actions out."""

    def act(
        self,
        number: str,
        action: Action,
        by: str,
        *,
        to: str = "",
        note: str = "",
        reason: str = "",
        terminal: str = "",
        first: str = "",
    ) -> Mapping[str, str]:
        """Have the agent with this number do something, in the name of `by`; return what there is to tell of it.

        UserMistake with the reason where it is refused; NoReply where the centre is mute, and then nobody knows.
        """
        ...


def one_line(text: str) -> str:
    """Refuse what is no plain line of text: a control sign, an end of line, an invisible sign."""
    if not text.isprintable():
        raise ValueError("not one line of text")
    return text


Name = Annotated[str, Field(max_length=LONGEST_NAME), AfterValidator(one_line)]
Note = Annotated[str, Field(max_length=LONGEST_NOTE), AfterValidator(one_line)]


class ActionBody(BaseModel):
    """The values of an action; each action uses its own, and most use none."""

    model_config = ConfigDict(extra="forbid")

    to: Name = Field(
        default="", description="Whom to call, ask or transfer to: an agent's number, a group, a telephone number"
    )
    note: Note = Field(default="", description="What whoever takes the call over is to know")
    reason: Name = Field(default="", description="Why: the reason of a break")
    terminal: Name = Field(default="", description="Where the agent signs in: sip, softphone, phone or app")
    first: Literal["", "customer", "agent"] = Field(default="", description="Whom a call out calls first: the customer")


def action_named(name: str) -> Action:
    """Return the action of this name, `sign-in` as well as `sign_in`; UserMistake `action_unknown`."""
    found = _ACTIONS.get(name.replace("-", "_"))
    if found is None:
        nearest = next(iter(get_close_matches(name, _ACTIONS, n=1)), None)
        raise UserMistake("action_unknown", action=name, nearest=nearest)
    return found


def act_on(control: Acts, number: str, action: Action, by: str, body: ActionBody) -> Mapping[str, str]:
    """Have an agent do what a request asks; errors are those of `Acts.act`."""
    texts = {"to": body.to, "note": body.note, "reason": body.reason, "terminal": body.terminal, "first": body.first}
    return control.act(number, action, by, **texts)
