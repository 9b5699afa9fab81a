"""What holds above a file: in the whole organisation for a department, in shared files for a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from gehoor.core.proposals.sources import department_of
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.merge.canonical import Canonical
from gehoor.loading.merge.located_document import Sourced, value_at
from gehoor.loading.sheets.places import Found, Source, section_path
from gehoor.loading.workspace.department import assemble
from gehoor.loading.workspace.file import LoadedFile
from gehoor.loading.workspace.forms import FormLibrary
from gehoor.loading.workspace.organisation import OrganisationFiles

_EXAMPLES: Final = {"rules": "rule-examples", "complaint": "message-examples"}


def above(files: OrganisationFiles, file: str) -> Mapping[str, Any]:
    """Return what would hold if a file said nothing of its own, where it says something otherwise: canonical data."""
    department = department_of(file)
    if department in files.departments:
        bare = replace(files.departments[department], canonical=Canonical())
        return assemble(replace(files, departments={department: bare}), department, []).data
    form = next((one for one, where in files.used_forms.items() if where == file), None)
    if form is None:
        return {}
    return {"forms": {form: taken_over(files, file).data}}


def taken_over(files: OrganisationFiles, file: str) -> Sourced:
    """Return a form with the fields that it takes over from others, and none of its own."""
    own = files.forms.files[file]
    data = {key: one for key, one in own.canonical.data.items() if key != "properties"}
    groups = FormLibrary(files.workspace, {**files.forms.files, file: _saying(own, data)})
    return groups.resolved(file)


def _saying(file: LoadedFile, data: dict[str, Any]) -> LoadedFile:
    return replace(file, canonical=Canonical(data, file.canonical.spots))


def whole_path(source: Source, found: Found) -> Steps:
    """Return where something stands in the data of a department: fields of a form, and examples, have another name
    there."""
    path = in_whole(section_path(source, found))
    if path[:1] == ("examples",) and source.kind in _EXAMPLES:
        return (_EXAMPLES[source.kind], *path[1:])
    return path


def in_whole(path: Steps) -> Steps:
    """Return a canonical path of a file as the data of a department has it."""
    if path[:1] == ("forms",) and len(path) > 2 and path[2] == "fields":
        return (*path[:2], "properties", *path[3:])
    return path


def is_said_above(files: OrganisationFiles, source: Source, found: Found) -> bool:
    """Say whether something is only said otherwise here: without it, what stands above holds."""
    return value_at(dict(above(files, source.file)), whole_path(source, found)) is not None
