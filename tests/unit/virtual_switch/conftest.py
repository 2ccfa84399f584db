"""One virtual switch per module of tests; each test makes its own calls in it and leaves none behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.virtual_switch.box import Box, running_box


@pytest.fixture(scope="module")
def running_switch() -> Iterator[Box]:
    """A switch with a controller that listens."""
    with running_box() as running:
        yield running


@pytest.fixture
def box(running_switch: Box) -> Iterator[Box]:
    """The module's switch, without calls."""
    yield running_switch
    running_switch.clean_up()
