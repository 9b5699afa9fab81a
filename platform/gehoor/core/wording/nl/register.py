"""Questions to the register in words."""

from __future__ import annotations

from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse_terms import duration
from gehoor.core.calendar.durations import show_duration
from gehoor.core.conditions.register_questions import RegisterQuestion
from gehoor.core.wording.port import Questions


def question_label(agreement: Agreement, question: RegisterQuestion) -> str:
    """Name what is counted: "eerdere berichten van dezelfde persoon, in 1 jaar"."""
    return _label(agreement, question, "eerdere")


def later_label(agreement: Agreement, question: RegisterQuestion) -> str:
    """Name the same of what came later: "latere berichten van dezelfde persoon, in 1 jaar"."""
    return _label(agreement, question, "latere")


def _label(agreement: Agreement, question: RegisterQuestion, when: str) -> str:
    kinds = [
        f"\u201c{agreement.kinds[kind].name}\u201d" for kind in question.kinds if kind in agreement.kinds
    ]
    what = f" van de soort {' of '.join(kinds)}" if kinds else ""
    within = f", in {show_duration(duration(question.within))}" if question.within else ""
    if not question.same:
        return f"{when} berichten van dezelfde persoon{what}{within}"
    fields = agreement.dossier_form.fields
    names = [fields[name].label if name in fields else name for name in question.same]
    said = " en ".join(f"\u201c{name}\u201d" for name in names)
    return f"{when} berichten met hetzelfde antwoord op {said}{what}{within}"


QUESTIONS: Final = Questions(language="nl", label=question_label, later=later_label)
