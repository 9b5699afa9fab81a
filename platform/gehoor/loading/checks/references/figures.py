"""What reports and the overview count must be fields, and of a kind that can be counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.forms.fields import type_of
from gehoor.core.reports.model import PLACES_AND_TIMES
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.conditions.condition_places import figure_places
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary
from gehoor.loading.merge.source_map import Path

_MEASURES: Final = ("lead-time", "term", "mean-of", "sum-of", "in-and-out")
"""A table has one of these at most."""
_BROKEN_DOWN: Final = ("per", "and-per")
_NUMBERS: Final = ("mean-of", "sum-of")
_NUMERIC: Final = frozenset({"integer", "number"})


def figure_problems(on: Subject) -> Iterator[Problem]:
    """Yield what cannot be counted as it is said, as far as the fields can be read."""
    if on.broken.touches("fields") or on.broken.touches("forms"):
        return
    fields = on.whole.at(("forms", DOSSIER_FORM, "properties")) or {}
    for path, figure in figure_places(on.whole.data):
        for word in (*_BROKEN_DOWN, *_NUMBERS):
            name = figure.get(word)
            if name is not None and not (word in _BROKEN_DOWN and name in PLACES_AND_TIMES):
                yield from _counted(on, (*path, word), str(name), fields, numbers=word in _NUMBERS)
        yield from _at_once(on, path, figure)
    yield from _overview(on, fields)


def _overview(on: Subject, fields: Mapping[str, Any]) -> Iterator[Problem]:
    overview = on.whole.data.get("overview") or {}
    for index, name in enumerate(overview.get("returning") or ()):
        yield from _counted(on, ("overview", "returning", index), name, fields)
    measures = overview.get("measures")
    if not measures:
        return
    path: Path = ("overview", "measures")
    for index, name in enumerate(measures["alike-in"]):
        yield from _counted(on, (*path, "alike-in", index), name, fields)
    members = _members(fields.get(measures["every"]) or {})
    if not members:
        yield from _unknown(
            on, (*path, "every"), measures["every"], [one for one in fields if _members(fields[one])]
        )
        return
    for word in ("done-on", "named-by", "helped"):
        if word in measures:
            yield from _counted(on, (*path, word), measures[word], members)
    if "described-by" in measures and measures["described-by"] not in members:
        yield from _unknown(on, (*path, "described-by"), measures["described-by"], members)


def _counted(
    on: Subject, path: Path, name: str, fields: Mapping[str, Any], *, numbers: bool = False
) -> Iterator[Problem]:
    rows, _, member = name.partition(".")
    of = fields.get(rows)
    if of is None:
        yield from _unknown(on, path, name, fields)
        return
    known = _members(of)
    if member and member not in known:
        yield from _unknown(on, path, name, [f"{rows}.{one}" for one in known])
        return
    counted = known[member] if member else of
    found = type_of(counted)
    if found is None:
        return
    if not found.countable:
        yield Problem(on.whole.spot(path).value, "cijfer-niet-telbaar", {"value": name})
    elif numbers and counted.get("type") not in _NUMERIC:
        yield Problem(on.whole.spot(path).value, "cijfer-geen-getal", {"value": name})


def _unknown(on: Subject, path: Path, name: str, known: Any) -> Iterator[Problem]:
    details = {"value": name, "hint": hint(name, known)}
    yield Problem(on.whole.spot(path).value, "cijfer-veld-onbekend", details)


def _members(field: Mapping[str, Any]) -> Mapping[str, Any]:
    items = field.get("items")
    found: Mapping[str, Any] = items.get("properties", {}) if isinstance(items, Mapping) else {}
    return found


def _at_once(on: Subject, path: Path, figure: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield that a table is asked to do two things: nobody could say what its numbers are."""
    asked = [word for word in _MEASURES if figure.get(word)]
    apart = figure.get("in-and-out") and [word for word in _BROKEN_DOWN if word in figure]
    twice = figure.get("and-per") and (figure.get("lead-time") or figure.get("term"))
    if len(asked) > 1 or apart or twice:
        words = [*asked, *(apart or []), *(["and-per"] if twice else [])]
        spoken = on.vocabularies.get(on.whole.spot(path).key.file) or load_vocabulary(DEFAULT_LANGUAGE)
        said = ", ".join(map(spoken.word, words))
        yield Problem(on.whole.spot(path).value, "cijfer-twee-maten", {"value": said})


CHECK = Check(
    Pass.REFERENCES,
    ("cijfer-veld-onbekend", "cijfer-niet-telbaar", "cijfer-geen-getal", "cijfer-twee-maten"),
    figure_problems,
    goes_by=("forms",),
    reads=("overview", "reports"),
)
