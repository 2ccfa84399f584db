"""A flow's text made the active version of its name (N1); no version is ever changed, a new one is added.

It must run behind the enterprise's lock. It does not read the flow: whoever activates one has done that.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection

from fs_control.ids import EnterpriseId
from fs_control.store.column_types import storable_text
from fs_control.store.queries import query


def activate(connection: Connection, enterprise: EnterpriseId, name: str, text: str, by: str) -> bool:
    """Make `text` the active version of the flow `name`; False when it is that already. `by` says who did it."""
    values = {"name": name, "text": text, "by": by}
    parameters = {key: storable_text(value) for key, value in values.items()}
    parameters["digest"] = hashlib.sha256(parameters["text"].encode()).hexdigest()
    added = connection.execute(query("activate_flow"), {"enterprise": enterprise, **parameters})
    return added.one_or_none() is not None
