"""Questions to the register in French."""

from __future__ import annotations

from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse_terms import duration
from gehoor.core.conditions.register_questions import RegisterQuestion
from gehoor.core.wording.fr.formats import show_duration
from gehoor.core.wording.fr.typography import quoted
from gehoor.core.wording.port import Questions


def question_label(agreement: Agreement, question: RegisterQuestion) -> str:
    """Name what is counted: "messages antérieurs de la même personne, en 1 an"."""
    return _label(agreement, question, "antérieurs")


def later_label(agreement: Agreement, question: RegisterQuestion) -> str:
    """Name the same of what came later: "messages ultérieurs de la même personne, en 1 an"."""
    return _label(agreement, question, "ultérieurs")


def _label(agreement: Agreement, question: RegisterQuestion, when: str) -> str:
    kinds = [quoted(agreement.kinds[kind].name) for kind in question.kinds if kind in agreement.kinds]
    what = f" du type {' ou '.join(kinds)}" if kinds else ""
    within = f", en {show_duration(duration(question.within))}" if question.within else ""
    if not question.same:
        return f"messages {when} de la même personne{what}{within}"
    fields = agreement.dossier_form.fields
    names = [fields[name].label if name in fields else name for name in question.same]
    said = " et ".join(quoted(name) for name in names)
    return f"messages {when} avec la même réponse à {said}{what}{within}"


QUESTIONS: Final = Questions(language="fr", label=question_label, later=later_label)
