"""A due date with its derivation as plain data: what JSON can hold, with the Dutch sentence of each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from gehoor.core.deadlines.derivation_steps import Step
from gehoor.core.deadlines.due import Due
from gehoor.core.wording.registry import DUTCH


def plain_due(due: Due) -> dict[str, object]:
    """Give ``due`` (ISO 8601, None while a suspension is open) and ``derivation``, a list of plain steps."""
    return {"due": _plain(due.due), "derivation": [plain_step(step) for step in due.steps]}


def plain_step(step: Step) -> dict[str, object]:
    """Give one step: its kind, its day or days, its details by name and ``text``, its Dutch sentence."""
    shown: dict[str, object] = {"kind": step.kind.value, "day": _plain(step.day)}
    if step.last is not None:
        shown["last"] = _plain(step.last)
    for key, value in step.detail.items():
        shown[key] = _plain(value)
    shown["text"] = DUTCH.derivation.sentence(step)
    return shown


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
