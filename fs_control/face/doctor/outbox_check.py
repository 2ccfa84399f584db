"""Does every record get to the database, and is there room for those that cannot yet?

Pure, as `own_checks`. Easy to break: a record that waits is no fault as long as there is room; a caller who is turned
away is.
"""

from __future__ import annotations

from fs_control.face.doctor.facts import OwnFacts
from fs_control.face.doctor.findings import Finding, bad, ok, skipped, warning
from fs_control.records import OutboxLevel
from fs_control.settings import Settings


def records(facts: OwnFacts, _settings: Settings) -> Finding:
    """Nothing waits, nothing was refused, and there is room."""
    outbox = facts.outbox
    if outbox is None:
        return skipped("disk_not_told", folder=facts.folder)
    percent = outbox.bytes_used * 100 // outbox.bytes_most if outbox.bytes_most else 0
    if outbox.level is OutboxLevel.FULL:
        return bad("records_full", records=outbox.waiting)
    if outbox.refused or outbox.damaged:
        return bad("records_refused", refused=outbox.refused, damaged=outbox.damaged)
    if outbox.disk_fault:
        return bad("records_disk", why=outbox.disk_fault, records=outbox.in_memory)
    if outbox.level is OutboxLevel.NEARLY_FULL:
        return warning("records_nearly_full", records=outbox.waiting, percent=percent)
    if facts.engine.fault is not None and outbox.on_disk:
        return warning("records_left", records=outbox.on_disk)
    if outbox.why or outbox.on_disk:
        return warning("records_wait", records=outbox.waiting, percent=percent)
    return ok("records_none_wait")
