"""How what is logged is written: a line for each record, as text or JSON, without what people typed.

Of an exception its kind and the places that it passed are written, never its message: that may quote anything. Of
libraries, what they say is written without the values they say it of.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, Final, TextIO

from gehoor.bootstrap import SetupError
from gehoor.web.request.request_log import REFERENCE

SETTING: Final = "GEHOOR_LOG"
_OURS: Final = "gehoor"
_DEEPEST: Final = 12
"""How many places of an exception are written, the last ones."""


def how_logged() -> str:
    """Return how every request is written: the setting ``GEHOOR_LOG``, empty where it is not there. Raises
    ``SetupError``."""
    how = os.environ.get(SETTING, "")
    if how not in ("", "json", "text"):
        raise SetupError(f'{SETTING}="{how}" kan niet; schrijf json of text, of laat het weg.')
    return how


def start_logging(stream: TextIO | None = None, logger: logging.Logger | None = None) -> None:
    """Write to a stream (the standard error) what ``logger`` (all) hears: what goes wrong; and every request too where
    the setting ``GEHOOR_LOG`` says how, ``json`` or ``text``. Raises ``SetupError`` for another word in it."""
    how = how_logged()
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if how == "json" else TextLines())
    which = logger or logging.getLogger()
    which.handlers[:] = [handler]
    which.setLevel(logging.INFO if how else logging.WARNING)
    which.propagate = False


class _Lines(logging.Formatter):
    def said(self, record: logging.LogRecord) -> dict[str, Any]:
        """Return what is written of a record, in order."""
        ours = record.name.split(".")[0] == _OURS
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if ours else str(record.msg),
        }
        if reference := REFERENCE.get():
            said["request"] = reference
        said |= getattr(record, "data", {})
        if record.exc_info and record.exc_info[1] is not None:
            said |= _failure(record.exc_info[1])
        return said


class JsonLines(_Lines):
    """A record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(self.said(record), ensure_ascii=False, default=str)


class TextLines(_Lines):
    """A record as a line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said = self.said(record)
        begin = f"{said.pop('at')} {said.pop('level')} {said.pop('logger')}: {said.pop('message')}"
        more = (
            f"{name}={' < '.join(value) if isinstance(value, list) else value}"
            for name, value in said.items()
        )
        return " ".join([begin, *more]).replace("\n", " ")


def _failure(error: BaseException) -> dict[str, Any]:
    places = [
        f"{frame.filename.rpartition('site-packages/')[2].rpartition('/platform/')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    found: dict[str, Any] = {"exception": _kind(error), "places": places[-_DEEPEST:][::-1]}
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        found["because"] = _kind(cause)
    return found


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
