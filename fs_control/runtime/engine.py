"""One centre at work: its inbox, executor and timers between the switch, the database and the people who ask.

Owns the order of starting and of stopping. Starting: the journal is folded before anything can arrive, and what it
says is under way is taken up again. Stopping: no new calls, then the calls that are there may finish, then the links
are closed and what is left is the switch's; the journal is the last thing to be closed. Easy to break: a link that we
close ourselves is no lost caller, and a caller whose call we gave up must not be left in silence.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Final
from uuid import uuid4

import gevent
import structlog
from gevent.event import Event as Wake
from gevent.lock import BoundedSemaphore

from fs_control.centre import CallCentre, Transition, due_timers
from fs_control.commands import FindLegEnds
from fs_control.errors import RemoteFault, UserMistake
from fs_control.esl import ChannelData, EventMessage
from fs_control.events import (
    CallCrashed,
    CallerLinkLost,
    DirectoryLoaded,
    DrainRequested,
    Event,
    JournalInterrupted,
    OutboxLevelChanged,
    StateCompared,
    SwitchFound,
    SwitchLost,
    TimerFired,
)
from fs_control.ids import CallId, LegId, Micros
from fs_control.ports import (
    CallerStore,
    Clock,
    DirectoryChanges,
    DirectoryStore,
    LegStore,
    Notice,
    PinStore,
    RecordSink,
    SupervisionSink,
    WebClient,
)
from fs_control.records import Directory, FlowText, JournalHealth, OutboxLevel, SupervisionEntry
from fs_control.runtime.call_link import CallLink, CallSettings
from fs_control.runtime.callbacks import place_of
from fs_control.runtime.callers import Callers
from fs_control.runtime.calling_in import CallingIn
from fs_control.runtime.cdr_folder import CdrFolder
from fs_control.runtime.executor import Executor
from fs_control.runtime.fetches import Fetches
from fs_control.runtime.ghost_shelf import GHOSTS, GhostShelf
from fs_control.runtime.inbound_link import InboundLink
from fs_control.runtime.inbox import Inbox
from fs_control.runtime.introduction import Listing
from fs_control.runtime.journal import Journal, read_past
from fs_control.runtime.leg_ends import LegEnds, answer_of
from fs_control.runtime.look_ups import WORKERS, LookUps
from fs_control.runtime.outbound_server import CallServer
from fs_control.runtime.outboxes import Outboxes
from fs_control.runtime.pin_checks import PinChecks
from fs_control.runtime.plans import tell_of_plans
from fs_control.runtime.requests import Requests
from fs_control.runtime.state_doctor import StateDoctor
from fs_control.runtime.supervisor import Supervisor
from fs_control.runtime.timers import Timers
from fs_control.runtime.vault import Vault
from fs_control.runtime.wire import WireLimits
from fs_control.settings import Settings, SwitchSettings
from fs_control.switch import FILTERS, SUBSCRIPTION, Dialect, SecretDigits, decode_event, decode_offer, decode_return

log = structlog.get_logger(__name__)

LINK_FIRST_S: Final = 2.0
"""How long a start waits for the switch before it opens the door: a caller whom we could not hear is sent away."""

FLUSH_S: Final = 10.0
"""How long a stop waits for the last records; what is not stored by then is in the journal."""

DIRECTORY_FIRST_S: Final = 2.0
"""How long a start waits for the directory that knows the last process's; callers hear music meanwhile."""

DIRECTORY_AGAIN_S: Final = 5.0
"""How often a database that was away at the start is asked for the directory."""

CONNECTIONS_PER_CALL: Final = 4
"""A caller comes on a new connection after each join of ours, and the ones before stay open until the leg is over."""

REFUSABLE_CALLS: Final = 200
"""Callers beyond the limit who are let in only to be told why; with more the dialplan apologises."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an engine is given: the clock, the switch, where its calls and its configuration are kept."""

    settings: Settings
    switch: SwitchSettings
    clock: Clock
    directory: DirectoryStore
    prompts: Callable[[], Collection[str]]
    """Tells the names of the prompts that there are at the moment; RemoteFault where that cannot be told."""
    media: str
    """The folder of `prompts/` and `music/` as this machine sees it."""
    make_outbox: Callable[[Notice], RecordSink]
    callers: CallerStore
    web: WebClient
    recordings: str
    """The folder of recordings as the switch sees it."""
    library: str = ""
    """The folder of the prompts as the switch sees it; empty means `prompts/` in that of our media."""
    changes: DirectoryChanges | None = None
    """None where the directory changes only when somebody says so."""
    pins: PinStore | None = None
    """None where no agent has one."""
    make_supervision_log: Callable[[Notice], SupervisionSink] | None = None
    """None where nobody keeps what leaders do; the centre does then, until somebody comes for it."""
    legs: LegStore | None = None
    """Where legs are kept as the switch told them; None where nobody keeps them."""
    cdrs: str = ""
    """The folder in which the switch leaves a file of each leg that is over, as this machine sees it."""


