"""What became of a command: its answer, or one of three faults.

Owns the reading of refusals. It must not know sockets or waiting. Easy to break: `CallGone` is no alarm (a caller who
hung up is everyday life), so only words that can mean nothing but "that leg is not there" may lead to it.
Source of the words: mod_commands.c and mod_event_socket.c 1.10.12; traces originate-results and uuid-transfer.
"""

from __future__ import annotations

from typing import Final

from fs_control.errors import CallGone, NoReply, SwitchRefused
from fs_control.esl import ApiResponse, ChannelData, CommandReply

Answer = CommandReply | ChannelData | ApiResponse
"""What the switch says to a command that it took."""

Failure = CallGone | SwitchRefused | NoReply
"""The three ways in which a command can fail."""

Result = Answer | Failure

_NO_SUCH_LEG: Final = ("-err no such channel", "-err invalid session id", "-err cannot locate session")
"""`-ERR Invalid uuid` of uuid_bridge is not among them: it also comes for a leg that lives and has no media yet, and
then no hang-up follows that would set things right."""

_LONGEST_REPLY: Final = 200
"""Enough for every refusal of FreeSWITCH; a longer one is a listing that nobody wants in a log."""


def result_of(answer: Answer) -> Result:
    """The answer itself where the switch took the command, else the fault that its words mean."""
    if answer.ok:
        return answer
    words = _words_of(answer)
    command = type(answer.command).__name__
    if words.lower().startswith(_NO_SUCH_LEG):
        return CallGone("leg_unknown", command=command, reply=words)
    return SwitchRefused("switch_refused", command=command, reply=words)


def _words_of(answer: Answer) -> str:
    match answer:
        case CommandReply():
            words = answer.reply_text
        case ChannelData():
            words = answer.get("Reply-Text") or ""
        case ApiResponse():
            words = answer.text
    return words.strip()[:_LONGEST_REPLY]
