"""What a driver's error means for us: try again later, tell the user, or a defect of this program.

The only place that reads SQLSTATEs. Easy to break: never pass on more of the driver's words than its first line; the
lines after it quote the row, which is personal data and must not get into a log.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from psycopg2 import Error as DriverError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from fs_control.errors import BrokenInvariant, FsControlError, RemoteFault, UserMistake

_TRY_AGAIN: Final[dict[str, str]] = {
    "08": "database_away",  # the connection
    "57P": "database_away",  # shut down, crashed, starting up
    "58": "database_away",  # the server's disk or system
    "25006": "database_away",  # read-only: a standby that is not promoted yet
    "53": "database_busy",  # out of connections, memory, disk
    "40": "database_busy",  # deadlock, serialisation
    "55P03": "database_busy",  # a lock not had in time
    "57014": "database_slow",  # statement_timeout
}
"""The first characters of a SQLSTATE (PostgreSQL manual, appendix A) and what we call it."""

_USER: Final[dict[str, str]] = {
    "28": "database_refuses_login",
    "3D000": "database_unknown",
    "42501": "database_no_permission",
    "42P01": "database_not_migrated",
    "42703": "database_not_migrated",
}


@contextmanager
def driver_errors_as_ours() -> Iterator[None]:
    """Let errors of SQLAlchemy and psycopg2 leave as errors of ours, with the original as their cause.

    An error that quotes a row is no cause to be shown: `values` hold all of it that may be logged.
    """
    try:
        yield
    except PoolTimeout as error:
        raise RemoteFault("database_busy", reason="no free connection") from error
    except DBAPIError as error:
        raise fault_of(error.orig) from (None if _quotes_a_row(error.orig) else error)
    except DriverError as error:
        raise fault_of(error) from error


def fault_of(error: BaseException | None) -> FsControlError:
    """Sort one error of the driver by what must happen next."""
    state = getattr(error, "pgcode", None)
    reason = _first_line(error)
    if state is None:
        return _without_state(error, reason)
    if code := _meaning(_TRY_AGAIN, state):
        return RemoteFault(code, reason=reason)
    if code := _meaning(_USER, state):
        return UserMistake(code, reason=reason)
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
    return BrokenInvariant("database_refused", state=state, constraint=constraint, reason=reason)


def _without_state(error: BaseException | None, reason: str) -> FsControlError:
    """Judge an error that no server classified: a connection that was not made or broke, or a value the driver refused.

    A refusal during connecting has no SQLSTATE in psycopg2; libpq passes on the server's words, in its language.
    """
    kind = type(error).__name__
    if kind not in ("OperationalError", "InterfaceError", "DatabaseError"):
        return BrokenInvariant("database_refused", state=None, constraint=None, reason=reason)
    if "authentication failed" in reason or "no pg_hba.conf entry" in reason or "no password supplied" in reason:
        return UserMistake("database_refuses_login", reason=reason)
    if 'FATAL:  role "' in reason:
        return UserMistake("database_refuses_login", reason=reason)
    if 'FATAL:  database "' in reason and "does not exist" in reason:
        return UserMistake("database_unknown", reason=reason)
    return RemoteFault("database_away", reason=reason)


def _quotes_a_row(error: BaseException | None) -> bool:
    """Whether the driver's DETAIL holds values: SQLSTATE classes 22 (bad data) and 23 (constraint broken)."""
    return (getattr(error, "pgcode", None) or "").startswith(("22", "23"))


def _meaning(codes: dict[str, str], state: str) -> str | None:
    return next((code for prefix, code in codes.items() if state.startswith(prefix)), None)


def _first_line(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
