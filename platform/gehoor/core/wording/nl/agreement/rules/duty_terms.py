"""The term of a duty in words: a term like any other, that exists while its rule fires."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import Term
from gehoor.core.calendar.durations import show_duration
from gehoor.core.wording.chapters import Sentence
from gehoor.core.wording.nl.agreement.phrases import milestone
from gehoor.core.wording.nl.agreement.rules.terms import late_sentences, reminder_sentences
from gehoor.core.wording.nl.formats import quoted


def duty_sentences(agreement: Agreement, term: Term, key: str) -> Iterator[Sentence]:
    """Say within which time a duty is done, and who hears of it. ``key`` is the path of the duty."""
    within = show_duration(term.rule.within)
    yield Sentence(
        f"{key}/within",
        f"{quoted(term.name)} doen wij binnen {within} na {milestone(agreement, term.starts)}.",
    )
    for sentence in (*reminder_sentences(term), *late_sentences(agreement, term)):
        yield replace(sentence, key=f"{key}/{sentence.key}")
