"""A leader on the leg of a customer who talks with an agent: listens, whispers, joins, takes over (C7).

Owns those recordings. Phone 1001 is the agent's and 1002 the leader's; a `~` before a key of uuid_recv_dtmf makes it
one that the phone itself had sent (switch_channel_queue_dtmf_string), and so one for which the bindings hold. Easy to
break: the leg that is listened to is the customer's, for the far end of the other one hears a gap when it begins.
"""

from __future__ import annotations

from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import AGENT, SECOND_AGENT, hang_up_and_linger, ringing, welcomed_call
from tests.traces.record.registry import recording
from tests.traces.record.wire import Wire

LEADER = SECOND_AGENT
EVENTS = (
    "CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HANGUP"
    " CHANNEL_HANGUP_COMPLETE CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE DTMF MEDIA_BUG_START MEDIA_BUG_STOP"
    " BACKGROUND_JOB"
)
KEYS = {"1": "0", "2": "1"}
"""What the leader presses, and what `eavesdrop` is given for it; every other key is itself."""


def _talk(lab: Lab) -> tuple[Wire, Wire, str]:
    """A customer who talks with 1001, and a leader whose phone is ready: inbound, outbound, the customer's uuid."""
    lab.phone("1001", "uas.xml")
    lab.phone("1002", "uas.xml")
    wire, uuid = welcomed_call(lab)
    sleep(0.1)  # the caller's ACK comes first
    inbound = lab.inbound(EVENTS)
    sleep(0.1)
    dialled = f"{ringing(uuid, origination_uuid=AGENT)}user/1001@127.0.0.1"
    wire.start("bridge", dialled, f"Event-UUID: {AGENT}")
    wire.event("CHANNEL_BRIDGE")
    sleep(0.5)
    return inbound, wire, uuid


def _listen(inbound: Wire, uuid: str, variables: str = "") -> None:
    """Call the leader, who then listens; as the control plane orders it."""
    bound = "".join(f"bind_digit_action:supervise,{k},api:uuid_recv_dtmf,{LEADER} {v}^" for k, v in KEYS.items())
    own = f"{{origination_uuid={LEADER},ignore_early_media=true,originate_timeout=20,hangup_after_bridge=true"
    own = f"{own}{variables}}}"
    inbound.command(f"bgapi originate {own}user/1002@127.0.0.1 'm:^:{bound}eavesdrop:{uuid}' inline")
    inbound.event("MEDIA_BUG_START")
    sleep(0.5)


@recording(
    "supervise-customers-leg",
    "A leader listens in on the customer's leg, whispers to the agent and joins by uuid_recv_dtmf, then by keys of the"
    " leader's own phone (5 means nothing), and ends it with *; the agent and the customer talk on.",
)
def supervise_customers_leg(lab: Lab) -> None:
    inbound, wire, uuid = _talk(lab)
    _listen(inbound, uuid)
    for key in ("1", "3", "0", "~2", "~3", "~5", "~1", "~*"):
        inbound.api(f"uuid_recv_dtmf {LEADER} {key}")
        sleep(0.4)
    hang_up_and_linger(wire)


@recording(
    "supervise-whisper-at-once",
    "A leader whispers from the first moment (eavesdrop_whisper_aleg), and is killed by the controller.",
)
def supervise_whisper_at_once(lab: Lab) -> None:
    inbound, wire, uuid = _talk(lab)
    _listen(inbound, uuid, ",eavesdrop_whisper_aleg=true")
    inbound.api(f"uuid_kill {LEADER}")
    sleep(0.5)
    hang_up_and_linger(wire)


@recording(
    "supervise-on-hold",
    "A leader listens and whispers while the agent is parked, the customer hears music and the two are joined again;"
    " then the leader's leg is ended, and the customer's.",
)
def supervise_on_hold(lab: Lab) -> None:
    inbound, wire, uuid = _talk(lab)
    _listen(inbound, uuid)
    inbound.api(f"uuid_recv_dtmf {LEADER} 1")
    inbound.api(f"uuid_park {AGENT}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    wire.start("playback", "music.wav", "Event-UUID: aaaa0000-0000-0000-0000-000000000001", "loops: -1")
    sleep(0.8)
    inbound.api(f"uuid_break {uuid} all")
    inbound.api(f"uuid_bridge {AGENT} {uuid}")
    inbound.event("CHANNEL_BRIDGE")
    sleep(0.6)
    inbound.api(f"uuid_kill {LEADER}")
    sleep(0.4)
    inbound.api(f"uuid_kill {uuid}")
    wire.until_closed()


@recording(
    "supervise-take-over",
    "A leader who listens takes the customer over (uuid_bridge), which ends the agent's leg; then the customer leaves.",
)
def supervise_take_over(lab: Lab) -> None:
    inbound, wire, uuid = _talk(lab)
    _listen(inbound, uuid)
    inbound.api(f"uuid_recv_dtmf {LEADER} ~4")
    inbound.event("DTMF")
    inbound.api(f"uuid_bridge {LEADER} {uuid}")
    inbound.event("CHANNEL_BRIDGE")
    sleep(0.6)
    inbound.api(f"uuid_kill {uuid}")
    wire.until_closed()


@recording("supervise-nobody-there", "A leader answers when the customer has gone: the leader's leg ends at once.")
def supervise_nobody_there(lab: Lab) -> None:
    inbound, wire, uuid = _talk(lab)
    inbound.command(
        f"bgapi originate {{origination_uuid={LEADER},ignore_early_media=true}}user/1002@127.0.0.1"
        f" 'm:^:eavesdrop:{uuid}' inline"
    )
    inbound.event("CHANNEL_PROGRESS")
    hang_up_and_linger(wire)
    sleep(1.5)
