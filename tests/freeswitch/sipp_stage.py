"""The stage of a real FreeSWITCH: phones by sipp, callers by SIP, and the same words as the virtual switch's stage.

Owns who is on the stage and what each caller lives through; it learns that by listening in on the switch. Scripts are
those of `fs_control.virtual_switch.script`. FreeSWITCH tells of no ringback: it counts as heard from the first 180 (or
from the order, with instant_ringback) until `bridge` joins or ends. Easy to break: one switch serves many tests, so
`close` takes away every call and every registration that this stage brought.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count
from pathlib import Path
from uuid import uuid4

import gevent
from gevent.event import Event

from fs_control.esl import EventMessage
from fs_control.virtual_switch.script import CallerScript, Phone, PhoneBehaviour, PromptEdge
from fs_control.virtual_switch.stage import CallJournal, JournalNote, Snapshot
from tests.freeswitch.events import EventSocket
from tests.freeswitch.key_phone import KeyPhone
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.sip import SipMessage
from tests.freeswitch.sip_caller import ORDINARY, Handset, SipCaller
from tests.freeswitch.sipp_phone import SippPhone

TAKEN_S = 20.0
EMPTY_S = 20.0
BYE_S = 2.0
HEARD = (
    "CHANNEL_EXECUTE",
    "CHANNEL_EXECUTE_COMPLETE",
    "CHANNEL_PROGRESS",
    "CHANNEL_ANSWER",
    "CHANNEL_BRIDGE",
    "CHANNEL_UNBRIDGE",
    "CHANNEL_HANGUP",
    "PLAYBACK_START",
    "PLAYBACK_STOP",
)


class _Call:
    """One caller and the journal of the call."""

    def __init__(self, switch: PrivateSwitch, name: str, script: CallerScript, handset: Handset) -> None:
        self.script = script
        self.leg = ""
        self.cause = ""
        self.notes: list[JournalNote] = []
        self.at = 0
        self._ringback = self._rings_with = ""
        """What is heard while somebody is rung, and what will be."""
        self.taken = Event()
        self.ended = Event()
        door = switch.addresses.phones_port if script.phone else switch.addresses.trunks_port
        self.caller = SipCaller(name, script, door, self.note, handset)

    def note(self, kind: str, detail: str) -> None:
        """What the caller does is noted at the time of the last thing that the switch did to the call."""
        self.notes.append(JournalNote(self.at, kind, detail))

    def journal(self) -> CallJournal:
        """What this caller has lived through so far."""
        script = self.script
        return CallJournal(self.leg, script.label, script.number, script.caller_number, self.cause, tuple(self.notes))

    def happened(self, event: EventMessage) -> None:
        """The switch did something to the call."""
        self.at = int(event.get("Event-Date-Timestamp") or 0)
        self._follow_ringback(event)
        match event.name:
            case "CHANNEL_ANSWER":
                self.note("answered", "")
            case "PLAYBACK_START":
                self._hears(event.get("Playback-File-Path") or "", PromptEdge.START)
            case "PLAYBACK_STOP":
                self._hears(event.get("Playback-File-Path") or "", PromptEdge.END)
            case "CHANNEL_BRIDGE":
                self.note("talk_start", self._other(event))
                self.caller.talks()
            case "CHANNEL_UNBRIDGE":
                self.note("talk_end", self._other(event))
            case "CHANNEL_HANGUP":
                self.cause = event.get("Hangup-Cause") or "NORMAL_UNSPECIFIED"
                self.note("ended", self.cause)
                self.ended.set()

    def rung(self, leg: EventMessage) -> None:
        """A leg that is rung for this caller says 180."""
        self.at = int(leg.get("Event-Date-Timestamp") or 0)
        self._begin_ringback()

    def _follow_ringback(self, event: EventMessage) -> None:
        match event.name, event.get("Application"):
            case "CHANNEL_EXECUTE", "bridge":
                self._rings_with = event.get("variable_transfer_ringback") or ""
                if "instant_ringback=true" in (event.get("Application-Data") or ""):
                    self._begin_ringback()
            case ("CHANNEL_BRIDGE" | "CHANNEL_HANGUP", _) | ("CHANNEL_EXECUTE_COMPLETE", "bridge"):
                self._end_ringback()

    def _begin_ringback(self) -> None:
        if self._rings_with and not self._ringback:
            self._ringback = self._rings_with
            self._hears(self._ringback, PromptEdge.START)

    def _end_ringback(self) -> None:
        sounded, self._ringback, self._rings_with = self._ringback, "", ""
        if sounded:
            self._hears(sounded, PromptEdge.END)

    def _other(self, event: EventMessage) -> str:
        """The leg with which the caller's is joined, whichever of the two the event is about."""
        first, second = event.get("Bridge-A-Unique-ID") or "", event.get("Bridge-B-Unique-ID") or ""
        return second if first == self.leg else first

    def _hears(self, prompt: str, edge: PromptEdge) -> None:
        self.note(f"prompt_{edge.value}", prompt)
        self.caller.hears(prompt, edge)


