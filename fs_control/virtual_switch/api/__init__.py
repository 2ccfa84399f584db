"""The api commands; all of them are in this one table.

A command takes the switch and its argument and returns its words, exactly as FreeSWITCH would print them; what is not
in the table answers `-ERR NAME Command not found!`. Easy to break: some answers end with a newline and some do not
(traces originate-results, live-state).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fs_control.virtual_switch.api import audio, channels, conference, sofia, system, tables
from fs_control.virtual_switch.originate import originate

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

API_COMMANDS: dict[str, Callable[[Core, str], str]] = {
    "acl": system.acl,
    "conference": conference.conference,
    "file_exists": system.file_exists,
    "global_getvar": system.global_getvar,
    "hostname": system.hostname,
    "hupall": channels.hupall,
    "list_users": system.list_users,
    "module_exists": system.module_exists,
    "originate": originate,
    "reloadxml": system.reloadxml,
    "show": tables.show,
    "sofia": sofia.sofia,
    "sofia_contact": system.sofia_contact,
    "status": system.status,
    "strepoch": system.strepoch,
    "strmicroepoch": system.strmicroepoch,
    "switchname": system.hostname,
    "uptime": system.uptime,
    "uuid_answer": channels.uuid_answer,
    "uuid_audio": audio.uuid_audio,
    "uuid_pre_answer": channels.uuid_pre_answer,
    "uuid_break": channels.uuid_break,
    "uuid_bridge": channels.uuid_bridge,
    "uuid_broadcast": channels.uuid_broadcast,
    "uuid_display": channels.uuid_display,
    "uuid_dump": channels.uuid_dump,
    "uuid_exists": channels.uuid_exists,
    "uuid_getvar": channels.uuid_getvar,
    "uuid_hold": channels.uuid_hold,
    "uuid_kill": channels.uuid_kill,
    "uuid_park": channels.uuid_park,
    "uuid_record": channels.uuid_record,
    "uuid_recv_dtmf": channels.uuid_recv_dtmf,
    "uuid_send_dtmf": channels.uuid_send_dtmf,
    "uuid_setvar": channels.uuid_setvar,
    "uuid_setvar_multi": channels.uuid_setvar_multi,
    "uuid_transfer": channels.uuid_transfer,
    "version": system.version,
    "xml_locate": system.xml_locate,
}
