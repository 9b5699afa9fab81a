"""When something was last done for a register: files beside it, of which the time says when.

They are no part of the register: a copy that is put back somewhere else knows of no sweep there.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from gehoor.bootstrap.register_files.ownership import take_over


def mark(store: Path, task: str, now: datetime, text: str = "") -> None:
    """Note that a task was done for a register at an instant (UTC), and a word about it. Where nothing can be written,
    nothing is noted."""
    file = _file(store, task)
    with suppress(OSError):
        handle = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            take_over(handle, store)
            if text:
                os.ftruncate(handle, 0)
                os.write(handle, f"{text}\n".encode())
            os.utime(handle if os.utime in os.supports_fd else file, (now.timestamp(), now.timestamp()))
        finally:
            os.close(handle)


def marked(store: Path, task: str) -> datetime | None:
    """Return when a task was last done for a register (UTC), as far as is known."""
    try:
        return datetime.fromtimestamp(_file(store, task).stat().st_mtime, UTC)
    except OSError:
        return None


def unmark(store: Path, task: str) -> None:
    """Let it not be known that a task was ever done."""
    with suppress(OSError):
        _file(store, task).unlink()


def word(store: Path, task: str) -> str:
    """Return what was noted about the last time."""
    try:
        return _file(store, task).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _file(store: Path, task: str) -> Path:
    return store.with_name(f"{store.name}.{task}")
