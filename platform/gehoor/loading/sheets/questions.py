"""A question more on a form: kept in the dossier, for all departments or for one, and asked on the form too."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.proposals.sheets import Choice, told_apart
from gehoor.core.proposals.sources import department_of
from gehoor.loading.editing.edits import with_item
from gehoor.loading.editing.spans import NoSpansError
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.editing.values import Value, Word
from gehoor.loading.export.new_organisation import organisation_id
from gehoor.loading.sheets.growing import Changed, FillError, is_missing, put_below, text_of
from gehoor.loading.sheets.higher import in_whole, taken_over
from gehoor.loading.sheets.known_names import files_of
from gehoor.loading.sheets.places import Found, Source, section_path
from gehoor.loading.workspace.department import assemble
from gehoor.loading.workspace.file import LoadedFile
from gehoor.loading.workspace.organisation import OrganisationFiles

ALSO_ON: Final = "also-on"
"""The keyword with which a field says on which forms it is asked too."""
Said: TypeAlias = Callable[[LoadedFile], Mapping[str, Value]]
"""What a field says beside its title, in the words of the file that it comes in."""
_PROPERTIES: Final = "properties"


def form_asked(files: OrganisationFiles, source: Source, found: Found) -> str:
    """Return the form of which the fields stand at a place: its id; empty: none stand there."""
    path = in_whole(section_path(source, found))
    if path[:1] != ("forms",) or path[2:] != (_PROPERTIES,):
        return ""
    if department_of(source.file) in files.departments:
        return str(path[1])
    return next((form for form, file in files.used_forms.items() if file == source.file), "")


def form_names(data: Mapping[str, Any]) -> tuple[Choice, ...]:
    """Return the forms on which a field of the dossier can be asked too, by their titles."""
    forms = data.get("forms") or {}
    also = (forms.get(DOSSIER_FORM) or {}).get("also") or {}
    titles = ((name, form.get("title")) for name, form in {**forms, **also}.items() if name != DOSSIER_FORM)
    return told_apart((name, said if isinstance(said, str) else name) for name, said in titles)


def questions_of(data: Mapping[str, Any], form: str) -> Iterator[Choice]:
    """Yield the questions of a form (its id; empty: there is none) in order, each in its phase, as people know them."""
    phases = data.get("phases") or {}
    fields = ((data.get("forms") or {}).get(form) or {}).get(_PROPERTIES) or {}
    for name, field in fields.items():
        said = field.get("title")
        shown = said if isinstance(said, str) else name
        phase = (phases.get(field.get("phase")) or {}).get("name") if form == DOSSIER_FORM else None
        yield Choice(name, f"{phase}: {shown}" if isinstance(phase, str) else shown)


def asked_nowhere(files: OrganisationFiles, form: str, department: str) -> Iterator[Choice]:
    """Yield the fields of the dossier that a form does not ask, as people know them."""
    if form == DOSSIER_FORM or not files.departments:
        return
    who = department if department in files.departments else next(iter(files.departments))
    forms = assemble(files, who, []).data.get("forms") or {}
    asked = (forms.get(form) or {}).get(_PROPERTIES) or {}
    for name, field in ((forms.get(DOSSIER_FORM) or {}).get(_PROPERTIES) or {}).items():
        if name not in asked:
            said = field.get("title")
            yield Choice(name, said if isinstance(said, str) else name)


def with_question(
    workspace: Path, organisation: str, form: str, name: str, department: str, said: Said | None = None
) -> tuple[list[Changed], Steps]:
    """Return the files with a question more on a form, and where it stands in the first of them. ``name``: what it is
    called, or the id of a field of the dossier that the form does not ask; ``department``: the one that alone asks it;
    ``said``: all that a new field says, given the file that it comes in (None: it is a line of text, called so).
    Raises ``FillError``."""
    files = files_of(workspace, organisation)
    made = organisation_id(name).replace("-", "_") if organisation_id(name) else ""
    dossier = files.forms.files.get(files.used_forms.get(DOSSIER_FORM, ""))
    if not made or dossier is None or (department and department not in files.departments):
        raise FillError("", "name")
    who = department or next(iter(files.departments), "")
    forms = assemble(files, who, []).data.get("forms") or {} if who else {}
    if made in ((forms.get(form) or {}).get(_PROPERTIES) or {}):
        raise FillError("", "name")
    known = made in ((forms.get(DOSSIER_FORM) or {}).get(_PROPERTIES) or {})
    own = files.departments[department] if department else dossier
    if department or form in forms_of_dossier(files):
        return [_in_dossier(workspace, files, own, (form, name, made), said, known=known)], field_path(
            own, made
        )
    asked = DOSSIER_FORM, name, made
    kept = [] if known else [_in_dossier(workspace, files, dossier, asked, said, known=False)]
    if form == DOSSIER_FORM:
        return kept, field_path(dossier, made)
    there = files.forms.files[files.used_forms[form]]
    place = taken_over(files, dossier.file).spots.exact((_PROPERTIES, made))
    reference = _reference(there.file, place.key.file if place else dossier.file, made)
    # What is said of it whole, has its title in the dossier.
    field = {"$ref": reference} if known or said is not None else {"$ref": reference, "title": name}
    return [_on_form(workspace, there, made, field), *kept], field_path(there, made)


def forms_of_dossier(files: OrganisationFiles) -> Mapping[str, Any]:
    """Return the forms that are made of the dossier."""
    dossier = files.forms.files.get(files.used_forms.get(DOSSIER_FORM, ""))
    made: Mapping[str, Any] = (dossier.canonical.data.get("also") or {}) if dossier else {}
    return made


def field_path(file: LoadedFile, name: str) -> Steps:
    """Return where a field of the dossier stands in the form of the dossier, or in the file of a department."""
    if file.kind == "form":
        return (_PROPERTIES, name)
    word = file.vocabulary.word
    return (word("forms"), DOSSIER_FORM, word("fields"), name)


def _in_dossier(
    workspace: Path,
    files: OrganisationFiles,
    file: LoadedFile,
    asked: tuple[str, str, str],
    said: Said | None,
    *,
    known: bool,
) -> Changed:
    """Return a file that says of a field of the dossier that a form asks it too; a field that is new says the rest."""
    form, name, made = asked
    word, path = file.vocabulary.word, field_path(file, made)
    text = text_of(workspace, file.file)
    also: dict[str, Value] = {} if form == DOSSIER_FORM else {word(ALSO_ON): form}
    if known:
        return Changed(file.file, put_below(text, (*path, word(ALSO_ON)), form))
    if said is not None:
        return Changed(file.file, put_below(text, path, {**said(file), **also}))
    field: dict[str, Value] = {
        "title": name,
        "type": "string",
        word("phase"): next(iter(_phases(files)), ""),
        word("at-opening"): Word(file.vocabulary.boolean_word(truth=True)),
        word("personal-data"): "P1",
        **also,
    }
    return Changed(file.file, put_below(text, path, field))


def _phases(files: OrganisationFiles) -> Mapping[str, Any]:
    phases: Mapping[str, Any] = files.main["course"].canonical.data.get("phases") or {}
    return phases


def _on_form(workspace: Path, form: LoadedFile, name: str, field: Mapping[str, Value]) -> Changed:
    """Return a form that asks a field of the dossier, where it has steps in one of its own."""
    text = put_below(text_of(workspace, form.file), (_PROPERTIES, name), field)
    steps = (form.vocabulary.word("steps"),)
    if is_missing(text, steps):
        return Changed(form.file, text)
    try:
        return Changed(form.file, with_item(text, steps, {form.vocabulary.word("fields"): [name]}))
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error


def _reference(form: str, file: str, name: str) -> str:
    """Return how a form refers to a field of another file."""
    return f"{posixpath.relpath(file, posixpath.dirname(form))}#/{_PROPERTIES}/{name}"