class SippStage:
    """Directs phones and callers around one FreeSWITCH."""

    def __init__(self, switch: PrivateSwitch, folder: Path) -> None:
        """Enter; `folder` is for the scenarios of sipp."""
        self._switch = switch
        self._folder = folder
        self._phones: dict[str, SippPhone | KeyPhone] = {}
        self._by_call_id: dict[str, _Call] = {}
        self._by_leg: dict[str, _Call] = {}
        self._run, self._numbers = uuid4().hex, count(1)
        folder.mkdir(parents=True, exist_ok=True)
        self._events = self._listen()

    def __enter__(self) -> SippStage:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave an empty switch behind."""
        for call in self._by_call_id.values():
            call.caller.leave()
        self._events.api("hupall")
        for number, phone in self._phones.items():
            phone.stop()
            self.expire_phone(number)
        with gevent.Timeout(EMPTY_S):
            while self.snapshot().channels:
                gevent.sleep(0.1)
        self._events.close()

    def reconnect(self) -> None:
        """Listen again to a switch that died and was started again; nothing of its calls is left, the phones are."""
        self._events.close()
        for call in self._by_call_id.values():
            call.caller.leave()
            call.ended.set()
        self._events = self._listen()

    def set_phone(self, phone: Phone) -> None:
        """Add a phone, or change what it does from its next call on; registers or unregisters it."""
        before = self._phones.pop(phone.number, None)
        if before is not None:
            before.stop()
            if not phone.registered:  # else it registers anew, and is never unregistered in between
                self.expire_phone(phone.number)
        has_keys = any(behaviour.steps for behaviour in phone.behaviours)
        new = KeyPhone(self._switch, phone, self._made_by) if has_keys else SippPhone(self._switch, self._folder, phone)
        self._phones[phone.number] = new
        new.start()

    def _made_by(self, phone: str) -> tuple[str, str, str]:
        """The last call that a phone has made itself."""
        made = [call for call in self._by_call_id.values() if call.script.phone == phone and not call.ended.is_set()]
        return made[-1].caller.dialog

    def set_outsider(self, number: str, *behaviours: PhoneBehaviour) -> None:
        """Put somebody behind the gateway, or change what they do; one number at a time can be dialled."""
        port = self._switch.addresses.gateway_port
        for each in [phone for phone in self._phones.values() if phone.port == port]:
            each.stop()
        self.set_phone(Phone(number, behaviours, registered=False, contact_port=port))

    def invitations(self, number: str) -> list[SipMessage]:
        """What a phone was told of each call, in the order in which they came."""
        return self._phones[number].invitations()

    def expire_phone(self, number: str) -> None:
        """Let a phone's registration run out."""
        address = f"{number}@{self._switch.addresses.host}"
        self._events.api("sofia", f"profile phones flush_inbound_reg {address}")

    def place_call(self, script: CallerScript, handset: Handset = ORDINARY) -> str:
        """Let a caller dial, or a phone; the call's id, which is the Unique-ID of the caller's leg."""
        if script.phone:
            script = replace(script, caller_number=script.caller_number or script.phone)
            handset = replace(handset, user=script.phone, password=self._switch.secrets.phones[script.phone])
        call = _Call(self._switch, f"{self._run}-{next(self._numbers)}", script, handset)
        self._by_call_id[call.caller.call_id] = call
        call.caller.dial()
        assert call.taken.wait(TAKEN_S), f"the switch did not take a call to {script.number}"
        return call.leg

    def journal(self, call: str) -> CallJournal:
        """What a caller has lived through so far."""
        return self._by_leg[call].journal()

    def wait_for_end(self, call: str, seconds: float = 30.0) -> CallJournal:
        """Wait until a call is over and the caller has gone."""
        ending = self._by_leg[call]
        assert ending.ended.wait(seconds), f"the call still runs: {ending.journal()}"
        ending.caller.over.wait(BYE_S)
        ending.caller.leave()
        return ending.journal()

    def snapshot(self) -> Snapshot:
        """Look around. A real switch tells of its channels; its wires, jobs and threads are its own affair."""
        rows = json.loads(self._events.api("show", "channels as json")).get("rows", [])
        calls = tuple(call.journal() for call in self._by_leg.values() if not call.ended.is_set())
        return Snapshot(0, tuple(rows), 0, 0, 0, calls, ())

    def _listen(self) -> EventSocket:
        events = self._switch.events(self._happened)
        events.subscribe(*HEARD)
        return events

    def _happened(self, event: EventMessage) -> None:
        leg = event.get("Unique-ID") or ""
        call = self._by_leg.get(leg) or self._introduce(leg, event)
        other = self._by_leg.get(event.get("Other-Leg-Unique-ID") or "")
        if call is not None:
            call.happened(event)
        if other is not None and other is not call:
            self._happened_beside(other, event)

    @staticmethod
    def _happened_beside(call: _Call, event: EventMessage) -> None:
        """Something happened to a leg that is rung for a caller or joined with them."""
        match event.name:
            case "CHANNEL_PROGRESS":
                call.rung(event)
            case "CHANNEL_BRIDGE" | "CHANNEL_UNBRIDGE":
                call.happened(event)

    def _introduce(self, leg: str, event: EventMessage) -> _Call | None:
        """The first thing the dialplan does with a call tells which leg is whose."""
        call = self._by_call_id.get(event.get("variable_sip_call_id") or "")
        if call is not None and event.name == "CHANNEL_EXECUTE":
            call.leg = leg
            self._by_leg[leg] = call
            call.caller.taken()
            call.taken.set()
        return call
