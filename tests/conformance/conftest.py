"""Replays of traces, several at a time: a replay mostly waits, as the people in it did."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conformance.comparison import compare
from tests.conformance.differences import Difference
from tests.conformance.recording import read_recording, recordings
from tests.conformance.replay import Replay, replay

AT_A_TIME = 4


class Replays:
    """Replays that have been begun, and their differences."""

    def __init__(self, paths: list[Path]) -> None:
        self._pool = ThreadPoolExecutor(AT_A_TIME)
        self._begun: dict[Path, Future[Replay]] = {path: self._pool.submit(_play, path) for path in paths}

    def of(self, path: Path) -> Replay:
        """The replay of a trace, when it is over."""
        return self._begun[path].result()

    def differences(self, path: Path) -> list[Difference]:
        """How it differs from the trace."""
        return compare(self.of(path))

    def close(self) -> None:
        """Leave out what has not begun, and wait for the rest."""
        self._pool.shutdown(cancel_futures=True)


def _play(path: Path) -> Replay:
    return replay(read_recording(path))


@pytest.fixture(scope="session")
def replays(request: pytest.FixtureRequest) -> Iterator[Replays]:
    """Replays of the traces that the selected tests need, begun all together."""
    asked = {item.callspec.params.get("path") for item in request.session.items if hasattr(item, "callspec")}
    begun = Replays([path for path in recordings() if path in asked])
    yield begun
    begun.close()
