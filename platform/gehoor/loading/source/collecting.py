"""Python's search for garbage, put off while something is built that stays."""

from __future__ import annotations

import gc


class Uncollected:
    """Lets the garbage collector wait. Reading files makes hundreds of thousands of values that all stay; it would look
    at each of them again and again, and find nothing.

    No generator: one needs memory to end, and there may be none left."""

    def __init__(self) -> None:
        self._waits = False

    def __enter__(self) -> None:
        self._waits = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._waits:
            if not gc.get_freeze_count():
                # What was made counts as old from here on; else it would all be looked at once more at once.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
