"""What would hold in a dossier with answers that are typed and not saved yet, as far as whoever types may know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.decision.decide import decide
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.recording.answers import read_answers
from gehoor.services.register.runtime import Runtime


def foreseen(
    runtime: Runtime, opened: OpenedDossier, answers: Mapping[str, Any], now: datetime
) -> OpenedDossier:
    """Return a dossier as it would be shown with these answers. What cannot be read yet, counts for nothing.

    It is judged by nothing but what whoever types sees of the dossier, so that trying answers tells no more. Nothing is
    written. Raises ``RuleEngineError``.
    """
    agreement, dossier = opened.agreement, opened.dossier
    read = read_answers(agreement.dossier_form, answers, ZoneInfo(agreement.time_zone))
    kept = {name: value for name, value in dossier.values.items() if name not in read.empty}
    supposed = replace(dossier, values={**kept, **read.values})
    return replace(opened, decision=decide(agreement, supposed, now, runtime.engine))
