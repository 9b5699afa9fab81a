"""Within which organisations the register is read and written now: none, until who is at work says so.

What it says goes with what is done, as it is done: it is known to the thread that works, and to nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from gehoor.services.ports.belonging import EVERYWHERE, NOWHERE, Within
from gehoor.services.ports.store import Tables

_current: ContextVar[Within] = ContextVar("within", default=NOWHERE)


def within_now() -> Within:
    """Return within which organisations a transaction works that is opened now."""
    return _current.get()


@contextmanager
def working(within: Within) -> Iterator[None]:
    """Have all transactions that are opened in this block work within these organisations."""
    token = _current.set(within)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def within(*organisations: str) -> Iterator[None]:
    """Have all transactions that are opened in this block work within these organisations."""
    with working(Within.of(*organisations)):
        yield


@contextmanager
def everywhere() -> Iterator[None]:
    """Have all transactions that are opened in this block work within all organisations: for who runs the server, for
    what goes round by itself, and to find out of which organisation something is."""
    with working(EVERYWHERE):
        yield


@contextmanager
def looking_everywhere(tables: Tables) -> Iterator[None]:
    """See in this block, in a transaction that is open, what is of all organisations: for what is one thing for all,
    such as whether a code is somebody's. Nothing of what is found is for who asks."""
    tables.go_on(EVERYWHERE)
    try:
        yield
    finally:
        tables.go_on(within_now())


def go_on_within(within: Within) -> None:
    """Have all transactions that are opened from now on work within these organisations, until the end of the block
    (``working``) in which that is said."""
    _current.set(within)
