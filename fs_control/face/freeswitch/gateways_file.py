"""The gateways in FreeSWITCH's files: written anew and taken over whenever one was changed.

Easy to break: FreeSWITCH keeps a gateway that it has as it is, so one that was changed or removed has to be taken away
from it before it looks for new ones; calls that are on it go on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from fs_control.esl import Api
from fs_control.face.freeswitch.files import existing_setup, write_gateways
from fs_control.face.freeswitch.reload import reload_files
from fs_control.switch.gateways import PROFILE, GatewayLogin, gateways_text


def refresh_gateways(folder: Path, gateways: Iterable[GatewayLogin], changed: Collection[str]) -> bool:
    """Write the gateways into a configuration of ours and have a running FreeSWITCH take them over.

    `changed`: the names of those that it may know in another form. Returns whether a FreeSWITCH was told. UserMistake
    where the folder is none of ours or may not be written, RemoteFault where FreeSWITCH refuses.
    """
    write_gateways(folder, gateways_text(gateways))
    setup = existing_setup(folder)
    gone = [Api("sofia", f"profile {PROFILE} killgw {name}") for name in changed]
    return setup is not None and reload_files(setup, *gone, Api("sofia", f"profile {PROFILE} rescan"))
