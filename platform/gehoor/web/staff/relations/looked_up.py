"""Before the question whether there were such dossiers stands what was found, and a way to look further."""

from __future__ import annotations

from typing import Final

from gehoor.core.text.retelling import telling_words
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.forms.answer_form import AnswerForm

_WORDS: Final = 2
"""Each word that is asked has to be there: of more, little is found."""


def looked_up_at(opened: OpenedDossier, page: AnswerForm) -> str:
    """Return the field before which it stands, as long as its phase is not done; empty where nothing asks for it."""
    fields, phases = opened.agreement.dossier_form.fields, opened.decision.phases
    asked = [
        name
        for name in fields
        if name in opened.agreement.belonging.earlier.looked_up_in
        and name in page
        and (of := phases.get(fields[name].phase)) is not None
        and of.open
        and not of.done
    ]
    return asked[0] if asked else ""


def search_words(opened: OpenedDossier) -> str:
    """Return the words of a complaint by which others can be looked for: those of its subject, or else of its story."""
    values = opened.decision.values
    for meaning in ("subject", "story"):
        if found := telling_words(str(values.get(opened.agreement.field_for(meaning), "")), _WORDS):
            return " ".join(found)
    return ""
