"""What every department needs after inheritance: the keywords without which an agreement means nothing."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement import DOSSIER_FORM
from gehoor.core.fields import kind_of
from gehoor.core.problems import Problem
from gehoor.loading.canonical import Path
from gehoor.loading.sourced import Sourced
from gehoor.loading.vocabulary import Vocabulary

_SECTIONS = (
    "organisation", "department", "calendar", "roles", "numbering", "complaint", "kinds", "channels", "anonymous",
    "milestones", "phases", "terms", "rules", "forms",
)  # fmt: skip
_REQUIRED = {
    ("complaint",): ("description", "includes", "excludes", "agreed"),
    ("calendar",): ("holidays",),
    ("numbering",): ("pattern",),
    ("anonymous",): ("policy", "explanation"),
    ("roles", "*"): ("name",),
    ("kinds", "*"): ("name",),
    ("channels", "*"): ("name", "medium", "way-of-working"),
    ("milestones", "*"): ("name", "field"),
    ("phases", "*"): ("name", "done-at"),
    ("terms", "*"): ("name", "within", "from", "until", "responsible"),
    ("rules", "*"): ("if", "then", "because"),
}
_NEEDED_MEANINGS = ("received-on", "message-kind", "story", "anonymous")
"""What the platform must be able to find in every dossier."""


def completeness_problems(whole: Sourced, vocabulary: Vocabulary) -> list[Problem]:
    """Return what is missing from the whole of a department."""
    problems = [
        Problem(whole.spot(("department",)).key, "ontbreekt", {"missing": vocabulary.word(section)})
        for section in _SECTIONS
        if not whole.data.get(section) and section != "rules"
    ]
    for pattern, keywords in _REQUIRED.items():
        for path in _matching(whole, pattern):
            item = whole.at(path)
            if isinstance(item, dict):
                problems += [
                    Problem(whole.spot(path).key, "ontbreekt", {"missing": vocabulary.word(keyword)})
                    for keyword in keywords
                    if keyword not in item
                ]
    return problems + _field_problems(whole, vocabulary) + _meaning_problems(whole, vocabulary)


def _matching(whole: Sourced, pattern: Path) -> Iterator[Path]:
    if pattern[-1] != "*":
        yield pattern
        return
    yield from ((*pattern[:-1], name) for name in whole.at(pattern[:-1]) or ())


def _field_problems(whole: Sourced, vocabulary: Vocabulary) -> list[Problem]:
    problems = []
    for form in whole.data.get("forms") or ():
        for name, field in (whole.at(("forms", form, "properties")) or {}).items():
            path: Path = ("forms", form, "properties", name)
            if kind_of(field) is None:
                problems.append(Problem(whole.spot(path).key, "veld-zonder-soort", {"value": name}))
            for keyword in ("title", "phase", "personal-data"):
                if keyword not in field:
                    word = keyword if keyword == "title" else vocabulary.word(keyword)
                    problems.append(Problem(whole.spot(path).key, "ontbreekt", {"missing": word}))
    return problems


def _meaning_problems(whole: Sourced, vocabulary: Vocabulary) -> list[Problem]:
    fields = whole.at(("forms", DOSSIER_FORM, "properties"))
    if fields is None:
        place = whole.spot(("department",)).key
        return [Problem(place, "verwijst-naar-niets", {"what": "Het formulier", "value": DOSSIER_FORM})]
    found: dict[str, list[str]] = {}
    for name, field in fields.items():
        if "meaning" in field:
            found.setdefault(field["meaning"], []).append(name)
    place = whole.spot(("forms", DOSSIER_FORM)).value
    problems = [
        Problem(place, "betekenis-ontbreekt", {"value": vocabulary.value_word(meaning)})
        for meaning in _NEEDED_MEANINGS
        if meaning not in found
    ]
    for meaning, names in found.items():
        if len(names) > 1:
            spot = whole.spot(("forms", DOSSIER_FORM, "properties", names[1], "meaning"))
            details = {"value": vocabulary.value_word(meaning), "fields": ", ".join(names)}
            problems.append(Problem(spot.value, "betekenis-dubbel", details))
    return problems
