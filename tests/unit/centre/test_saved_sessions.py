"""What conftest promises of all tests."""

from __future__ import annotations

from fs_control.centre import flows, hanging_up
from tests.saving_sessions import resume_saved_flow


def test_the_centre_goes_on_with_sessions_that_were_saved_and_loaded() -> None:
    assert vars(flows)["resume_flow"] is vars(hanging_up)["resume_flow"] is resume_saved_flow
