"""What every department needs after inheritance: the keywords without which an agreement means nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.forms.fields import kind_of
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint, listed
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.effect_places import gives_effects
from gehoor.loading.checks.filled_places import late_levels
from gehoor.loading.checks.forms.field_places import member_paths
from gehoor.loading.checks.forms.rows import row_problems
from gehoor.loading.checks.sound import Sound
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, Vocabulary, load_vocabulary
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path
from gehoor.loading.workspace.department import DROPPABLE

_SECTIONS = {
    **dict.fromkeys(("organisation", "calendar", "roles", "numbering", "complaint", "kinds"), "department"),
    **dict.fromkeys(("department", "channels", "anonymous", "milestones", "phases"), "department"),
    **dict.fromkeys(("terms", "forms"), "uses"),
}
"""Section that there must be -> the section where its absence is told."""
REQUIRED: Mapping[Path, tuple[str, ...]] = {
    ("complaint",): ("description", "includes", "excludes", "agreed"),
    ("calendar",): ("holidays",),
    ("calendars", "*"): ("holidays",),
    ("numbering",): ("pattern",),
    ("anonymous",): ("policy", "explanation"),
    ("danger",): ("explanation",),
    ("roles", "*"): ("name",),
    ("kinds", "*"): ("name",),
    ("questions", "*"): ("question",),
    ("channels", "*"): ("name", "medium", "way-of-working"),
    ("milestones", "*"): ("name", "field"),
    ("phases", "*"): ("name", "done-at"),
    ("terms", "*"): ("name", "within", "from", "until", "responsible"),
    ("rules", "*"): ("if", "then", "because"),
    ("retention", "*"): ("name", "keep-for", "from"),
    ("tables", "*"): ("derive", "rows", "because"),
    ("merge",): ("fill",),
    ("contact-moments", "*"): ("name", "fill"),
    ("withdraw",): ("explanation", "fill"),
    ("tasks", "*"): ("name", "by", "fills-in", "done-if"),
    ("forms", "*"): ("title",),
}
"""Where in the whole -> the keywords that must be there, in the organisation's file or the department's."""
OF_A_FIELD = ("title", "phase", "personal-data")
"""The keywords that every field must have."""
OF_A_MEMBER = ("title", "personal-data")
"""The keywords that every field in a row must have."""
_NEEDED_MEANINGS = ("received-on", "message-kind", "story", "anonymous")
"""What the platform must be able to find in every dossier."""


@dataclass(frozen=True)
class _Check:
    whole: Sourced
    broken: Broken
    vocabularies: Mapping[str, Vocabulary]
    sound: Sound
    written: Mapping[Path, bytes]

    def words(self, path: Path) -> Vocabulary:
        """Return the vocabulary of the file where a path stands."""
        file = self.whole.spot(path).key.file
        return self.vocabularies.get(file) or load_vocabulary(DEFAULT_LANGUAGE)

    def missing(self, path: Path, item: Mapping[str, Any], keywords: tuple[str, ...]) -> Iterator[Problem]:
        # A term starts at a milestone, or at the due day of another term; a retention period also at a date.
        needless = {"from"} if {"from-term", "from-field", "at-latest", "as-soon-as"} & set(item) else set()
        needless |= {"within"} if "at-latest" in item else set()
        # A table gives a field its value, or each of its rows says what follows.
        needless |= {"derive"} if gives_effects(item) else set()
        missing = [keyword for keyword in keywords if keyword not in item and keyword not in needless]
        if not missing:
            return
        standard = ("title",)
        words = [name if name in standard else self.words(path).word(name) for name in missing]
        # A department that misspells an id seems to begin something new.
        others = [str(name) for name in self.whole.at(path[:-1]) if name != path[-1]] if path[1:] else []
        own = self.whole.spot(path).key.file == self.whole.spot(("department",)).key.file
        near = hint(str(path[-1]), others) if own and len(missing) > 1 else ""
        details = {"missing": listed(words), "hint": near, "value": str(path[-1])}
        # Who begins something new gives it a name. Without, it changes something that is not there, or no more.
        part = own and path[1:] and "name" in missing
        yield Problem(self.whole.spot(path).key, "deel-van-niets" if part else "ontbreekt", details)


def completeness_problems(on: Subject) -> list[Problem]:
    """Return what is missing from the whole of a department, as far as what is broken does not explain it."""
    check = _Check(on.whole, on.broken, on.vocabularies, on.sound, on.written.things)
    return [
        *_sections(check),
        *_keywords(check),
        *_late(check),
        *on.sound.unless("fields", _said_of_fields(on), partial(_fields, check)),
        *_meanings(check),
        *_dropped(check),
    ]


def _sections(check: _Check) -> Iterator[Problem]:
    for section, place in _SECTIONS.items():
        if not check.whole.data.get(section) and not check.broken.touches(section):
            path: Path = (place,)
            details = {"missing": listed([check.words(path).word(section)])}
            yield Problem(check.whole.spot(path).key, "ontbreekt", details)


def _keywords(check: _Check) -> Iterator[Problem]:
    for pattern, keywords in REQUIRED.items():
        for path in _matching(check.whole, pattern):
            item = check.whole.at(path)
            if isinstance(item, dict) and not check.broken.touches(str(path[0])):
                yield from check.missing(path, item, keywords)


def _late(check: _Check) -> Iterator[Problem]:
    """What happens once it is late is that somebody is told, or that something is filled in for a reason."""
    for path, level in late_levels(check.whole.data):
        words, missing = check.words(path), ""
        if "fill" in level and "because" not in level:
            missing = words.word("because")
        elif not level.keys() & {"fill", "tell"}:
            missing = listed([words.word("tell"), words.word("fill")], "of")
        if missing and not check.broken.touches(str(path[0])):
            yield Problem(check.whole.spot(path).value, "ontbreekt", {"missing": missing, "hint": ""})


def _matching(whole: Sourced, pattern: Path) -> Iterator[Path]:
    if pattern[-1] != "*":
        yield pattern
    else:
        yield from ((*pattern[:-1], name) for name in whole.at(pattern[:-1]) or ())


def _said_of_fields(on: Subject) -> tuple[Any, ...]:
    return on.written.section("forms"), sorted(on.broken.entries), sorted(on.broken.sections)


def _fields(check: _Check) -> Iterator[Problem]:
    whole = check.whole
    dossier = whole.at(("forms", DOSSIER_FORM, "properties")) or {}
    for form in whole.data.get("forms") or ():
        for name, field in whole.at(("forms", form, "properties")).items():
            path: Path = ("forms", form, "properties", name)
            if check.broken.excuses("fields", name):
                continue
            # What a field lacks in the dossier, it lacks wherever else it is asked: that is one slip.
            inherited = dossier.get(name, {}) if form != DOSSIER_FORM else None
            said = (check.written[path], sorted(inherited) if inherited is not None else None)
            yield from check.sound.unless("field", said, partial(_field, check, path, field, inherited))


def _field(
    check: _Check, path: Path, field: Mapping[str, Any], inherited: Mapping[str, Any] | None
) -> Iterator[Problem]:
    whole, name = check.whole, str(path[-1])
    if kind_of(field) is None:
        yield Problem(whole.spot(path).key, "veld-zonder-soort", {"value": name})
    needed = [key for key in OF_A_FIELD if inherited is None or key in inherited or not inherited]
    yield from check.missing(path, field, tuple(needed))
    yield from _double_codes(whole, path, field)
    yield from row_problems(whole, path, field)
    for at, member in member_paths(path, field):
        yield from check.missing(at, member, OF_A_MEMBER)
        yield from _double_codes(whole, at, member)


def _double_codes(whole: Sourced, path: Path, field: Mapping[str, Any]) -> Iterator[Problem]:
    lists: Path = (*path, "items", "oneOf") if "items" in field else (*path, "oneOf")
    seen: set[str] = set()
    for index, item in enumerate(whole.at(lists) or ()):
        if item["const"] in seen:
            spot = whole.spot((*lists, index, "const"))
            yield Problem(spot.value, "dubbel-in-lijst", {"value": item["const"], "word": path[-1]})
        seen.add(item["const"])


def _meanings(check: _Check) -> Iterator[Problem]:
    if check.broken.touches("fields") or check.broken.touches("forms"):
        return
    whole = check.whole
    found: dict[str, list[str]] = {}
    for name, field in whole.at(("forms", DOSSIER_FORM, "properties")).items():
        if "meaning" in field:
            found.setdefault(field["meaning"], []).append(name)
    words = check.words(("forms", DOSSIER_FORM))
    for meaning in _NEEDED_MEANINGS:
        if meaning not in found:
            details = {"value": words.value_word(meaning)}
            yield Problem(whole.spot(("forms", DOSSIER_FORM, "title")).key, "betekenis-ontbreekt", details)
    for meaning, names in found.items():
        if len(names) > 1:
            spot = whole.spot(("forms", DOSSIER_FORM, "properties", names[1], "meaning"))
            details = {"value": words.value_word(meaning), "fields": listed(names)}
            yield Problem(spot.value, "betekenis-dubbel", details)


def _dropped(check: _Check) -> Iterator[Problem]:
    """What a department takes out must have been there: else a misspelled id would go unnoticed."""
    for path, spot in check.whole.dropped.items():
        if path in check.whole.inherited or check.broken.excuses(_section_of(path), str(path[-1])):
            continue
        known = [*(check.whole.at(path[:-1]) or ())]
        details = {"value": path[-1], "hint": hint(str(path[-1]), known)}
        yield Problem(spot.key, "vervalt-onbekend", details)


def _section_of(path: Path) -> str:
    return str(path[0]) if path[0] in DROPPABLE else "fields"


CHECK = Check(
    Pass.REFERENCES,
    (
        "ontbreekt",
        "deel-van-niets",
        "veld-zonder-soort",
        "dubbel-in-lijst",
        "betekenis-ontbreekt",
        "betekenis-dubbel",
        "vervalt-onbekend",
        "niet-in-een-rij",
        "verwijst-naar-niets",
    ),
    completeness_problems,
    each=True,
)
