"""The fixture `freeswitch`, for every folder whose tests need one; a conftest imports it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.freeswitch.private_switch import PrivateSwitch, missing, private_switch


@pytest.fixture(scope="session")
def freeswitch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateSwitch]:
    """A FreeSWITCH for all tests of this run; starting one takes longer than many a call. Skips where there is none."""
    lack = missing()
    if lack is not None:
        pytest.skip(lack)
    with private_switch(tmp_path_factory.mktemp("freeswitch") / "switch") as switch:
        yield switch
