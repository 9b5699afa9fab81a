"""Files that go along when a dossier is sent on: those that somebody chose, of the fields that were agreed to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gehoor.core.access.field_rights import FieldRights
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.belonging import SendingOn
from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.core.forms.file_kinds import kind_named
from gehoor.services.recording.attachments import NewFile, content_in
from gehoor.services.recording.changing import Case
from gehoor.services.relations.others import refused


@dataclass(frozen=True)
class FileHere:
    """A file of a dossier, and the field whose answer it belongs to. ``value`` is how it stands there."""

    field: Field
    value: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Return by what it is known in the register."""
        return str(self.value["id"])


def files_to_choose(
    agreement: Agreement, values: Mapping[str, StoredValue], rights: FieldRights, sending: SendingOn | None
) -> tuple[FileHere, ...]:
    """Return the files that somebody with these rights can choose from."""
    if sending is None or not rights.may(Action.READ_ATTACHMENTS):
        return ()
    return tuple(_of(agreement, values, rights, sending))


def _of(
    agreement: Agreement, values: Mapping[str, StoredValue], rights: FieldRights, sending: SendingOn
) -> Iterator[FileHere]:
    for name in sending.goes_along:
        of, given = agreement.dossier_form.fields[name], values.get(name)
        if of.type.takes_files and name not in rights.unseen and isinstance(given, list):
            yield from (FileHere(of, one) for one in given if isinstance(one, dict))


def chosen_files(case: Case, sending: SendingOn, chosen: Collection[str]) -> tuple[FileHere, ...]:
    """Return the files that were chosen. Raises ``RefusedError`` where one is not there to choose."""
    offered = files_to_choose(case.agreement, case.dossier.values, case.rights, sending)
    found = tuple(one for one in offered if one.id in chosen)
    if len(found) != len(set(chosen)):
        raise refused("file-unknown")
    return found


def as_new(case: Case, there: Agreement, files: Collection[FileHere]) -> list[tuple[str, NewFile]]:
    """Return copies of files, each with the field there that gets it: of the same name, and taking such files. Raises
    ``RefusedError`` where there is none, or where a file is lost."""
    copies, homeless = [], []
    for one in files:
        place, name = there.dossier_form.fields.get(one.field.id), str(one.value["name"])
        takes = place is not None and place.type.takes_files
        kind = kind_named(name, place.file_kinds) if takes and place is not None else None
        content = content_in(case.register, case.dossier.id, one.id)
        if kind is None:
            homeless.append(name)
        elif content is None:
            raise refused("file-unknown")
        else:
            copies.append((one.field.id, NewFile(case.runtime.new_id(), name, kind.name, content)))
    if homeless:
        raise refused("send-no-place", department=there.department_name, parties=tuple(homeless))
    return copies
