"""Every id that something refers to must exist: roles, milestones, phases, fields, kinds, letters, questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint, question
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.references.reference_places import PARTIES, Reference, references
from gehoor.loading.checks.sound import digest_of
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary, shipped_languages
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_WHAT: Mapping[str, str] = {
    "roles": "De rol",
    PARTIES: "De rol of wie erbij betrokken is,",
    "milestones": "De mijlpaal",
    "phases": "De fase",
    "fields": "Het veld",
    "kinds": "De soort",
    "letters": "De brief",
    "correspondence": "De brief aan wie klaagt",
    "questions": "De vraag",
    "terms": "De termijn",
    "tasks": "De taak",
    "calendars": "De kalender",
    "standards": "De norm",
}
_MOST: Final = 12
"""So many names to choose from are told."""
_NONE: Final = " Zet het veld in het dossier, of wis dit hier."


def reference_problems(on: Subject) -> list[Problem]:
    """Return every reference to something that does not exist, at the place of the reference."""
    data, broken = on.whole.data, on.broken
    # What is named in a section is found or not by what there is to name.
    there = digest_of(
        (
            [(group, list(data.get(group) or ())) for group in _WHAT],
            [(form, list(content["properties"])) for form, content in (data.get("forms") or {}).items()],
            sorted(broken.entries),
            sorted(broken.sections),
        )
    )
    return [
        problem
        for section, content in data.items()
        for problem in on.sound.unless(
            "references",
            (there, on.written.section(section)),
            partial(_in_section, on.whole, broken, {section: content}),
        )
    ]


def _in_section(whole: Sourced, broken: Broken, data: Mapping[str, Any]) -> Iterator[Problem]:
    for reference in references(data):
        yield from _problem(whole, broken, reference)


def _problem(whole: Sourced, broken: Broken, reference: Reference) -> Iterator[Problem]:
    group, value = reference.group, reference.value
    home: Path = ("forms", reference.form or DOSSIER_FORM, "properties") if group == "fields" else (group,)
    known = whole.at(home) or {}
    if group == PARTIES:
        if value in _involved(*shipped_languages()):
            return
        group, home = "roles", ("roles",)
        known = [*(whole.at(home) or {}), *_involved(DEFAULT_LANGUAGE)]
    if not value or value in known or broken.excuses(group, value):
        return
    spot = whole.spot(reference.path)
    dropped = whole.dropped.get((*home, value))
    if dropped:
        # Who takes something out must see that it is still needed, and not who has been using it all along.
        details = {"value": value, "where": f"{spot.value.file}, regel {spot.value.line}"}
        yield Problem(dropped.key, "vervalt-maar-gebruikt", details)
        return
    details = {"what": _WHAT[reference.group], "value": value, **_told(whole, reference, [*known])}
    yield Problem(spot.key if reference.is_key else spot.value, "verwijst-naar-niets", details)


def _involved(*languages: str) -> Iterator[str]:
    """Give the words for who gave a message and for whom it is about."""
    for language in languages:
        for one in ("complainant", "accused"):
            yield from load_vocabulary(language).value_words(one)


def _told(whole: Sourced, reference: Reference, known: list[str]) -> dict[str, str]:
    """Say what there is to choose from, and what can be done."""
    holding = [name for name in known if reference.value in name]
    near = hint(reference.value, known) or (question(*holding) if len(holding) == 1 else "")
    if reference.form:
        there = reference.value in (whole.at(("forms", DOSSIER_FORM, "properties")) or {})
        wanted = f" Zet het {'ook ' if there else ''}bij 'properties' van dit formulier, of wis het hier."
        return {"where": " in dit formulier", "hint": near or wanted}
    if reference.group == "fields" or not known:
        return {"hint": near or (_NONE if reference.group == "fields" else "")}
    more = f" en nog {len(known) - _MOST}" if len(known) > _MOST else ""
    return {"hint": f" Kies uit: {', '.join(known[:_MOST])}{more}.{near}"}


CHECK = Check(
    Pass.REFERENCES,
    ("vervalt-maar-gebruikt", "verwijst-naar-niets"),
    reference_problems,
    each=True,
)
