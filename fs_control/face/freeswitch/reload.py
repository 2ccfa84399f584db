"""Tells a FreeSWITCH with a configuration of ours to read its files again.

One connection to its event socket, with the port and the password that its own files name; whether an engine runs does
not matter. Easy to break: a FreeSWITCH that does not run is no mistake, because it reads its files when it starts.
"""

from __future__ import annotations

import socket
from typing import Final

from fs_control.errors import RemoteFault
from fs_control.esl import Api
from fs_control.face.freeswitch.asking import PATIENCE_S, converse
from fs_control.switch.configuration import SwitchSetup

FAULT: Final = "freeswitch_not_reloaded"
RELOAD: Final = Api("reloadxml", "")


def reload_files(setup: SwitchSetup, *then: Api) -> bool:
    """Have the files read again, and `then` something done with them, whatever is answered to that.

    False where no FreeSWITCH listens. RemoteFault where it does not read them.
    """
    try:
        wire = socket.create_connection((setup.event_ip, setup.event_port), timeout=PATIENCE_S)
    except (ConnectionRefusedError, TimeoutError):
        return False
    except OSError as error:
        raise RemoteFault(FAULT, reason=error.strerror or str(error)) from error
    with wire:
        try:
            answer = converse(wire, setup.event_password, (RELOAD, *then), FAULT)[0]
        except OSError as error:
            raise RemoteFault(FAULT, reason=error.strerror or str(error)) from error
    if not answer.startswith("+OK"):
        raise RemoteFault(FAULT, reason=answer)
    return True
