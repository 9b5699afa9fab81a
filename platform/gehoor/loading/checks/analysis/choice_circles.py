"""Choices that hang on each other in a circle: each waits for the other to be made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.model import Condition, fact_names
from gehoor.core.forms.fields import Field
from gehoor.core.forms.form import Form
from gehoor.core.text.problems import Problem
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def circle_problems(whole: Sourced, agreement: Agreement, form: Form) -> Iterator[Problem]:
    """Yield each circle of a form, and of the rows of its lists, once: at a choice in it."""
    path: Path = ("forms", form.id, "properties")
    given: dict[str, frozenset[str]] = {}
    for stage in agreement.derivations:
        for rule, effect in stage.derivations:
            found = fact_names(rule.condition) | frozenset(effect.reads)
            given[effect.field] = given.get(effect.field, frozenset()) | found
    yield from _circles(whole, path, form.fields, given)
    for name, of in form.fields.items():
        yield from _circles(whole, (*path, name, "items", "properties"), of.members, {})


def _circles(
    whole: Sourced, path: Path, fields: Mapping[str, Field], given: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    hangs_on = {name: _hangs_on(of) | given.get(name, frozenset()) for name, of in fields.items()}
    hangs_on |= {name: found for name, found in given.items() if name not in fields}
    told: set[frozenset[str]] = set()
    for name, of in fields.items():
        for choice in of.choices:
            for other in sorted(_names(choice.offered_if)):
                chain = _way(hangs_on, other, name)
                if chain and frozenset(chain) not in told:
                    told.add(frozenset(chain))
                    word = load_vocabulary(DEFAULT_LANGUAGE).word("if")
                    details = {"chain": " van ".join((name, *chain)), "word": word}
                    yield Problem(whole.spot((*path, name)).key, "keuze-kring", details)


def _hangs_on(of: Field) -> frozenset[str]:
    return _names(of.show_if).union(*(_names(choice.offered_if) for choice in of.choices))


def _names(condition: Condition | None) -> frozenset[str]:
    return frozenset() if condition is None else fact_names(condition)


def _way(hangs_on: Mapping[str, frozenset[str]], start: str, end: str) -> tuple[str, ...]:
    """Return the fields from one to another that each hang on the next; empty without a way."""
    seen = {start}
    ways: list[tuple[str, ...]] = [(start,)]
    for way in ways:
        if way[-1] == end:
            return way
        for following in sorted(hangs_on.get(way[-1], frozenset()) - seen):
            seen.add(following)
            ways.append((*way, following))
    return ()
