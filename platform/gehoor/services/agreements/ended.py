"""Departments that ended: they stay closed, whatever the files say, until somebody opens them again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from gehoor.services.ports.records import Publication
from gehoor.services.register.register import Register
from gehoor.services.register.validity import in_force


def no_longer_in_files(
    register: Register, organisations: Iterable[str], present: Sequence[tuple[str, str]], now: datetime
) -> list[tuple[str, str]]:
    """Return the departments of organisations that still take in messages, and are not among those in the files."""
    wanted = set(organisations)
    gone = [one for one in register.published_departments() if one[0] in wanted and one not in present]
    return [one for one in gone if not _is_ended(register.sound_publications(*one), now)]


def ended_among(
    register: Register, departments: Iterable[tuple[str, str]], now: datetime
) -> list[tuple[str, str]]:
    """Return the departments that were ended, or are to be on a later day."""
    known = register.published_departments()
    return [one for one in departments if one in known and _is_ended(register.sound_publications(*one), now)]


def _is_ended(publications: Sequence[Publication], now: datetime) -> bool:
    current = in_force(publications, now)
    return bool((publications and publications[-1].ended) or (current is not None and current.ended))
