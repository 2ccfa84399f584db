"""The switch as a whole: everything that there is one of, put together top to bottom.

Owns the table of sessions, ids, the password, running api commands and jobs, and the heartbeat. Everything else has a
part of its own, and the parts know each other only through this object. Easy to break: a session is in the table from
its creation to CHANNEL_DESTROY, also while nothing but a lingering wire holds it.
"""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import gevent

from fs_control.virtual_switch.api import API_COMMANDS
from fs_control.virtual_switch.api.system import heartbeat_headers
from fs_control.virtual_switch.apps import APPLICATIONS
from fs_control.virtual_switch.apps.digits import read_keys
from fs_control.virtual_switch.bus import EventBus
from fs_control.virtual_switch.callers import Caller, Journal, Note
from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.conference import Conferences
from fs_control.virtual_switch.dialplan import HOLD_MUSIC, Dialplan, to_controller
from fs_control.virtual_switch.globals import global_variables
from fs_control.virtual_switch.lifecycle import STATE_HANDLERS
from fs_control.virtual_switch.phones import Phones
from fs_control.virtual_switch.script import CallerScript
from fs_control.virtual_switch.session_timers import SessionTimer
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.sip import Sip
from fs_control.virtual_switch.states import ChannelState, Direction
from fs_control.virtual_switch.throttle import MAX_SESSIONS, SESSIONS_PER_SECOND, Throttle
from fs_control.virtual_switch.timing import Timing
from fs_control.virtual_switch.traffic import Traffic
from fs_control.virtual_switch.wires import Wire

MEDIA_TIMEOUT_SECONDS = 300.0
"""media_timeout of the shipped configuration."""
HEARTBEAT_SECONDS = 20
"""FreeSWITCH's event-heartbeat-interval."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a switch is started with."""

    password: str
    controller: str
    """host:port to which the default dialplan hands calls."""
    hostname: str = "virtual-switch"
    sound_folder: Path | None = None
    """Where relative prompt names are looked up."""
    hold_music: str = HOLD_MUSIC
    """What the other leg of a held call hears."""
    media_timeout: float = MEDIA_TIMEOUT_SECONDS
    """Seconds after which a phone from which nothing comes is hung up."""
    session_timeout: int = 0
    """Seconds after half of which the switch refreshes a call (`session-timeout` of a SIP profile); 0: never."""
    sessions_per_second: int = SESSIONS_PER_SECOND
    max_sessions: int = MAX_SESSIONS
    transfer_events: bool = True
    """Whether a transfer key is an event of its own (fire-transfer-events of the shipped phones' profile)."""
    cdr_folder: Path | None = None
    """Where a file is left of each leg that is over (log-dir of mod_json_cdr); None: none is."""


