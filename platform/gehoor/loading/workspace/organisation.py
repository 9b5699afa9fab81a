"""All files of one organisation in a workspace, loaded; the words for files and folders are fixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from gehoor.core.text.problems import Place, Problem, Severity
from gehoor.core.text.suggestions import hint
from gehoor.loading.keywords.vocabulary import Vocabulary
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.source_map import Path as DataPath
from gehoor.loading.merge.source_map import Spot
from gehoor.loading.source.files import (
    DEFINITIONS_FOLDER,
    DEPARTMENTS_FOLDER,
    ENDINGS,
    FORM_ENDINGS,
    FORMS_FOLDER,
    RULES_FOLDER,
    find,
    is_file_id,
    is_id,
    names_in,
)
from gehoor.loading.source.organisations import organisations
from gehoor.loading.workspace.file import LoadedFile, load_file
from gehoor.loading.workspace.forms import FormLibrary
from gehoor.loading.workspace.standards import standard_or_law

__all__ = ["OrganisationFiles", "load_organisation", "organisations"]

_FILES = {"organisation": "organisatie", "complaint": "klacht", "channels": "kanalen", "course": "verloop"}
_LETTERS = "brieven"
_STANDARDS = "standards"


@dataclass
class OrganisationFiles:
    """The loaded files of one organisation, by what they are for."""

    id: str
    workspace: Path
    forms: FormLibrary
    main: dict[str, LoadedFile] = field(default_factory=dict)
    departments: dict[str, LoadedFile] = field(default_factory=dict)
    letters: dict[str, LoadedFile] = field(default_factory=dict)
    terms: dict[str, LoadedFile] = field(default_factory=dict)
    rules: dict[str, LoadedFile] = field(default_factory=dict)
    law: dict[str, LoadedFile] = field(default_factory=dict)
    """The laws that terms are held against, of the organisation and of any department."""
    reports: dict[str, LoadedFile] = field(default_factory=dict)
    standards: dict[str, LoadedFile] = field(default_factory=dict)
    """What an organisation holds itself against: standards, and laws."""
    used_forms: dict[str, str] = field(default_factory=dict)
    """Form id -> file."""
    problems: list[Problem] = field(default_factory=list)
    broken: Broken = field(default_factory=Broken)
    """What could not be read of the files that departments share."""

    def broken_for(self, department: str) -> Broken:
        """Return what could not be read of a department: what is shared, and its own file; not its neighbours'."""
        broken = Broken()
        broken.add(self.broken)
        broken.add(self.departments[department].broken)
        return broken

    def law_of(self, department: str) -> list[tuple[str, Spot]]:
        """Return the laws that hold for a department: what each is called, and where it is asked for."""
        found: dict[str, Spot] = {}
        for source in (self.main["organisation"], self.departments[department]):
            names = (source.canonical.data.get("uses") or {}).get("law") or ()
            for index, name in enumerate(names):
                found.setdefault(name, source.canonical.spots.nearest(("uses", "law", index)))
        return [(name, spot) for name, spot in found.items() if name in self.law]

    @property
    def folder(self) -> str:
        """The folder of the organisation, relative to the workspace."""
        return f"{DEFINITIONS_FOLDER}/{self.id}"

    def loaded(self) -> list[LoadedFile]:
        """Return every file that this organisation consists of."""
        groups = (
            self.main,
            self.departments,
            self.letters,
            self.terms,
            self.rules,
            self.law,
            self.reports,
            {name: file for name, file in self.standards.items() if name not in self.law},
        )
        return [file for group in (*groups, self.forms.files) for file in group.values()]

    def used(self, *, sent_letters_only: bool) -> set[str]:
        """Return the names of these files, and of its logo. ``sent_letters_only``: of letters, those of some notice."""
        logo = (self.main["organisation"].canonical.data.get("style") or {}).get("logo")
        used = {file.file for file in self.loaded()} | ({f"{self.folder}/{logo}"} if logo else set())
        sent = self._sent_letters() if sent_letters_only else self.letters
        return used - {file.file for name, file in self.letters.items() if name not in sent}

    def _sent_letters(self) -> set[str]:
        """Return the letters that some notice sends, of the organisation or of a department, and those that staff write
        to complainants."""
        files = (self.main["organisation"], *self.departments.values())
        written = {
            name
            for name, file in self.letters.items()
            if (file.canonical.data.get("letter-to-complainant") or {}).get("ways")
        }
        return written | {
            letter for file in files for letter in (file.canonical.data.get("notices") or {}).values()
        }

    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """Return the vocabulary that each file is written in."""
        return {file.file: file.vocabulary for file in self.loaded()}


