"""What a caller in line costs: memory while they wait, and CPU beside a caller who is connected at once.

The centre's part is told by tracemalloc, on events that come out of the journal's lines as they do in life; the whole
process's part (sockets, greenlets, timers) by the resident memory of `run` while so many callers wait. CPU is that of
the transitions and of the journal's lines, both kinds of calls in turns. Easy to break: in both centres the same agents
are busy, and one whole call comes and goes in each round, so the two differ in the waiting alone.
"""

from __future__ import annotations

import gc
import resource
import tracemalloc
from collections.abc import Callable, Sequence
from time import process_time

import psutil

from bench.contenders import ours
from bench.figures import Figure, Goal, ratios
from bench.house import bench_database, bench_folder, place_calls, wait_for
from bench.transitions import Scene, play
from fs_control.centre import CallCentre, Transition, transition
from fs_control.commands import StoreRecord
from fs_control.events import RecordStored
from fs_control.face.client import EngineClient
from fs_control.ids import CallId
from fs_control.runtime.codec import decode_event, encode_event
from fs_control.testing.builders import LINE
from fs_control.testing.happening import Happening
from fs_control.testing.play import Play

AGENTS, WAITING = 1000, 1000
OFFERED = 100
"""Callers in line whom somebody declined once."""
SIZES = ((10, 20), (1000, 500))
"""Agents of the group and callers in its line, for CPU."""
CALLS = 20
"""Whole calls in one repetition."""
CALLS_PER_S = 50.0
FILES_NEEDED = 4096
"""A socket for each caller, and the rest."""

GOAL_KB = Goal(60.0)
CPU_GOAL = Goal(2.0)


class BusyCentre(Play):
    """A centre in which every agent of one group talks and callers wait; no rule is looked at."""

    def __init__(self, agents: int, waiting: int) -> None:
        self._ended: list[CallId] = []
        super().__init__(groups={"sales": range(1, agents + 1)}, flows=(LINE,), max_calls=2 * (agents + waiting))
        self.sign_in(*range(1, agents + 1))
        for _ in range(agents):
            self.connect()
        for _ in range(waiting):
            self.caller()

    def check(self, happening: Happening) -> None:
        """Take the time for nothing but the event."""

    def _remember(self, result: Transition) -> None:
        super()._remember(result)
        self._ended += (command.record.call_id for command in result.commands if isinstance(command, StoreRecord))

    def connect(self) -> int:
        """Somebody calls and is connected at once; returns the agent."""
        call = self.caller()
        return self.take_up(call)

    def take_up(self, call: CallId) -> int:
        """The agent whose phone rings for this call takes it up."""
        offer = self.live(call).call.offer
        if offer is None:
            raise RuntimeError("no phone rings for this caller")
        self.answer(offer.agent)
        self.wait(1)
        return offer.agent

    def free(self, agent: int) -> None:
        """An agent hangs up, and the record is stored."""
        self.agent_hangs_up(agent)
        for call in self._ended:
            self.tell(RecordStored(call=call))
        self._ended.clear()

    @property
    def first_in_line(self) -> CallId:
        """Return who came first of those who wait."""
        (line,) = self.centre.lines.values()
        return line[0]


def waiting(repetitions: int) -> list[Figure]:
    """Memory for each caller in line, and CPU of a call that waited beside one that did not."""
    return [*memory(), *engine_memory(), *(figure for size in SIZES for figure in cpu(repetitions, *size))]


# --- memory ---


def memory(agents: int = AGENTS, waiting: int = WAITING, offered: int = OFFERED) -> list[Figure]:
    """Kilobytes of a centre for each caller in line, and how many more for each offer that came to nothing."""
    scene = BusyCentre(agents, 0)
    joined = _grown(scene, waiting, scene.caller)
    scene.agent_hangs_up(1)
    declined = _grown(scene, offered, lambda: _decline(scene))
    return [
        Figure(
            f"{waiting} callers in line, {agents} agents talk, the centre alone: for each", " KB", (joined,), GOAL_KB
        ),
        Figure("- more for each offer that was declined", " KB", (declined,)),
    ]


