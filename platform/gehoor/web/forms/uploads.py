"""Files that come in with a form: looked at one by one, and kept when the form itself has to be done again."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from flask import Response, current_app, request
from flask_babel import gettext
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import NotFound

from gehoor.core.forms.file_kinds import (
    FILE_KINDS,
    LARGEST_FILE,
    LARGEST_PICTURE,
    LARGEST_SUBMISSION,
    LARGEST_TOGETHER,
    kind_named,
)
from gehoor.core.objections.objections import Objection
from gehoor.services.ports.outside import FileRefusedError
from gehoor.services.recording.attachments import NewFile, keep_waiting, waiting
from gehoor.services.recording.incoming_files import clean_name, looked_at
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.forms.cleaning_queue import FormBounds
from gehoor.web.forms.types.attachments import AttachmentsField
from gehoor.web.request.languages import said
from gehoor.web.request.session import current_account
from gehoor.web.request.shares import share_of
from gehoor.web.request.site import now, site

MAX_WITH_FILES: Final = LARGEST_TOGETHER + 4 * 1024 * 1024
"""The largest request with files, in bytes; the room above what may come is for saying which file is too large."""
_TAKES_FILES: Final = "gehoor_takes_files"

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Let a page receive larger requests, because files may come with them."""
    setattr(view, _TAKES_FILES, True)
    return view


def make_room() -> None:
    """Make room for files where they may come. To be asked before anything of a request is read."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, _TAKES_FILES, False) and request.mimetype == "multipart/form-data":
        request.max_content_length = MAX_WITH_FILES


@dataclass
class Received:
    """The files that came with a form, and what is wrong with those that cannot be kept."""

    key: str
    files: list[NewFile] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    bounds: FormBounds = field(default_factory=FormBounds)

    def take(self, page: AnswerForm, files: Iterable[tuple[str, bytes]]) -> list[str]:
        """Put files that came within another in the first field for files of a page, each looked at as if it came by
        itself. Returns the names of those for which the page has no field."""
        of = next(_inputs(page), None)
        if of is None:
            return [name for name, _ in files]
        total = sum(file["size"] for file in of.data or ()) - sum(len(file.content) for file in self.files)
        for name, content in files:
            _take(of, FileStorage(io.BytesIO(content), clean_name(name)), max(total, 0), self)
        return []

    def keep(self, page: AnswerForm) -> None:
        """Keep the files for when the form is sent again; say which could not be."""
        if not self.files:
            return
        answers = {file["id"] for of in _inputs(page) for file in of.data or ()}
        if keep_waiting(site().runtime, self.key, self.files, now(), own_share(), answers):
            return
        lost = {file.id: file.name for file in self.files}
        for of in _inputs(page):
            for file in [file for file in of.data or () if file["id"] in lost]:
                of.data = [other for other in of.data if other is not file] or None
                self.objections.append(Objection(of.agreed.id, "file-not-kept", {"file": file["name"]}))


def own_share() -> str:
    """Return the word for whose share what this visitor leaves waiting takes."""
    account = current_account()
    return share_of(request.remote_addr or "", account.name if account else "")


def receive(page: AnswerForm, key: str, known: Mapping[str, dict[str, Any]]) -> Received:
    """Put in a page the files that came with it, and those that were kept before.

    ``known``: the files that are in the dossier already; others wait under ``key``.
    """
    received = Received(key)
    for of in _inputs(page):
        ids = [file_id for file_id in of.sent if file_id not in known]
        there = {**known, **(waiting(site().runtime, key, ids) if ids else {})}
        gone = [file_id for file_id in of.sent if file_id not in there]
        if gone:
            received.objections.append(Objection(of.agreed.id, "file-unknown"))
        # What came in with this form before counts; what is in the dossier already does not.
        total = sum(there[file_id]["size"] for file_id in ids if file_id in there)
        of.data = [there[file_id] for file_id in of.sent if file_id in there] or None
        for upload in request.files.getlist(of.name):
            if not upload.filename:
                continue
            _take(of, upload, total, received)
            if any(o.code == "files-too-many" and o.field == of.agreed.id for o in received.objections):
                break
    return received


def receive_into(page: AnswerForm, uploads: Iterable[tuple[str, FileStorage]]) -> Received:
    """Put files that came by themselves in a page, each in the field that it was sent for, beside what stands there."""
    received = Received("")
    for name, upload in uploads:
        of = page[name]
        assert isinstance(of, AttachmentsField)
        _take(of, upload, 0, received)
    return received


def with_previews(page: AnswerForm, address: Callable[[str], str]) -> None:
    """Let a page show its pictures small. ``address``: where one is, by the id of the file."""
    for of in _inputs(page):
        of.preview = address


def as_preview(known: Mapping[str, Any], content: bytes) -> Response:
    """Return a small picture of a file, for its page alone. Raises ``NotFound`` for what is no picture."""
    kind = next((one for one in FILE_KINDS.values() if one.media_type == known["type"]), None)
    if kind is None or not kind.is_picture:
        raise NotFound
    small = site().runtime.inspector.preview(content, kind)
    return Response(
        small,
        mimetype="image/jpeg",
        headers={"Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin"},
    )


def show_in(page: AnswerForm, other: AnswerForm) -> None:
    """Show in a page the files of another that was made from the same request."""
    for of in _inputs(page):
        if of.agreed.id in other:
            of.data = other[of.agreed.id].data


def _inputs(page: AnswerForm) -> Iterator[AttachmentsField]:
    for name in page.names:
        if page.agreed(name).type.takes_files:
            one = page[name]
            assert isinstance(one, AttachmentsField)
            yield one


def _take(of: AttachmentsField, upload: FileStorage, total: int, received: Received) -> None:
    name = clean_name(upload.filename or "")
    total += sum(len(file.content) for file in received.files)
    try:
        if len(of.data or ()) >= of.most:
            raise FileRefusedError("files-too-many")
        content = upload.stream.read(LARGEST_PICTURE + 1)
        file = looked_at(site().runtime, of.agreed, name, content, received.bounds)
        if total + len(file.content) > LARGEST_SUBMISSION:
            raise FileRefusedError("files-too-large")
    except FileRefusedError as refusal:
        size = said().formats.size
        bounds = {
            "files-too-many": of.most,
            "file-too-large": size(LARGEST_FILE),
            "picture-too-large": size(LARGEST_PICTURE),
            "files-too-large": size(LARGEST_SUBMISSION),
        }
        details = {"file": name, "bound": bounds.get(refusal.code), "kinds": _kinds(of, name, refusal.code)}
        received.objections.append(Objection(of.agreed.id, refusal.code, details))
        return
    received.files.append(file)
    of.data = [*(of.data or ()), file.value]


def _kinds(of: AttachmentsField, name: str, code: str) -> str:
    kind = kind_named(name, of.agreed.file_kinds)
    return gettext(FILE_KINDS[kind.name].label) if kind and code == "file-differs" else of.kinds
