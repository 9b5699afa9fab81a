"""A copy of a register in memory, to see on it what would happen."""

from __future__ import annotations

from datetime import datetime

from gehoor.bootstrap.register import memory_runtime
from gehoor.services.backups.backup import Backup
from gehoor.services.backups.restore import restore
from gehoor.services.register.runtime import Runtime


def copied(runtime: Runtime, now: datetime) -> Runtime:
    """Return a runtime over a copy of all that a register holds."""
    copy = memory_runtime(runtime.home)
    restore(copy.store, Backup(runtime.store, now).lines())
    return copy
