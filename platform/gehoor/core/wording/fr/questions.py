"""Questions to the register in French."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse_terms import duration
from gehoor.core.conditions.register_questions import RegisterQuestion
from gehoor.core.wording.fr.formats import show_duration
from gehoor.core.wording.fr.typography import quoted
from gehoor.core.wording.port import Questions


def question_label(agreement: Agreement, question: RegisterQuestion) -> str:
    """Name what is counted: "messages antérieurs de la même personne, en 1 an"."""
    kinds = [quoted(agreement.kinds[kind].name) for kind in question.kinds if kind in agreement.kinds]
    what = f" du type {' ou '.join(kinds)}" if kinds else ""
    within = f", en {show_duration(duration(question.within))}" if question.within else ""
    if not question.same:
        return f"messages antérieurs de la même personne{what}{within}"
    return f"messages antérieurs avec la même réponse à {_asked(agreement, question)}{what}{within}"


def heading(agreement: Agreement, question: RegisterQuestion, answers: Sequence[str], later: bool) -> str:
    """Head what was found: "Aussi « Cuisine », jusqu'à 90 jours avant", "De la même personne, plus tard"."""
    if not question.same:
        what = "De la même personne"
    elif answers:
        what = "Aussi " + " et ".join(quoted(one) for one in answers)
    else:
        what = f"Aussi la même réponse à {_asked(agreement, question)}"
    if not question.within:
        return f"{what}, {'plus tard' if later else 'plus tôt'}"
    return f"{what}, jusqu’à {show_duration(duration(question.within))} {'après' if later else 'avant'}"


def _asked(agreement: Agreement, question: RegisterQuestion) -> str:
    fields = agreement.dossier_form.fields
    names = [fields[name].label if name in fields else name for name in question.same]
    return " et ".join(quoted(name) for name in names)


QUESTIONS: Final = Questions(language="fr", label=question_label, heading=heading)