def load_organisation(workspace: Path, organisation: str) -> OrganisationFiles:
    """Load all files of an organisation. Problems are collected in it."""
    result = OrganisationFiles(organisation, workspace, FormLibrary(workspace))
    for kind, name in _FILES.items():
        file = find(workspace, result.folder, name, result.problems) or f"{result.folder}/{name}{ENDINGS[0]}"
        result.main[kind] = load_file(workspace, file, kind)
    _load_departments(result)
    for letter in names_in(workspace, f"{result.folder}/{_LETTERS}", result.problems):
        folder = f"{result.folder}/{_LETTERS}"
        if not _load_named(result, result.letters, "letter", folder, letter):
            result.problems.append(Problem(Place(f"{folder}/{letter}{ENDINGS[0]}"), "bestand-onleesbaar"))
    _load_used(result)
    _resolve_department_fields(result)
    own = {file.file for file in result.departments.values()}
    for loaded in result.loaded():
        result.problems += loaded.problems
        if loaded.file not in own:
            result.broken.add(loaded.broken)
    result.problems += result.forms.problems
    result.broken.add(result.forms.broken)
    for name, loaded in result.standards.items():
        if loaded.broken.sections or loaded.broken.entries:
            result.broken.entries.add((_STANDARDS, PurePosixPath(name).name))
    if result.broken.touches("uses"):
        result.broken.sections |= {"terms", "rules", "forms", "fields", "files", "reports", _STANDARDS}
    return result


def _load_named(
    result: OrganisationFiles, group: dict[str, LoadedFile], kind: str, folder: str, name: str
) -> bool:
    file = find(result.workspace, folder, PurePosixPath(name).name, result.problems)
    if file and kind == _STANDARDS:
        group[name] = standard_or_law(result.workspace, file)
    elif file:
        group[name] = load_file(result.workspace, file, kind)
    return file is not None


def _load_departments(result: OrganisationFiles) -> None:
    folder = f"{result.folder}/{DEPARTMENTS_FOLDER}"
    present = names_in(result.workspace, folder, result.problems)
    main = result.main["organisation"]
    listed = main.canonical.data.get("departments")
    if listed is None:
        # Which departments there are is not known, but what their files say can be checked.
        listed = present
    for index, department in enumerate(listed):
        if not (
            is_id(department) and _load_named(result, result.departments, "department", folder, department)
        ):
            file = f"{folder}/{department}{ENDINGS[0]}"
            _missing(result, main, ("departments", index), file, (department, present))
    for extra in present:
        if extra not in listed:
            file = find(result.workspace, folder, extra, []) or folder
            loaded = load_file(result.workspace, file, "department")
            place = loaded.canonical.spots.nearest(()).value
            problem = Problem(place, "afdeling-niet-genoemd", {"value": extra}, Severity.WARNING)
            result.problems += [*loaded.problems, *([problem] if place.file == file else [])]


def _load_used(result: OrganisationFiles) -> None:
    uses = result.main["organisation"].canonical.data.get("uses") or {}
    groups = {"terms": result.terms, "rules": result.rules, "law": result.law, "reports": result.reports}
    for kind, group in groups.items():
        _load_listed(result, result.main["organisation"], kind, group)
    for department in result.departments.values():
        _load_listed(result, department, "law", result.law)
    for name in uses.get("standards") or ():
        # A law can be what one holds oneself against, whether or not the terms are checked by it.
        if name in result.law:
            result.standards[name] = result.law[name]
    _load_listed(result, result.main["organisation"], "standards", result.standards)
    for form, name in (uses.get("forms") or {}).items():
        folder = f"{FORMS_FOLDER}/{PurePosixPath(name).parent}"
        stem = PurePosixPath(name).name
        file = find(result.workspace, folder, stem, result.problems, FORM_ENDINGS)
        if file is None:
            result.broken.sections |= {"forms", "fields", "files"}
            _missing_used(result, result.main["organisation"], ("uses", "forms", form), name, FORM_ENDINGS)
        else:
            result.used_forms[form] = file
            result.forms.resolved(file)


def _resolve_department_fields(result: OrganisationFiles) -> None:
    for file in result.departments.values():
        for form, content in (file.canonical.data.get("forms") or {}).items():
            for name in content.get("fields") or ():
                result.forms.field(file, ("forms", form, "fields", name))


def _load_listed(
    result: OrganisationFiles, source: LoadedFile, kind: str, group: dict[str, LoadedFile]
) -> None:
    uses = source.canonical.data.get("uses") or {}
    for index, name in enumerate(uses.get(kind) or ()):
        folder = f"{RULES_FOLDER}/{PurePosixPath(name).parent}"
        if name in group:
            continue
        if not (is_file_id(name) and _load_named(result, group, kind, folder, name)):
            result.broken.sections |= {kind, "files"}
            _missing_used(result, source, ("uses", kind, index), name, ENDINGS)


def _missing_used(
    result: OrganisationFiles, source: LoadedFile, path: DataPath, name: str, endings: tuple[str, ...]
) -> None:
    top = FORMS_FOLDER if endings is FORM_ENDINGS else RULES_FOLDER
    folder = f"{top}/{PurePosixPath(name).parent}"
    here = result.workspace / folder
    found = sorted(here.iterdir()) if here.is_dir() else []
    stems = [file.name.partition(".")[0] for file in found if file.name.endswith(endings)]
    near = [f"{PurePosixPath(name).parent}/{stem}" for stem in stems]
    file = f"{folder}/{PurePosixPath(name).name}{endings[0]}"
    _missing(result, source, path, file, (name, near))


def _missing(
    result: OrganisationFiles, source: LoadedFile, path: DataPath, file: str, names: tuple[str, list[str]]
) -> None:
    details = {"what": "Het bestand", "value": file, "hint": hint(*names)}
    result.problems.append(
        Problem(source.canonical.spots.nearest(path).value, "verwijst-naar-niets", details)
    )
