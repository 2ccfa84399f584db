"""The fixtures `freeswitch` and `short_prompts`, for every folder whose tests need them; a conftest imports them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.freeswitch.private_switch import PrivateSwitch, missing, private_switch
from tests.freeswitch.short_prompts import write_short_prompts


@pytest.fixture(scope="session")
def freeswitch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateSwitch]:
    """A FreeSWITCH for all tests of this run; starting one takes longer than many a call. Skips where there is none."""
    lack = missing()
    if lack is not None:
        pytest.skip(lack)
    with private_switch(tmp_path_factory.mktemp("freeswitch") / "switch") as switch:
        yield switch


@pytest.fixture(scope="session")
def short_prompts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of prompts that are over soon, and our music."""
    return write_short_prompts(tmp_path_factory.mktemp("media"))
