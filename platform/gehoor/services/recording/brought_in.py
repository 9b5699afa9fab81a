"""A dossier that is brought in from elsewhere: what was never written down there is not asked, and what it called for
then is not done now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.objections.objections import STANDS_BEFORE, Objection
from gehoor.services.recording.drafting import drafted
from gehoor.services.recording.recording import SWEEPER

_NEVER_WRITTEN: Final = frozenset(
    {"required", "required-choice", "required-before", "at-least-one", "retired"}
)
"""The codes of what is missing, or was a choice then: of a dossier that ended elsewhere nobody can fill it in now."""


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """From where a dossier is brought in: what people call that source, by which key it is known there, and the number
    that it keeps (empty: it gets one here)."""

    source: str
    key: str
    number: str = ""


def as_brought(
    agreement: Agreement, objections: Iterable[Objection], decision: Decision
) -> tuple[list[Objection], list[str]]:
    """Return what stands in the way of bringing a dossier in, and the fields that stay open. One that goes on has to
    have all that any other has; one that ended elsewhere is kept as it was written down there, but for the day of
    receipt: all terms and years hang on that."""
    found = list(objections)
    received = agreement.field_for("received-on")
    if received and received not in decision.values and not any(one.field == received for one in found):
        found.append(Objection(received, "required"))
    if not decision.closed:
        return found, []
    never = [one for one in found if one.code in _NEVER_WRITTEN and one.field != received]
    left = [one for one in found if one not in never and one.code not in STANDS_BEFORE]
    lacking = (one.field for one in never if one.code != "retired")
    return left, list(dict.fromkeys(filter(None, lacking)))


def brought_event(
    agreement: Agreement, brought: BroughtIn, draft: Dossier, decision: Decision, lacking: list[str]
) -> NewEvent:
    """Return what happens to a dossier by bringing it in. Of one that ended, all that is called for counts as done:
    nobody is reminded or told of what was over before it came here."""
    passed: list[str] = []
    if decision.closed:
        done = [NewEvent(one.kind, one.data) for one in decision.due_actions]
        passed = sorted(drafted(draft, done, agreement, decision.at, SWEEPER).fired - draft.fired)
    data: dict[str, Any] = {
        "source": brought.source,
        "key": brought.key,
        "number": brought.number,
        "lacking": lacking,
        "passed": passed,
    }
    return NewEvent(EventKind.BROUGHT_IN, data)
