"""The api command `sofia`: what SIP profiles there are, for people (`status`) and for programs (`xmlstatus`).

Owns the words as in mod_sofia.c 1.10.12 (`cmd_status`, `cmd_xml_status`); there is one profile, `internal`, which
always runs and has the domain for an alias. Easy to break: the XML declares ISO-8859-1 whatever is in it, and an
unknown profile is no XML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch.place import HOST

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

PROFILE: Final = "internal"
URL: Final = f"sip:mod_sofia@{HOST}:5060"
CODECS: Final = "PCMU,PCMA"
LINE: Final = "=" * 97
XML: Final = '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
INFORMATION: Final = (
    *(("name", PROFILE), ("domain-name", "N/A"), ("auto-nat", "false"), ("db-name", f"sofia_reg_{PROFILE}")),
    *(("pres-hosts", ""), ("dialplan", "XML"), ("context", "default"), ("challenge-realm", "auto_to")),
    *(("rtp-ip", HOST), ("sip-ip", HOST), ("url", URL), ("bind-url", f"{URL};transport=udp,tcp")),
    *(("hold-music", "N/A"), ("outbound-proxy", "N/A"), ("inbound-codecs", CODECS), ("outbound-codecs", CODECS)),
    *(("tel-event", "101"), ("dtmf-mode", "rfc2833"), ("cng", "13")),
    *(("session-to", "0"), ("max-dialog", "0"), ("max-recv-rps", "1000")),
    *(("nomedia", "false"), ("late-neg", "false"), ("proxy-media", "false"), ("aggressive-nat", "false")),
    *(("calls-in", "0"), ("calls-out", "0"), ("failed-calls-in", "0"), ("failed-calls-out", "0")),
)
"""What there is to know of the profile, in the order of mod_sofia.c."""
USAGE: Final = """USAGE:
--------------------------------------------------------------------------------
sofia global siptrace <on|off>
sofia        capture  <on|off>
             watchdog <on|off>

sofia profile <name> [start | stop | restart | rescan] [wait]
                     flush_inbound_reg [<call_id> | <[user]@domain>] [reboot]
                     check_sync [<call_id> | <[user]@domain>]
                     [register | unregister] [<gateway name> | all]
                     killgw <gateway name>
                     [stun-auto-disable | stun-enabled] [true | false]]
                     siptrace <on|off>
                     capture  <on|off>
                     watchdog <on|off>

sofia <status|xmlstatus> profile <name> [reg [<contact str>]] | [pres <pres str>] | [user <user@domain>]
sofia <status|xmlstatus> gateway <name>

sofia loglevel <all|default|tport|iptsec|nea|nta|nth_client|nth_server|nua|soa|sresolv|stun> [0-9]
sofia tracelevel <console|alert|crit|err|warning|notice|info|debug>

sofia help
--------------------------------------------------------------------------------
"""


def sofia(core: Core, argument: str) -> str:
    """`status` or `xmlstatus`, of all profiles or of one: `xmlstatus profile NAME`."""
    match argument.split():
        case ["status"]:
            return _status(core)
        case ["xmlstatus"]:
            return _xml_status(core)
        case ["xmlstatus", "profile", name]:
            return _xml_profile(core) if name == PROFILE else "Invalid Profile!\n"
        case _:
            return USAGE


def _status(core: Core) -> str:
    return (
        f"{'Name':>25}\t   Type\t  {'Data':>40}\tState\n{LINE}\n"
        f"{HOST:>25}\t  alias\t  {PROFILE:>40}\tALIASED\n"
        f"{PROFILE:>25}\tprofile\t  {URL:>40}\tRUNNING ({len(core.sessions)})\n{LINE}\n"
        "1 profile 1 alias\n"
    )


def _xml_status(core: Core) -> str:
    return (
        f"{XML}<profiles>\n<profile>\n<name>{PROFILE}</name>\n<type>profile</type>\n<data>{URL}</data>\n"
        f"<state>RUNNING ({len(core.sessions)})</state>\n</profile>\n"
        f"<alias>\n<name>{HOST}</name>\n<type>alias</type>\n<data>{PROFILE}</data>\n<state>ALIASED</state>\n</alias>\n"
        "</profiles>\n"
    )


def _xml_profile(core: Core) -> str:
    registrations = sum(entry.registration is not None for entry in core.phones.all())
    values = (*INFORMATION, ("registrations", str(registrations)))
    lines = "".join(f"    <{name}>{value}</{name}>\n" for name, value in values)
    return f"{XML}<profile>\n  <profile-info>\n{lines}  </profile-info>\n</profile>\n"
