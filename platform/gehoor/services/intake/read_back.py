"""Reading back: on the phone, whoever called heard what was noted, and said that it is right."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.decision.late_answers import can_be_filled_in
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime

READ_BACK: Final = "read-back-on"
"""The meaning of the field with the day on which it was read back."""


def note_read_back(runtime: Runtime, dossier: str, actor: str, key: str, now: datetime) -> None:
    """Fill in that it was read back today, where the agreement asks that and it is not filled in yet.

    Who may not fill it in fills in nothing: what is needed then stays needed. Raises as ``fill_in`` does for all else.
    """
    opened = look(runtime, dossier, now, actor)
    name = opened.agreement.field_for(READ_BACK)
    if (
        not name
        or name in opened.dossier.values
        or not can_be_filled_in(opened.agreement, opened.decision, name)
    ):
        return
    today = now.astimezone(ZoneInfo(opened.agreement.time_zone)).date().isoformat()
    with suppress(RefusedError):
        fill_in(runtime, Filling(dossier, {name: today}, opened.dossier.version, actor, key), now)
