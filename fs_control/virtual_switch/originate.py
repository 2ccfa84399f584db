"""The api command `originate`: dial somebody, and when answered run an application or an extension.

Owns the command's arguments and words (traces originate-results, queue-uuid-bridge); the dialling itself is `dialling`.
Easy to break: a leg with early media counts as answered here unless ignore_early_media says otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch.dial_string import separate
from fs_control.virtual_switch.dialling import DEFAULT_SECONDS, Request, dial
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import ChannelState
from fs_control.virtual_switch.transfer import transfer
from fs_control.virtual_switch.uuid_bridge import flip_caller_id

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

USAGE: Final = (
    "-USAGE: <call url> <exten>|&<application_name>(<app_args>) [<dialplan>] [<context>] [<cid_name>] [<cid_num>]"
    " [<timeout_sec>]\n"
)


def originate(core: Core, argument: str) -> str:
    """Dial, and go on with `&application(argument)` or an extension."""
    words: list[str | None] = [None if word == "undef" else word for word in separate(argument, " ")]
    if not 2 <= len(words) <= 7 or words[0] is None or words[1] is None:
        return USAGE
    url, then, dialplan, context, name, number, timeout = [*words, *[None] * 5][:7]
    assert url is not None
    assert then is not None
    seconds = int(timeout) if timeout is not None and timeout.isdecimal() and len(timeout) < 7 else 0
    request = Request(url, seconds=seconds or DEFAULT_SECONDS, name=name or "", number=number or "")
    session, cause = dial(core, None, request)
    if session is None:
        return f"-ERR {cause}\n"
    try:
        _continue(session, then, dialplan, context)
        return f"+OK {session.channel.uuid}\n"
    finally:
        session.release()


def _continue(session: Session, then: str, dialplan: str | None, context: str | None) -> None:
    channel = session.channel
    session.take_over({})
    if not then.startswith("&") or len(then) < 2:
        transfer(session, then, dialplan or "XML", context or "default")
        return
    flip_caller_id(channel)
    channel.flags.dialplan = True
    application, _, argument = then[1:].partition(")")[0].partition("(")
    session.actions.append((application, argument or None))
    channel.set_state(ChannelState.EXECUTE)
