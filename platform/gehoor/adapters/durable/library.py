"""The import of durable-rules: late, so that only who evaluates rules pays for it, and made quiet."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


@cache
def quiet_host_class() -> Callable[[dict[str, Any]], Any]:
    """Import the library at the first call, and return its Host without the threads that it would start."""
    with lazy_symbols():
        library: Any = importlib.import_module("durable.engine")
    # The library drops an action in silence when ten seconds seem to have passed: a computer may be busy for longer,
    # and its clock may jump. Our actions only note that they ran, so that there is nothing to wait for.
    library._unix_now = _stopped_clock
    quiet: Callable[[dict[str, Any]], Any] = type("QuietHost", (library.Host,), {"_run": lambda _host: None})
    return quiet


def _stopped_clock() -> float:
    return 0.0


def free_rule_set(handle: object) -> None:
    """Give back the memory of one compiled rule set; its Host must not be used any more."""
    library: Any = importlib.import_module("durable_rules_engine")
    library.delete_ruleset(handle)


@contextmanager
def lazy_symbols() -> Iterator[None]:
    """Let extension modules load of which some functions are missing, as long as those are not called.

    The library refers to a function that Python 3.13 no longer has, for callbacks that are not used here.
    """
    if not hasattr(sys, "setdlopenflags"):
        yield
        return
    before = sys.getdlopenflags()
    sys.setdlopenflags(os.RTLD_LAZY)
    try:
        yield
    finally:
        sys.setdlopenflags(before)
