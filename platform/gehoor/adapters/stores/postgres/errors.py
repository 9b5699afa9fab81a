"""What PostgreSQL says when it cannot go on, in the words of the port."""

from __future__ import annotations

import re
from typing import Final

import psycopg

from gehoor.services.ports.store import RefusedRowError, StoreUnavailableError

FAILURES: Final = (psycopg.Error,)
"""What a call may raise."""

_LOST: Final = "the database cannot be reached"
_REASONS: Final = {
    "53100": "the disk is full",
    "53200": "there is too little memory",
    "53300": "the database gives no more connections",
    "25006": "the database is read-only",
    "55P03": "another writer kept it locked too long",
    "57014": "the database took too long",
    "42501": "the database does not allow it",
    "28P01": "the database does not let us in",
    "28000": "the database does not let us in",
    "3D000": "there is no such database",
    "42P01": "the register in the database is gone",
    "54000": "what is looked up by is too long",
}
"""By SQLSTATE. What the database says itself may quote what people wrote, and is told to nobody."""
_OF_THE_ROW: Final = ("21", "22", "23", "44", "54")
"""Classes of what is wrong with what was written, and with nothing else: too long, not of its kind, twice."""
_CLASSES: Final = {"08": _LOST, "57": _LOST, "53": "the database lacks room", "XX": "the database is damaged"}


def translated(error: Exception) -> StoreUnavailableError:
    """Return the exception of the port."""
    state = getattr(error, "sqlstate", None)
    if not state:
        return StoreUnavailableError(_refused(str(error)))
    reason = _REASONS.get(state) or _CLASSES.get(state[:2])
    kind = RefusedRowError if state[:2] in _OF_THE_ROW else StoreUnavailableError
    return kind(reason or f"the database refused: {state}")


def _refused(said: str) -> str:
    """Return why there is no connection: of that there is only text, in English where the server speaks it."""
    if re.search(r'database "[^"]*" does not exist', said):
        return _REASONS["3D000"]
    if re.search(
        r"authentication failed|role \"[^\"]*\" does not exist|no pg_hba.conf entry|no password", said
    ):
        return _REASONS["28000"]
    return _LOST


def is_lost(error: Exception) -> bool:
    """Say whether the connection was lost, or none could be had: nothing is known of what was asked last."""
    state = getattr(error, "sqlstate", None)
    return not state or (state[:2] in {"08", "57"} and state != "57014")
