"""From a workspace to what can be published: every department's whole, checked, or the problems that stop it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gehoor.core.agreement import Agreement
from gehoor.core.agreement_building import build_agreement
from gehoor.core.problems import Problem, errors
from gehoor.loading.assembly import assemble
from gehoor.loading.completeness import completeness_problems
from gehoor.loading.consistency import consistency_problems
from gehoor.loading.examples import example_problems
from gehoor.loading.organisation_files import OrganisationFiles, load_organisation, organisations
from gehoor.loading.references import reference_problems
from gehoor.loading.schema_problems import set_aside_doubles
from gehoor.loading.sourced import Sourced
from gehoor.loading.typed_values import settle_types
from gehoor.loading.vocabulary import DEFAULT_LANGUAGE, load_vocabulary


@dataclass
class LoadedDepartment:
    """One department, ready to publish: its canonical document, where its parts stand, and the agreement."""

    organisation: str
    department: str
    document: dict[str, Any]
    places: dict[str, str]
    agreement: Agreement


@dataclass
class LoadedWorkspace:
    """What loading gave. With errors among the problems, nothing of that organisation is in ``departments``."""

    departments: list[LoadedDepartment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)


def load_workspace(workspace: Path, only: tuple[str, ...] = ()) -> LoadedWorkspace:
    """Load all organisations of a workspace, or only some."""
    result = LoadedWorkspace(organisations=[name for name in organisations(workspace) if not only or name in only])
    for organisation in result.organisations:
        problems, departments = _load_organisation(workspace, organisation)
        result.problems += problems
        result.departments += departments
    result.problems = sorted(set_aside_doubles(result.problems), key=lambda problem: problem.place)
    return result


def _load_organisation(workspace: Path, organisation: str) -> tuple[list[Problem], list[LoadedDepartment]]:
    files = load_organisation(workspace, organisation)
    problems = list(files.problems)
    # What belongs together is judged only when each file by itself is in order: else one slip gives a flood.
    if errors(problems):
        return problems, []
    loaded = [_load_department(files, department, problems) for department in files.departments]
    return problems, [] if errors(problems) else [department for department in loaded if department]


def _load_department(files: OrganisationFiles, department: str, problems: list[Problem]) -> LoadedDepartment | None:
    found: list[Problem] = []
    whole = assemble(files, department, found)
    vocabulary = load_vocabulary(DEFAULT_LANGUAGE)
    found += completeness_problems(whole, vocabulary)
    if not errors(found):
        found += reference_problems(whole)
        settle_types(whole, found)
    if not errors(found):
        found += consistency_problems(whole)
    agreement = None
    places = _places(whole)
    if not errors(found):
        agreement = build_agreement(whole.data, places)
        found += example_problems(whole, agreement)
    problems += found
    if agreement is None or errors(found):
        return None
    return LoadedDepartment(files.id, department, whole.data, places, agreement)


def _places(whole: Sourced) -> dict[str, str]:
    """Tell where each rule, term and field stands: file and line."""
    places = {}
    for path, spot in whole.spots.items():
        if path[0] in ("rules", "terms") and len(path) == 2:
            places[f"{path[0]}/{path[1]}"] = f"{spot.key.file}:{spot.key.line}"
    return places
