"""What a website needs to do its work: each probe raises an error when it lacks that."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from gehoor import bootstrap
from gehoor.bootstrap import Place, SetupError, beside
from gehoor.bootstrap.register_files.marks import marked
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.expiry import within
from gehoor.services.register.library import EndedDepartmentError, NothingPublishedError
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime

LONG: Final = timedelta(minutes=30)
"""After so long without a sweep that is told."""
_MOST_MINUTES: Final = 10_000
DRAIN: Final = "GEHOOR_DRAIN"
"""The setting with how many seconds a website that stops says so before it takes in nothing new."""
_LONGEST_DRAIN: Final = 600
_PAGE: Final = b"\0" * 4096
"""What a file system cannot keep without taking a page of the disk for it."""


_stopping: list[Callable[[], bool]] = []
"""What says whether this process is about to stop: of the server that it runs in."""


def stops_when(told: Callable[[], bool]) -> None:
    """Have this process be not ready once ``told`` says that it is about to stop."""
    _stopping[:] = [told]


def drain() -> float:
    """Return how many seconds a website that stops says so before it takes in nothing new: the setting
    ``GEHOOR_DRAIN``. Raises ``SetupError``."""
    text = os.environ.get(DRAIN, "") or "0"
    if not (text.isascii() and text.isdigit() and int(text) <= _LONGEST_DRAIN):
        raise SetupError(
            f"{DRAIN} kan niet; schrijf hoeveel seconden een website die stopt nog antwoordt: 0 tot {_LONGEST_DRAIN}."
        )
    return float(text)


def probes(runtime: Runtime, place: Place) -> Mapping[str, Callable[[], object]]:
    """Return what says whether this process goes on, whether a register can be read, whether its disk can be written,
    and whether there are agreements to work by."""
    store = beside(place)
    found = {
        "stopping": _goes_on,
        "store": lambda: _read(runtime),
        "disk": lambda: _write(store, itself=isinstance(place, Path)),
        "agreements": lambda: _agreements(runtime),
    }
    return found if sweep_within() is None else {**found, "sweep": lambda: _swept(store)}


def late(store: Path) -> list[str]:
    """Return what has not been done for long, though it was once: it hinders no visitor, so it is told and no more."""
    last = marked(store, "sweep")
    # One that lies ahead was made while the clock was: nobody knows when that was.
    return ["sweep"] if last and not within(last, sweep_within() or LONG, bootstrap.now()) else []


def sweep_within() -> timedelta | None:
    """Return within how long terms have to be looked at for a website to be ready: the setting ``GEHOOR_SWEEP_WITHIN``,
    in minutes; None when it is not there. Raises ``SetupError``."""
    text = os.environ.get("GEHOOR_SWEEP_WITHIN", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _MOST_MINUTES):
        raise SetupError(
            f"GEHOOR_SWEEP_WITHIN kan niet; schrijf na hoeveel minuten zonder nakijken het mis is: "
            f"1 tot {_MOST_MINUTES}."
        )
    return timedelta(minutes=int(text))


def _goes_on() -> None:
    if any(told() for told in _stopping):
        raise InterruptedError


def _swept(store: Path) -> None:
    last, longest = marked(store, "sweep"), sweep_within()
    if last is None or (longest and not within(last, longest, bootstrap.now())):
        raise TimeoutError("no sweep")


def _read(runtime: Runtime) -> None:
    with reading(runtime.store) as register:
        register.published_departments()


def _write(store: Path, *, itself: bool) -> None:
    """``itself``: the register is a file there, and has to be written too."""
    if itself and not os.access(store, os.W_OK):
        raise PermissionError(store)
    if not itself:
        store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    probe = store.with_name(f"{store.name}.probe-{secrets.token_hex(8)}")
    try:
        with probe.open("xb") as file:
            file.write(_PAGE)
    finally:
        with suppress(OSError):
            probe.unlink()


def _agreements(runtime: Runtime) -> None:
    """Raise an error when no department takes in anything, or what one works by cannot be read."""
    with reading(runtime.store) as register:
        places = register.published_departments()
    working = 0
    for place in places:
        # One that is damaged is told by ``doctor``: it keeps nobody from the others.
        with suppress(EndedDepartmentError, NothingPublishedError, DamagedError):
            runtime.library.in_force_now(runtime.store, *place, bootstrap.now())
            working += 1
    if not working:
        raise LookupError("nothing is in force")
