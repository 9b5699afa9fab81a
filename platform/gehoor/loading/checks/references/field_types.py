"""Conditions and values get the type of the field that they are about."""

from __future__ import annotations

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.forms.parse import fact_types
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.conditions.condition_types import settle_conditions
from gehoor.loading.checks.conditions.dates import bound_problems
from gehoor.loading.checks.forms.code_lists import settle_scales
from gehoor.loading.checks.forms.field_places import Fields
from gehoor.loading.checks.references.values import settle_values
from gehoor.loading.checks.sound import Sound
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.located_document import Sourced


def type_problems(whole: Sourced, broken: Broken, sound: Sound) -> list[Problem]:
    """Give every condition, default, preset and example value its type, in place; return what does not fit."""
    dossier = whole.at(("forms", DOSSIER_FORM))
    if dossier is None:
        return []
    wrong = [*settle_scales(whole, broken)]
    fields = Fields(fact_types(dossier), dossier["properties"], broken, sound=sound)
    wrong += bound_problems(whole, fields)
    return [*wrong, *settle_conditions(whole, fields), *settle_values(whole, fields)]


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
    lambda on: type_problems(on.whole, on.broken, on.sound),
    each=True,
)
