"""Every id that something refers to must exist: roles, milestones, phases, fields, kinds, letters, questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.references.reference_places import Reference, references
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_WHAT: Mapping[str, str] = {
    "roles": "De rol",
    "milestones": "De mijlpaal",
    "phases": "De fase",
    "fields": "Het veld",
    "kinds": "De soort",
    "letters": "De brief",
    "questions": "De vraag",
    "terms": "De termijn",
}


def reference_problems(whole: Sourced, broken: Broken) -> list[Problem]:
    """Return every reference to something that does not exist, at the place of the reference."""
    return [problem for reference in references(whole.data) for problem in _problem(whole, broken, reference)]


def _problem(whole: Sourced, broken: Broken, reference: Reference) -> Iterator[Problem]:
    group, value = reference.group, reference.value
    home: Path = ("forms", reference.form or DOSSIER_FORM, "properties") if group == "fields" else (group,)
    known = whole.at(home) or {}
    if not value or value in known or broken.excuses(group, value):
        return
    spot = whole.spot(reference.path)
    dropped = whole.dropped.get((*home, value))
    if dropped:
        # Who takes something out must see that it is still needed, and not who has been using it all along.
        details = {"value": value, "where": f"{spot.value.file}, regel {spot.value.line}"}
        yield Problem(dropped.key, "vervalt-maar-gebruikt", details)
        return
    where = " in dit formulier" if reference.form else ""
    details = {"what": _WHAT[group], "value": value, "where": where, "hint": hint(value, known)}
    yield Problem(spot.key if reference.is_key else spot.value, "verwijst-naar-niets", details)


CHECK = Check(
    Pass.REFERENCES,
    ("vervalt-maar-gebruikt", "verwijst-naar-niets"),
    lambda on: reference_problems(on.whole, on.broken),
)
