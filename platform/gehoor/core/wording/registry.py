"""The languages that sentences are there in: the only module that names one.

What a language does not offer is said in the first one, a whole subject at a time: never half a list of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.wording.fr.actions import ACTIONS as FR_ACTIONS
from gehoor.core.wording.fr.derivation import DERIVATION as FR_DERIVATION
from gehoor.core.wording.fr.events import EVENTS as FR_EVENTS
from gehoor.core.wording.fr.figures import FIGURES as FR_FIGURES
from gehoor.core.wording.fr.formats import DURATIONS as FR_DURATIONS
from gehoor.core.wording.fr.formats import FORMATS as FR_FORMATS
from gehoor.core.wording.fr.letters import LETTERS as FR_LETTERS
from gehoor.core.wording.fr.notices import NOTICES as FR_NOTICES
from gehoor.core.wording.fr.objections import OBJECTIONS as FR_OBJECTIONS
from gehoor.core.wording.fr.questions import QUESTIONS as FR_QUESTIONS
from gehoor.core.wording.fr.spelling import SPELLING as FR_SPELLING
from gehoor.core.wording.nl.actions import ACTIONS as NL_ACTIONS
from gehoor.core.wording.nl.agreement.whole import AGREEMENTS as NL_AGREEMENTS
from gehoor.core.wording.nl.derivation import DERIVATION as NL_DERIVATION
from gehoor.core.wording.nl.events import EVENTS as NL_EVENTS
from gehoor.core.wording.nl.figures import FIGURES as NL_FIGURES
from gehoor.core.wording.nl.formats import DURATIONS as NL_DURATIONS
from gehoor.core.wording.nl.formats import FORMATS as NL_FORMATS
from gehoor.core.wording.nl.letters import LETTERS as NL_LETTERS
from gehoor.core.wording.nl.notices import NOTICES as NL_NOTICES
from gehoor.core.wording.nl.objections import OBJECTIONS as NL_OBJECTIONS
from gehoor.core.wording.nl.register import QUESTIONS as NL_QUESTIONS
from gehoor.core.wording.nl.spelling import SPELLING as NL_SPELLING
from gehoor.core.wording.port import Sentences

FIRST: Final = "nl"
"""The language that everything is said in."""

DUTCH: Final = Sentences(
    language=FIRST,
    formats=NL_FORMATS,
    durations=NL_DURATIONS,
    events=NL_EVENTS,
    derivation=NL_DERIVATION,
    objections=NL_OBJECTIONS,
    questions=NL_QUESTIONS,
    actions=NL_ACTIONS,
    notices=NL_NOTICES,
    letters=NL_LETTERS,
    spelling=NL_SPELLING,
    figures=NL_FIGURES,
    agreements=NL_AGREEMENTS,
)
"""Everything that can be said."""

_FRENCH: Final = replace(
    DUTCH,
    language="fr",
    formats=FR_FORMATS,
    durations=FR_DURATIONS,
    events=FR_EVENTS,
    derivation=FR_DERIVATION,
    objections=FR_OBJECTIONS,
    questions=FR_QUESTIONS,
    actions=FR_ACTIONS,
    notices=FR_NOTICES,
    letters=FR_LETTERS,
    spelling=FR_SPELLING,
    figures=FR_FIGURES,
)
"""All but agreements in words."""

LANGUAGES: Final[Mapping[str, Sentences]] = {one.language: one for one in (DUTCH, _FRENCH)}
"""The languages that staff are spoken to in, by code, the first one first."""


def sentences_in(language: str) -> Sentences:
    """Return what is said in a language; in the first one where that language is not there."""
    return LANGUAGES.get(language, DUTCH)


def sentences_of(agreement: Agreement) -> Sentences:
    """Return what is said in the first language of an organisation: that of its files, and of who works there."""
    return sentences_in(agreement.languages[0])
