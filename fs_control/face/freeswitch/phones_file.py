"""The phones in FreeSWITCH's files: what it reads where it cannot ask an engine.

Easy to break: a removed phone must not be left in there, or it is let in again while no engine runs; so whoever
changes phones writes them anew and has them read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fs_control.face.freeswitch.files import existing_setup, write_phones
from fs_control.face.freeswitch.reload import reload_files
from fs_control.switch.configuration import accounts_of


def refresh_phones(folder: Path, hashes: Mapping[str, str | None]) -> tuple[int, bool]:
    """Write the phones that may register into a configuration of ours and have a running FreeSWITCH read them.

    `hashes`: every phone with the hash of its password. Returns how many were written and whether a FreeSWITCH read
    them. UserMistake where the folder is none of ours or may not be written, RemoteFault where FreeSWITCH refuses.
    """
    accounts = accounts_of(hashes)
    write_phones(folder, accounts)
    setup = existing_setup(folder)
    return len(accounts), setup is not None and reload_files(setup)
