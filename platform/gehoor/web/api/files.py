"""Files that come along with what a program sends: looked at one by one, as those of a form are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.attachments import NewFile
from gehoor.web.api.bodies import refuse_unknown
from gehoor.web.api.once import sent_as
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.forms.uploads import receive_into


@dataclass(frozen=True)
class FilesSent:
    """Files that came, and the answers with them in it: those that stood there already, and these."""

    files: tuple[NewFile, ...]
    answers: Mapping[str, StoredValue]


def files_sent(agreement: Agreement, fields: Sequence[Field], stored: Mapping[str, StoredValue]) -> FilesSent:
    """Return the files that came, each under the name of its field. Raises ``ProblemError`` for a field that takes none
    here, and ``RefusedError``."""
    taking = {of.id: of for of in fields if of.type.takes_files}
    uploads: list[tuple[str, FileStorage]] = [
        (name, upload) for name, upload in request.files.items(multi=True) if upload.filename
    ]
    refuse_unknown([name for name, _upload in uploads], taking, at="")
    if not uploads:
        return FilesSent((), {})
    page = AnswerForm(agreement, list(taking.values()), stored=stored)
    received = receive_into(page, uploads)
    if received.objections:
        raise RefusedError(received.objections)
    # Of what is sent again under the same key, the files are the same.
    named = {file.id: _id(number) for number, file in enumerate(received.files)}
    answers: dict[str, Any] = {
        name: [{**file, "id": named.get(file["id"], file["id"])} for file in page[name].data]
        for name in dict.fromkeys(name for name, _upload in uploads)
    }
    return FilesSent(tuple(replace(file, id=named[file.id]) for file in received.files), answers)


def _id(number: int) -> str:
    return hashlib.sha256(f"file/{sent_as()}/{number}".encode()).hexdigest()[:32]
