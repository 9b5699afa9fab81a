"""Checks of the clock and of what is known of time zones: terms depend on both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gehoor.bootstrap.doctor.check import Remark, Surroundings, refused, warning
from gehoor.core.dossier.events import parse_instant
from gehoor.services.ports.store import SOUND
from gehoor.services.register.register import reading

_SLACK: Final = timedelta(minutes=2)
_EARLIEST: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Before this there was no Gehoor: a clock that says so was never set."""
_ZONE: Final = "Europe/Brussels"
_KEEPERS: Final = (
    "run/systemd/timesync/synchronized", "run/chrony/chronyd.pid", "run/ntpd.pid", "run/openntpd.pid",
)  # fmt: skip
_SYSTEMD: Final = "run/systemd/system"
_REMEDY: Final = (
    "Zet de klok van deze computer juist (NTP). Aanvaard dit alleen als u zeker bent dat ze nu juist is."
)


def clock(at: Surroundings) -> Iterator[Remark]:
    """Look at whether the clock goes on from the last thing that was written."""
    if at.now < _EARLIEST:
        yield refused(f"De klok staat op {at.now:%Y-%m-%d}: dat kan niet.", _REMEDY)
    for file in (at.store, at.store.with_name(f"{at.store.name}-wal")):
        try:
            written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        except (OSError, ValueError, OverflowError):
            continue
        if written > at.now + _SLACK:
            yield _behind(f"{file.name} werd het laatst geschreven", written, at.now)
            return
    last = last_event(at) if at.thorough else None
    if last is not None and last > at.now + _SLACK:
        # A command with --now may have done that; what says that a clock is behind now, was looked at before.
        yield warning(
            f"In het register gebeurde iets op {last:%Y-%m-%d %H:%M}, en de klok staat op {at.now:%Y-%m-%d %H:%M} "
            "(UTC): ze loopt achter, of iemand deed een opdracht met --now op een later moment. De website start wel.",
            "Kijk de klok van deze computer na (NTP). Is die juist, dan gaat dit vanzelf over.",
        )


def clock_keeper(_at: Surroundings, root: Path = Path("/")) -> Iterator[Remark]:
    """Look at whether something keeps the clock right, as far as files tell."""
    if (root / _SYSTEMD).exists() and not any((root / keeper).exists() for keeper in _KEEPERS):
        yield warning(
            "Niets houdt de klok van deze computer juist (NTP), voor zover wij kunnen zien.",
            "Zet systemd-timesyncd of chrony aan. In een container is dat de taak van de computer eronder.",
        )


def time_zones(at: Surroundings) -> Iterator[Remark]:
    """Look at whether the time zones of everyone here are known."""
    zones = {_ZONE}
    if at.runtime is not None:
        with reading(at.runtime.store) as register:
            # Without what is damaged: that is told by others, and keeps no website from starting.
            found = register.tables.select("publications", where=SOUND)
            zones |= {str(one["time_zone"]) for one in found if one.get("time_zone")}
    for zone in sorted(zones):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            yield refused(
                f"De tijdzone {zone} is hier niet bekend: termijnen kunnen niet uitgerekend worden.",
                "Installeer ze met: pip install tzdata (of apt install tzdata)",
            )


def last_event(at: Surroundings) -> datetime | None:
    """Return when a dossier last changed, as lists know it; None when nothing is known of that."""
    if at.runtime is None:
        return None
    with reading(at.runtime.store) as register:
        found = register.tables.select("dossiers", where=SOUND, order_by=("-changed_at",), limit=1)
    moment = found[0].get("changed_at") if found else None
    return parse_instant(moment) if moment else None


def _behind(what: str, then: datetime, now: datetime) -> Remark:
    return refused(
        f"De klok staat op {now:%Y-%m-%d %H:%M} (UTC), en {what} op {then:%Y-%m-%d %H:%M}: ze loopt achter, of liep "
        "toen voor.",
        _REMEDY,
    )
