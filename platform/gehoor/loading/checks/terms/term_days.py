"""Terms that count from the day in a field, or that run for each row: the field is there, and holds a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.relative_dates import RelativeDate, read_relative_date
from gehoor.core.forms.fields import FieldType, type_of
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, Vocabulary, load_vocabulary
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_TOGETHER: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "at-latest": (
        ("within", "from", "from-term", "count-day-zero", "cutoff", "min-working-days", "never-past",
         "recurring-until", "stands-still-in", "begins-on-day-of"),
        "die dag zegt zelf wanneer het klaar moet zijn",
    ),
    "as-soon-as": (
        ("from", "from-term", "at-latest", "every", "recurring-until"),
        "zodra dit klopt, begint de tijd",
    ),
    "every": (
        ("from-term", "suspend", "extend", "further-delay", "recurring-until", "on-reopening", "public",
         "held-against"),
        "elke rij heeft haar eigen tijd",
    ),
}  # fmt: skip
"""Keyword of a term -> the keywords that do not go with it, and why."""
_DAY: Final = "een veld met een datum"
_HOUR: Final = "een veld met een datum en een uur, want deze termijn telt uren"


def term_day_problems(on: Subject) -> Iterator[Problem]:
    """Yield what is wrong with the days and rows of terms."""
    for name, term in on.whole.data["terms"].items():
        vocabulary = _vocabulary(on, ("terms", name))
        told = [*_words(on.whole, ("terms", name), term, vocabulary)]
        yield from told or _Term(on.whole, ("terms", name), term).problems()


def _vocabulary(on: Subject, path: Path) -> Vocabulary:
    file = on.whole.spot(path).key.file
    return on.vocabularies.get(file) or load_vocabulary(DEFAULT_LANGUAGE)


def _words(whole: Sourced, path: Path, term: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Problem]:
    for word, (others, reason) in _TOGETHER.items():
        for other in others if word in term else ():
            if other in term:
                details = {"word": vocabulary.word(other), "other": vocabulary.word(word), "reason": reason}
                yield Problem(whole.spot((*path, other)).key, "termijn-woorden-samen", details)
    starts = term.get("at-latest")
    day = _day(starts) if starts is not None else None
    for other in ("suspend", "extend") if day is not None and day.backwards else ():
        if other in term:
            reason = "deze termijn telt terug vanaf die dag"
            details = {
                "word": vocabulary.word(other),
                "other": vocabulary.word("at-latest"),
                "reason": reason,
            }
            yield Problem(whole.spot((*path, other)).key, "termijn-woorden-samen", details)
    if starts is not None and day is None:
        details = {"value": starts, "wanted": f"{_DAY}, of zolang ervoor of erna"}
        yield Problem(whole.spot((*path, "at-latest")).value, "termijn-veld-past-niet", details)


def _day(text: str) -> RelativeDate | None:
    """Return the day that a term has by a field; none for a date, on which no two dossiers would be due."""
    try:
        return read_relative_date(text)
    except ValueError:
        return None


class _Term:
    """A term, held against the fields of the dossier, or of the rows that it runs for."""

    def __init__(self, whole: Sourced, path: Path, term: Mapping[str, Any]) -> None:
        self._whole, self._path, self._term = whole, path, term
        self._fields: Mapping[str, Any] = whole.at(("forms", DOSSIER_FORM, "properties"))

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with it."""
        term, fields = self._term, self._fields
        if "every" in term:
            of = type_of(fields[term["every"]])
            if of is None or not of.has_rows:
                yield self._misfit("every", term["every"], "een lijst met rijen")
                return
            fields = fields[term["every"]]["items"]["properties"]
            yield from self._field("until", term["until"], fields, lambda of: of.moment is not None, _DAY)
        day = _day(term.get("at-latest", ""))
        if day is not None:
            in_hours = day.by is not None and day.by.unit.elapses
            wanted = _HOUR if in_hours else _DAY
            yield from self._field(
                "at-latest",
                day.fact,
                fields,
                lambda of: of.fact_type is FactType.INSTANT or (of.moment is not None and not in_hours),
                wanted,
            )

    def _field(
        self, key: str, name: str, fields: Mapping[str, Any], fits: Callable[[FieldType], bool], wanted: str
    ) -> Iterator[Problem]:
        if name not in fields:
            rows = self._term.get("every", "")
            where = f" in de rijen van '{rows}'" if rows else ""
            near = hint(name, [*fields]) or (f" Kies uit: {', '.join(fields)}." if rows else "")
            details = {"what": "Het veld", "value": name, "where": where, "hint": near}
            yield Problem(self._whole.spot((*self._path, key)).value, "verwijst-naar-niets", details)
        elif (of := type_of(fields[name])) is None or not fits(of):
            yield self._misfit(key, name, wanted)

    def _misfit(self, key: str, value: str, wanted: str) -> Problem:
        details = {"value": value, "wanted": wanted}
        return Problem(self._whole.spot((*self._path, key)).value, "termijn-veld-past-niet", details)


CHECK = Check(
    Pass.CONSISTENCY,
    ("termijn-veld-past-niet", "termijn-woorden-samen", "verwijst-naar-niets"),
    term_day_problems,
)
