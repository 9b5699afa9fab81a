"""What is wrong with what a program sent: each at its place, in the sentences of the forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from flask import Response
from flask_babel import gettext as _

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.forms.form import Form
from gehoor.core.objections.objections import Objection
from gehoor.services.correspondence.notes import ContactRefusedError
from gehoor.services.correspondence.texts import LONGEST, TextRefusedError
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.codes_in_texts import TooLongError
from gehoor.web.forms.refusals import objection_sentence
from gehoor.web.request.problems import problem

Fault = dict[str, Any]


class ProblemError(Exception):
    """What a program asked for cannot be; ``answer`` says why."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.answer = answer


def fault(pointer: str, code: str, detail: str, **more: Any) -> Fault:
    """Return what is wrong at one place. ``pointer``: as JSON Pointer (RFC 6901)."""
    return {"pointer": pointer, "code": code, "detail": detail, **more}


def member_of(*parts: object) -> str:
    """Return the JSON Pointer of a member."""
    return "".join(f"/{str(one).replace('~', '~0').replace('/', '~1')}" for one in parts)


def refused(faults: Sequence[Fault], status: int = 422) -> ProblemError:
    """Return what says that nothing was kept of what was sent, and why."""
    return ProblemError(
        problem(
            status,
            _("Dit kan zo niet"),
            _("Er is niets bewaard. Wat er niet klopt, staat erbij."),
            errors=faults,
        )
    )


@contextmanager
def refusing(agreement: Agreement, form: Form | None = None, at: str = "/answers") -> Iterator[None]:
    """Say of answers that cannot be kept what is wrong with them. ``form``: as it asks them, in its own language."""
    try:
        yield
    except RefusedError as refusal:
        raise refused(objection_faults(agreement, refusal.objections, form, at)) from refusal


@contextmanager
def refusing_text(at: str) -> Iterator[None]:
    """Say of a text that cannot be kept what is wrong with it."""
    try:
        yield
    except (TextRefusedError, TooLongError) as refusal:
        most = refusal.most if isinstance(refusal, TooLongError) else LONGEST
        is_long = isinstance(refusal, TooLongError) or refusal.code == "long"
        said = (
            _("Dit is te lang. Gebruik hoogstens %(most)s tekens.", most=most)
            if is_long
            else _("Schrijf hier eerst iets.")
        )
        raise refused([fault(at, "text-too-long" if is_long else "text-empty", said)]) from refusal


def contact_fault(refusal: ContactRefusedError, most: int) -> Fault:
    """Return what is wrong with a contact moment."""
    said = {
        "whom": ("/whom", _("Vul in met wie het was, in hoogstens %(most)s tekens.", most=most)),
        "way": ("/way", _("Kies hoe het ging.")),
        "no-day": ("/on", _("Vul in op welke dag het was.")),
        "later": ("/on", _("Deze dag moet nog komen. Vul in op welke dag het was.")),
        "not-so": ("/counts_as", _("Langs deze weg telt het contact daar niet voor mee.")),
    }
    pointer, detail = said[refusal.code]
    return fault(pointer, f"contact-{refusal.code}", detail)


def objection_faults(
    agreement: Agreement, objections: Iterable[Objection], form: Form | None = None, at: str = "/answers"
) -> list[Fault]:
    """Return objections as a program reads them."""
    asked = form or agreement.forms[DOSSIER_FORM]
    found = []
    for one in objections:
        of = asked.fields.get(one.field) or agreement.dossier_form.fields.get(one.field)
        place: list[object] = [one.field] if one.field else []
        place += [one.row - 1] if one.row else []
        place += [one.member] if one.member else []
        more: Mapping[str, Any] = {
            **({"field": one.field} if one.field else {}),
            **({"row": one.row} if one.row else {}),
            **({"member": one.member} if one.member else {}),
        }
        found.append(fault(at + member_of(*place), one.code, objection_sentence(one, of), **more))
    return found
