"""What a website needs to do its work: each probe raises an error when it lacks that."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from gehoor import bootstrap
from gehoor.services.register.library import EndedDepartmentError, NothingPublishedError
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime

_PAGE: Final = b"\0" * 4096
"""What a file system cannot keep without taking a page of the disk for it."""


def probes(runtime: Runtime, store: Path) -> Mapping[str, Callable[[], object]]:
    """Return what says whether a register can be read, whether its disk can be written, and whether there are
    agreements to work by."""
    return {
        "store": lambda: _read(runtime),
        "disk": lambda: _write(store),
        "agreements": lambda: _agreements(runtime),
    }


def _read(runtime: Runtime) -> None:
    with reading(runtime.store) as register:
        register.published_departments()


def _write(store: Path) -> None:
    if not os.access(store, os.W_OK):
        raise PermissionError(store)
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
        with suppress(EndedDepartmentError, NothingPublishedError):
            runtime.library.in_force_now(runtime.store, *place, bootstrap.now())
            working += 1
    if not working:
        raise LookupError("nothing is in force")
