"""All files of one organisation in a workspace, loaded; the words for files and folders are fixed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from gehoor.core.problems import Place, Problem
from gehoor.loading.file_loading import LoadedFile, load_file
from gehoor.loading.form_files import FormLibrary

DEFINITIONS_FOLDER = "definitions"
RULES_FOLDER = "rules"
_FILES = {"organisation": "organisatie", "complaint": "klacht", "channels": "kanalen", "course": "verloop"}
_DEPARTMENTS = "afdelingen"
_LETTERS = "brieven"
_ENDINGS = (".yaml", ".yml", ".json")
_ID = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*\Z")


@dataclass
class OrganisationFiles:
    """The loaded files of one organisation, by what they are for."""

    id: str
    forms: FormLibrary
    main: dict[str, LoadedFile] = field(default_factory=dict)
    departments: dict[str, LoadedFile] = field(default_factory=dict)
    letters: dict[str, LoadedFile] = field(default_factory=dict)
    terms: dict[str, LoadedFile] = field(default_factory=dict)
    rules: dict[str, LoadedFile] = field(default_factory=dict)
    used_forms: dict[str, str] = field(default_factory=dict)
    """Form id -> file."""
    problems: list[Problem] = field(default_factory=list)

    def loaded(self) -> list[LoadedFile]:
        """Return every file that this organisation consists of."""
        groups = (self.main, self.departments, self.letters, self.terms, self.rules, self.forms.files)
        return [file for group in groups for file in group.values()]


def organisations(workspace: Path) -> list[str]:
    """Return the ids of the organisations in a workspace: the folders that hold an organisatie file."""
    folder = workspace / DEFINITIONS_FOLDER
    found = (entry for entry in folder.iterdir() if entry.is_dir()) if folder.is_dir() else ()
    return sorted(entry.name for entry in found if _ID.match(entry.name) and _named(entry, _FILES["organisation"]))


def load_organisation(workspace: Path, organisation: str) -> OrganisationFiles:
    """Load all files of an organisation. Problems are collected in it."""
    result = OrganisationFiles(organisation, FormLibrary(workspace))
    folder = workspace / DEFINITIONS_FOLDER / organisation
    for kind, name in _FILES.items():
        file = _named(folder, name) or folder / f"{name}{_ENDINGS[0]}"
        result.main[kind] = load_file(workspace, _relative(workspace, file), kind)
    _load_departments(workspace, folder, result)
    for letter in _listed(folder / _LETTERS):
        result.letters[letter.stem] = load_file(workspace, _relative(workspace, letter), "letter")
    _load_used(workspace, result)
    result.problems += [problem for file in result.loaded() for problem in file.problems]
    result.problems += result.forms.problems
    return result


def _load_departments(workspace: Path, folder: Path, result: OrganisationFiles) -> None:
    organisation = result.main["organisation"].canonical
    listed = organisation.data.get("departments")
    for index, department in enumerate(listed if isinstance(listed, list) else ()):
        file = _named(folder / _DEPARTMENTS, str(department)) if _ID.match(str(department)) else None
        if file is None:
            place = organisation.spots[("departments", index)].value
            details = {"what": "Het bestand", "value": f"{_DEPARTMENTS}/{department}{_ENDINGS[0]}"}
            result.problems.append(Problem(place, "verwijst-naar-niets", details))
            continue
        result.departments[department] = load_file(workspace, _relative(workspace, file), "department")


def _load_used(workspace: Path, result: OrganisationFiles) -> None:
    uses = result.main["organisation"].canonical.data.get("uses")
    if not isinstance(uses, dict):
        return
    for kind, files in (("terms", result.terms), ("rules", result.rules)):
        names = uses.get(kind)
        for index, name in enumerate(names if isinstance(names, list) else ()):
            file = _named(workspace / RULES_FOLDER, str(name))
            if file is None:
                _missing(result, ("uses", kind, index), f"{RULES_FOLDER}/{name}{_ENDINGS[0]}")
            else:
                files[str(name)] = load_file(workspace, _relative(workspace, file), kind)
    forms = uses.get("forms")
    for form, name in (forms if isinstance(forms, dict) else {}).items():
        file_name = result.forms.file_of(str(name))
        if not (workspace / file_name).is_file():
            _missing(result, ("uses", "forms", form), file_name)
            continue
        result.used_forms[form] = file_name
        result.forms.load(file_name)
        result.forms.resolved(file_name)


def _missing(result: OrganisationFiles, path: tuple[str | int, ...], file: str) -> None:
    place: Place = result.main["organisation"].canonical.spots[path].value
    result.problems.append(Problem(place, "verwijst-naar-niets", {"what": "Het bestand", "value": file}))


def _named(folder: Path, name: str) -> Path | None:
    return next((folder / f"{name}{ending}" for ending in _ENDINGS if (folder / f"{name}{ending}").is_file()), None)


def _listed(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.iterdir() if file.suffix in _ENDINGS and _ID.match(file.stem))


def _relative(workspace: Path, file: Path) -> str:
    return file.relative_to(workspace).as_posix()
