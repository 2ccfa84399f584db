"""The ways in which a connection to a switch fails to come about.

Each is a RemoteFault of ours and the exception that greenswitch promises in the same case, so that code written for
greenswitch catches what it expects. They are distinct because what must happen next is: a switch that is down comes
back by itself, a wrong password needs a person.
"""

from __future__ import annotations

from greenswitch.esl import NotConnectedError

from fs_control.errors import RemoteFault


class SwitchUnreachable(RemoteFault, NotConnectedError):  # noqa: N818 - a fault, named as the others are
    """Nobody listens there, or the network says no."""


class SwitchSilent(RemoteFault, NotConnectedError):  # noqa: N818 - a fault, named as the others are
    """The connection stands and nothing came in time: hung, or not a FreeSWITCH."""


class SwitchTurnedUsAway(RemoteFault, NotConnectedError):  # noqa: N818 - a fault, named as the others are
    """The switch ended the connection before we were in: its access list, or a port that is no event socket."""


class PasswordRefused(RemoteFault, ValueError):  # noqa: N818 - a fault, named as the others are
    """The switch does not take the password."""
