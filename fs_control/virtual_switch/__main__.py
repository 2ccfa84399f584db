"""The process: `python -m fs_control.virtual_switch --event-port 0 --stage-port 0 --controller 127.0.0.1:8084`.

Owns the command line, patching, and the one JSON line on standard output that says which ports were chosen. The
password comes from a file or from the environment and has no default. Easy to break: patching must come before any
other import, and nothing but that one line may go to standard output.
"""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

# ruff: noqa: E402  (the patch has to come first)
import argparse
import json
import os
import signal
import sys
import time
from pathlib import Path

import gevent
from gevent.event import Event as Signal

from fs_control.virtual_switch.clock import SwitchClock
from fs_control.virtual_switch.core import MEDIA_TIMEOUT_SECONDS, Core, Settings
from fs_control.virtual_switch.dialplan import HOLD_MUSIC
from fs_control.virtual_switch.event_server import EventServer
from fs_control.virtual_switch.process import PASSWORD_VARIABLE
from fs_control.virtual_switch.stage_server import StageServer
from fs_control.virtual_switch.stepping import SteppedTiming
from fs_control.virtual_switch.throttle import MAX_SESSIONS, SESSIONS_PER_SECOND
from fs_control.virtual_switch.timing import Timing


def main(arguments: list[str] | None = None) -> int:
    """Run a switch until SIGTERM, SIGINT or the end of the parent's pipe."""
    options = _parser().parse_args(arguments)
    password = _password(options.password_file)
    if not password:
        sys.stderr.write(f"no password: give --password-file or set {PASSWORD_VARIABLE}\n")
        return 2
    settings = _settings(options, password)
    clock = _clock(options)
    core = Core(settings, SteppedTiming(clock) if options.stepped else Timing(clock))
    ports = {"event_port": EventServer(core, options.event_port).start()}
    ports["stage_port"] = StageServer(core, options.stage_port).start()
    core.start_heartbeat()
    done = Signal()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, done.set)
    if options.watch_stdin:
        gevent.spawn(_watch_parent, done)
    anchors = {"real_anchor": clock.real_anchor, "virtual_anchor": clock.virtual_anchor, "rate": clock.rate}
    sys.stdout.write(json.dumps({**ports, "clock": anchors, "core_uuid": core.uuid}) + "\n")
    sys.stdout.flush()
    done.wait()
    return 0


def _settings(options: argparse.Namespace, password: str) -> Settings:
    return Settings(
        password,
        options.controller,
        options.hostname,
        options.sound_folder,
        hold_music=options.hold_music,
        media_timeout=options.media_timeout,
        session_timeout=options.session_timeout,
        sessions_per_second=options.sessions_per_second,
        max_sessions=options.max_sessions,
        transfer_events=not options.quiet_transfers,
        cdr_folder=options.cdr_folder,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fs_control.virtual_switch", description="A switch in the box.")
    parser.add_argument("--event-port", type=int, default=0, help="event socket port on 127.0.0.1; 0 chooses one")
    parser.add_argument("--stage-port", type=int, default=0, help="stage port on 127.0.0.1; 0 chooses one")
    parser.add_argument("--controller", required=True, help="host:port to which calls are handed")
    parser.add_argument("--password-file", type=Path, help=f"holds the password; else ${PASSWORD_VARIABLE}")
    parser.add_argument("--hostname", default="virtual-switch", help="FreeSWITCH-Hostname in events")
    parser.add_argument("--sound-folder", type=Path, help="where relative prompt names are looked up")
    parser.add_argument("--cdr-folder", type=Path, help="where a file is left of each leg that is over; else none is")
    parser.add_argument("--hold-music", default=HOLD_MUSIC, help="what the other leg of a held call hears")
    parser.add_argument(
        "--media-timeout", type=float, default=MEDIA_TIMEOUT_SECONDS, help="seconds until a silent phone is hung up"
    )
    parser.add_argument(
        "--session-timeout", type=int, default=0, help="seconds after half of which a call is refreshed; 0: never"
    )
    parser.add_argument("--sessions-per-second", type=int, default=SESSIONS_PER_SECOND, help="new calls and legs taken")
    parser.add_argument("--max-sessions", type=int, default=MAX_SESSIONS, help="calls and legs taken at once")
    parser.add_argument("--quiet-transfers", action="store_true", help="a transfer key is no event of its own")
    parser.add_argument("--clock-epoch-offset", type=float, default=0.0, help="virtual minus real time at the anchor")
    parser.add_argument("--clock-rate", type=float, default=1.0, help="virtual seconds per real second")
    parser.add_argument("--clock-real-anchor", type=float, help="real epoch seconds of the anchor; now if not given")
    parser.add_argument("--stepped", action="store_true", help="time stands still but for the stage's `advance`")
    parser.add_argument("--watch-stdin", action="store_true", help="end when standard input is closed")
    return parser


def _clock(options: argparse.Namespace) -> SwitchClock:
    anchor = time.time() if options.clock_real_anchor is None else options.clock_real_anchor
    return SwitchClock(anchor, anchor + options.clock_epoch_offset, options.clock_rate)


def _password(file: Path | None) -> str:
    if file is None:
        return os.environ.get(PASSWORD_VARIABLE, "")
    with open(file, encoding="utf-8") as opened:
        return opened.read().strip()


def _watch_parent(done: Signal) -> None:
    """The parent holds the other end of our standard input; when it dies, so do we."""
    while gevent.get_hub().threadpool.apply(os.read, (0, 4096)):
        pass
    done.set()


if __name__ == "__main__":
    sys.exit(main())
