"""An e-mail that staff drop on the page to register on: the page comes back filled in, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from gehoor.core.forms.fields import StoredValue
from gehoor.core.forms.file_kinds import LARGEST_SUBMISSION
from gehoor.core.mail.model import IncomingMail, MailKind, UnreadableMailError
from gehoor.core.mail.reading import read_mail
from gehoor.services.intake.mail_answers import told_by_mail
from gehoor.services.register.codes_in_texts import text_without_codes
from gehoor.web.forms.answer_form import PREFIX, AnswerForm
from gehoor.web.request.languages import said
from gehoor.web.request.site import now, site
from gehoor.web.staff.registration.phone_intake_form import Desk

READ: Final = "lees-e-mail"
"""The button that takes over an e-mail."""
FILE: Final = "e-mail"
"""The name of the input with the e-mail."""
LARGEST: Final = LARGEST_SUBMISSION
"""The size of the largest e-mail that can come with a page, in bytes."""


@dataclass
class MailRead:
    """What came of an e-mail: what to say of it, and the page as it would be sent with it."""

    sent: MultiDict[str, str]
    mail: IncomingMail | None = None
    refusal: str = ""
    kept: list[str] = field(default_factory=list)
    """The labels of what was filled in already otherwise, and stayed."""

    @property
    def files(self) -> list[tuple[str, bytes]]:
        """The files that came with it, as they came."""
        return [(file.name, file.content) for file in self.mail.files] if self.mail else []

    @property
    def warning(self) -> str:
        """What there is to know of an e-mail that no person wrote."""
        return {
            MailKind.AUTOMATIC: _("Dit lijkt een automatisch antwoord, niet het bericht van een mens."),
            MailKind.BOUNCE: _("Hier zegt een mailserver alleen dat een bericht niet aankwam."),
            MailKind.OWN: _("Dit bericht verstuurde Gehoor zelf."),
        }.get(self.mail.kind, "") if self.mail else ""  # fmt: skip


def mail_came() -> bool:
    """Say whether an e-mail is to be taken over: one that was chosen is never passed by, whatever was pressed."""
    upload = request.files.get(FILE)
    return READ in request.form or bool(upload and upload.filename)


def read_dropped(at: Desk, proposed: Mapping[str, StoredValue]) -> MailRead:
    """Read the e-mail that came with a page. ``proposed``: what stands in a page that nobody typed in yet."""
    result = MailRead(request.form.copy())
    upload = request.files.get(FILE)
    if upload is None or not upload.filename:
        result.refusal = _("Kies eerst een e-mail: een bestand dat op .eml of .msg eindigt.")
        return result
    try:
        content = upload.stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise UnreadableMailError("mail-too-large")
        result.mail = _without_codes(read_mail(content))
    except UnreadableMailError as error:
        result.refusal = _refusal(error.code)
        return result
    _fill_in(at, result, proposed)
    return result


def _without_codes(mail: IncomingMail) -> IncomingMail:
    subject, text = (text_without_codes(site().runtime, one) for one in (mail.subject, mail.text))
    return replace(mail, subject=subject, text=text)


def _fill_in(at: Desk, result: MailRead, proposed: Mapping[str, StoredValue]) -> None:
    assert result.mail is not None
    typed = AnswerForm(at.agreement, at.fields, sent=request.form, stored=proposed)
    asked = {of.id: of for of in at.fields if not of.type.has_rows and not of.type.takes_files}
    story = at.agreement.field_for("story")
    for name, value in told_by_mail(at.agreement, result.mail, asked, now()).items():
        there = typed.value(name)
        if there in (None, "", []) or there == proposed.get(name):
            result.sent.setlist(f"{PREFIX}{name}", _as_sent(value))
        elif name == story and str(value) not in str(there):
            result.sent.setlist(f"{PREFIX}{name}", [f"{there}\n\n{value}"])
        elif there != value and name != story:
            result.kept.append(asked[name].label)


def _as_sent(value: StoredValue) -> list[str]:
    """Return an answer as a browser sends it."""
    if isinstance(value, bool):
        return ["ja" if value else "nee"]
    items: list[Any] = value if isinstance(value, list) else [value]
    return [str(one) for one in items]


def _refusal(code: str) -> str:
    sentence = _("Dit is geen e-mail die Gehoor kan lezen. Bewaar hem als .eml of .msg, en kies dat bestand.")
    if code == "mail-too-large":
        sentence = _("Deze e-mail is te groot: hoogstens %(size)s.", size=said().formats.size(LARGEST))
    if code == "mail-tangled":
        sentence = _("Deze e-mail is te ingewikkeld om te lezen. Neem de tekst zelf over.")
    return str(sentence)
