"""Tests of the configuration that we ship, on a FreeSWITCH that runs with it and without a controller."""

from __future__ import annotations

from tests.freeswitch.fixture import freeswitch

__all__ = ["freeswitch"]
