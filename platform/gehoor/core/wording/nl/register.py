"""Questions to the register in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse_terms import duration
from gehoor.core.calendar.durations import show_duration
from gehoor.core.conditions.register_questions import RegisterQuestion
from gehoor.core.wording.port import Questions


def question_label(agreement: Agreement, question: RegisterQuestion) -> str:
    """Name what is counted: "eerdere berichten van dezelfde persoon, in 1 jaar"."""
    kinds = [
        f"\u201c{agreement.kinds[kind].name}\u201d" for kind in question.kinds if kind in agreement.kinds
    ]
    what = f" van de soort {' of '.join(kinds)}" if kinds else ""
    within = f", in {show_duration(duration(question.within))}" if question.within else ""
    if not question.same:
        return f"eerdere berichten van dezelfde persoon{what}{within}"
    return f"eerdere berichten met hetzelfde antwoord op {_asked(agreement, question)}{what}{within}"


def heading(agreement: Agreement, question: RegisterQuestion, answers: Sequence[str], later: bool) -> str:
    """Head what was found: "Ook \u201cDe keuken\u201d, tot 90 kalenderdagen ervoor", "Van dezelfde persoon, later"."""
    if not question.same:
        what = "Van dezelfde persoon"
    elif answers:
        what = "Ook " + " en ".join(f"\u201c{one}\u201d" for one in answers)
    else:
        what = f"Ook hetzelfde antwoord op {_asked(agreement, question)}"
    if not question.within:
        return f"{what}, {'later' if later else 'eerder'}"
    return f"{what}, tot {show_duration(duration(question.within))} {'erna' if later else 'ervoor'}"


def _asked(agreement: Agreement, question: RegisterQuestion) -> str:
    fields = agreement.dossier_form.fields
    names = [fields[name].label if name in fields else name for name in question.same]
    return " en ".join(f"\u201c{name}\u201d" for name in names)


QUESTIONS: Final = Questions(language="nl", label=question_label, heading=heading)
