"""The course of a dossier: its milestones and its phases."""

from __future__ import annotations

from gehoor.core.agreement.course import Milestone, Phase
from gehoor.core.agreement.model import Agreement
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter, present
from gehoor.core.wording.nl.agreement.phrases import closed, label, milestone
from gehoor.core.wording.nl.agreement.rules.conditions import clause
from gehoor.core.wording.nl.formats import quoted


def milestones(agreement: Agreement) -> Chapter:
    """Say when each milestone is reached."""
    return chapter(
        "milestones", "Mijlpalen", *(_milestone(agreement, one) for one in agreement.milestones.values())
    )


def _milestone(agreement: Agreement, of: Milestone) -> Item:
    key = f"milestones/{of.id}"
    return Item(
        key,
        of.name,
        present(
            Sentence(
                f"{key}/field", f"Deze mijlpaal is bereikt als {label(agreement, of.field)} ingevuld is."
            ),
            Sentence(f"{key}/hour", f"Het uur is {label(agreement, of.hour)}.") if of.hour else None,
            Sentence(f"{key}/closes", "Daarmee is het dossier afgesloten.") if of.closes else None,
        ),
        new=f"Nieuwe mijlpaal: {of.name}.",
        gone=f"De mijlpaal {quoted(of.name)} is weg.",
    )


def phases(agreement: Agreement) -> Chapter:
    """Say when each phase opens and when it is done."""
    return chapter("phases", "Fasen", *(_phase(agreement, one) for one in agreement.phases.values()))


def _phase(agreement: Agreement, phase: Phase) -> Item:
    key = f"phases/{phase.id}"
    opens = (
        f"Deze fase begint na {milestone(agreement, phase.opens_after)}."
        if phase.opens_after
        else "Deze fase begint meteen."
    )
    return Item(
        key,
        phase.name,
        present(
            Sentence(f"{key}/explanation", closed(phase.explanation)) if phase.explanation else None,
            Sentence(f"{key}/public", f"De klager leest dan: {closed(phase.public)}")
            if phase.public
            else None,
            Sentence(
                f"{key}/applies-if", f"Deze fase is er alleen als {clause(agreement, phase.applies_if)}."
            )
            if phase.applies_if
            else None,
            Sentence(f"{key}/opens-after", opens),
            Sentence(f"{key}/done-at", f"Deze fase is klaar bij {milestone(agreement, phase.done_at)}."),
            Sentence(
                f"{key}/fixed-after",
                f"Na {milestone(agreement, phase.fixed_after)} verandert geen antwoord van deze fase meer.",
            )
            if phase.fixed_after
            else None,
        ),
        new=f"Nieuwe fase: {phase.name}.",
        gone=f"De fase {quoted(phase.name)} is weg.",
    )
