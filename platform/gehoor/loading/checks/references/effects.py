"""What an effect needs beside its own keyword, and what does not go with it; and values that rules give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.conditions.calculations import read_calculation
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.register_questions import asks_register
from gehoor.core.forms.fields import type_of
from gehoor.core.forms.parse import fact_types
from gehoor.core.rules.effects import EFFECTS, LISTED, effect_keyword
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint, listed
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.effect_places import effect_places
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, Vocabulary, load_vocabulary
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def effect_problems(on: Subject) -> list[Problem]:
    """Return what is wrong with the effects of rules, as far as the meta-schema cannot see it."""
    whole, broken = on.whole, on.broken
    unsure = broken.touches("fields")
    fields: Mapping[str, Any] = whole.at(("forms", DOSSIER_FORM, "properties")) or {}
    return [
        problem
        for section in ("rules", "tables")
        for name, content in (whole.data.get(section) or {}).items()
        for problem in on.sound.unless(
            "effects",
            (section, unsure, on.named[section, name]),
            partial(_of, on, {section: {name: content}}, fields, unsure=unsure),
        )
    ]


def _of(
    on: Subject, data: Mapping[str, Any], fields: Mapping[str, Any], *, unsure: bool
) -> Iterator[Problem]:
    whole, vocabularies = on.whole, on.vocabularies
    for path, effect in effect_places(data):
        file = whole.spot(path).key.file
        words = vocabularies.get(file) or load_vocabulary(DEFAULT_LANGUAGE)
        wrong = [*_companions(whole, path, effect, words)]
        owner = whole.at(path[:-2])
        if asks_register({key: value for key, value in owner.items() if key != "then"}):
            wrong += _seen_in_lists(whole, path, effect, words)
        yield from wrong or (() if unsure else _values(whole, path, effect, fields))


def _seen_in_lists(
    whole: Sourced, path: Path, effect: Mapping[str, Any], words: Vocabulary
) -> Iterator[Problem]:
    """Refuse what lists and terms would show of other dossiers, also to who may not know of those."""
    for keyword in LISTED:
        if keyword in effect:
            spot = whole.spot((*path, keyword))
            yield Problem(spot.key, "andere-dossiers-te-merken", {"word": words.word(keyword)})


def _companions(
    whole: Sourced, path: Path, effect: Mapping[str, Any], words: Vocabulary
) -> Iterator[Problem]:
    keyword = effect_keyword(effect)
    kind = EFFECTS[keyword]
    known = {keyword, *kind.allows, *(one for group in kind.needs for one in group)}
    for key in effect:
        if key not in known:
            details = {"word": words.word(key), "effect": words.word(keyword)}
            yield Problem(whole.spot((*path, key)).key, "past-niet-bij-gevolg", details)
    for group in kind.needs:
        given = [key for key in group if key in effect]
        if len(given) > 1:
            details = {"word": words.word(given[1]), "effect": words.word(given[0])}
            yield Problem(whole.spot((*path, given[1])).key, "past-niet-bij-gevolg", details)
    groups = [group for group in kind.needs if not any(key in effect for key in group)]
    together = dict.fromkeys(other for key, other in kind.with_it.items() if key in effect)
    groups += [(other,) for other in together if other not in effect]
    if groups:
        missing = " en ".join(listed([words.word(key) for key in group], "of") for group in groups)
        yield Problem(whole.spot((*path, keyword)).key, "ontbreekt", {"missing": missing})


def _values(
    whole: Sourced, path: Path, effect: Mapping[str, Any], fields: Mapping[str, Any]
) -> Iterator[Problem]:
    """Another field must hold the same kind of value, and a sum must give one that fits."""
    agreed = fields.get(effect.get("derive", ""))
    target = None if agreed is None else type_of(agreed)
    if target is None:
        return
    if target.whole:
        spot = whole.spot((*path, "derive"))
        yield Problem(spot.value, "waarde-past-niet", {"value": spot.word, "field": effect["derive"]})
        return
    if (other := fields.get(effect.get("same-as", ""))) is not None and type_of(other) is not target:
        spot = whole.spot((*path, "same-as"))
        yield Problem(spot.value, "waarde-past-niet", {"value": effect["same-as"], "field": effect["derive"]})
    if "calculate" in effect:
        yield from _calculation(whole, path, effect, fields, target.fact_type)


def _calculation(
    whole: Sourced, path: Path, effect: Mapping[str, Any], fields: Mapping[str, Any], wanted: FactType
) -> Iterator[Problem]:
    spot = whole.spot((*path, "calculate"))
    calculation = read_calculation(effect["calculate"])
    unknown = [name for name in calculation.fields if name not in fields]
    for name in unknown:
        near = hint(name, fields) or " Noem een veld van het dossier."
        details = {"what": "Het veld", "value": name, "hint": near}
        yield Problem(spot.value, "verwijst-naar-niets", details)
    if unknown:
        return
    types = fact_types({"properties": fields})
    gives = calculation.result_type(types)
    # A whole number is also a number with decimals.
    if gives is None or wanted not in (gives, FactType.DECIMAL) or gives not in (wanted, FactType.INTEGER):
        details = {"value": effect["calculate"], "field": effect["derive"]}
        yield Problem(spot.value, "waarde-past-niet", details)


CHECK = Check(
    Pass.REFERENCES,
    (
        "past-niet-bij-gevolg",
        "andere-dossiers-te-merken",
        "ontbreekt",
        "waarde-past-niet",
        "verwijst-naar-niets",
    ),
    effect_problems,
)
