"""The global variables of the switch: what `${name}` means where neither the channel nor its profile has that name.

Owns those that the core itself sets (switch_core.c), with the folders of an installation from source; there is no
configuration here that could set others. Easy to break: they are the last place that is looked at, and they show in
`uuid_getvar` as well as in arguments.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from fs_control.virtual_switch.place import HOST

BASE: Final = "/usr/local/freeswitch"
FOLDERS: Final = {
    **{
        f"{name}_dir": name
        for name in ("recordings", "sounds", "conf", "log", "run", "db", "mod", "htdocs", "fonts", "images", "certs")
    },
    "script_dir": "scripts",
    "grammar_dir": "grammar",
    "storage_dir": "storage",
    "cache_dir": "cache",
}


def global_variables(core_uuid: str, hostname: str, sound_folder: Path | None) -> Mapping[str, str]:
    """All of them by name."""
    sounds = {} if sound_folder is None else {"sound_prefix": str(sound_folder)}
    return {
        "hostname": hostname,
        "local_ip_v4": HOST,
        "base_dir": BASE,
        **{name: f"{BASE}/{folder}" for name, folder in FOLDERS.items()},
        "temp_dir": "/tmp",
        "core_uuid": core_uuid,
        **sounds,
    }
