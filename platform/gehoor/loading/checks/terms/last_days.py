"""A term of which the last day comes before what else is said of it: that is promised, and never so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gehoor.core.agreement.terms import Term
from gehoor.core.analysis.last_days import Idle, without_effect
from gehoor.core.calendar.holidays import LAST_YEAR
from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary
from gehoor.loading.merge.source_map import Path

_A_YEAR: Final = LAST_YEAR - 10
"""So late that no closing days of one year alone count in it."""
_PROMISES: Final = frozenset({Idle.WITHIN, Idle.MINIMUM})
"""What people are told that they get. The others are room that one never has to use."""


def last_day_problems(on: Subject) -> Iterator[Problem]:
    """Yield what of a term never shows, as it may not last so long."""
    for term in on.agreement.terms.values():
        if not term.of_duty:
            yield from _idle(on, term)


def _idle(on: Subject, term: Term) -> Iterator[Problem]:
    path: Path = ("terms", term.id)
    for idle in sorted(without_effect(term, _A_YEAR)):
        spot = on.whole.spot((*path, idle.value))
        vocabulary = on.vocabularies.get(spot.key.file) or load_vocabulary(DEFAULT_LANGUAGE)
        details = {
            "value": term.id,
            "word": vocabulary.word(idle.value),
            "limit": vocabulary.word("never-past"),
        }
        severity = Severity.ERROR if idle in _PROMISES else Severity.WARNING
        yield Problem(spot.key, "uiterste-dag-eerder", details, severity)


CHECK = Check(Pass.ANALYSIS, ("uiterste-dag-eerder",), last_day_problems)