def _decline(scene: BusyCentre) -> None:
    """The agent does not want this caller, and is offered the next one after a short rest."""
    scene.decline(1)
    scene.wait(2.5)


def _grown(scene: BusyCentre, times: int, happens: Callable[[], object]) -> float:
    """Kilobytes by which the centre grows each time that something happens."""
    centre, before = scene.centre, len(scene.events)
    for _ in range(times):
        happens()
    lines = [encode_event(0, event) for event in scene.events[before:]]
    gc.collect()
    tracemalloc.start()
    try:
        centre = _after(centre, lines)
        gc.collect()
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    if len(centre.calls) != len(scene.centre.calls):
        raise RuntimeError("the journal gave another centre")
    return size / times / 1024


def _after(centre: CallCentre, lines: Sequence[bytes]) -> CallCentre:
    for line in lines:
        centre = transition(centre, decode_event(line)[1]).centre
    return centre


def engine_memory(agents: int = AGENTS, waiting: int = WAITING) -> list[Figure]:
    """Kilobytes of resident memory of `run` for each caller in line; one agent is signed in, and talks."""
    _allow_files()
    with (
        bench_folder() as folder,
        bench_database(folder / "postgres", agents) as url,
        ours(folder / "var", url, 1, 3600.0) as contender,
    ):
        engine, process = EngineClient(folder / "var" / "control.sock"), psutil.Process(contender.pid)
        place_calls(contender.box.stage, 10, CALLS_PER_S)
        wait_for(lambda: engine.status()["calls"] == 10)
        before = process.memory_info().rss
        place_calls(contender.box.stage, waiting, CALLS_PER_S)
        wait_for(lambda: engine.status()["calls"] == 10 + waiting)
        each = (process.memory_info().rss - before) / waiting / 1024
    name = f"{waiting} callers in line, {agents} agents in the directory, the whole process: for each"
    return [Figure(name, " KB", (each,), GOAL_KB)]


def _allow_files() -> None:
    """Let this process and those that it starts have a socket for each caller."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < FILES_NEEDED:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES_NEEDED, hard), hard))


# --- CPU ---


def cpu(repetitions: int, agents: int, waiting: int, calls: int = CALLS) -> list[Figure]:
    """Milliseconds of CPU for a call that waited and for one that was connected at once, and their ratio."""
    waited, at_once = waited_scene(agents, waiting, calls), at_once_scene(agents, calls)
    pairs = [(_ms_each(waited, calls), _ms_each(at_once, calls)) for _ in range(1 + repetitions)][1:]
    slow, quick = zip(*pairs, strict=True)
    return [
        Figure(f"CPU of a call, {agents} agents: waited / connected at once", "x", ratios(slow, quick), CPU_GOAL),
        Figure(f"- waited, with {waiting} in line", " ms", slow),
        Figure("- connected at once", " ms", quick),
    ]


def waited_scene(agents: int, waiting: int, calls: int) -> Scene:
    """Everybody talks; each time somebody joins the line, an agent gets free, and the first in line is connected."""
    scene = BusyCentre(agents, waiting)
    agent, centre, before = 1, scene.centre, len(scene.events)
    for _ in range(calls):
        scene.caller()
        first = scene.first_in_line
        scene.free(agent)
        agent = scene.take_up(first)
    return Scene(centre, tuple(scene.events[before:]))


def at_once_scene(agents: int, calls: int) -> Scene:
    """All but one talk; each time somebody calls and is connected with that one, who gets free again."""
    scene = BusyCentre(agents, 0)
    scene.free(1)
    centre, before = scene.centre, len(scene.events)
    for _ in range(calls):
        scene.free(scene.connect())
    return Scene(centre, tuple(scene.events[before:]))


def _ms_each(scene: Scene, calls: int) -> float:
    gc.collect()
    started = process_time()
    play(scene)
    return (process_time() - started) / calls * 1000
