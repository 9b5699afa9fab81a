"""The examples that are shipped are for people to edit, so no test depends on them but those that are about them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gehoor.bootstrap import FOLDERS
from tests.support.places import CHECKOUT

READERS = (CHECKOUT / "tests" / "shipped", CHECKOUT / "tests" / "guard")
"""The rooms that may read the examples."""

_EXAMPLES = tuple(str(CHECKOUT / folder) for folder in FOLDERS)
_READING = frozenset({"open", "os.listdir", "os.scandir"})
_kept_out = False


@contextmanager
def reading_as(test: Path) -> Iterator[None]:
    """While a test runs, refuse it the examples unless it lies in a room of ``READERS``.

    Reading one then raises ``AssertionError`` at the place where it is read, in this process only.
    """
    global _kept_out  # noqa: PLW0603 - a hook of the interpreter is one for the whole process, and stays
    before, _kept_out = _kept_out, not any(test.is_relative_to(room) for room in READERS)
    try:
        yield
    finally:
        _kept_out = before


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    # Called for everything that the interpreter reports, so what is none of ours goes first.
    if event not in _READING or not _kept_out or not isinstance(arguments[0], (str, bytes, os.PathLike)):
        return
    name = os.fsdecode(arguments[0])
    if event == "open" and arguments[1] is None and not os.path.isabs(name):
        # os.open, which may mean a name below another folder than the current one: as shutil.rmtree does.
        return
    path = os.path.abspath(name)
    if path in _EXAMPLES or path.startswith(tuple(folder + os.sep for folder in _EXAMPLES)):
        raise AssertionError(
            f"this test reads {path}, an example that people may edit: only tests/shipped does that, "
            "and all others read tests/organisations (tests/support/places.py)"
        )


sys.addaudithook(_refuse)
