"""One virtual switch per module of tests; each test makes its own calls in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.virtual_switch.box import Box, running_box


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    """A switch with a controller that listens."""
    with running_box() as running:
        yield running
