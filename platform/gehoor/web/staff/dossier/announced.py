"""What a phase will ask once other answers are there: said beforehand, at the answer on which it hangs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gehoor.core.analysis.asked_later import asked_later
from gehoor.core.decision.model import PhaseState
from gehoor.core.forms.fields import Field
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.forms.answer_form import AnswerForm


@dataclass(frozen=True)
class Announced:
    """The fields that may be asked, and the answer after which they are."""

    after: Field
    asked: tuple[Field, ...]


def announced(
    opened: OpenedDossier,
    page: AnswerForm,
    state: PhaseState,
    needed: Collection[str],
    phases: Collection[str],
) -> tuple[Announced, ...]:
    """Return what a phase may still ask because of answers that it lacks, those that are ``needed`` first.

    ``phases``: those whose fields it asks for.
    """
    fields, decision = opened.agreement.dossier_form.fields, opened.decision
    lacks = [
        name
        for name in page.names
        if fields[name].phase == state.phase.id
        and decision.fields[name].visible
        and name not in decision.values
        and not page.has_typed(name)
    ]
    unanswered = frozenset((*needed, *lacks))
    found: dict[str, list[Field]] = {}
    for later in asked_later(opened.agreement, opened.dossier, decision, state.phase.done_at, unanswered):
        if fields[later.field].phase not in phases or later.field in opened.rights.unseen:
            continue
        after = next((name for name in later.hangs_on if name in needed), later.hangs_on[0])
        found.setdefault(after, []).append(fields[later.field])
    first = sorted(found, key=lambda name: name not in needed)
    return tuple(Announced(fields[name], tuple(found[name])) for name in first)
