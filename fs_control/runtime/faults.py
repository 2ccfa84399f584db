"""The ways in which a connection to a switch fails to come about.

Each is a RemoteFault of ours and the exception that greenswitch promises in the same case, so that code written for
greenswitch catches what it expects. They are distinct because what must happen next is: a switch that is down comes
back by itself, a wrong password needs a person.
"""

from __future__ import annotations

from greenswitch.esl import NotConnectedError

from fs_control.errors import RemoteFault


class SwitchUnreachable(RemoteFault, NotConnectedError):
    """Nobody listens there, or the network says no."""


class SwitchSilent(RemoteFault, NotConnectedError):
    """The connection stands and nothing came in time: hung, or not a FreeSWITCH."""


class SwitchTurnedUsAway(RemoteFault, NotConnectedError):
    """The switch ended the connection before we were in: its access list, or a port that is no event socket."""


class PasswordRefused(RemoteFault, ValueError):
    """The switch does not take the password."""
