"""The switch's files as FreeSWITCH 1.10.12 wrote them say who ended each leg."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaos.leg_files import read_leg, read_legs

CDRS = Path(__file__).parents[2] / "data" / "cdrs"


@pytest.mark.parametrize(
    ("name", "direction", "left_itself"),
    [
        ("caller-hangs-up-caller", "inbound", True),
        ("caller-hangs-up-agent", "outbound", False),
        ("agent-hangs-up-caller", "inbound", False),
        ("agent-hangs-up-agent", "outbound", True),
        ("abandoned-caller", "inbound", True),
    ],
)
def test_a_file_says_who_left(name: str, direction: str, left_itself: bool):
    leg = read_leg((CDRS / f"{name}.cdr.json").read_bytes())
    assert (leg.direction, leg.left_itself) == (direction, left_itself)
    assert leg.created_at < leg.ended_at


def test_a_folder_is_read_by_leg():
    legs = read_legs(CDRS)
    assert all(name == leg.leg for name, leg in legs.items())
    assert len(legs) >= 10