class Core:
    """One virtual switch."""

    def __init__(self, settings: Settings, timing: Timing) -> None:
        self.settings = settings
        self.timing = timing
        self.uuid = self.new_uuid()
        self.bus = EventBus(timing, self.uuid, settings.hostname)
        self.started_us = timing.now_us()
        self.sound_folder = settings.sound_folder
        self.variables = global_variables(self.uuid, settings.hostname, settings.sound_folder)
        self.throttle = Throttle(timing.now_us, settings.sessions_per_second, settings.max_sessions)
        self.dialplan: Dialplan = to_controller(settings.controller)
        self.applications = APPLICATIONS
        self.read_keys = read_keys
        self.state_handlers = STATE_HANDLERS
        self.sip = Sip(self)
        self.phones = Phones(self)
        self.conferences = Conferences(self)
        self.wires: set[Wire] = set()
        self.traffic = Traffic()
        self.journals: dict[str, Journal] = {}
        self.peak_sessions = 0
        self._sessions: dict[str, Session] = {}
        self._session_count = 0
        self._jobs = 0

    def start_heartbeat(self) -> None:
        """Fire HEARTBEAT now and every 20 virtual seconds."""
        self.bus.fire("HEARTBEAT", lambda: heartbeat_headers(self))
        self.timing.call_later(HEARTBEAT_SECONDS, self.start_heartbeat)

    @staticmethod
    def new_uuid() -> str:
        """A name nobody has had before."""
        return str(uuid.uuid4())

    def password_is(self, word: str) -> bool:
        """Whether a word is the password; takes the same time for every wrong one."""
        return hmac.compare_digest(word.encode("utf-8", "surrogateescape"), self.settings.password.encode())

    # Sessions.

    @property
    def sessions(self) -> list[Session]:
        """All sessions, oldest first."""
        return list(self._sessions.values())

    @property
    def sessions_since_start(self) -> int:
        """How many there have ever been."""
        return self._session_count

    def new_session(self, direction: Direction, channel_uuid: str) -> Session:
        """Make a channel and its session; it runs when started."""
        channel = Channel(self.bus, self.timing, self.find_channel, self.variables, channel_uuid, direction)
        self._session_count += 1
        session = Session(self, channel, self._session_count)
        session.timer = SessionTimer(session)
        self._sessions[channel_uuid] = session
        self.peak_sessions = max(self.peak_sessions, len(self._sessions))
        return session

    def remove(self, session: Session) -> None:
        """Forget a session that is at its end."""
        self._sessions.pop(session.channel.uuid, None)

    def find_session(self, channel_uuid: str) -> Session | None:
        """The session of a channel, or None."""
        return self._sessions.get(channel_uuid)

    def find_channel(self, channel_uuid: str) -> Channel | None:
        """The channel with a uuid, or None."""
        session = self._sessions.get(channel_uuid)
        return None if session is None else session.channel

    @staticmethod
    def release_channel(channel: Channel) -> None:
        """The controller's wire is gone: with socket_resume the channel is pulled back into the dialplan.

        Also out of a bridge: trace controller-dies-while-talking-cut.
        """
        flags = channel.flags
        moved = flags.redirect or flags.transfer or channel.state is ChannelState.HIBERNATE
        if not moved and channel.variables.is_true("socket_resume"):
            channel.set_state(ChannelState.RESET)
        flags.controlled = False
        channel.changed()

    # Calls and commands.

    def place_call(self, script: CallerScript) -> Journal:
        """A caller dials; the journal fills while the script runs. Over its limits the switch answers 503."""
        if not self.throttle.admits(len(self._sessions)):
            return self._turn_away(script)
        session = self.sip.invite(script)
        session.timer.asked = script.session_expires
        caller = Caller(self, session, script)
        session.peer = caller
        self.journals[caller.journal.call] = caller.journal
        session.start()
        caller.begin()
        return caller.journal

    def _turn_away(self, script: CallerScript) -> Journal:
        """503 Maximum Calls In Progress: there never is a channel, and no event."""
        journal = Journal(self.new_uuid(), script, cause="NORMAL_TEMPORARY_FAILURE")
        now = self.timing.now_us()
        journal.notes += [Note(now, "dialled", script.number), Note(now, "ended", journal.cause)]
        journal.finished.set()
        self.journals[journal.call] = journal
        return journal

    def run_api(self, command: str) -> str:
        """Run an api command and return its words."""
        name, _, argument = command.strip().partition(" ")
        handler = API_COMMANDS.get(name.lower())
        if handler is None:
            return f"-ERR {name} Command not found!\n"
        return handler(self, argument.strip())

    def run_job(self, command: str, job: str, owner: str | None) -> None:
        """Run an api command in the background; BACKGROUND_JOB brings its words."""
        self._jobs += 1
        gevent.spawn(self._run_job, command, job, owner).name = f"job-{job}"

    def _run_job(self, command: str, job: str, owner: str | None) -> None:
        try:
            answer = self.run_api(command)
        finally:
            self._jobs -= 1
        name, _, argument = command.strip().partition(" ")
        headers = [("Job-UUID", job)]
        if owner is not None:
            headers.append(("Job-Owner-UUID", owner))
        headers.append(("Job-Command", name))
        if argument:
            headers.append(("Job-Command-Arg", argument))
        self.bus.fire("BACKGROUND_JOB", lambda: headers, channel=owner, body=answer)

    def running_jobs(self) -> int:
        """How many background jobs have not answered yet."""
        return self._jobs

    def live_journals(self) -> Iterator[Journal]:
        """Journals of calls that have not ended."""
        return (journal for journal in self.journals.values() if not journal.finished.is_set())
