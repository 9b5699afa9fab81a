"""Conditions and values get the type of the field that they are about."""

from __future__ import annotations

from typing import TypeAlias

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.conditions.register_questions import REGISTER_KEYS
from gehoor.core.forms.parse import fact_types
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Key, Pass, Subject
from gehoor.loading.checks.conditions.condition_types import settle_conditions
from gehoor.loading.checks.conditions.dates import bound_problems
from gehoor.loading.checks.effect_places import given_by_rules
from gehoor.loading.checks.forms.code_lists import settle_scales
from gehoor.loading.checks.forms.field_places import Fields
from gehoor.loading.checks.references.values import settle_values
from gehoor.loading.checks.said import Thing, only, things
from gehoor.loading.checks.sound import digest_of
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_Key: TypeAlias = tuple[Path, Key, frozenset[str] | None]


def type_problems(on: Subject) -> list[Problem]:
    """Give every condition, default, preset and example value its type, in place; return what does not fit."""
    whole, broken = on.whole, on.broken
    dossier = whole.at(("forms", DOSSIER_FORM))
    if dossier is None:
        return []
    given = given_by_rules(whole.data)
    if broken.entries or broken.sections:
        wrong = [*settle_scales(whole, broken)]
        fields = Fields(fact_types(dossier), dossier["properties"], broken, sound=on.sound, given=given)
        return [*wrong, *_settle(whole, fields)]
    left = _not_known(on, given)
    parts = [only(whole, one) for one, _ in left]
    found = [[*settle_scales(part, broken)] for part in parts]
    fields = Fields(fact_types(dossier), dossier["properties"], broken, sound=on.sound, given=given)
    for (one, key), part, told in zip(left, parts, found, strict=True):
        told.extend(_settle(part, fields))
        made = one.inside[one.path[-1]] if one.inside is not None else one.said
        on.settled[one.path] = digest_of(made)
        if not told:
            on.sound.settled[key] = made, on.settled[one.path]
    return [problem for told in found for problem in told]


def _settle(whole: Sourced, fields: Fields) -> list[Problem]:
    return [
        *bound_problems(whole, fields),
        *settle_conditions(whole, fields),
        *settle_values(whole, fields),
    ]


def _not_known(on: Subject, given: frozenset[str]) -> list[tuple[Thing, _Key]]:
    """Put what was settled before in the place of what says the same about the same fields; return the rest, each with
    what it goes by."""
    left = []
    known, named = on.sound.settled, on.named
    for one in list(things(on.whole.data)):
        place = one.path[:1] if one.path[0] == "rule-examples" else one.path
        asks_register = not on.sound.words[named[one.path][0]].isdisjoint(REGISTER_KEYS)
        key = place, named[one.path], given if asks_register else None
        before = known.get(key)
        if before is None:
            left.append((one, key))
            continue
        made, on.settled[one.path] = before
        if one.inside is not None:
            one.inside[one.path[-1]] = made
    return left


CHECK = Check(
    Pass.REFERENCES,
    (
        "voorwaarde-klopt-niet",
        "ontbreekt",
        "vervalt-maar-gebruikt",
        "verwijst-naar-niets",
        "geen-keuze",
        "keuze-weg-maar-gebruikt",
        "waarde-past-niet",
    ),
    type_problems,
    each=True,
)
