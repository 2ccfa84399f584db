"""The event bus: numbers, stamps and hands events to the wires that asked for them.

Owns Event-Sequence (every event takes a number, asked for or not) and the headers that every event starts with. An
event is described only when somebody listens, and written once for all wires. Easy to break: wires that follow one
channel are kept by its uuid, so that the work per event does not grow with the number of calls.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from fs_control.virtual_switch.event import Event
from fs_control.virtual_switch.event_names import CALL_SITES, UNKNOWN_SITE, CallSite
from fs_control.virtual_switch.timing import Timing

Header = tuple[str, str]


class Listener(Protocol):
    """A wire, as the bus sees it."""

    def wants(self, name: str, subclass: str | None) -> bool:
        """Whether the wire has subscribed to events of this name."""

    def take(self, event: Event) -> None:
        """Take an event it subscribed to; its filters may still drop it."""


class EventBus:
    """Where the switch says what happened."""

    def __init__(self, timing: Timing, core_uuid: str, hostname: str) -> None:
        self._timing = timing
        self._sequence = 0
        self._everywhere: list[Listener] = []
        self._of_channel: defaultdict[str, list[Listener]] = defaultdict(list)
        self._start = (
            ("Core-UUID", core_uuid),
            ("FreeSWITCH-Hostname", hostname),
            ("FreeSWITCH-Switchname", hostname),
            ("FreeSWITCH-IPv4", "127.0.0.1"),
            ("FreeSWITCH-IPv6", "::1"),
        )

    def listen(self, listener: Listener, channel: str | None = None) -> None:
        """Give a wire all events, or those of one channel (`myevents`)."""
        self.forget(listener, channel)
        (self._everywhere if channel is None else self._of_channel[channel]).append(listener)

    def forget(self, listener: Listener, channel: str | None = None) -> None:
        """Give a wire no more events; harmless when it got none."""
        if listener in self._everywhere:
            self._everywhere.remove(listener)
        listeners = self._of_channel.get(channel or "")
        if listeners and listener in listeners:
            listeners.remove(listener)
            if not listeners:
                del self._of_channel[channel or ""]

    def fire(
        self,
        name: str,
        describe: Callable[[], Iterable[Header]],
        *,
        channel: str | None = None,
        site: CallSite | None = None,
        subclass: str | None = None,
        body: str | None = None,
        first: Sequence[Header] = (),
    ) -> None:
        """Number an event and give it to whoever listens; `describe` is called only if somebody does.

        `first` are headers that stand even before the event's name: those of an event that a controller sent.
        """
        self._sequence += 1
        listeners = [each for each in self._listeners(channel) if each.wants(name, subclass)]
        if not listeners:
            return
        subclass_header = [("Event-Subclass", subclass)] if subclass else []
        stamp = self.stamp(name, self._sequence, site)
        event = Event(name, [*subclass_header, *first, *stamp, *describe()], body)
        for listener in listeners:
            listener.take(event)

    def describe(self, name: str, headers: Sequence[Header], site: CallSite | None = None) -> Event:
        """An event that is answered to somebody and not fired; it takes a number all the same."""
        self._sequence += 1
        return Event(name, [*self.stamp(name, self._sequence, site), *headers])

    def stamp(self, name: str, sequence: int, site: CallSite | None) -> list[Header]:
        """The headers every event starts with."""
        moment = self._timing.stamp_us()
        local, greenwich = dates(moment // 1_000_000)
        file, function, line = site or CALL_SITES.get(name, UNKNOWN_SITE)
        return [
            ("Event-Name", name),
            *self._start,
            ("Event-Date-Local", local),
            ("Event-Date-GMT", greenwich),
            ("Event-Date-Timestamp", str(moment)),
            ("Event-Calling-File", file),
            ("Event-Calling-Function", function),
            ("Event-Calling-Line-Number", str(line)),
            ("Event-Sequence", str(sequence)),
        ]

    def _listeners(self, channel: str | None) -> Sequence[Listener]:
        if channel is None:
            return self._everywhere
        return [*self._everywhere, *self._of_channel.get(channel, ())]


def dates(epoch: int) -> tuple[str, str]:
    """A moment in seconds as Event-Date-Local and Event-Date-GMT."""
    local = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(epoch))
    return local, time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(epoch))
