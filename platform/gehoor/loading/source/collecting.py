"""Python's search for garbage, put off while something is built that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let the garbage collector wait. Reading files makes hundreds of thousands of values that all stay; it would
    look at each of them again and again, and find nothing."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            # What was made counts as old from here on; else it would all be looked at once more at once.
            gc.freeze()
            gc.unfreeze()
        gc.enable()
