"""The whole of one department: the organisation's files, with what the department's own file says laid over them."""

from __future__ import annotations

from typing import Any

from gehoor.core.problems import Problem
from gehoor.loading.canonical import Canonical, Path
from gehoor.loading.organisation_files import OrganisationFiles
from gehoor.loading.sourced import Sourced

_FROM_ORGANISATION = ("calendar", "roles", "numbering", "notices", "second-line", "danger")
_SECTIONS = {"complaint": ("complaint", "kinds", "questions", "otherwise"), "channels": ("channels", "anonymous"), "course": ("milestones", "phases")}
_OVERRIDABLE = (
    *_FROM_ORGANISATION, "complaint", "kinds", "questions", "otherwise", "channels", "anonymous", "milestones",
    "phases", "terms", "rules",
)  # fmt: skip
_DROPPABLE = ("roles", "kinds", "questions", "channels", "milestones", "phases", "terms", "rules")


def assemble(files: OrganisationFiles, department: str, problems: list[Problem]) -> Sourced:
    """Return everything that holds for a department, with where each part stands."""
    whole = Sourced()
    _organisation(files, whole)
    for kind, sections in _SECTIONS.items():
        for section in sections:
            _take(whole, (section,), files.main[kind].canonical, (section,))
    examples = files.main["complaint"].canonical
    _take(whole, ("message-examples",), examples, ("examples",))
    _join(files, whole, problems)
    for name, letter in files.letters.items():
        _take(whole, ("letters", name), letter.canonical, ("letter",))
    for form, file in files.used_forms.items():
        whole.put(("forms", form), files.forms.resolved(file), ())
    _department(files, department, whole)
    _drop_and_order(whole)
    return whole


def _take(whole: Sourced, path: Path, source: Canonical, source_path: Path) -> None:
    if source_path[0] in source.data:
        whole.put(path, source, source_path)


def _organisation(files: OrganisationFiles, whole: Sourced) -> None:
    source = files.main["organisation"].canonical
    _take(whole, ("organisation",), source, ("organisation",))
    whole.data.setdefault("organisation", {})["id"] = files.id
    for section in _FROM_ORGANISATION:
        _take(whole, (section,), source, (section,))


def _join(files: OrganisationFiles, whole: Sourced, problems: list[Problem]) -> None:
    """Bring the terms and rules of all files together; an id belongs to one file."""
    for section, group in (("terms", files.terms), ("rules", files.rules)):
        whole.data.setdefault(section, {})
        for file in group.values():
            found = file.canonical.data.get(section)
            for name in found if isinstance(found, dict) else ():
                spot = file.canonical.spots[(section, name)]
                if name in whole.data[section]:
                    first = whole.spots[(section, name)].key
                    problems.append(Problem(spot.key, "dubbel-in-bestanden", {"value": name, "first": str(first)}))
                    continue
                whole.put((section, name), file.canonical, (section, name))
    whole.data["rule-examples"] = []
    for file in files.rules.values():
        for index in range(len(file.canonical.data.get("examples") or ())):
            path: Path = ("rule-examples", len(whole.data["rule-examples"]))
            whole.data["rule-examples"].append(file.canonical.data["examples"][index])
            for below, spot in file.canonical.spots.items():
                if below[:2] == ("examples", index):
                    whole.spots[(*path, *below[2:])] = spot


def _department(files: OrganisationFiles, department: str, whole: Sourced) -> None:
    own = files.departments[department].canonical
    _take(whole, ("department",), own, ("department",))
    whole.data.setdefault("department", {})["id"] = department
    for section in _OVERRIDABLE:
        if section in own.data:
            whole.override((section,), own, (section,))
    forms: Any = own.data.get("forms")
    for form, data in (forms if isinstance(forms, dict) else {}).items():
        for key in data if isinstance(data, dict) else ():
            target = "properties" if key == "fields" else key
            if key == "required":
                _more_required(whole, form, own)
            else:
                whole.override(("forms", form, target), own, ("forms", form, key))


def _more_required(whole: Sourced, form: str, own: Canonical) -> None:
    """A department may require more of everyone, never less: its list is added to the organisation's."""
    before = list(whole.at(("forms", form, "required")) or ())
    whole.put(("forms", form, "required"), own, ("forms", form, "required"))
    merged = before + [name for name in own.data["forms"][form]["required"] if name not in before]
    whole.data["forms"][form]["required"] = merged


def _drop_and_order(whole: Sourced) -> None:
    for section in _DROPPABLE:
        _drop(whole, (section,))
    for form in whole.data.get("forms", {}):
        _drop(whole, ("forms", form, "properties"))
        whole.data["forms"][form]["properties"] = _ordered(whole.data["forms"][form].get("properties", {}))


def _drop(whole: Sourced, path: Path) -> None:
    for name, item in list((whole.at(path) or {}).items()):
        if isinstance(item, dict) and item.pop("dropped", False):
            whole.drop((*path, name))


def _ordered(fields: dict[str, Any]) -> dict[str, Any]:
    """Put each field that names the field before it (``after``) in its place."""
    order = [name for name, field in fields.items() if not (isinstance(field, dict) and field.get("after") in fields)]
    waiting = [name for name in fields if name not in order]
    while waiting:
        ready = [name for name in waiting if fields[name]["after"] in order]
        for name in ready or waiting:
            position = order.index(fields[name]["after"]) + 1 if ready else len(order)
            order.insert(position, name)
        waiting = [name for name in waiting if name not in order]
    return {name: fields[name] for name in order}
