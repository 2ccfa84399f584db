"""Tests on a real FreeSWITCH with the configuration that we ship: of that alone, and of a whole house around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.freeswitch.fixture import freeswitch
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.real_house import RealHouse, real_house

__all__ = ["freeswitch", "house"]


@pytest.fixture
def house(freeswitch: PrivateSwitch, tmp_path: Path, database_url: str) -> Iterator[RealHouse]:
    """A running system with two agents, on the FreeSWITCH of this run."""
    with real_house(freeswitch, tmp_path, database_url) as house:
        yield house
