"""The application `bind_digit_action REALM,KEY,api:COMMAND,ARGUMENT`: a key of the phone runs an api command.

Owns the reading of its argument and what is kept of it: single keys and api commands, nothing else that the real one
can do. Trace supervise-customers-leg. Easy to break: only keys of the phone are bound; those that `uuid_recv_dtmf`
brings pass by (DTMF_FLAG_SKIP_PROCESS), so that a key may stand for another one that is bound itself.
"""

from __future__ import annotations

from functools import partial

from fs_control.virtual_switch.sessions import Session

API = "api:"


def bind_digit_action(session: Session, argument: str | None) -> None:
    """Let a key run an api command from now on; what is no such binding is passed over."""
    words = (argument or "").split(",")
    if len(words) < 3 or not words[2].startswith(API):
        return
    command = f"{words[2].removeprefix(API)} {','.join(words[3:4])}"
    session.channel.bound_keys[words[1]] = partial(_run, session, command)


def _run(session: Session, command: str) -> None:
    """Run what a key means, and keep what it answered."""
    answer = session.core.run_api(command)
    session.channel.variables.set("bind_digit_action_api_result", answer)
