"""Importing this module makes the process cooperative; the commands that run an engine import it before all else.

gevent replaces the blocking parts of the standard library, psycogreen makes psycopg2 wait with gevent. Easy to break:
what imported `socket` or `ssl` by name before this has the old ones, so nothing heavy may come first.
"""

from __future__ import annotations

import gevent
from gevent import monkey

gevent.config.track_greenlet_tree = False  # who spawned whom: nobody asks, and each spawn would pay for it
monkey.patch_all()

from psycogreen.gevent import patch_psycopg  # noqa: E402 - the standard library has to be patched first

patch_psycopg()
