"""The switch's own files of its legs (mod_json_cdr), read for the judge.

Knows nothing of how the product reads them, so that it does not share its misunderstandings. Easy to break: values may
be percent-encoded, and a file may be half written, which is then read again later.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from chaos.evidence import Leg
from fs_control.ids import Micros


def read_legs(folder: Path) -> dict[str, Leg]:
    """Read all files of a folder; ValueError names one that cannot be read."""
    legs = (read_leg(path.read_bytes()) for path in sorted(folder.glob("*.json")))
    return {leg.leg: leg for leg in legs}


def read_leg(content: bytes) -> Leg:
    """Read one file; a name in another encoding than UTF-8 costs that name alone."""
    data: dict[str, Any] = json.loads(content.decode("utf-8", "replace"))
    values = {name: unquote(str(value)) for name, value in data["variables"].items()}
    return Leg(
        leg=values["uuid"],
        direction=values.get("direction", ""),
        created_at=Micros(int(values.get("start_uepoch", 0))),
        answered_at=Micros(int(values.get("answer_uepoch") or 0)) or None,
        ended_at=Micros(int(values.get("end_uepoch", 0))),
        cause=values.get("hangup_cause", ""),
        disposition=values.get("sip_hangup_disposition", ""),
        core=str(data.get("core-uuid", "")),
    )