class Engine:
    """Everything of one process, started and stopped in order."""

    def __init__(self, surroundings: Surroundings) -> None:
        settings, switch = surroundings.settings, surroundings.switch
        self._surroundings = surroundings
        self.supervisor = Supervisor()
        self._loading = BoundedSemaphore()
        self._read_last: tuple[Directory, tuple[FlowText, ...], tuple[str, ...]] | None = None
        self._hears = Wake()
        """Set while the inbound link stands, on which facts come."""
        self.journal_folder: Final = Path(settings.var) / "journal"
        past = read_past(self.journal_folder)
        centre = replace(past.centre, draining=False)  # the process that was to stop has stopped
        self._crashes_of_past = past.crashes
        self.journal = Journal(self.journal_folder, centre, past.next, damage=past.damage, gap=past.gap)
        self.inbox = Inbox(centre, self.journal, surroundings.clock, self._carry_out)
        self.timers = Timers(surroundings.clock, self.inbox.put)
        self.requests = Requests(self.inbox.put)
        self.outbox = surroundings.make_outbox(self.inbox.put)
        make_log = surroundings.make_supervision_log
        self.supervision_log = make_log(self.inbox.put) if make_log is not None else None
        self.outboxes = Outboxes(self.outbox, self.supervision_log)
        self.look_ups = LookUps(surroundings.callers, surroundings.clock, self.inbox.put)
        self.vault = Vault()
        self.fetches = Fetches(surroundings.web, self.vault, surroundings.clock, self.inbox.put)
        self.leg_ends = self._make_leg_ends(centre)
        limits = WireLimits(deadline_s=settings.command_deadline_s)
        self.link = InboundLink(
            switch.host,
            switch.event_port,
            switch.password,
            SUBSCRIPTION,
            FILTERS,
            on_found=self._switch_found,
            on_lost=self._switch_lost,
            on_event=self._event_arrived,
            chance=random.random,
            limits=limits,
        )
        self.server = CallServer(
            settings.listen_host,
            settings.listen_port,
            on_call=self._call_arrived,
            on_end=self._call_link_ended,
            max_connections=settings.max_calls * CONNECTIONS_PER_CALL + REFUSABLE_CALLS,
            settings=CallSettings(linger_s=settings.linger_s, limits=limits),
        )
        media = switch.media or surroundings.media
        dialect = Dialect(
            enterprise=centre.directory.enterprise,
            domain=switch.domain,
            prompts=surroundings.library or f"{media}/prompts",
            hold_music=switch.hold_music or f"{media}/music/hold.wav",
            gateway=switch.gateway,
            recordings=surroundings.recordings,
        )
        self.callers = Callers()
        self._calling_in = CallingIn(
            self.link, lambda leg: self.callers.link(leg) is not None, lambda call: call in self.centre.calls
        )
        self.ghosts = GhostShelf(Path(settings.var) / GHOSTS, self.journal_folder)
        self.executor = Executor(
            dialect,
            self.link,
            self.callers,
            self.inbox.put,
            self.timers,
            self.requests,
            self.outbox.put,
            self.look_ups.put,
            self.fetches.put,
            self.vault,
            PinChecks(surroundings.pins, self.vault, self.inbox.put).put,
            self._keep_supervision,
            self._find_leg_ends,
            self.ghosts.keep,
        )
        self.state_doctor = StateDoctor(
            self.link, surroundings.clock, lambda: self.centre, self.inbox.put, self.journal_folder
        )
        self._stopping = False

    @property
    def centre(self) -> CallCentre:
        """Return the centre as it is now."""
        return self.inbox.centre

    @property
    def now(self) -> Micros:
        """Return what the engine's clock shows; `centre.at` is the moment of the last event."""
        return self._surroundings.clock.now()

    # --- starting and stopping -------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to work. UserMistake where the port is taken; `stop` is in order then, too."""
        self.supervisor.spawn("inbox", self.inbox.run, essential=True)
        self.supervisor.spawn("journal sync", self.journal.sync_forever, essential=True)
        self.supervisor.spawn("journal keeper", self.journal.keep_forever, essential=True)
        self.journal.follow(self._journal_interrupted)
        self.supervisor.spawn("outbox", self.outbox.run, essential=True)
        if self.supervision_log is not None:
            self.supervisor.spawn("supervision log", self.supervision_log.run, essential=True)
        for _ in range(WORKERS):
            self.supervisor.spawn("look-ups", self.look_ups.run, essential=True)
        if self.leg_ends is not None:
            self.supervisor.spawn("leg ends", self.leg_ends.run, essential=True)
        self._take_up_again()
        self._begin_with_directory()
        if self._surroundings.changes is not None:
            self.supervisor.spawn("directory changes", partial(self._follow, self._surroundings.changes))
        self.link.start()
        self.supervisor.spawn("state doctor", self.state_doctor.run)
        self._hears.wait(LINK_FIRST_S)
        self.server.listen()
        self._calling_in.door_opened()

    def _take_up_again(self) -> None:
        """Go on where the journal ends: timers, records on their way, and legs to be looked for at the switch."""
        centre = self.centre
        self.timers.resume(due_timers(centre), Micros(max(centre.at, self._surroundings.clock.now())))
        for record in centre.unstored.values():
            self.outbox.put(record)
        for entry in centre.unstored_supervisions.values():
            self._keep_supervision(entry)
        if centre.outbox is not OutboxLevel.ROOM:  # that was then; the outbox says what it is now
            self.inbox.put(OutboxLevelChanged(level=OutboxLevel.ROOM, percent=0))
        self.inbox.put(SwitchLost(reason=SwitchLost.STARTED))
        for crash in self._crashes_of_past:
            self.inbox.put(crash)

    def _keep_supervision(self, entry: SupervisionEntry) -> None:
        if self.supervision_log is not None:
            self.supervision_log.put(entry)

    def _make_leg_ends(self, centre: CallCentre) -> LegEnds | None:
        if self._surroundings.legs is None:
            return None
        folder = CdrFolder(Path(self._surroundings.cdrs))
        return LegEnds(folder, self._surroundings.legs, centre.directory.enterprise, self.inbox.put)

    def _find_leg_ends(self, command: FindLegEnds) -> None:
        if self.leg_ends is not None:
            self.leg_ends.put(command)
        else:
            self.inbox.put(answer_of(command, {}))

    def _begin_with_directory(self) -> None:
        """Read the directory; whoever knows that of the last process does not wait long for a database that is away."""
        tried = Wake()
        self.supervisor.spawn("directory", partial(self._load_directory_surely, tried))
        tried.wait(DIRECTORY_FIRST_S if self.centre.directory.numbers else None)

    def _load_directory_surely(self, tried: Wake) -> None:
        try:
            loaded = self.load_directory()
        finally:
            tried.set()
        while not loaded:
            gevent.sleep(DIRECTORY_AGAIN_S)
            loaded = self.load_directory()

    def _follow(self, changes: DirectoryChanges) -> None:
        """Take over whatever is changed anywhere, for as long as this process lives."""
        while True:
            try:
                changes.follow(self._take_over_news)
            except (RemoteFault, UserMistake) as fault:  # a mistake: it has another name now, or another password
                log.warning("no news of the directory", action="directory_not_followed", why=fault.code)
            gevent.sleep(DIRECTORY_AGAIN_S)

    def _take_over_news(self) -> None:
        """Take over what is new; RemoteFault where it cannot be read now, for the same news is not told again."""
        if not self._load_directory(only_news=True):
            raise RemoteFault("directory_not_loaded")

    def load_directory(self) -> bool:
        """Read the directory and hand it to the centre; False where the database is away and the last one stays."""
        return self._load_directory(only_news=False)

    def _load_directory(self, *, only_news: bool) -> bool:
        with self._loading:  # or what was read first might be handed over last
            try:
                read = (*self._surroundings.directory.load(), tuple(sorted(self._surroundings.prompts())))
            except (RemoteFault, UserMistake) as fault:  # a mistake: it lets nobody in, or has not our tables yet
                log.warning("directory not loaded", action="directory_not_loaded", why=fault.code)
                return False
            if not only_news or read != self._read_last:
                self._read_last = read
                self._hand_over(*read)
        return True

    def _hand_over(self, directory: Directory, flows: tuple[FlowText, ...], prompts: tuple[str, ...]) -> None:
        self.inbox.put(
            DirectoryLoaded(
                directory=directory,
                flows=flows,
                prompts=prompts,
                max_calls=self._surroundings.settings.max_calls,
                look_up_within=self.look_ups.within,
            )
        )

    def stop(self, patience_s: float) -> None:
        """Stop in order: calls that are there may last `patience_s` more seconds, then they are left to the switch.

        An engine that has failed (`supervisor.failed`) waits for nobody; its journal has what the next one needs.
        """
        log.info("stopping", action="stopping", calls=len(self.centre.calls))
        if self._works:
            self.inbox.put(DrainRequested())
            self._wait_for_calls(patience_s)
        self._stopping = True
        self.timers.stop()
        self.fetches.stop()
        self.server.stop()
        self.link.stop()
        if self._works:
            self._flush()
        self.supervisor.stop(FLUSH_S)
        self.journal.close()
        log.info("stopped", action="stopped", calls=len(self.centre.calls))

    @property
    def _works(self) -> bool:
        return "inbox" in self.supervisor.names and not self.supervisor.failed.ready()

    def _wait_for_calls(self, patience_s: float) -> None:
        deadline = monotonic() + patience_s
        while self.centre.calls and self._works and monotonic() < deadline:
            gevent.sleep(0.1)

    def _flush(self) -> None:
        """Let what has happened be noted, what has ended be stored, and that be noted too."""
        self.inbox.wait_until_idle(FLUSH_S)
        self.outbox.wait_until_empty(FLUSH_S)
        if self.supervision_log is not None:
            self.supervision_log.wait_until_empty(FLUSH_S)
        self.inbox.wait_until_idle(FLUSH_S)
        self.ghosts.wait_until_kept(FLUSH_S)

    # --- what arrives, and what becomes of it ----------------------------------------------------------------------

    def _carry_out(self, event: Event, result: Transition) -> None:
        if isinstance(event, DirectoryLoaded):
            _tell_of_unusable(event, result)
        tell_of_plans(event, result)
        self.executor.carry_out(event, result)
        if isinstance(event, StateCompared):
            self.state_doctor.taken(result)
        for call in _given_up(event, result):
            self.callers.give_back(call)

    def _call_arrived(self, link: CallLink, channel: ChannelData) -> None:
        if not self._hears.is_set():  # the dialplan's next action has the caller; we would not hear what they do
            gevent.spawn(link.kill, "switch_link_down")
            return
        offer = decode_offer(channel, CallId(str(uuid4())))
        if offer is None:
            gevent.spawn(link.kill, "channel_without_id")
            return
        known = self.centre.legs.get(offer.leg)
        self.callers.add(offer.leg, known or offer.call, link)
        self.inbox.put(offer if known is None else decode_return(channel, offer.leg, known))

    def _call_link_ended(self, leg: LegId, reason: str) -> None:
        if self.callers.remove(leg) and not self._stopping:
            self.inbox.put(CallerLinkLost(leg=leg))

    def _event_arrived(self, message: EventMessage) -> None:
        try:
            found = decode_event(message)
            event = self.vault.hidden(found) if isinstance(found, SecretDigits) else found
        except Exception as error:  # noqa: BLE001 - a defect in one reader must not cost more than one call
            self._not_read(message, error)
            return
        if event is not None:
            self.inbox.put(event)

    def _not_read(self, message: EventMessage, error: Exception) -> None:
        """End the call whose event this was; what concerns no call of ours is only told."""
        call = self.centre.legs.get(LegId(message.get("Unique-ID") or message.get("Job-UUID") or ""))
        kind, name = type(error).__name__, message.name
        log.error("event not read", action="event_not_read", call=call, event_name=name, error=kind, at=place_of(error))
        if call is not None:
            self.inbox.put(CallCrashed(call=call, place="decode", error=kind))

    def _journal_interrupted(self, health: JournalHealth) -> None:
        self.inbox.put(JournalInterrupted(why=health.why))

    def _switch_lost(self, reason: str) -> None:
        self._hears.clear()
        self.inbox.put(SwitchLost(reason=reason))

    def _switch_found(self, core: str, listing: Listing) -> None:
        self._hears.set()
        found = SwitchFound(
            core=core, legs=listing.legs, answered=listing.answered, held=listing.held, still=listing.still
        )
        self.inbox.put(found)
        self._calling_in.found(listing.in_music)


def _tell_of_unusable(event: DirectoryLoaded, result: Transition) -> None:
    """Name the active flows that this program cannot read: their numbers take no calls, and all others do."""
    for flow in event.flows:
        if flow.name not in result.centre.active_flows:
            log.error("flow not usable", action="flow_not_usable", flow=flow.name, version=flow.version)


def _given_up(event: Event, result: Transition) -> list[CallId]:
    """Return the calls that are over though no leg's end was told: by a crash, or because a time ran out."""
    calls: tuple[CallId | None, ...] = ()
    if isinstance(event, CallCrashed):
        calls = (event.call,)
    elif isinstance(event, TimerFired):
        calls = result.calls
    return [call for call in calls if call is not None and call not in result.centre.calls]
