"""The whole of one department: the organisation's files, with the department's own file laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.text.problems import Problem
from gehoor.loading.merge.canonical import Canonical
from gehoor.loading.merge.located_document import Sourced, value_at
from gehoor.loading.merge.source_map import Path, Spots
from gehoor.loading.workspace.adapted_reports import adapt_reports
from gehoor.loading.workspace.channel_choices import take_choices_from_channels
from gehoor.loading.workspace.derived_forms import derive_forms
from gehoor.loading.workspace.file import LoadedFile
from gehoor.loading.workspace.organisation import OrganisationFiles
from gehoor.loading.workspace.standards import take_standards
from gehoor.loading.workspace.taken_choices import take_choices

_FROM_ORGANISATION = (
    "organisation",
    "calendar",
    "calendars",
    "roles",
    "rights",
    "confidentiality",
    "emergency-access",
    "numbering",
    "notices",
    "retention",
    "second-line",
    "work-list",
    "waived",
    "style",
    "translations",
    "danger",
)
_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "organisation": _FROM_ORGANISATION,
    "complaint": ("complaint", "kinds", "questions", "otherwise"),
    "channels": ("channels", "anonymous"),
    "course": ("milestones", "phases", "earlier-dossiers", "merge", "withdraw", "send-on", "contact-moments"),
}
_CLOSED: Path = ("calendar", "closed")
_OVERRIDABLE = (
    *(section for sections in _SECTIONS.values() for section in sections if section != "organisation"),
    "terms",
    "rules",
    "tables",
    "tasks",
)
DROPPABLE = (
    "roles",
    "kinds",
    "questions",
    "channels",
    "milestones",
    "phases",
    "terms",
    "rules",
    "tables",
    "tasks",
    "retention",
    "contact-moments",
)
"""The sections whose members a department can take out with ``dropped``."""


def assemble(files: OrganisationFiles, department: str, problems: list[Problem]) -> Sourced:
    """Return everything that holds for a department, with where each part stands."""
    whole = Sourced()
    organisation = files.main["organisation"].canonical
    for kind, sections in _SECTIONS.items():
        for section in sections:
            _take(whole, (section,), files.main[kind].canonical, (section,))
    whole.group(("organisation",))["id"] = files.id
    # What the organisation uses is no part of the agreement, only the place where something is missing.
    whole.spots.graft(("uses",), organisation.spots.branch(("uses",)))
    _take(whole, ("message-examples",), files.main["complaint"].canonical, ("examples",))
    _join(whole, "terms", files.terms, problems)
    _join(whole, "rules", files.rules, problems)
    _join(whole, "tables", files.rules, problems)
    if any("tasks" in file.canonical.data for file in files.rules.values()):
        # Who agreed on none, has an agreement that says nothing of them.
        _join(whole, "tasks", files.rules, problems)
    for section in ("overview", "reports"):
        # Who agreed on none, has an agreement that says nothing of them.
        if any(section in file.canonical.data for file in files.reports.values()):
            _join(whole, section, files.reports, problems)
    adapt_reports(whole, files.reports, files.broken_for(department), problems)
    take_standards(whole, files.standards)
    _join_examples(whole, (*files.rules.values(), files.departments[department]))
    for name, letter in files.letters.items():
        _take(whole, ("letters", name), letter.canonical, ("letter",))
        _take(whole, ("correspondence", name), letter.canonical, ("letter-to-complainant",))
    for form, file in files.used_forms.items():
        whole.put(("forms", form), files.forms.resolved(file), ())
    for name, _ in files.law_of(department):
        # Which laws it was held against is part of the agreement; what they demand is not, for they only check.
        _take(whole, ("law", name), files.law[name].canonical, ("law",))
    sure = not files.broken_for(department).touches("channels")
    problems += _lay_over(whole, files, files.departments[department], sure=sure)
    whole.group(("department",))["id"] = department
    _drop(whole)
    return whole


def says_only_who(files: OrganisationFiles, department: str) -> bool:
    """Say whether the own file of a department says no more than who it is."""
    return files.departments[department].canonical.data.keys() <= {"language", "department"}


def for_department(like: Sourced, files: OrganisationFiles, department: str) -> Sourced:
    """Return the whole of a department that says only who it is, from that of another such department."""
    spots = Spots(like.spots.own, {**like.spots.below, "department": Spots()})
    whole = Sourced({**like.data, "department": {}}, spots)
    _take(whole, ("department",), files.departments[department].canonical, ("department",))
    whole.group(("department",))["id"] = department
    return whole


def _take(whole: Sourced, path: Path, source: Canonical, source_path: Path) -> None:
    if source_path[0] in source.data:
        whole.put(path, source, source_path)


def _join(whole: Sourced, section: str, group: Mapping[str, LoadedFile], problems: list[Problem]) -> None:
    """Bring the terms or rules of all files together; an id belongs to one file."""
    whole.group((section,))
    for file in group.values():
        for name in file.canonical.data.get(section) or ():
            first = whole.spots.exact((section, name))
            if first:
                place = file.canonical.spots.nearest((section, name)).key
                details = {"value": name, "first": f"{first.key.file}, regel {first.key.line}"}
                problems.append(Problem(place, "dubbel-in-bestanden", details))
            else:
                whole.put((section, name), file.canonical, (section, name))


def _join_examples(whole: Sourced, said: Iterable[LoadedFile]) -> None:
    examples: list[Any] = []
    whole.data["rule-examples"] = examples
    for file in said:
        own = Sourced()
        _take(own, ("examples",), file.canonical, ("examples",))
        for index, example in enumerate(own.data.get("examples", ())):
            whole.spots.graft(("rule-examples", len(examples)), own.spots.branch(("examples", index)))
            examples.append(example)


def _lay_over(whole: Sourced, files: OrganisationFiles, file: LoadedFile, *, sure: bool) -> list[Problem]:
    own = file.canonical
    _take(whole, ("department",), own, ("department",))
    inherited = Sourced()
    inherited.put(("closed",), whole, _CLOSED)
    for section in _OVERRIDABLE:
        if section in own.data:
            whole.override((section,), own, (section,))
    if value_at(own.data, _CLOSED):
        _add_closing_days(whole, inherited)
    forms = own.data.get("forms") or {}
    _lay_over_forms(whole, files, file, {name: forms[name] for name in forms if name == DOSSIER_FORM})
    problems = [
        *take_choices_from_channels(whole, DOSSIER_FORM, sure=sure),
        *take_choices(whole, DOSSIER_FORM),
    ]
    problems += derive_forms(whole)
    _lay_over_forms(whole, files, file, {name: forms[name] for name in forms if name != DOSSIER_FORM})
    for form in whole.data.get("forms") or {}:
        if form != DOSSIER_FORM:
            problems += [*take_choices_from_channels(whole, form, sure=sure), *take_choices(whole, form)]
    return problems


def _add_closing_days(whole: Sourced, inherited: Sourced) -> None:
    """Put the closing days of the organisation before those of the department: it is closed on both."""
    own = Sourced()
    own.put(("closed",), whole, _CLOSED)
    both = [*(inherited.data["closed"] or ()), *own.data["closed"]]
    whole.group(_CLOSED[:1])[_CLOSED[1]] = both
    start = len(both) - len(own.data["closed"])
    for index in range(len(both)):
        source, at = (inherited, index) if index < start else (own, index - start)
        whole.spots.graft((*_CLOSED, index), source.spots.branch(("closed", at)))


def _lay_over_forms(
    whole: Sourced, files: OrganisationFiles, file: LoadedFile, forms: Mapping[str, Any]
) -> None:
    own = file.canonical
    for form, content in forms.items():
        if not whole.spots.exact(("forms", form)):
            whole.spots.put(("forms", form), own.spots.nearest(("forms", form)))
        for key in content:
            if key == "fields":
                for name in content[key]:
                    field = files.forms.field(file, ("forms", form, key, name))
                    whole.override(("forms", form, "properties", name), field, ())
            elif key == "required":
                _require_more(whole, form, own)
            else:
                whole.override(("forms", form, key), own, ("forms", form, key))


def _require_more(whole: Sourced, form: str, own: Canonical) -> None:
    """A department may require more of everyone, never less: its list is added to the organisation's."""
    path: Path = ("forms", form, "required")
    required = whole.group(("forms", form)).setdefault("required", [])
    for index, name in enumerate(own.data["forms"][form]["required"]):
        if name not in required:
            required.append(name)
            whole.spots.put((*path, len(required) - 1), own.spots.nearest((*path, index)))


def _drop(whole: Sourced) -> None:
    for section in DROPPABLE:
        _drop_members(whole, (section,))
    for form in whole.data.get("forms", {}):
        fields: Path = ("forms", form, "properties")
        _drop_members(whole, fields)
        whole.group(fields[:2])["properties"] = _ordered(whole.at(fields) or {})


def _drop_members(whole: Sourced, path: Path) -> None:
    for name, item in list((whole.at(path) or {}).items()):
        if item.get("dropped"):
            whole.drop((*path, name))
        else:
            item.pop("dropped", None)


def _ordered(fields: dict[str, Any]) -> dict[str, Any]:
    """Put each field that names the field before it (``after``) in its place."""
    following: dict[str, list[str]] = {}
    order = []
    for name, field in fields.items():
        if field.get("after") in fields:
            following.setdefault(field["after"], []).append(name)
        else:
            order.append(name)
    placed: dict[str, Any] = {}
    waiting = list(reversed(order))
    while waiting:
        name = waiting.pop()
        placed[name] = fields[name]
        waiting += reversed(following.get(name, []))
    # Fields that follow each other in a circle have no place; the consistency check says so.
    return {**placed, **fields} if len(placed) < len(fields) else placed
