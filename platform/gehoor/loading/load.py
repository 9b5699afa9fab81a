"""From a workspace to what can be published: every department, checked, or the problems that stop it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.text.problems import Problem, errors
from gehoor.loading.checks.analysis.contradictory_rules import conflict_problems
from gehoor.loading.checks.analysis.premature_requirements import too_early_problems
from gehoor.loading.checks.analysis.tables import table_problems
from gehoor.loading.checks.analysis.unreachable_fields import asking_problems
from gehoor.loading.checks.analysis.unsatisfiable import condition_problems, judge_of
from gehoor.loading.checks.consistency.access import access_problems
from gehoor.loading.checks.consistency.consistency import consistency_problems
from gehoor.loading.checks.consistency.examples import example_problems
from gehoor.loading.checks.consistency.law import law_problems
from gehoor.loading.checks.consistency.staff import staff_problems
from gehoor.loading.checks.consistency.steps import step_problems
from gehoor.loading.checks.consistency.translations import incomplete_translations, language_problems
from gehoor.loading.checks.references.completeness import completeness_problems
from gehoor.loading.checks.references.effects import derivation_circles, effect_problems
from gehoor.loading.checks.references.field_types import type_problems
from gehoor.loading.checks.references.references import reference_problems
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Spots
from gehoor.loading.problems.lists import without_doubles
from gehoor.loading.source.organisations import find_organisations, missing_organisation
from gehoor.loading.validation.house_style import take_logo
from gehoor.loading.workspace.department import assemble
from gehoor.loading.workspace.file import LoadedFile
from gehoor.loading.workspace.organisation import OrganisationFiles, load_organisation
from gehoor.loading.workspace.provenance import Provenance


@dataclass
class LoadedDepartment:
    """One department, ready to publish: its canonical document, where its parts stand, and the agreement.

    ``provenance``: for each value where it stands, and what it takes the place of.
    """

    organisation: str
    department: str
    document: dict[str, Any]
    places: dict[str, str]
    agreement: Agreement
    provenance: Provenance


@dataclass
class LoadedWorkspace:
    """What loading gave. With errors among the problems, nothing of that organisation is in ``departments``."""

    departments: list[LoadedDepartment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)


def load_workspace(workspace: Path, only: tuple[str, ...] = ()) -> LoadedWorkspace:
    """Load all organisations of a workspace, or only some. Nothing in a file makes this raise."""
    result = LoadedWorkspace()
    present = find_organisations(workspace, result.problems)
    result.organisations = [name for name in present if not only or name in only]
    for name in only or ():
        if name not in present:
            result.problems.append(missing_organisation(name, present))
    for organisation in result.organisations:
        problems, departments = _load_organisation(workspace, organisation)
        result.problems += problems
        result.departments += departments
    result.problems = without_doubles(result.problems)
    return result


def _load_organisation(workspace: Path, organisation: str) -> tuple[list[Problem], list[LoadedDepartment]]:
    files = load_organisation(workspace, organisation)
    problems = list(files.problems)
    loaded = [_load_department(files, department, problems) for department in files.departments]
    return problems, [] if errors(problems) else [department for department in loaded if department]


def _load_department(
    files: OrganisationFiles, department: str, problems: list[Problem]
) -> LoadedDepartment | None:
    """Load a department. What adds up is judged only when every part is right: else one slip gives a flood."""
    found: list[Problem] = []
    whole = assemble(files, department, found)
    take_logo(whole, files.workspace, files.folder, found)
    broken = files.broken_for(department)
    found += completeness_problems(whole, broken, files.vocabularies())
    found += reference_problems(whole, broken)
    found += effect_problems(whole, files.vocabularies())
    found += type_problems(whole, broken)
    sound = not errors(files.problems) and not errors(found)
    if sound:
        found += consistency_problems(whole)
        found += access_problems(whole)
        found += staff_problems(whole, files.vocabularies())
        found += language_problems(whole)
        found += step_problems(whole)
    if sound and not errors(found):
        found += derivation_circles(whole)
        found += table_problems(whole)
    agreement = None
    if sound and not errors(found):
        places = _places(whole)
        agreement = build_agreement(whole.data, places)
        found += example_problems(whole, agreement)
        judge = judge_of(agreement)
        found += condition_problems(whole, agreement, judge)
        found += conflict_problems(whole, agreement, judge)
        found += asking_problems(whole, agreement, judge)
        found += too_early_problems(whole, agreement)
        found += incomplete_translations(whole, agreement)
        found += law_problems(whole, agreement, files)
    problems += found
    if agreement is None:
        return None
    origin = _provenance(files, department, whole)
    return LoadedDepartment(files.id, department, whole.data, places, agreement, origin)


def _provenance(files: OrganisationFiles, department: str, whole: Sourced) -> Provenance:
    own = files.departments[department]
    empty = LoadedFile(own.file, own.kind, own.vocabulary)
    without = replace(files, departments={department: empty})
    return Provenance(whole, lambda: assemble(without, department, []), own.file)


def _places(whole: Sourced) -> dict[str, str]:
    """Tell where each rule, term and row of a table stands: file and line."""
    named = {
        f"{section}/{name}": spots.own.key
        for section in ("rules", "terms", "tables")
        for name, spots in (whole.spots.branch((section,)) or Spots()).below.items()
        if spots.own
    }
    # Where a department says how long a term lasts, that is where its dates come from.
    lengths = {f"terms/{name}": whole.spot(("terms", name, "within")).key for name in whole.data["terms"]}
    named |= {name: place for name, place in lengths.items() if place.file != named[name].file}
    return {name: f"{place.file}:{place.line}" for name, place in named.items()} | {
        f"tables/{name}/{index + 1}": f"{spot.value.file}:{spot.value.line}"
        for name, table in whole.data["tables"].items()
        for index in range(len(table["rows"]))
        if (spot := whole.spots.exact(("tables", name, "rows", index)))
    }
