"""From a workspace to what can be published: every department, checked, or the problems that stop it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.numbering import first_number
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.conditions.remembering import RememberingEngine
from gehoor.core.text.problems import Problem, errors
from gehoor.loading.checks.check import Pass, Subject
from gehoor.loading.checks.registry import CHECKS
from gehoor.loading.checks.sound import Sound
from gehoor.loading.merge.located_document import Sourced, copied
from gehoor.loading.problems.lists import without_doubles
from gehoor.loading.source.collecting import Uncollected
from gehoor.loading.source.organisations import find_organisations, missing_organisation
from gehoor.loading.validation.house_style import take_logo
from gehoor.loading.workspace.department import assemble, for_department, says_only_who
from gehoor.loading.workspace.file import LoadedFile
from gehoor.loading.workspace.organisation import OrganisationFiles, load_organisation
from gehoor.loading.workspace.provenance import Provenance
from gehoor.loading.workspace.unused_files import unused_file_problems, unused_part_problems

_LOOKS: Final = 10
"""After so many looks what the engine was asked is forgotten."""


@dataclass
class LoadedDepartment:
    """One department, ready to publish: what it says, that as a text, where its parts stand, and the agreement.

    ``said``: the canonical document, of which other departments and later looks have parts too; not to be changed.
    ``provenance``: for each value where it stands, and what it takes the place of.
    """

    organisation: str
    department: str
    said: dict[str, Any]
    text: str
    places: dict[str, str]
    agreement: Agreement
    provenance: Provenance

    @cached_property
    def document(self) -> dict[str, Any]:
        """The canonical document, its own."""
        document: dict[str, Any] = copied(self.said)
        return document


@dataclass
class LoadedWorkspace:
    """What loading gave. With errors among the problems, nothing of that organisation is in ``departments``."""

    departments: list[LoadedDepartment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    tried: list[LoadedDepartment] = field(default_factory=list)
    """What would be in ``departments`` if no example turned out otherwise."""


@dataclass
class Remembered:
    """What was found right in an organisation, for who looks at it again and again while it changes."""

    engine: RuleEngine = field(default_factory=RememberingEngine)
    sound: Sound = field(default_factory=Sound)
    _looks: int = 0

    def look(self) -> None:
        """Begin a look. The engine keeps all it was asked: now and then it begins anew."""
        self._looks += 1
        if self._looks % _LOOKS == 0:
            self.engine = RememberingEngine()


def load_workspace(
    workspace: Path, only: tuple[str, ...] = (), remembered: Remembered | None = None
) -> LoadedWorkspace:
    """Load all organisations of a workspace, or only some. Nothing in a file makes this raise. ``remembered``: what
    earlier looks at the one organisation that is asked for found right; this one adds to it."""
    kept = remembered or Remembered()
    kept.look()
    with Uncollected():
        return _load_workspace(workspace, only, kept)


def _load_workspace(workspace: Path, only: tuple[str, ...], remembered: Remembered) -> LoadedWorkspace:
    result = LoadedWorkspace()
    present = find_organisations(workspace, result.problems)
    result.organisations = [name for name in present if not only or name in only]
    for name in only or ():
        if name not in present:
            result.problems.append(missing_organisation(name, present))
    loaded = [load_organisation(workspace, organisation) for organisation in result.organisations]
    for files in loaded:
        problems, departments = _load_departments(files, remembered)
        result.problems += problems
        serious = errors(problems)
        result.departments += [] if serious else departments
        result.tried += departments if all(one.code == "voorbeeld-faalt" for one in serious) else []
    result.problems += _same_numbers(result.departments)
    unsure = {
        section
        for files in loaded
        for section in ("files", "fields", "forms")
        if files.broken.touches(section)
    }
    if loaded and not only and "files" not in unsure:
        # Of a file that is told something of already, and of what could not be read, nobody knows who wanted to use it.
        told = {problem.place.file for problem in result.problems}
        # Whoever made a slip may have meant to use a letter or a shared part just there.
        sure = not errors(result.problems)
        used = {file: files.id for files in reversed(loaded) for file in files.used(sent_letters_only=sure)}
        result.problems += unused_file_problems(workspace, used, told, forms=not unsure)
        if sure:
            result.problems += unused_part_problems([files.forms for files in loaded])
    result.problems = without_doubles(result.problems)
    return result


def _same_numbers(departments: Iterable[LoadedDepartment]) -> Iterator[Problem]:
    """Yield the departments whose dossiers would be numbered as those of another organisation in the register."""
    owners: dict[str, LoadedDepartment] = {}
    for one in departments:
        number = first_number(one.said)
        other = owners.setdefault(number, one)
        if other.organisation != one.organisation:
            spot = one.provenance.whole.spot(("department", "code")).value
            details = {"other": f"{other.organisation}/{other.department}", "number": number}
            yield Problem(spot, "nummers-van-een-ander", details)


@dataclass
class _Checked:
    """What came of the first department of an organisation of which the own file says no more than who it is. All such
    have one agreement but for that, from the same lines: putting it together and checking it would come to the same."""

    remembered: Remembered
    plain: Subject | None = None
    """None: there was none yet, or no agreement came of it."""
    was_plain: bool = False


def _load_departments(
    files: OrganisationFiles, remembered: Remembered
) -> tuple[list[Problem], list[LoadedDepartment]]:
    problems = list(files.problems)
    checked = _Checked(remembered)
    loaded = [_load_department(files, department, problems, checked) for department in files.departments]
    return problems, [department for department in loaded if department]


def _load_department(
    files: OrganisationFiles, department: str, problems: list[Problem], checked: _Checked
) -> LoadedDepartment | None:
    """Load a department, and check it."""
    is_plain = says_only_who(files, department)
    if is_plain and checked.plain:
        subject = _like(checked.plain, department)
        for check in chain.from_iterable(CHECKS.values()):
            problems += check.find(subject) if check.who else ()
        return _loaded(subject, department)
    found: list[Problem] = []
    whole = assemble(files, department, found)
    take_logo(whole, files.workspace, files.folder, found)
    broken = files.broken_for(department)
    broken.entries |= {("fields", name) for name in whole.unsure}
    subject = Subject(files, whole, broken, checked.remembered.engine, checked.remembered.sound)
    built = _check(subject, found, again=is_plain and checked.was_plain)
    problems += found
    if is_plain and not checked.was_plain:
        checked.plain, checked.was_plain = subject if built else None, True
    return _loaded(subject, department) if built and not (is_plain and not checked.plain) else None


def _check(subject: Subject, found: list[Problem], *, again: bool) -> bool:
    """Check a department pass by pass; return whether its agreement was built. ``again``: one with the same agreement
    was checked before, and only what is about this one has not been told."""
    built = False
    for stage in Pass:
        if stage > Pass.REFERENCES and (errors(subject.files.problems) or errors(found)):
            break
        if stage is Pass.ANALYSIS and again:
            # The one before was not built, and neither would this one be.
            break
        for check in CHECKS[stage]:
            if check.each or check.who or not again:
                found += check.problems(subject)
        built = stage is Pass.ANALYSIS
    return built


def _like(first: Subject, department: str) -> Subject:
    """Return a department that is like another but for who it is: nothing is put together or built twice."""
    files = first.files
    whole, broken = for_department(first.whole, files, department), files.broken_for(department)
    return Subject(files, whole, broken, first.engine, first.sound, first)


def _loaded(subject: Subject, department: str) -> LoadedDepartment:
    origin = _provenance(subject.files, department, subject.whole)
    id_ = subject.files.id
    return LoadedDepartment(
        id_, department, subject.document, subject.text, subject.places, subject.agreement, origin
    )


def _provenance(files: OrganisationFiles, department: str, whole: Sourced) -> Provenance:
    own = files.departments[department]
    empty = LoadedFile(own.file, own.kind, own.vocabulary)
    without = replace(files, departments={department: empty})
    return Provenance(whole, lambda: assemble(without, department, []), own.file)
